"""Reads the files from which templates are made: one that the program wrote, and outlines in Word and Excel.

What cannot be taken is refused with a sentence that says what to do; nothing of it is kept.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import PurePath
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook

from dondoc.common.errors import Refused
from dondoc.common.folding import searchable
from dondoc.reporting.rules.grids import looks_like_grid
from dondoc.reporting.rules.outlines import Grid, TextLine, read_outline
from dondoc.reporting.rules.templates import TemplateError, TemplateFacts, read
from dondoc.reporting.unit_files.guarding import MAX_UNPACKED, OLE

MAX_ROWS, MAX_COLUMNS = 5_000, 60
_BLANK = re.compile(r"\s+")
_LEVELS = {"upperRoman": 1, "decimal": 2, "lowerLetter": 3, "upperLetter": 0}
_STYLE = re.compile(r"Heading (\d)")
_NUMBER_ALONE = re.compile(r"[IVX]+|\d{1,2}|[A-Ha-zđ]")

Block = TextLine | Grid


@dataclass(frozen=True, slots=True)
class Taken:
    """``doubts``: what a person has to look at; of a file that the program wrote there are none."""

    facts: TemplateFacts
    doubts: list[str]


def read_file(name: str, data: bytes) -> Taken:
    """Raises Refused, for a damaged template with all that is wrong with it."""
    ending = PurePath(name).suffix.lower()
    if ending == ".json":
        return Taken(_own(data), [])
    _refuse_others(ending, data)
    blocks = _opened(_word if ending == ".docx" else _excel, data)
    outline = read_outline(blocks)
    if not outline.sections and not outline.tables:
        raise Refused(
            "Không thấy mục đánh số (Phần, I, 1, a) hay bảng chỉ tiêu nào trong tệp. "
            "Đánh số các mục, hoặc đặt tên cột Mã, Chỉ tiêu, Đơn vị tính rồi chọn lại.",
            field="upload",
        )
    stem = PurePath(name).stem
    return Taken(outline.facts(_code(stem), stem), outline.doubts)


def _own(data: bytes) -> TemplateFacts:
    try:
        return read(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused("Tệp không phải là mẫu báo cáo đã xuất từ phần mềm. Chọn tệp .json đã xuất.", field="upload") from error
    except TemplateError as error:
        raise Refused("\n".join(error.faults), field="upload") from error


def _refuse_others(ending: str, data: bytes) -> None:
    if ending in {".docm", ".xlsm", ".dotm", ".xltm"}:
        raise Refused("Tệp có macro không nhận được. Lưu lại dạng .docx hoặc .xlsx rồi chọn lại.", field="upload")
    if data.startswith(OLE):
        words = (
            "có mật khẩu hoặc là dạng Word, Excel cũ"
            if ending in {".docx", ".xlsx"}
            else "là dạng Word, Excel cũ hoặc có mật khẩu"
        )
        raise Refused(f"Tệp {words}. Mở tệp, bỏ mật khẩu, lưu dạng .docx hoặc .xlsx rồi chọn lại.", field="upload")
    if ending not in {".docx", ".xlsx"}:
        raise Refused("Chỉ đọc được mẫu .json đã xuất, đề cương Word .docx và Excel .xlsx.", field="upload")
    try:
        with ZipFile(BytesIO(data)) as packed:
            inside = packed.infolist()
    except BadZipFile as error:
        raise Refused("Tệp hỏng, không mở được. Mở bằng Word hoặc Excel, lưu lại rồi chọn lại.", field="upload") from error
    if any(PurePath(one.filename).name.lower() == "vbaproject.bin" for one in inside):
        raise Refused("Tệp có macro không nhận được. Lưu lại dạng .docx hoặc .xlsx rồi chọn lại.", field="upload")
    if sum(one.file_size for one in inside) > MAX_UNPACKED:
        raise Refused("Tệp giải nén ra hơn 100 MB. Chỉ để lại đề cương và biểu rồi chọn lại.", field="upload")


def _opened(reader: Callable[[bytes], Iterator[Block]], data: bytes) -> list[Block]:
    """All blocks; whatever the libraries say of a damaged file is one sentence."""
    try:
        return list(reader(data))
    except Exception as error:
        raise Refused(
            "Tệp hỏng hoặc không đúng loại, không đọc được. Mở bằng Word hoặc Excel, lưu lại rồi chọn lại.", field="upload"
        ) from error


def _word(data: bytes) -> Iterator[Block]:
    document = Document(BytesIO(data))
    formats = _number_formats(document)
    for block in document.iter_inner_content():
        if isinstance(block, WordTable):
            yield Grid(tuple(tuple(_plain(cell.text) for cell in row.cells) for row in islice(block.rows, MAX_ROWS)))
        elif text := block.text.strip():
            yield TextLine(text, _level(block, formats))


def _number_formats(document: Any) -> dict[tuple[str, str], str]:
    """The form of each automatic number: (list, depth) → upperRoman, decimal and the like."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    kinds = {
        (one.get(qn("w:abstractNumId")), level.get(qn("w:ilvl"))): found.get(qn("w:val"), "")
        for one in root.findall(qn("w:abstractNum"))
        for level in one.findall(qn("w:lvl"))
        if (found := level.find(qn("w:numFmt"))) is not None
    }
    lists = {
        one.get(qn("w:numId")): found.get(qn("w:val"))
        for one in root.findall(qn("w:num"))
        if (found := one.find(qn("w:abstractNumId"))) is not None
    }
    return {(number, depth): form for number, kind in lists.items() for (known, depth), form in kinds.items() if known == kind}


def _level(paragraph: Paragraph, formats: dict[tuple[str, str], str]) -> int | None:
    """What the style or the automatic number says; None for plain text."""
    style = paragraph.style
    if heading := _STYLE.fullmatch(str(style.name if style is not None else "")):
        return min(int(heading[1]), 3)
    owners: list[Any] = [paragraph._p, style.element if style is not None else None]  # noqa: SLF001 - python-docx has no name for this
    for owner in owners:
        numbering = owner.pPr.numPr if owner is not None and owner.pPr is not None else None
        if numbering is not None and numbering.numId is not None:
            depth = numbering.ilvl.val if numbering.ilvl is not None else 0
            return _LEVELS.get(formats.get((str(numbering.numId.val), str(depth)), ""))
    return None


def _excel(data: bytes) -> Iterator[Block]:
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            rows = [
                tuple(_plain("" if cell is None else str(cell)) for cell in row)
                for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)
            ]
            yield from _sheet(rows)
    finally:
        book.close()


def _sheet(rows: list[tuple[str, ...]]) -> Iterator[Block]:
    """Lines down to the head of a table, then the table; a sheet without one is an outline."""
    for place in range(len(rows)):
        if looks_like_grid(rows[place : place + 1]):
            yield from (TextLine(text) for row in rows[:place] if (text := _joined(row)))
            yield Grid(tuple(row for row in rows[place:] if any(row)))
            return
    yield from (TextLine(text) for row in rows if (text := _joined(row)))


def _joined(row: tuple[str, ...]) -> str:
    cells = [cell for cell in row if cell]
    if len(cells) > 1 and _NUMBER_ALONE.fullmatch(cells[0]):
        mark = ")" if cells[0].islower() else "."
        return f"{cells[0]}{mark} {' '.join(cells[1:])}"
    return " ".join(cells)


def _plain(text: str) -> str:
    return _BLANK.sub(" ", text).strip()


def _code(stem: str) -> str:
    """A code out of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", searchable(stem)).strip("-")[:60] or "mau"
