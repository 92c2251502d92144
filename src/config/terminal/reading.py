"""One file → what is to be printed of it, or the sentence that says why it cannot be read."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vanban.contract import to_json
from vanban.errors import ReadingError
from vanban.options import Options
from vanban.reading import Reading

_ERRORS: tuple[tuple[type[Exception], str], ...] = (
    (FileNotFoundError, "Không tìm thấy tệp. Đề nghị kiểm tra lại đường dẫn."),
    (PermissionError, "Không có quyền mở tệp. Đề nghị kiểm tra lại quyền truy cập."),
    (MemoryError, "Không đủ bộ nhớ để đọc tệp này."),
    (RecursionError, "Tệp có cấu trúc quá phức tạp, không đọc được."),
)


@dataclass(frozen=True, slots=True)
class Style:
    """How a reading is printed: ``form`` json, jsonl or summary; a summary has a width, and colours on a terminal."""

    form: str
    width: int = 100
    colours: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: ``output`` to print, or ``error`` to tell."""

    path: Path
    output: str = ""
    error: str | None = None


def read_one(path: Path, options: Options, style: Style, on_progress: Callable[[str, int, int], None] | None = None) -> Outcome:
    """Read ``path`` and put it in form; never raises for what a file can be."""
    try:
        return Outcome(path, render(_read(path, options, on_progress), style))
    except ReadingError as error:
        return Outcome(path, error=error.message)
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        return Outcome(path, error=_sentence(error))


def _sentence(error: Exception) -> str:
    """What to tell a person of an error that is not about the document."""
    told = next((words for kind, words in _ERRORS if isinstance(error, kind)), None)
    if told is not None:
        return told
    if isinstance(error, OSError):
        return f"Không mở được tệp ({error.strerror or type(error).__name__})."
    return f"Lỗi ngoài dự kiến khi đọc ({type(error).__name__}). Đề nghị gửi tệp cho bộ phận hỗ trợ kỹ thuật."


def _read(path: Path, options: Options, on_progress: Callable[[str, int, int], None] | None) -> Reading:
    from vanban.pipeline import read  # noqa: PLC0415 - slow import: help and wrong usage do without it

    return read(path, options, on_progress)


def render(reading: Reading, style: Style) -> str:
    """``reading`` in the form asked for, with a line end."""
    if style.form == "json":
        return json.dumps(to_json(reading), ensure_ascii=False, indent=1) + "\n"
    if style.form == "jsonl":
        return json.dumps(to_json(reading), ensure_ascii=False, separators=(",", ":")) + "\n"
    from config.terminal.summary import sections  # noqa: PLC0415 - not for JSON

    if style.colours:
        from config.terminal.coloured import draw  # noqa: PLC0415 - slow import: rich

        return draw(sections(reading), style.width)
    from config.terminal.plain import write  # noqa: PLC0415 - not for JSON

    return write(sections(reading), style.width)
