"""What kind of file it is, by its content and never by its name."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.errors import DamagedFileError, EncryptedFileError, UnsupportedFileError

if TYPE_CHECKING:
    from zipfile import ZipFile

HEAD = 64 * 1024
PDF_HEAD = 1024  # readers of PDF look for its mark in the first 1024 bytes
MAX_CONTROLS = 0.01  # share of control characters that a text may have

SAVE_AS = "Đề nghị mở tệp, chọn Lưu thành (Save As) dạng .docx hoặc PDF rồi gửi lại."


class FileKind(StrEnum):
    """The kinds that can be read; the value is the media type."""

    PLAIN = "text/plain"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    PDF = "application/pdf"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"


IMAGE_KINDS = frozenset({FileKind.PNG, FileKind.JPEG, FileKind.TIFF})
SHEET_KINDS = frozenset({FileKind.XLSX, FileKind.XLS, FileKind.ODS})
OLDER_KINDS = frozenset({FileKind.DOC, FileKind.XLS, FileKind.RTF, FileKind.ODT, FileKind.ODS})
"""Read by way of LibreOffice (:mod:`vanban.sources.office`)."""

_PICTURES = re.compile(
    rb"GIF8[79]a|BM.{4}\x00\x00\x00\x00|RIFF.{4}WEBP|.{4}ftyp(?:heic|heix|mif1|avif)|\x00\x00\x00\x0cjP  ",
    re.DOTALL,
)
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVE = re.compile(rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh\d|\xfd7zXZ\x00")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!DOCTYPE html|<html|<\?mso-application|<\?xml|MIME-Version:)", re.IGNORECASE)
_CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])

# What stands in the directory of an OLE file → its kind, or the error and its sentence; the first that is found counts.
_OLE_KINDS: tuple[tuple[str, FileKind | tuple[type[Exception], str]], ...] = (
    (
        "EncryptedPackage",
        (EncryptedFileError, "Tệp được đặt mật khẩu nên không mở được. Đề nghị gỡ mật khẩu rồi gửi lại."),
    ),
    ("WordDocument", FileKind.DOC),
    ("Workbook", FileKind.XLS),
    (
        "PowerPoint Document",
        (UnsupportedFileError, f"Đây là tệp trình chiếu PowerPoint cũ (.ppt), không phải văn bản. {SAVE_AS}"),
    ),
)

# A member of a ZIP → what the file is.
_ZIP_KINDS = (
    (re.compile(r"word/document\d*\.xml"), FileKind.DOCX),
    (re.compile(r"xl/workbook\d*\.xml"), FileKind.XLSX),
)
_ZIP_REFUSED = (
    (
        "xl/workbook.bin",
        "Tệp Excel ở dạng nhị phân (.xlsb), chưa đọc được. Đề nghị mở tệp, chọn Lưu thành (Save As) dạng .xlsx rồi gửi lại.",
    ),
    ("ppt/", f"Đây là tệp trình chiếu PowerPoint (.pptx), không phải văn bản. {SAVE_AS}"),
    ("META-INF/manifest.xml", f"Tệp ở định dạng OpenDocument, chưa đọc được. {SAVE_AS}"),
)


def detect(path: Path) -> FileKind:
    """The kind of the file at ``path``.

    :raises UnsupportedFileError: a kind that cannot be read (as are the rarer kinds of picture).
    :raises DamagedFileError: it begins like a Word file and is no whole ZIP.
    :raises EncryptedFileError: a Word file locked with a password.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"%PDF-" in head[:PDF_HEAD]:
        return FileKind.PDF
    if head.startswith(b"PK"):
        return _inside_zip(path)
    if head.startswith(_OLE):
        return _inside_ole(path.read_bytes())
    if head.startswith(b"{\\rtf"):
        return FileKind.RTF
    for mark, kind in _IMAGES:
        if head.startswith(mark):
            return kind
    if _PICTURES.match(head):
        raise UnsupportedFileError(
            "Tệp hình ảnh ở định dạng chưa đọc được. Đề nghị lưu lại thành PNG, JPEG, TIFF hoặc PDF rồi gửi lại."
        )
    refusal = _not_text(head)
    if refusal:
        raise UnsupportedFileError(refusal)
    return FileKind.PLAIN


def _inside_zip(path: Path) -> FileKind:
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 -- slow import

    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
            media_type = _stated_type(archive)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedFileError("Tệp Word bị hỏng, không mở được. Đề nghị mở tệp gốc, lưu lại rồi gửi bản mới.") from error
    if any(member.flag_bits & 1 for member in members):
        raise EncryptedFileError("Tệp nén được đặt mật khẩu nên không mở được. Đề nghị gỡ mật khẩu rồi gửi lại.")
    names = {member.filename for member in members}
    for pattern, kind in _ZIP_KINDS:
        if any(pattern.fullmatch(name) for name in names):
            return kind
    if media_type in {FileKind.ODT, FileKind.ODS}:
        return FileKind(media_type)
    for start, sentence in _ZIP_REFUSED:
        if any(name.startswith(start) for name in names):
            raise UnsupportedFileError(sentence)
    if "[Content_Types].xml" in names:
        raise DamagedFileError("Tệp Word thiếu phần nội dung, không đọc được. Đề nghị mở tệp gốc, lưu lại rồi gửi bản mới.")
    raise UnsupportedFileError("Đây là tệp nén, không phải văn bản. Đề nghị giải nén rồi gửi từng tệp .docx hoặc PDF bên trong.")


def _stated_type(archive: "ZipFile") -> str:
    """What an OpenDocument file says that it is."""
    names = archive.namelist()
    return archive.read("mimetype")[:100].decode("ascii", "replace").strip() if names[:1] == ["mimetype"] else ""


def _inside_ole(data: bytes) -> FileKind:
    """The kind of a file of the older Office, whose directory names its parts in UTF-16.

    :raises EncryptedFileError: it is locked.
    :raises UnsupportedFileError: it is neither Word nor Excel.
    """
    for name, kind in _OLE_KINDS:
        if name.encode("utf-16-le") in data:
            if isinstance(kind, FileKind):
                return kind
            error, sentence = kind
            raise error(sentence)
    raise UnsupportedFileError(f"Tệp không phải văn bản đọc được. {SAVE_AS}")


def _not_text(head: bytes) -> str:
    """Why ``head`` does not begin a plain text; empty where it may."""
    if _ARCHIVE.match(head):
        return "Đây là tệp nén, không phải văn bản. Đề nghị giải nén rồi gửi từng tệp .docx hoặc PDF bên trong."
    if _MARKUP.match(head):
        return f"Đây là trang web hoặc tệp XML, không phải văn bản. {SAVE_AS}"
    if head.startswith((BOM_UTF8, BOM_UTF16_LE, BOM_UTF16_BE)) or _may_be_utf16(head):
        return ""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > MAX_CONTROLS * len(head):
        return f"Tệp không phải văn bản đọc được. {SAVE_AS}"
    return ""


def _may_be_utf16(head: bytes) -> bool:
    """Whether every second byte is mostly zero, as in UTF-16 without its mark (which is then an encoding error)."""
    high, low = head[1::2], head[::2]
    return max(high.count(0), low.count(0)) > len(head) * 0.2 and min(high.count(0), low.count(0)) <= len(head) * 0.01
