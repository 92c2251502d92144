"""Plain text: UTF-8, UTF-16 with its mark, or the bytes of an older Vietnamese encoding."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from pathlib import Path

from vanban.errors import EncodingError
from vanban.options import Options
from vanban.sources.extracted import TextBuilder
from vanban.sources.plain_tables import barred_tables
from vanban.text.legacy import encoding_of
from vanban.text.legacy_tables import as_windows_1252

NOT_UTF8 = (
    "Tệp không dùng bảng mã UTF-8, cũng không phải TCVN3, VNI hoặc Windows-1258, nên không đọc đúng được chữ tiếng Việt. "
    "Đề nghị chuyển sang Unicode, lưu tệp với bảng mã UTF-8 rồi gửi lại."
)

_PAGE_NUMBER = r"[ \t]*(?:[-–—][ \t]*)?(?!(?:19|20)\d\d)\d{1,4}(?:[ \t]*[-–—])?[ \t]*"
_PAGE_BREAK = re.compile(rf"\n(?:{_PAGE_NUMBER}\r?\n)?[ \t]*\f(?:{_PAGE_NUMBER}\r?\n)?|\f(?:{_PAGE_NUMBER}\r?\n)?")


def read_plain(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
    """The whole file as one stretch of text, without pages.

    :raises EncodingError: the bytes are neither UTF-8 nor UTF-16 with a mark.
    """
    builder = TextBuilder(options)
    text = _without_page_breaks(decode(path.read_bytes()))
    builder.add(text)
    builder.tables.extend(barred_tables(text))
    on_progress(1, 1)
    return builder, None


def _without_page_breaks(text: str) -> str:
    """``text`` without form feeds and the page numbers beside them, so that a sentence over a page reads on."""
    return _PAGE_BREAK.sub("\n", text) if "\f" in text else text


def decode(data: bytes) -> str:
    """The text that ``data`` stands for, without its byte order mark.

    Bytes of TCVN3, VNI or Windows-1258 come back as Windows-1252 shows them: what they mean is told by the mends of
    :mod:`vanban.text.legacy`.

    :raises EncodingError: it is none of these.
    """
    try:
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        return _older(data, error)
    if text.count("\0") * 4 > len(text):  # UTF-16 without its mark, UTF-32
        raise EncodingError(NOT_UTF8)
    return text


def _older(data: bytes, error: UnicodeDecodeError) -> str:
    """Bytes that are no UTF-8, sign by sign, where they are those of an older Vietnamese encoding."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise EncodingError(NOT_UTF8) from error
    text = as_windows_1252(data)
    if encoding_of(text) is None:
        raise EncodingError(NOT_UTF8) from error
    return text
