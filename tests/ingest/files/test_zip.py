"""Containers from anywhere: bounded, inside themselves, without XML entities."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from ingest.errors import DamagedFile, FileTooLarge, UnsupportedFormat
from ingest.files import zip as safe_zip
from ingest.files.opc import main_part, related
from ingest.files.zip import open_zip
from tests.support.docx_writer import docx, p, packed


def reason(data: bytes, part: str = "a.xml") -> str | int:
    with pytest.raises(DamagedFile) as refused:
        open_zip(data, "plan.docx").xml(part)
    return refused.value.params["reason"]


def test_files_are_found_whatever_their_case_and_slashes() -> None:
    container = open_zip(packed({"Doc_0\\Document.xml": b"<a/>"}), "plan.ofd")
    assert container.find("doc_0/Document.XML") == "Doc_0/Document.xml"
    assert container.xml("Doc_0/Document.xml").tag == "a"


@pytest.mark.parametrize("name", ["../up.xml", "a/../../up.xml", "/etc/passwd", "C:\\a.xml", "a\\..\\..\\up.xml"])
def test_names_that_leave_the_container_are_refused(name: str) -> None:
    assert reason(packed({name: b"<a/>"})) == "unsafe-name"


def test_an_entry_without_a_name_is_refused() -> None:
    assert reason(packed({"x": b"<a/>"}).replace(b"x", b"\0")) == "unsafe-name"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    began = time.perf_counter()
    assert reason(packed({"a.xml": b"0" * 50_000_000})) == "too-compressed"
    assert time.perf_counter() - began < 5


def test_a_container_that_declares_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_zip, "MAX_BYTES", 1000)
    with pytest.raises(FileTooLarge) as refused:
        open_zip(packed({"a.xml": b"0" * 600, "b.xml": b"0" * 600}), "plan.docx")
    assert refused.value.params == {"path": "plan.docx", "bytes": 1200, "limit": 1000}


def test_a_file_that_declares_less_than_it_holds_yields_no_more() -> None:
    data = bytearray(packed({"a.xml": b"0" * 100_000}))
    # The uncompressed size in the central directory, 24 bytes behind its signature.
    struct.pack_into("<I", data, data.rindex(b"PK\x01\x02") + 24, 10)
    assert reason(bytes(data)) == "damaged-part"


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_zip, "MAX_ENTRIES", 2)
    assert reason(packed(dict.fromkeys("abc", b""))) == "too-many-entries"


def test_a_container_with_a_password_is_refused() -> None:
    data = bytearray(packed({"a.xml": b"<a/>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    with pytest.raises(UnsupportedFormat) as refused:
        open_zip(bytes(data), "plan.docx")
    assert refused.value.params["format"] == "encrypted"


@pytest.mark.parametrize(("mark", "form"), [("EncryptedPackage", "encrypted"), ("WordDocument", "ole")])
def test_old_formats_under_a_new_name_are_told_from_locked_ones(mark: str, form: str) -> None:
    with pytest.raises(UnsupportedFormat) as refused:
        open_zip(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + mark.encode("utf-16-le"), "plan.docx")
    assert refused.value.params["format"] == form


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY x "hello">]><a>&x;</a>',
        b'<?xml version="1.0"?><!-- c --><!DOCTYPE a SYSTEM "http://host/a.dtd"><a/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'.encode(
            "utf-16"
        ),
    ],
)
def test_xml_with_a_document_type_is_refused(xml: bytes) -> None:
    assert reason(packed({"a.xml": xml})) == "doctype"


def test_a_billion_laughs_are_refused_at_once() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><a>&e11;</a>'
    began = time.perf_counter()
    assert reason(packed({"a.xml": xml.encode()})) == "doctype"
    assert time.perf_counter() - began < 2


def test_xml_that_nests_too_deep_or_is_broken_is_refused() -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    assert reason(packed({"a.xml": deep})) == "too-deep"
    assert reason(packed({"a.xml": b"<a><b></a>"})) == "bad-xml"
    assert reason(packed({"a.xml": b""})) == "bad-xml"


def test_too_many_tags_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_zip, "MAX_TAGS", 10)
    assert reason(packed({"a.xml": b"<a>" + b"<b/>" * 20 + b"</a>"})) == "too-many-tags"


def test_what_is_missing_broken_or_no_zip_is_said() -> None:
    assert reason(packed({"b.xml": b"<a/>"})) == "missing-part"
    assert reason(b"PK\x03\x04 not a container") == "not-zip"
    data = packed({"a.xml": bytes(range(256)) * 40})
    assert reason(data[:60] + b"\xff" * 20 + data[80:]) == "damaged-part"


def test_parts_are_found_by_their_relationships_and_dangling_ones_left_out() -> None:
    with zipfile.ZipFile(io.BytesIO(docx(p("文"), {"numbering": ""}))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    links = files["word/_rels/document.xml.rels"]
    files["word/_rels/document.xml.rels"] = links.replace(
        b"</Relationships>",
        b'<Relationship Id="x" Type="http://t/image" Target="NULL"/>'
        b'<Relationship Id="y" Type="http://t/hyperlink" Target="http://h/" TargetMode="External"/></Relationships>',
    )
    container = open_zip(packed(files), "plan.docx")
    assert main_part(container) == "word/document.xml"
    assert related(container, "word/document.xml") == {"numbering": ("numbering", "word/numbering.xml")}
