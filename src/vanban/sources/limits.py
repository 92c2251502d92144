"""How much may be read, and the words for a file that is over a limit."""

from vanban.errors import TooLargeError
from vanban.options import MEBIBYTE, Options


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
