"""Whether an uploaded file can be a form at all, by what it is and not by its name; shared by Excel and Word.

Each thing that it cannot be has its own sentence that says what to do. Nothing of the file is run, and nothing of it is unpacked
before its sizes are known.
"""

from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from dondoc.common import wording
from dondoc.common.errors import Refused

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_XML = 16 * 1024 * 1024
MAX_PARTS = 2_000
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
    except (BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError) as error:
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
    xml = [one for one in inside if PurePath(one.filename).suffix.lower() in {".xml", ".rels", ".vml"}]
    if sum(one.file_size for one in xml) > MAX_XML:
        raise _refused("Tệp có quá nhiều ô hoặc trang. Tải mẫu mới, chỉ chép số liệu sang rồi chọn lại.")
    if any(one.flag_bits & 1 for one in inside):
        raise _refused("Tệp có mật khẩu. Bỏ mật khẩu, lưu lại rồi chọn lại.")
    if "[Content_Types].xml" not in names:
        raise _refused(_of_other(packed, names))
    types = packed.read("[Content_Types].xml")
    kind = next((kind for mark, kind in _TYPES.items() if mark in types), None)
    if b"macroEnabled" in types or any(PurePath(name).name.lower() == "vbaproject.bin" for name in names):
        if b"sheet.binary" in types:
            raise _refused(f"Tệp là dạng Excel nhị phân (.xlsb). {_SAVE}")
        raise _refused(_MACRO.format(kind or (Kind.EXCEL if b"ms-excel" in types else Kind.WORD)))
    if kind is None:
        raise _refused(_NEITHER)
    for one in xml:
        _check_plain(packed.read(one))
    return kind


def _of_other(packed: ZipFile, names: set[str]) -> str:
    if "mimetype" in names and b"opendocument" in packed.read("mimetype"):
        return f"Tệp là dạng OpenDocument (.ods, .odt). {_SAVE}"
    return "Tệp là tệp nén .zip. Giải nén rồi chọn tệp .xlsx hoặc .docx ở trong." if names else _NEITHER


def _check_plain(part: bytes) -> None:
    """No office program writes a document type: it could let a small file grow without end, or read what lies beside it."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise _refused(DAMAGED)


def _refused(words: str) -> Refused:
    return Refused(words, field="upload")
