"""What can be wrong with a zip of XML (恶意容器), whatever it holds."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from tests.fuzz.mutate import packed, unpacked

_NESTED, _MANY, _LONG = 10_000, 100_000, 10_000_000
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><a>&i;</a>"
)
_FETCH = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def containers(main: str, plain: bytes) -> Iterator[tuple[str, bytes]]:
    """What can be wrong with a zip of XML, whatever it holds; `main` is the part that holds the document."""
    files = unpacked(plain)
    for name, said in (("laughs", LAUGHS), ("external-entity", _FETCH), ("deep", "<a>" * _NESTED + "</a>" * _NESTED),
                       ("unclosed", "<a>" * _MANY), ("wide", "<a>" + "<b/>" * _MANY + "</a>"), ("nul", "\0" * 1000),
                       ("surrogate", "<a>&#xD800;</a>"), ("attribute", f'<a b="{"c" * _LONG}"/>')):  # fmt: skip
        for part in sorted({main, *files}):
            if part == main or name in ("laughs", "deep"):
                yield f"{name}-{part.replace('/', '-')}", packed({**files, part: said.encode()})
    for at, name in enumerate(("../../out.xml", "/tmp/out.xml", "C:\\out.xml", "a/../../out.xml")):
        yield f"leaves-{at}", packed({**files, name: b"<a/>"})
    yield "bomb", packed({**files, "bomb.xml": b"0" * 50_000_000})
    yield "bomb-in-main", packed({**files, main: b"<a>" + b" " * 60_000_000 + b"</a>"})
    yield "zip-in-zip", packed({**files, main: plain})
    yield "many-files", packed({**files, **{f"{n}.xml": b"" for n in range(25_000)}})
    yield "two-ends", plain + plain
    yield "no-end", plain[:-22]
    yield "utf-7", packed({**files, main: b'<?xml version="1.0" encoding="utf-7"?><a/>'})
    yield "utf-16", packed({**files, main: codecs.BOM_UTF16_LE + files.get(main, b"").decode().encode("utf-16-le")})
