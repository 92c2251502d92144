"""Whatever is handed in, the answer is a text or one of the reader's own errors, with a sentence for people."""

import io
import random
import struct
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared import needs_shared, shared_files
from tests.vanban.sources.make_docx import docx, paragraph
from tests.vanban.sources.make_pdf import PdfPage, pdf
from vanban.errors import (
    DamagedFileError,
    EmptyFileError,
    EncodingError,
    EncryptedFileError,
    ReadingError,
    TooLargeError,
    UnsupportedFileError,
)
from vanban.options import MEBIBYTE, Options
from vanban.sources import extract

TEXT = "Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì, báo cáo trước ngày 10/9/2025.\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(*names: str, content: bytes = b"<a/>") -> bytes:
    held = io.BytesIO()
    with ZipFile(held, "w") as packed:
        for name in names:
            packed.writestr(name, content)
    return held.getvalue()


def locked(data: bytes) -> bytes:
    """An archive whose members say that they are encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        changed[at + offset] |= 1
    return bytes(changed)


BAD = {
    "nothing": (b"", EmptyFileError),
    "white space": (b" \n\t\n", EmptyFileError),
    "only a mark": (b"\xef\xbb\xbf", EmptyFileError),
    "old PowerPoint": (OLE + "PowerPoint Document".encode("utf-16-le"), UnsupportedFileError),
    "some OLE": (OLE, UnsupportedFileError),
    "Word with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError),
    "Excel without its parts": (archive("[Content_Types].xml", "xl/workbook.xml"), DamagedFileError),
    "binary Excel": (archive("[Content_Types].xml", "xl/workbook.bin"), UnsupportedFileError),
    "PowerPoint": (archive("[Content_Types].xml", "ppt/presentation.xml"), UnsupportedFileError),
    "OpenDocument": (archive("mimetype", "content.xml", "META-INF/manifest.xml"), UnsupportedFileError),
    "an archive": (archive("a.txt"), UnsupportedFileError),
    "an archive with a password": (locked(archive("word/document.xml")), EncryptedFileError),
    "Word without its text": (archive("[Content_Types].xml", "word/styles.xml"), DamagedFileError),
    "half an archive": (archive("word/document.xml", content=b"<a>" + bytes(300))[:120], DamagedFileError),
    "no archive": (b"PK\x03\x04 not an archive at all", DamagedFileError),
    "Word of broken XML": (archive("word/document.xml", content=b"<w:document><w:p>"), DamagedFileError),
    "half a PDF": (b"%PDF-1.7\n1 0 obj\n<<", DamagedFileError),
    "PNG": (b"\x89PNG\r\n\x1a\n" + bytes(20), DamagedFileError),
    "JPEG": (b"\xff\xd8\xff\xe0" + bytes(20), DamagedFileError),
    "TIFF": (b"II*\x00" + bytes(20), DamagedFileError),
    "HEIC": (b"\x00\x00\x00\x18ftypheic" + bytes(20), UnsupportedFileError),
    "a web page": (b"<!DOCTYPE html><html><p>K</p></html>", UnsupportedFileError),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(30), UnsupportedFileError),
    "junk": (random.Random(1).randbytes(4000), UnsupportedFileError),  # noqa: S311 - the same junk each time
    "zeros": (bytes(4000), UnsupportedFileError),
    "Latin letters": ("Déjà vu".encode("latin-1"), EncodingError),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), EncodingError),
    "half a UTF-16": (TEXT.encode("utf-16")[:-1], EncodingError),
}


def stored(path: Path, data: bytes) -> Path:
    held = path / "tep"
    held.write_bytes(data)
    return held


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read(tmp_path: Path, name: str) -> None:
    data, error = BAD[name]
    with pytest.raises(error) as raised:
        extract(stored(tmp_path, data), Options())
    _is_a_sentence_for_people(raised.value)


def _is_a_sentence_for_people(error: ReadingError) -> None:
    """What happened, then what to do; no pleading, no shouting."""
    assert type(error) is not ReadingError
    assert len(error.message.split(". ")) >= 2
    assert "Đề nghị" in error.message
    assert error.message.endswith(".")
    assert "vui lòng" not in error.message.lower()
    assert "!" not in error.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_in_unicode_are_read(tmp_path: Path, encoding: str) -> None:
    found = extract(stored(tmp_path, TEXT.encode(encoding)), Options())
    assert found.raw == TEXT
    assert (found.media_type, found.page_count, found.tables) == ("text/plain", None, ())


@pytest.mark.parametrize("name", ["ke-hoach.docx", "KE-HOACH.PDF"])
def test_plain_words_under_another_kinds_name_are_refused(tmp_path: Path, name: str) -> None:
    under_its_name, under_a_hash = tmp_path / name, tmp_path / "9f86d081"
    for path in (under_its_name, under_a_hash):
        path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(DamagedFileError, match="bên trong không phải tệp"):
        extract(under_its_name, Options())
    with pytest.raises(DamagedFileError, match="bên trong không phải tệp"):
        extract(under_a_hash, Options(name=name))
    assert extract(under_a_hash, Options()).raw == TEXT


def test_the_content_tells_the_kind_and_not_the_name(tmp_path: Path) -> None:
    path = docx(tmp_path / "ke-hoach.pdf", paragraph("Kế hoạch"))
    assert extract(path, Options()).raw == "Kế hoạch\n"
    path = pdf(tmp_path / "ke-hoach.docx", PdfPage().lines(700, "Kế hoạch"))
    assert extract(path, Options()).media_type == "application/pdf"


def test_a_pdf_may_have_something_before_its_mark(tmp_path: Path) -> None:
    data = pdf(tmp_path / "a.pdf", PdfPage().lines(700, "Kế hoạch năm")).read_bytes()
    assert "Kế hoạch năm" in extract(stored(tmp_path, b"\n\n" + data), Options()).raw


def test_a_pdf_whose_index_is_lost_is_mended(tmp_path: Path) -> None:
    data = pdf(tmp_path / "a.pdf", PdfPage().lines(700, "Kế hoạch năm")).read_bytes()
    assert "Kế hoạch năm" in extract(stored(tmp_path, data[: data.rindex(b"xref\n0")] + b"trailer<</Root 1 0 R>>"), Options()).raw


def test_a_pdf_with_a_password_is_told(tmp_path: Path) -> None:
    data = pdf(tmp_path / "a.pdf", PdfPage().lines(700, "Kế hoạch")).read_bytes()
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>/ID[<00><00>]/Root"
    with pytest.raises(EncryptedFileError) as raised:
        extract(stored(tmp_path, data.replace(b"/Root", lock)), Options())
    _is_a_sentence_for_people(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DamagedFileError, match="không-có"):
        extract(tmp_path / "không-có.txt", Options())
    with pytest.raises(DamagedFileError):
        extract(tmp_path, Options())


# Limits ---------------------------------------------------------------------------------------------------------------


def test_a_file_over_the_limit_is_not_read_at_all(tmp_path: Path) -> None:
    path = tmp_path / "200mb.txt"
    with path.open("wb") as file:
        file.truncate(200 * MEBIBYTE)
    with pytest.raises(TooLargeError, match="200 MB") as raised:
        extract(path, Options())
    _is_a_sentence_for_people(raised.value)


def test_too_long_a_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError) as raised:
        extract(stored(tmp_path, TEXT.encode() * 20), Options(max_text_characters=1_000))
    _is_a_sentence_for_people(raised.value)


def word_file(path: Path, size: int, how: int = ZIP_DEFLATED) -> Path:
    """A Word file whose text part unpacks to ``size`` bytes of spaces."""
    with ZipFile(path, "w", how) as packed, packed.open("word/document.xml", "w") as part:
        part.write(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>')
        for _ in range(size // MEBIBYTE):
            part.write(b" " * MEBIBYTE)
        part.write(b"x</w:t></w:r></w:p></w:body></w:document>")
    return path


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match="nén") as raised:
        extract(word_file(tmp_path / "a.docx", 64 * MEBIBYTE), Options())
    _is_a_sentence_for_people(raised.value)


def test_unpacked_size_is_limited(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match="giải nén"):
        extract(word_file(tmp_path / "a.docx", 3 * MEBIBYTE), Options(max_unpacked_bytes=2 * MEBIBYTE))


def test_an_archive_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    """The true text is longer than the archive says: no more is unpacked than was said, and that is no XML."""
    path = word_file(tmp_path / "a.docx", 3 * MEBIBYTE)
    data = path.read_bytes()
    size = struct.pack(
        "<I",
        3 * MEBIBYTE
        + len(
            b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>'
        ),
    )
    assert data.count(size) >= 1
    path.write_bytes(data.replace(size, struct.pack("<I", 500)))
    with pytest.raises(DamagedFileError):
        extract(path, Options())


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE w:document [{entities}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    body += '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Kế hoạch &a11;&file;</w:t></w:r></w:p></w:body></w:document>'
    path = tmp_path / "a.docx"
    with ZipFile(path, "w", ZIP_STORED) as packed:
        packed.writestr("word/document.xml", body)
    try:
        assert extract(path, Options()).raw.strip() == "Kế hoạch"
    except DamagedFileError as error:
        _is_a_sentence_for_people(error)


def test_a_broken_checksum_is_damage(tmp_path: Path) -> None:
    data = docx(tmp_path / "a.docx", paragraph("Kế hoạch " * 40)).read_bytes()
    with ZipFile(io.BytesIO(data)) as packed:
        crc = struct.pack("<I", packed.getinfo("word/document.xml").CRC)
    with pytest.raises(DamagedFileError):
        extract(stored(tmp_path, data.replace(crc, struct.pack("<I", zlib.crc32(b"other")))), Options())


# Anything at all --------------------------------------------------------------------------------------------------------


def _read_or_refuse(path: Path, data: bytes) -> None:
    held = path / "tep"
    held.write_bytes(data)
    try:
        assert extract(held, Options(read_images=False)).raw.strip()
    except ReadingError as error:
        _is_a_sentence_for_people(error)


@settings(deadline=None)  # opens a file
@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", OLE[:8], b"\xff\xfe", b"\xef\xbb\xbf"]))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes, head: bytes) -> None:
    _read_or_refuse(tmp_path_factory.mktemp("bytes"), head + data)


@settings(deadline=None)
@given(st.data())
def test_files_cut_and_changed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("bytes")
    make = data.draw(
        st.sampled_from([lambda p: docx(p, paragraph("Kế hoạch")), lambda p: pdf(p, PdfPage().lines(700, "Kế hoạch"))])
    )
    whole = bytearray(make(path / "tep").read_bytes())
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refuse(path, bytes(whole[: data.draw(st.integers(1, len(whole)))]))


@needs_shared
@pytest.mark.corpus
@pytest.mark.parametrize("path", [*shared_files("corpus/text/*.txt"), *shared_files("seeds/*.txt")], ids=lambda path: path.stem)
def test_real_texts(path: Path) -> None:
    raw, written = extract(path, Options()).raw, path.read_text(encoding="utf-8-sig")
    if "\f" not in written:
        assert raw == written
        return
    assert "\f" not in raw
    assert [word for word in raw.split() if not word.isdigit()] == [word for word in written.split() if not word.isdigit()]
