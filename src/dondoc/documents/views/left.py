"""The left half of the reading page: the text as paper, the image of a page, or the text as the file had it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dondoc.documents.models import DocumentReading, ReadingPage
from dondoc.documents.paper import Paper
from dondoc.documents.reading import SHARES, Origin
from dondoc.documents.rules import pages
from dondoc.documents.rules.boxes import Box, Words
from dondoc.documents.runs import Mark, Mended, Runs
from dondoc.documents.views.panel import Panel

TEXT, IMAGE, RAW = "", "anh", "goc"


@dataclass
class Left:
    """One look at the document: ``wanted`` mode, and the ``page`` and the ``place`` (an offset of the text) to show."""

    panel: Panel
    wanted: str
    page_wanted: str = ""
    place_wanted: str = ""

    @classmethod
    def of(cls, request: HttpRequest, panel: Panel) -> "Left":
        return cls(panel, request.GET.get("xem", ""), request.GET.get("trang", ""), request.GET.get("cho", ""))

    @property
    def reading(self) -> DocumentReading:
        return self.panel.reading

    @cached_property
    def told(self) -> pages.Told:
        return pages.told(self.reading.pages, self.reading.mends)

    @property
    def has_images(self) -> bool:
        return self.panel.is_pictured

    @cached_property
    def mode(self) -> str:
        if self.wanted == IMAGE and self.has_images:
            return IMAGE
        return RAW if self.wanted == RAW else TEXT

    @property
    def selected(self) -> int | None:
        return self.panel.selected.pk if self.panel.selected else None

    @cached_property
    def html(self) -> SafeString:
        """The paper, or the raw text."""
        if self.mode == RAW:
            return raw_html(self.reading, self.panel.marks, self.selected)
        return Paper(self.reading, self.panel.marks, self.selected, mended_of(self.reading)).html()

    # The image of a page

    @cached_property
    def page(self) -> int:
        """The one asked for, else that of the item or the place asked for, else the first."""
        known = [page["number"] for page in self.reading.pages] or [1]
        if self.page_wanted.isdecimal():
            return int(max(known[0], min(int(self.page_wanted), known[-1])))
        item = self.panel.selected
        if item is not None and item.reading_id == self.reading.pk:
            return pages.page_at(self.reading.pages, item.span_start)
        return pages.page_at(self.reading.pages, int(self.place_wanted) if self.place_wanted.isdecimal() else 0)

    @property
    def before(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        return self.page + 1 if self.page < len(self.reading.pages) else None

    @property
    def page_said(self) -> pages.Stretch | None:
        """What was done with the page on show."""
        return next((each for each in self.told.stretches if each.first <= self.page <= each.last), None)

    @cached_property
    def boxes(self) -> SafeString:
        """The items of the page as rectangles; the smallest lie on top."""
        row = ReadingPage.objects.filter(reading=self.reading, number=self.page).first()
        words = Words(row.words if row else [])
        held = sorted(self.panel.marks, key=lambda mark: mark.start - mark.end)
        drawn = [(mark, box) for mark in held for box in words.boxes(mark.start, mark.end)]
        return format_html_join(
            "",
            '<rect class="{}" data-k="{}" x="{}" y="{}" width="{}" height="{}"/>',
            (
                (f"{mark.css} sel" if mark.ident == self.selected else mark.css, mark.ident, box.left, box.top, *_size(box))
                for mark, box in drawn
            ),
        )

    @property
    def scale(self) -> int:
        return SHARES

    @property
    def start(self) -> int:
        """Where the page on show begins in the text."""
        return next((int(page["span"][0]) for page in self.reading.pages if page["number"] == self.page), 0)


def _size(box: Box) -> tuple[int, int]:
    return box.width, box.height


def mended_of(reading: DocumentReading) -> list[Mended]:
    """What is worth marking in the text; a whole text that came out of an old code is not."""
    return [
        Mended(start, end, was, round(100 * sure), kind in pages.STRONG)
        for start, end, was, _, kind, sure in reading.mends
        if kind not in pages.UNMARKED
    ]


def raw_html(reading: DocumentReading, marks: list[Mark], selected: int | None) -> SafeString:
    """The raw text line by line with the items' places; ``data-t`` is the place of each line in the text."""
    origin = Origin(reading.offsets)
    moved = [Mark(*origin.raw(mark.start, mark.end), mark.ident, mark.css, mark.own) for mark in marks]
    runs = Runs(reading.raw, moved, selected)
    pieces: list[str] = []
    at = 0
    for line in reading.raw.splitlines(keepends=True):
        bare = line.rstrip()
        if bare:
            words = mark_safe(runs.html(at, at + len(bare)))  # noqa: S308 - escaped by the runs
            pieces.append(format_html('<p class="raw" data-t="{}">{}</p>', origin.text(at), words))
        at += len(line)
    return mark_safe("".join(pieces))  # noqa: S308
