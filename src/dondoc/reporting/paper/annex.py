"""The annex of sources: where each figure and each passage of the text comes from, in the order of the text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.conf import settings
from django.urls import reverse

from dondoc.common import wording
from dondoc.common.official import Appendix, Band, Block, Column, Paragraph, Row, Span, Table
from dondoc.reporting.enums import BlockKind, ReturnState
from dondoc.reporting.models import Block as DraftBlock
from dondoc.reporting.paper.gaps import named_section
from dondoc.reporting.paper.material import Material
from dondoc.reporting.paper.notes import FigureNote, Notes, PassageNote
from dondoc.reporting.queries.figures import Known, Source, people_words
from dondoc.reporting.queries.printing import column_words, keys_of, line_of, method_words, parts_words, voices_of
from dondoc.reporting.queries.totals import IN
from dondoc.reporting.rules.fields import number_words

TITLE = "Nguồn số liệu, nội dung"
BEGINNING = 16
"""So many words of a passage tell which it is."""

_COLUMNS = (
    Column("Số", 0.05, "centre"),
    Column("Số liệu, nội dung", 0.18),
    Column("Cách tính, biên tập", 0.14),
    Column("Số đã duyệt", 0.23),
    Column("Đơn vị", 0.24),
    Column("Địa chỉ", 0.16),
)


class Annex:
    """``site``: what addresses begin with."""

    def __init__(self, material: Material, notes: Notes, site: str) -> None:
        self.material = material
        self.notes = notes
        self.site = site or settings.SITE_URL

    def appendix(self) -> Appendix:
        return Appendix(TITLE, tuple(self._blocks()), landscape=True)

    def _blocks(self) -> Iterator[Block]:
        yield Paragraph(
            "Số trong ngoặc vuông ở lời văn, biểu và biểu đồ dẫn đến dòng mang số đó. Số đã duyệt là số trong báo cáo; số đã nhận "
            "ghi kèm khi khác số đã duyệt. Bấm vào số hoặc tên đơn vị để mở trang nguồn."
        )
        for source in self.material.sources:
            yield Paragraph(standing_of(source))
        rows: list[Row | Band] = []
        for section, notes in groupby(self.notes.all, key=lambda note: note.section):
            rows.append(Band(named_section(section)))
            rows += [self._figure(note) if isinstance(note, FigureNote) else self._passage(note) for note in notes]
        if rows:
            yield Table(_COLUMNS, tuple(rows), small=True)

    def _figure(self, note: FigureNote) -> Row:
        """The address is that of the last column, which stands for all of them where they are put together."""
        figures = _in_order(note.figures)
        last = figures[-1]
        method = method_words(last)
        name = f"{last.indicator.name} (biểu {last.field.table}, chỉ tiêu {last.field.code})"
        lines = [span for known in figures for span in self._line(known)]
        return (
            str(note.number),
            name,
            f"{method[:1].upper()}{method[1:]}",
            tuple(lines[:-1]),
            units_of(figures),
            self._link(self._address(last)),
        )

    def _line(self, known: Known) -> Iterator[Span]:
        """``Năm 2025: 91,2% (52 : 57); đã nhận 90,1%``, on a line of its own."""
        yield Span(f"{column_words(known)}: ")
        yield Span(_number(known), address=self._address(known))
        parts = parts_words(known, accepted=True)
        received = f"; đã nhận {_received(known)}" if known.received != known.accepted else ""
        yield Span(f"{f' ({parts})' if parts else ''}{received}")
        yield Span("\n")

    def _passage(self, note: PassageNote) -> Row:
        block = note.block
        query = f"?muc={note.section.code}#doan-{block.pk}"
        address = f"{self.site}{reverse('reporting:draft', args=[self.material.campaign.pk])}{query}"
        return (
            str(note.number),
            self._beginning(block),
            self._edited(block),
            "",
            tuple(self._voices(block)),
            self._link(address),
        )

    def _beginning(self, block: DraftBlock) -> str:
        words = "".join(piece.text for piece in line_of(block.text, self.material.known)).split()
        return f"“{' '.join(words[:BEGINNING])}{'…' if len(words) > BEGINNING else ''}”"

    def _voices(self, block: DraftBlock) -> Iterator[Span]:
        voices = voices_of(block)
        if block.kind == BlockKind.PASSAGE:
            yield Span(f"{wording.number(len(voices))} đơn vị nêu" + (": " if voices else ""))
        for place, voice in enumerate(voices):
            page = reverse("reporting:review", args=[self.material.campaign.pk, voice.report])
            yield Span(voice.unit, address=f"{self.site}{page}")
            yield Span("." if place == len(voices) - 1 else ", ")

    def _edited(self, block: DraftBlock) -> str:
        told = "Đoạn các đơn vị nêu gần giống nhau" if block.kind == BlockKind.PASSAGE else ""
        if block.edited_by is None or block.edited_at is None:
            return told
        did = "viết" if block.kind == BlockKind.OWN else "sửa lời văn"
        return "; ".join(filter(None, (told, f"{block.edited_by.full_name} {did} {wording.moment(block.edited_at)}")))

    def _address(self, known: Known) -> str:
        place = [self.material.campaign.pk, known.source.groups[0].pk, known.field.code, known.field.column]
        return f"{self.site}{reverse('reporting:figure', args=place)}"

    def _link(self, address: str) -> tuple[Span, ...]:
        return (Span(address, address=address),)


def standing_of(source: Source) -> str:
    """How many reports a template's figures are made of, and the names of those that are not in them."""
    people, all_ = people_words(one.unit for one in source.reports), wording.number(len(source.reports))
    counts = f"đã nhận {wording.number(source.received)}/{all_}, đã duyệt {wording.number(source.accepted)}/{all_} {people}"
    waiting = [one.unit.name for one in source.reports if one.state in IN and one.state != ReturnState.ACCEPTED]
    absent = [one.unit.name for one in source.reports if one.state not in IN]
    told = (("Đã nhận, chưa duyệt", waiting), ("Chưa nhận", absent))
    lists = "".join(f" {words}: {', '.join(names)}." for words, names in told if names)
    tables = ", ".join(table.code for table in source.facts.tables)
    return f"{source.name} (biểu {tables}): {counts}.{lists}" if tables else f"{source.name}: {counts}.{lists}"


def units_of(figures: Sequence[Known]) -> str:
    """How many of the units' reports stand behind the figures, and who of these has no figure yet."""
    source = figures[0].source
    late = {one.unit.name for one in source.reports if one.state != ReturnState.ACCEPTED}
    without = list(dict.fromkeys(name for known in figures for name in known.owing if name not in late))
    told = f". Chưa có số liệu: {', '.join(without)}" if without else ""
    return f"{wording.number(source.accepted)}/{wording.number(len(source.reports))} {people_words(one.unit for one in source.reports)}{told}."


def _in_order(figures: Sequence[Known]) -> list[Known]:
    """As the columns of their table."""
    columns = keys_of(figures[0].table)
    return sorted(figures, key=lambda known: columns.index(known.field.column))


def _number(known: Known) -> str:
    return "chưa có" if known.is_missing else known.words


def _received(known: Known) -> str:
    return "chưa có" if known.received is None else number_words(known.received, known.indicator)
