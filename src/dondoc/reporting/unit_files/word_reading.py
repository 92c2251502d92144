"""Reads a form in Word that came back.

What a person sees counts: a figure belongs to the code of its row and the head of its column, a text to the heading above it. The
tags of the controls say it where that is gone. So nothing is lost when a program has dropped the controls, or when the form was
copied into another file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from docx.document import Document as WordDocument

from dondoc.common.errors import Refused
from dondoc.common.folding import searchable
from dondoc.reporting.models import Return
from dondoc.reporting.queries.content import facts as facts_of
from dondoc.reporting.rules.templates import SectionFacts, TemplateFacts
from dondoc.reporting.unit_files import word_words as words
from dondoc.reporting.unit_files.contents import FileFault, Filled, FilledText, Seen, Stamp, plain
from dondoc.reporting.unit_files.guarding import Kind, guarded
from dondoc.reporting.unit_files.sealing import unsealed
from dondoc.reporting.unit_files.word_grids import GridReader
from dondoc.reporting.unit_files.word_parts import carried
from dondoc.reporting.unit_files.word_text import Grid, Line, blocks_of, is_tracked, lines_in, opened

NOT_OURS = (
    "Tệp không phải là mẫu tải từ phần mềm, hoặc đã mất mã nhận dạng ở cuối mẫu. Tải mẫu Word của đơn vị, chép nội dung từng mục và "
    "số liệu từng dòng sang mẫu rồi chọn tệp đó. Văn bản đã ký thì ghi số, ngày và đính kèm sau khi nộp."
)
TRACKED = "Tệp có sửa đổi đang theo dõi (Track Changes); đã đọc như đã chấp nhận hết."
_SHOWN = 60


def read(data: bytes) -> Filled:
    """Raises Refused for a file that is none of ours; all else that is wrong is told at its place."""
    guarded(data, Kind.WORD)
    word = opened(data)
    blocks = blocks_of(word)
    stamp, seen = unsealed(_seal(word, blocks))
    facts = _facts(stamp)
    # The form of a version that is not in use any more is refused by whoever takes it, in words of its own.
    if facts is None:
        return Filled(stamp, (), (), ())
    return replace(filled_of(blocks, stamp, seen, facts), notices=(TRACKED,) if is_tracked(word) else ())


def _facts(stamp: Stamp) -> TemplateFacts | None:
    """What the form asks for; None where the report uses another version by now, or is gone."""
    report = Return.objects.select_related("group__template__template").filter(pk=stamp.report).first()
    version = report.group.template if report else None
    if version is None or (version.template.code, version.number) != (stamp.template, stamp.version):
        return None
    return facts_of(version)


def _seal(word: WordDocument, blocks: Iterable[Line | Grid]) -> str:
    """What the file carries, else the short one in its last line: then nothing is known of what stood in the form."""
    if seal := carried(word):
        return seal
    lines = [line for block in blocks for line in ([block] if isinstance(block, Line) else lines_in(block))]
    for line in reversed(lines):
        if found := words.SEAL_FORM.search(" ".join(line.text.split())):
            return found[1]
    raise Refused(NOT_OURS, field="upload")


def filled_of(blocks: Iterable[Line | Grid], stamp: Stamp, seen: Seen, facts: TemplateFacts) -> Filled:
    """What stands in the form, and what of it cannot be taken."""
    outline, grids = _Outline(facts), GridReader(facts, seen)
    for block in blocks:
        if isinstance(block, Line):
            outline.line(block)
        elif grids.takes(block):
            outline.leave()
            grids.read(block)
        else:
            for line in lines_in(block):
                outline.line(line)
    cells, texts = tuple(grids.cells()), tuple(outline.texts(seen.texts))
    return Filled(stamp, cells, texts, (*outline.faults, *outline.missing(), *grids.faults, *grids.missing()))


@dataclass
class _Outline:
    """The texts of the sections. ``_lines``: section code → what stands under its heading."""

    facts: TemplateFacts
    faults: list[FileFault] = field(default_factory=list)
    _lines: dict[str, list[str]] = field(default_factory=dict)
    _here: SectionFacts | None = None

    def __post_init__(self) -> None:
        self._by_code = {one.code: one for one in self.facts.sections}
        self._headings: dict[str, list[SectionFacts]] = {}
        for one in self.facts.sections:
            self._headings.setdefault(_folded(words.heading_of(one)), []).append(one)
        self._guidance = {one.code: _folded(words.guidance_of(one)) for one in self.facts.sections}
        self._titles = {_folded(words.title_of(table)) for table in self.facts.tables}

    def line(self, line: Line) -> None:
        named = [self._by_code[code] for tag in line.tags if (code := words.section_of(tag)) in self._by_code]
        if named:
            self._here = named[0]
        elif not line.is_written and self._is_ours(line):
            return
        if self._here is not None:
            self._take(self._here, line)

    def leave(self) -> None:
        """A table of the form begins: what comes after it is under no heading."""
        self._here = None

    def texts(self, seen: Mapping[str, str]) -> Iterator[FilledText]:
        for code, lines in self._lines.items():
            text = plain("\n".join(lines))
            if self._by_code[code].asks and (text or code in seen):
                yield FilledText(code, text, f"mục {code}", seen.get(code, ""))

    def missing(self) -> Iterator[FileFault]:
        for one in self.facts.sections:
            if one.asks and one.code not in self._lines:
                yield FileFault(f"mục {one.code}", f"Không thấy mục “{words.heading_of(one)}” trong tệp. Ghi mục này trên trang.")

    def _is_ours(self, line: Line) -> bool:
        """A line that the form printed: a heading opens its section, the title of a table ends the outline, guidance says nothing."""
        text = _folded(line.text)
        if heads := self._headings.get(text):
            self._here = next((one for one in heads if one.code not in self._lines), heads[0])
            self._lines.setdefault(self._here.code, [])
            return True
        if text in self._titles:
            self._here = None
            return True
        if words.SEAL_FORM.search(line.text) or line.text.strip() == words.TEXT_HERE:
            return True
        return bool(self._here and text and text == self._guidance[self._here.code])

    def _take(self, section: SectionFacts, line: Line) -> None:
        self._lines.setdefault(section.code, []).append(line.text)
        if not section.asks and line.text.strip():
            shown = line.text.strip()[:_SHOWN]
            below = f"Mục này chỉ có tên. Chuyển đoạn “{shown}…” vào mục con, hoặc xóa."
            self.faults.append(FileFault(f"mục {section.code}", below))


def _folded(text: str) -> str:
    return searchable(text).strip(" .:")
