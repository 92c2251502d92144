"""Plain text: UTF-8, or UTF-16 with its mark."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from pathlib import Path

from vanban.errors import EncodingError
from vanban.options import Options
from vanban.sources.extracted import TextBuilder

NOT_UTF8 = (
    "Tệp văn bản không dùng bảng mã Unicode (UTF-8) nên không đọc đúng được chữ tiếng Việt. "
    "Đề nghị mở tệp, chọn Lưu thành (Save As) với bảng mã UTF-8 rồi gửi lại."
)


def read_plain(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
    """The whole file as one stretch of text, without pages.

    :raises EncodingError: the bytes are neither UTF-8 nor UTF-16 with a mark.
    """
    data = path.read_bytes()
    builder = TextBuilder()
    builder.add(decode(data))
    on_progress(1, 1)
    return builder, None


def decode(data: bytes) -> str:
    """The text that ``data`` stands for.

    :raises EncodingError: it is neither UTF-8 nor UTF-16 with a mark.
    """
    try:
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        raise EncodingError(NOT_UTF8) from error
