"""How much may be read, and the words for a file that is over a limit."""

from zipfile import ZipFile

from vanban.errors import TooLargeError
from vanban.options import MEBIBYTE, Options

MAX_RATIO = 400  # unpacked to packed; the parts that Office writes stay under 60
FREE_OF_RATIO = 8 * MEBIBYTE  # below this size no ratio harms


def check_size(size: int, options: Options) -> None:
    """Refuse a file of more than ``options.max_bytes`` bytes, before it is read.

    :raises TooLargeError: it is larger.
    """
    if size > options.max_bytes:
        raise TooLargeError(
            f"Tệp nặng {_mebibytes(size)} MB, vượt giới hạn {_mebibytes(options.max_bytes)} MB. "
            "Đề nghị tách tệp thành nhiều phần nhỏ hơn hoặc giảm dung lượng hình ảnh rồi gửi lại."
        )


def check_unpacked(size: int, options: Options) -> None:
    """Refuse what unpacks to more than ``options.max_unpacked_bytes``.

    :raises TooLargeError: it does.
    """
    if size > options.max_unpacked_bytes:
        raise TooLargeError(
            f"Nội dung tệp sau khi giải nén vượt giới hạn {_mebibytes(options.max_unpacked_bytes)} MB. "
            "Đề nghị mở tệp bằng phần mềm soạn thảo, lưu lại thành tệp mới rồi gửi lại."
        )


def check_packed(archive: ZipFile, options: Options, program: str) -> None:
    """Refuse a file of ``program`` (Word, Excel) that unpacks to more than may be, or is packed to do harm.

    :raises TooLargeError: it is.
    """
    members = archive.infolist()
    check_unpacked(sum(member.file_size for member in members), options)
    for member in members:
        check_ratio(member.file_size, member.compress_size, program)


def check_ratio(size: int, packed: int, program: str) -> None:
    """Refuse a part that is packed so tightly that it can only be meant to harm.

    :raises TooLargeError: it is.
    """
    if size > FREE_OF_RATIO and size > MAX_RATIO * max(packed, 1):
        raise TooLargeError(
            f"Tệp {program} có độ nén bất thường nên không được mở. Đề nghị mở tệp gốc, lưu thành tệp mới rồi gửi lại."
        )


def check_characters(count: int, options: Options) -> None:
    """Refuse a text of more than ``options.max_text_characters`` characters.

    :raises TooLargeError: it is longer.
    """
    if count > options.max_text_characters:
        raise TooLargeError(
            f"Văn bản dài {_grouped(count)} ký tự, vượt giới hạn {_grouped(options.max_text_characters)} ký tự. "
            "Đề nghị tách văn bản thành nhiều phần rồi gửi từng phần."
        )


def check_pages(count: int, options: Options) -> None:
    """Refuse a document of more than ``options.max_pages`` pages.

    :raises TooLargeError: it has more.
    """
    if count > options.max_pages:
        raise TooLargeError(
            f"Tệp có {_grouped(count)} trang, vượt giới hạn {_grouped(options.max_pages)} trang. "
            "Đề nghị tách tệp thành nhiều phần rồi gửi từng phần."
        )


def _mebibytes(size: int) -> str:
    """A size in MB as Vietnamese writes it: 0,4 or 64."""
    return f"{size / MEBIBYTE:.1f}".removesuffix(".0").replace(".", ",")


def _grouped(count: int) -> str:
    """A number with a point between thousands."""
    return f"{count:,}".replace(",", ".")
