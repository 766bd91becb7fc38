"""Bundles for fuzzing (文件包): zips of plans and mails with plans attached, as seeds and made to hurt."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage

from tests.fuzz.containers import containers
from tests.fuzz.mutate import packed

_PLAN = "2024年工作要点\n一、重点任务\n（一）加强监管。检查。（市教育局牵头，市公安局配合）\n".encode()
_MANY, _DEEP = 20_000, 2_000


def bundle_seeds(target: str) -> dict[str, bytes]:
    """A zip or a mail as offices send them, by name."""
    if target == "zip":
        return {"plans.zip": _zip(), "one.zip": packed({"要点.txt": _PLAN}), "mail.zip": packed({"a.eml": _mail()})}
    return {"plan.eml": _mail(), "zip.eml": _mail(("plans.zip", _zip())), "bare.eml": _mail(said="请查收")}


def nasty_zip() -> Iterator[tuple[str, bytes]]:
    """Containers that lie, bundles in bundles, names that lead elsewhere."""
    yield from containers("要点.txt", _zip())
    deep = _zip()
    for _ in range(12):
        deep = packed({"in.zip": deep})
    yield "deep", deep
    yield "wide", packed({f"{n}.zip": _zip() for n in range(300)})
    yield "names", packed({"a" * 60_000 + ".txt": _PLAN, "\0.txt": _PLAN, " .txt": _PLAN, "/": _PLAN, "..": _PLAN})
    yield "mails", packed({f"{n}.eml": _mail() for n in range(200)})


def nasty_eml() -> Iterator[tuple[str, bytes]]:
    """Mails in mails, headers without end, parts that say they are something else."""
    head = b"From: a@b\nSubject: x\nMIME-Version: 1.0\n"
    mixed = b'Content-Type: multipart/mixed; boundary="%s"\n\n'
    whole = _mail()
    yield "parts", head + mixed % b"b" + b"--b\nContent-Type: text/plain\n\nx\n" * _MANY + b"--b--\n"
    yield "nested", head + b"".join(mixed % b"%d" % n + b"--%d\n" % n for n in range(_DEEP))
    yield "mail-in-mail", b"Content-Type: message/rfc822\n\n" * _DEEP + whole
    yield "no-boundary", head + b"Content-Type: multipart/mixed\n\n--b\n\nx\n"
    yield "empty-boundary", head + mixed % b"" + b"--\n\nx\n"
    yield "long-header", b"Subject: " + b"=?utf-8?b?5bel?= " * _MANY + b"\n" + whole
    yield "many-headers", b"X: y\n" * _MANY + whole
    yield "charset", head + b"Content-Type: text/plain; charset=utf-7\n\n+AGEAYg-\n" + _PLAN
    yield "no-charset", head + b"Content-Type: text/plain; charset=martian\n\n" + _PLAN
    yield "base64", head + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b"!" * 100_000
    for name in ("../../out.txt", "/tmp/out.txt", "C:\\out.txt", "\r\nX: y", "a" * 60_000, ""):
        yield f"name-{len(name)}", _mail((name or "x", _PLAN)).replace(b'"x"', b'""')
    yield "bomb", _mail(("bomb.zip", packed({"bomb.txt": b"0" * 60_000_000})))
    yield "false-type", whole.replace(b"text/plain", b"multipart/mixed")
    yield "cut", whole[: len(whole) // 2]
    yield "nul", whole.replace(b"\n", b"\n\0", 20)


def _zip() -> bytes:
    return packed({"要点.txt": _PLAN, "附件/任务表.csv": "任务,责任单位\n检查,市教育局\n".encode()})


def _mail(attached: tuple[str, bytes] = ("要点.txt", _PLAN), said: str = "请查收附件。") -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "工作要点", "a@example.org", "b@example.org"
    mail.set_content(said)
    name = attached[0].replace("\r\n", "")
    mail.add_attachment(attached[1], maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
