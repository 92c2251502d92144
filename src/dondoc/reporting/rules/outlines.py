"""A template out of an outline that an office already has: numbered headings, and tables of indicators.

What comes in are the lines and grids of a Word or Excel file in their order. Nothing is guessed in silence: what was not
understood, and what a person has to settle, is listed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dondoc.reporting.rules.grids import GridReader, looks_like_letterhead
from dondoc.reporting.rules.keeping import LENGTHS, TEMPLATE_LENGTHS
from dondoc.reporting.rules.templates import SectionFacts, TableFacts, TemplateFacts

_ORDINALS = "nhất|hai|ba|tư|bốn|năm|sáu"
_FORMS = (
    (0, re.compile(rf"(?i:phần)\s+(?:(?i:thứ)\s+)?(?P<no>(?i:{_ORDINALS})|[IVX]+|[A-H]|\d)\b\s*[.:\-–]?\s*(?P<words>.*)")),
    (0, re.compile(r"(?P<no>[A-H])\s*[.)/]\s+(?P<words>\S.*)")),
    (1, re.compile(r"(?P<no>[IVX]+)\s*[.)/\-–]\s*(?P<words>\D.*)")),
    (3, re.compile(r"(?P<no>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\s*[.)]?\s+(?P<words>\S.*)")),
    (2, re.compile(r"(?P<no>\d{1,2})\s*[.)/]\s*(?P<words>[^\W\d].*)")),
    (3, re.compile(r"(?P<no>[a-zđ])\s*[.)]\s+(?P<words>\S.*)")),
)
_TITLE = re.compile(r"(?i)^(đề cương|báo cáo|mẫu báo cáo|phụ lục\b.*đề cương)")
_CAPTION = re.compile(
    r"(?i)^(?:biểu(?: mẫu| số liệu| số)?|bảng|phụ lục)\s*(?:số\s*)?(?P<no>[0-9]{1,2}[A-Za-z]?|[IVX]{1,4}\b)?\s*[.:\-–]?\s*(?P<words>.*)$"
)
_HEAD = re.compile(
    r"(?i)^(cộng h[oòó]a xã hội|độc lập|ủy ban nhân dân|ubnd|hội đồng|sở |số:|kính gửi|nơi nhận|đảng cộng sản|[-_*.…]+$"
    r"|\(.*\)$|.{0,40}ngày\s*[.…\d]*\s*tháng)"
)
_CLOSING = re.compile(r"(?i)^(nơi nhận|tm\.|kt\.|tl\.|thủ trưởng|chủ tịch|giám đốc|người lập|\(ký)")
LONG_HEADING, SHORT_TITLE = 150, 25


@dataclass(frozen=True, slots=True)
class TextLine:
    """A paragraph. ``level``: what its style or automatic number says (0–3), None for plain text."""

    text: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells, row by row; merged cells repeat their text or are empty."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Outline:
    """``doubts``: sentences about what was not understood or has to be settled by a person."""

    title: str = ""
    sections: list[SectionFacts] = field(default_factory=list)
    tables: list[TableFacts] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def facts(self, code: str, name: str) -> TemplateFacts:
        """As a draft. ``name``: what the template is called where the outline has no title."""
        title = (self.title or name)[: TEMPLATE_LENGTHS["title"]]
        return TemplateFacts(code, title, sections=tuple(self.sections), tables=tuple(self.tables))


def read_outline(blocks: Iterable[TextLine | Grid]) -> Outline:
    """Never fails: what cannot be read is a doubt."""
    reader = _Reader()
    for block in blocks:
        if isinstance(block, TextLine):
            for line in block.text.splitlines():
                reader.line(TextLine(" ".join(line.split()), block.level))
        else:
            reader.grid(block)
    return reader.done()


class _Reader:
    def __init__(self) -> None:
        self.outline = Outline()
        self.grids = GridReader()
        self.numbers = ["", "", "", ""]
        self.caption: tuple[str, str] | None = None
        self.guidance: list[str] = []
        self.closed = False
        self.parts = 0
        self.count = 0

    def line(self, line: TextLine) -> None:
        text = line.text
        if not text or self.closed:
            return
        if found := self._caption(text):
            self.caption = found
        elif self.outline.sections and _CLOSING.match(text):
            self.closed = True
        elif (heading := _heading(line)) and (heading[1] or not self._is_title(text)):
            self._section(*heading)
        elif self._names_part(text):
            self.outline.sections[-1] = replace(self.outline.sections[-1], heading=text)
        elif self.outline.sections:
            self.guidance.append(text)
        else:
            self._before(text)

    def grid(self, grid: Grid) -> None:
        if looks_like_letterhead(grid.rows):
            return
        self.closed = False
        self.count += 1
        code, title = self.caption or ("", "")
        self.caption = None
        table = self.grids.read(grid.rows, code or str(self.count), title or f"Biểu số liệu {self.count}")
        if table:
            self.outline.tables.append(table)
        else:
            first = " | ".join(cell for cell in grid.rows[0] if cell)[:90] if grid.rows else ""
            self.outline.doubts.append(f"Bảng thứ {self.count} (“{first}”) không có cột chỉ tiêu, nội dung; chưa đọc.")

    def done(self) -> Outline:
        self._close()
        found = self.outline
        found.doubts += self.grids.doubts
        leaves = [
            replace(one, asks=False) if _has_parts(found.sections, place) and not one.guidance else one
            for place, one in enumerate(found.sections)
        ]
        found.sections = leaves
        return found

    def _names_part(self, text: str) -> bool:
        """*Phần thứ nhất* on a line by itself has its name on the next."""
        last = self.outline.sections[-1] if self.outline.sections else None
        return bool(last and last.level == 0 and not self.guidance and text.isupper() and re.match("(?i)phần ", last.heading))

    def _is_title(self, text: str) -> bool:
        """The title of a paper may have the style of a heading, and go on in the next line."""
        title = self.outline.title
        return not self.outline.sections and (len(title) < SHORT_TITLE if title else bool(_TITLE.match(text)))

    def _before(self, text: str) -> None:
        """The head of the paper: its title, or something that a person has to look at."""
        if not self.outline.title and _TITLE.match(text):
            self.outline.title = text[:1].upper() + text[1:].lower() if text.isupper() else text
        elif self.outline.title and len(self.outline.title) < SHORT_TITLE:
            self.outline.title += f" {text[:1].lower() + text[1:]}"
        elif not _HEAD.match(text):
            self.outline.doubts.append(f"Chưa rõ thuộc mục nào: “{text[:120]}”.")

    def _section(self, level: int, number: str, words: str, rest: str) -> None:
        self._close()
        if level == 0:
            self.parts += 1
        number = number or self._next(level)
        self.numbers[level:] = [number, *[""] * (3 - level)]
        code = self._code(level, number)
        taken = {one.code for one in self.outline.sections}
        if code in taken and self.parts > 1:
            code = f"P{self.parts}.{code}"
        if code in taken:
            self.outline.doubts.append(f"Mục “{words[:60]}” trùng số thứ tự {code}; đặt tạm số khác.")
            code = next(name for place in range(2, 1000) if (name := f"{code}-{place}") not in taken)
        self.outline.sections.append(SectionFacts(code[: LENGTHS["code"]], words, level=level))
        self.guidance = [rest] if rest else []

    def _code(self, level: int, number: str) -> str:
        if level == 0:
            return f"P{self.parts}"
        if "." in number:
            return ".".join(part for part in (self.numbers[1], number) if part)
        return ".".join(part for part in self.numbers[1 : level + 1] if part)

    def _next(self, level: int) -> str:
        """The number of a heading that Word numbers by itself."""
        parent = self.outline.sections
        count = 1
        for one in reversed(parent):
            if one.level < level:
                break
            count += one.level == level
        return (_ROMAN[count - 1] if count <= len(_ROMAN) else str(count)) if level == 1 else str(count)

    def _close(self) -> None:
        if self.guidance and self.outline.sections:
            last = self.outline.sections[-1]
            self.outline.sections[-1] = replace(last, guidance="\n".join(self.guidance))
        self.guidance = []

    def _caption(self, text: str) -> tuple[str, str] | None:
        found = _CAPTION.match(text)
        if found is None or len(text) > 250 or not (found["no"] or text.isupper() or text.casefold().startswith("biểu")):
            return None
        return (found["no"] or "").upper(), found["words"].strip(" .:-–") or text


_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")


def _heading(line: TextLine) -> tuple[int, str, str, str] | None:
    """Level, number, heading, and what of a long line is guidance."""
    for level, form in _FORMS:
        if (found := form.fullmatch(line.text)) and (level != 1 or found["no"] in _ROMAN):
            return (level, found["no"], *_cut(found["words"].strip() or line.text))
    return (line.level, "", *_cut(line.text)) if line.level is not None else None


def _cut(words: str) -> tuple[str, str]:
    if len(words) <= LONG_HEADING:
        return words.rstrip(" :;"), ""
    found = re.search(r"[:.;] ", words)
    if found and found.start() <= LONG_HEADING:
        return words[: found.start()], words[found.end() :].strip()
    return words, ""


def _has_parts(sections: list[SectionFacts], place: int) -> bool:
    return place + 1 < len(sections) and sections[place + 1].level > sections[place].level
