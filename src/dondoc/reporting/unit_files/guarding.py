"""Whether an uploaded file can be a form at all, by what it is and not by its name; shared by Excel and Word.

Each thing that it cannot be has its own sentence that says what to do. Nothing of the file is run, and nothing of it is unpacked
further than to the size that it says of itself.
"""

import zlib
from copy import copy
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from dondoc.common import wording
from dondoc.common.errors import Refused

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_XML = 16 * 1024 * 1024
MAX_PARTS = 2_000
CHUNK = 64 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    """What a form comes as."""

    EXCEL = ".xlsx"
    WORD = ".docx"


_TYPES = {
    b"spreadsheetml.sheet.main+xml": Kind.EXCEL,
    b"spreadsheetml.template.main+xml": Kind.EXCEL,
    b"wordprocessingml.document.main+xml": Kind.WORD,
    b"wordprocessingml.template.main+xml": Kind.WORD,
}
_MACRO = "Tệp có macro nên không nhận. Mở tệp, chọn Lưu thành (Save As) dạng {} rồi chọn lại."
_SAVE = "Mở tệp, chọn Lưu thành (Save As) dạng .xlsx hoặc .docx rồi chọn lại."
_NEITHER = "Tệp không phải Excel .xlsx hay Word .docx. Tải mẫu của đơn vị, điền rồi chọn tệp đó."
DAMAGED = "Tệp hỏng, không đọc được. Mở tệp bằng Excel hoặc Word, lưu lại rồi chọn lại."


def check_size(size: int) -> None:
    """Before the bytes are read."""
    if size == 0:
        raise _refused("Tệp rỗng (0 byte). Kiểm tra lại tệp rồi chọn lại.")
    if size > MAX_BYTES:
        raise _refused(
            f"Tệp có dung lượng {wording.size(size)}, mẫu báo cáo chỉ nhận đến {wording.size(MAX_BYTES)}. "
            "Bỏ ảnh và các trang khác khỏi tệp, hoặc tải mẫu mới rồi chép số liệu sang."
        )


def kind_of(data: bytes) -> Kind:
    """What the file is. Raises Refused where it is nothing that a form can be."""
    check_size(len(data))
    if data.startswith(OLE):
        raise _refused(_of_ole(data))
    if data.startswith(b"%PDF-"):
        raise _refused("Tệp là PDF, phần mềm không đọc số từ PDF được. Chọn tệp Excel .xlsx hoặc Word .docx đã điền.")
    if not data.startswith(b"PK"):
        raise _refused(_NEITHER)
    try:
        with ZipFile(BytesIO(data)) as packed:
            return _of_zip(packed)
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError) as error:
        raise _refused(DAMAGED) from error


def guarded(data: bytes, wanted: Kind) -> None:
    """Raises Refused where the file is not of this kind."""
    if kind_of(data) != wanted:
        raise _refused(_NEITHER)


def _of_ole(data: bytes) -> str:
    if _utf16("EncryptedPackage") in data or _utf16("EncryptionInfo") in data:
        return "Tệp có mật khẩu. Mở tệp, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ), lưu lại rồi chọn lại."
    if _utf16("Workbook") in data or _utf16("WordDocument") in data or _utf16("Book") in data:
        return f"Tệp là dạng Excel, Word cũ (.xls, .doc). {_SAVE}"
    return f"Tệp là dạng cũ hoặc có mật khẩu. Bỏ mật khẩu nếu có. {_SAVE}"


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _of_zip(packed: ZipFile) -> Kind:
    inside = packed.infolist()
    names = {one.filename for one in inside}
    if len(inside) > MAX_PARTS or sum(one.file_size for one in inside) > MAX_UNPACKED:
        raise _refused("Tệp giải nén ra quá lớn. Tải mẫu mới, chỉ chép số liệu sang rồi chọn lại.")
    if any(one.flag_bits & 1 for one in inside):
        raise _refused("Tệp có mật khẩu. Bỏ mật khẩu, lưu lại rồi chọn lại.")
    if "[Content_Types].xml" not in names:
        raise _refused(_of_other(packed, names))
    types = _unpacked(packed, packed.getinfo("[Content_Types].xml"))
    kind = next((kind for mark, kind in _TYPES.items() if mark in types), None)
    if b"macroEnabled" in types or any(PurePath(name).name.lower() == "vbaproject.bin" for name in names):
        if b"sheet.binary" in types:
            raise _refused(f"Tệp là dạng Excel nhị phân (.xlsb). {_SAVE}")
        raise _refused(_MACRO.format(kind or (Kind.EXCEL if b"ms-excel" in types else Kind.WORD)))
    if kind is None:
        raise _refused(_NEITHER)
    _check_parts(packed, inside)
    return kind


def _check_parts(packed: ZipFile, inside: list[ZipInfo]) -> None:
    """XML is told by what it is: the library reads it whatever its part is called."""
    total = 0
    for one in inside:
        part = _unpacked(packed, one)
        if not part.lstrip(_BEFORE_XML).startswith(b"<"):
            continue
        total += len(part)
        if total > MAX_XML:
            raise _refused("Tệp có quá nhiều ô hoặc trang. Tải mẫu mới, chỉ chép số liệu sang rồi chọn lại.")
        _check_plain(part)


def _unpacked(packed: ZipFile, one: ZipInfo) -> bytes:
    """A part of the file, little by little: one that unpacks to more than it says would fill the memory before anybody asked."""
    if one.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:  # ISO/IEC 29500-2 has no other
        raise BadZipFile
    wider = copy(one)
    wider.file_size += 1
    with packed.open(wider) as part:
        data = b"".join(iter(lambda: part.read(CHUNK), b""))
    if len(data) > one.file_size:
        raise BadZipFile
    return data


def _of_other(packed: ZipFile, names: set[str]) -> str:
    if "mimetype" in names and b"opendocument" in _unpacked(packed, packed.getinfo("mimetype")):
        return f"Tệp là dạng OpenDocument (.ods, .odt). {_SAVE}"
    return "Tệp là tệp nén .zip. Giải nén rồi chọn tệp .xlsx hoặc .docx ở trong." if names else _NEITHER


_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_BEFORE_XML = b" \t\r\n\0" + _UTF8_MARK + _UTF16[0]
"""What may stand before the first sign of XML: blanks, and the marks of its encodings."""


def _check_plain(part: bytes) -> None:
    """No office program writes a document type: it could let a small file grow without end, or read what lies beside it."""
    if part.lstrip().startswith(_UTF16) or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise _refused(DAMAGED)


def _refused(words: str) -> Refused:
    return Refused(words, field="upload")
