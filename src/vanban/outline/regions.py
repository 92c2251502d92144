"""Which lines are letterhead, body, signature and appendix (components of Decree 30/2020, article 8)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from vanban.outline.lines import Layout, Line, is_rule, is_shouted
from vanban.outline.markers import Rank, marks_of, roman_value
from vanban.outline.words import bare


class Region(StrEnum):
    """Where a line stands."""

    HEAD = "head"
    BODY = "body"
    TAIL = "tail"
    NOTE = "note"
    TITLE = "appendix title"
    APPENDIX = "appendix"


@dataclass(frozen=True, slots=True)
class AppendixStart:
    """An appendix begins at line ``index``; ``number`` as written (1A, II), "" for none."""

    index: int
    name: str
    number: str


_TYPES = (
    "nghi quyet|quyet dinh|chi thi|quy che|quy dinh|thong cao|thong bao|huong dan|chuong trinh|ke hoach|phuong an|de an|du an|"
    "bao cao|bien ban|to trinh|cong dien|ket luan|thong tri|chien luoc|quy hoach|dieu le|noi quy|nghi dinh|thong tu|luat|phap lenh|"
    "giay moi|cong van|quy trinh|bo tieu chi|the le"
)
_TYPE_LINE = re.compile(
    rf"^[#* ]*(?:{_TYPES})(?:\s+(?:hanh dong|phoi hop|lien tich|tong the|chi tiet|to chuc|lien nganh)\b.*|:)?\W*$"
)
_LETTERHEAD = re.compile(
    r"cong h[a-z]{2} xa hoi|d[a-z]c lap.{0,3}tu do|[dp]+ang cong san|^s[o6] ?[:.]|^\$6|^v/v\b|ngay .{0,8}thang .{0,6}nam \d{4}$"
)
_ENCLOSED = re.compile(r"^\W*\((?:ban hanh )?kem theo\b")
_ANNEXED = re.compile(r"^\W*(?:ban hanh )?kem theo\b")
_ADDRESSED = re.compile(r"^kinh (?:gui|trinh)\b")
_OPENING = re.compile(
    r"(?:can cu|thuc hien|trien khai|thi hanh|de |nham |trong |tren co so|xet |ngay |tiep tuc|sau khi|qua |theo |thoi gian|tai |tinh den|"
    r"huong ung|chu tich|thu tuong|chinh phu|uy ban nhan dan|hoi dong nhan dan|bo truong|giam doc|hien nay|nam \d)"
)
_RECIPIENTS = re.compile(r"^\W{0,2}noi nh\w{1,3}\s*(?:[:;,*]|$|\s{3,}|\t)")
_SIGNING = re.compile(r"^\**(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\s?[.,]?\s?[^\W\d_]{2}")
_APPENDIX = re.compile(
    r"^\W{0,3}phu l(?:uc|yc|ye|ue)\b\s*(?:so\s*)?(?P<number>[ivx]{1,5}\b|\d{1,2}[a-z]?\b|[a-h]\b(?=\s*$))?\s*(?P<stop>[.:)\-*]*)\s*(?P<rest>.*)$"
)
_FORM = re.compile(r"^\W{0,2}(?:mau so|bieu so|bieu mau|mau bieu|de cuong|danh muc|bang tong hop)\b")
_NOTE = re.compile(r"^\(?\d{1,2}\)?\s+[^\W\d_]{2}")
_HEAD_LINES = 80
_TITLE_LINES = 14


class Regions:
    """Walks the lines once, from letterhead to appendices; ``of[i]`` is the region of line ``i``."""

    def __init__(self, lines: Sequence[Line], layout: Layout, tables: Sequence[int | None]) -> None:
        self._lines = lines
        self._layout = layout
        self._tables = tables
        self.of: list[Region] = []
        self.appendices: list[AppendixStart] = []
        self.parts: list[int] = []
        self._scan()

    def _scan(self) -> None:
        region = Region.HEAD
        while len(self.of) < len(self._lines):
            index = len(self.of)
            if region == Region.HEAD:
                self._extend(Region.HEAD, self._head_end(index))
                self.parts.append(len(self.of))
                region = Region.BODY
                continue
            region = self._next(region, index)
            if region == Region.HEAD:
                continue
            self.of.append(self._label(region, index))

    def _extend(self, region: Region, until: int) -> None:
        self.of.extend([region] * (until - len(self.of)))

    def _label(self, region: Region, index: int) -> Region:
        if region == Region.APPENDIX and self.appendices[-1].index == index and self.appendices[-1].name:
            return Region.TITLE
        line = self._lines[index]
        if region == Region.TAIL and not line.shouted and (_NOTE.match(line.text) or self.of[-1:] == [Region.NOTE]):
            return Region.NOTE
        return region

    def _next(self, region: Region, index: int) -> Region:
        """The region that line ``index`` opens, or ``region``."""
        line = self._lines[index]
        if line.furniture:
            return region
        start = self._appendix(region, index)
        if start is not None:
            self.appendices.append(start)
            return Region.APPENDIX
        if self._tables[index] is not None:
            return region
        if region in {Region.BODY, Region.TAIL} and self._attached(index, _ENCLOSED if region == Region.BODY else _ANNEXED):
            return Region.HEAD
        return Region.TAIL if region == Region.BODY and self._signs(index) else region

    def _appendix(self, region: Region, index: int) -> AppendixStart | None:
        line = self._lines[index]
        first = line.text.lstrip('*("“ ')[:1]
        if first in {"P", "p"} and (self._tables[index] is None or region == Region.TAIL):
            found = _APPENDIX.match(bare(line.text))
            if found and self._is_title(region, index, found):
                number = (found["number"] or "").upper()
                return AppendixStart(index, line.text[: found.start("stop")].strip("* "), number)
        if region == Region.TAIL:
            return self._untitled(index)
        return None

    def _is_title(self, region: Region, index: int, found: re.Match[str]) -> bool:
        """Whether a line that begins with "phụ lục" is the head of an appendix, and not a sentence about one."""
        line = self._lines[index]
        rest = line.text[found.start("rest") :].strip()
        before = self._lines[index - 1] if index else None
        if line.text.lstrip("* ")[:1].islower():
            return False
        if is_shouted(line.text[: found.start("rest")]) and (not rest or rest[0] == "(" or is_shouted(rest)):
            return True
        alone = before is None or before.closed or self._layout.gap(line) or before.shouted or is_rule(before.text)
        if not rest:
            return region != Region.BODY or alone
        return region != Region.BODY and (bool(found["stop"]) or rest[0] == "(") and line.indent >= 0 and alone

    def _untitled(self, index: int) -> AppendixStart | None:
        """After the signature: a form, a table or a numbered chapter opens an appendix that has no title."""
        line = self._lines[index]
        if _FORM.match(bare(line.text)) and line.text[0].isupper() and (line.shouted or len(line.text) < 40):
            return AppendixStart(index, line.text, "")
        if self._tables[index] is not None:
            return AppendixStart(index, "", "")
        chapter = any(mark.rank <= Rank.ROMAN and mark.value == 1 and is_shouted(mark.rest) for mark in marks_of(line.text))
        return AppendixStart(index, "", "") if chapter else None

    def _signs(self, index: int) -> bool:
        """Whether the recipients or the signature begin here."""
        line = self._lines[index]
        if line.text[0] in "N*-_/" and _RECIPIENTS.match(bare(line.text[:24])):
            return True
        if line.shouted and _SIGNING.match(line.text):
            return True
        ended = index > 0 and self._lines[index - 1].text.endswith(("./.", "/."))
        return ended and line.shouted and len(line.text) < 60 and not marks_of(line.text)

    def _attached(self, index: int, annexed: re.Pattern[str]) -> bool:
        """Whether the document that this one issues begins here (with or without a letterhead)."""
        line = self._lines[index]
        if not line.shouted:
            return False
        head = _LETTERHEAD.search(bare(line.text)) is not None
        ahead = range(index, min(index + (25 if head else 1), len(self._lines)))
        kind = next((i for i in ahead if self._is_type(i)), None)
        if kind is None:
            return False
        if any(annexed.match(bare(held.text)) for held in self._lines[kind : kind + _TITLE_LINES]):
            return True
        return annexed is _ANNEXED and self._issues()

    def _issues(self) -> bool:
        """Whether the document before the signature has articles: what follows its signature is what it issues."""
        body = (line for line, region in zip(self._lines, self.of, strict=False) if region == Region.BODY)
        return any(mark.rank == Rank.ARTICLE for line in body if line.text[0] in "Đ*#" for mark in marks_of(line.text))

    def _is_type(self, index: int) -> bool:
        line = self._lines[index]
        return len(line.text) < 60 and line.shouted and _TYPE_LINE.match(bare(line.text)) is not None

    def _head_end(self, start: int) -> int:
        """The first line of the body of the document whose letterhead begins at ``start``."""
        limit = min(start + _HEAD_LINES, len(self._lines))
        kind = next((i for i in range(start, limit) if self._is_type(i)), None)
        addressed = next((i for i in range(start, limit) if _ADDRESSED.match(bare(self._lines[i].text[:12]))), None)
        numbered = next((i for i in range(start, limit) if self._is_chapter(i)), limit)
        if kind is not None and kind < numbered:
            end = self._title_end(kind, limit)
        elif addressed is not None:
            end = addressed
        else:
            end = self._letterhead_end(start, min(limit, numbered))
        if addressed is not None and end <= addressed < end + 4:
            end = self._addressees_end(addressed, limit)
        return max(end, start)

    def _is_chapter(self, index: int) -> bool:
        text = self._lines[index].text
        return any(
            mark.rank == Rank.ARTICLE or (mark.rank == Rank.ROMAN and roman_value(mark.key) and is_shouted(mark.rest))
            for mark in marks_of(text)
        )

    def _title_end(self, kind: int, limit: int) -> int:
        """The line after the type and the subject."""
        annexed = False
        for index in range(kind + 1, min(kind + 1 + _TITLE_LINES, limit)):
            line = self._lines[index]
            annexed = annexed or _ANNEXED.match(bare(line.text)) is not None
            if is_rule(line.text):
                return index + 1
            if index > kind + 1 and not annexed and line.text[0].isupper() and _OPENING.match(bare(line.text)):
                return index
            if any(mark.rank < Rank.BULLET for mark in marks_of(line.text)):
                return index
            if index > kind + 1 and not annexed and self._layout.gap(line) and not self._more_title(index):
                return index
            annexed = annexed and not line.text.endswith((")", ")*"))
        return min(kind + 2, limit)

    def _more_title(self, index: int) -> bool:
        line = self._lines[index]
        return is_rule(line.text) or line.text[0].islower() or _ANNEXED.match(bare(line.text)) is not None

    def _addressees_end(self, addressed: int, limit: int) -> int:
        """The line after the addressees: their list ends with a full stop, or where a paragraph opens."""
        if self._lines[addressed].text.endswith("."):
            return addressed + 1
        for index in range(addressed + 1, limit):
            line, before = self._lines[index], self._lines[index - 1]
            listed = line.text[0] in "-–•+"
            if (
                not listed
                and (_OPENING.match(bare(line.text)) or len(line.text) > 100)
                and line.text[0].isupper()
                and not before.dangling
            ):
                return index
            if line.text.endswith(".") and not line.text.endswith(("TP.", "..")):
                return index + 1
            if not listed and self._layout.gap(line) and not before.text.endswith((":", ",")):
                return index
        return addressed + 1

    def _letterhead_end(self, start: int, limit: int) -> int:
        last = next(
            (i for i in range(min(limit, start + 20) - 1, start - 1, -1) if _LETTERHEAD.search(bare(self._lines[i].text))), None
        )
        return start if last is None else last + 1
