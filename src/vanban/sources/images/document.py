"""What was seen on the pages → their lines, and the verdict on each page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from vanban.errors import NeedsImageReadingError
from vanban.reading import Page, PageDecision
from vanban.sources.extracted import TextBuilder
from vanban.sources.images.lines import beside_text, lines_of
from vanban.sources.images.recognise import PageSeen
from vanban.sources.images.table_lines import with_tables
from vanban.sources.images.tables import BELOW
from vanban.sources.pdf_page import Line
from vanban.text.restore.readings import ReadWord, combined

PICTURE = "Trang là hình ảnh, không có lớp chữ: đọc từ hình ảnh."
JUNK = "Lớp chữ của trang sai lệch ({quality} số tiếng đúng cấu tạo): bỏ lớp chữ, đọc từ hình ảnh."
MARGIN = " Chữ ở lề (dấu công văn đến, ghi chú) không đưa vào nội dung: “{words}”."
SHOWN = 80  # characters of what stands in the margin that are told
BLANK = "Trang không có chữ."


@dataclass(frozen=True)
class ImagePage:
    """A page that was to be read from its image. ``quality``: of its own text layer, None where it has none."""

    number: int
    height: float  # points
    seen: PageSeen
    quality: float | None = None

    @property
    def readable(self) -> bool:
        return not self.seen.problem

    def lines(self) -> list[Line]:
        """The lines of both readings put together, tables among them."""
        if not self.readable:
            return []
        around, cells = self._words
        return with_tables(lines_of(around, self.seen, self.height), cells, self.seen, self.height, self.number)

    @cached_property
    def _words(self) -> tuple[list[ReadWord], list[ReadWord]]:
        """The words around tables, and those in their cells."""
        words = combined(self.seen.readings)
        return [word for word in words if word.line[0] < BELOW], [word for word in words if word.line[0] >= BELOW]

    def judged(self, page: Page) -> Page:
        """``page`` with what was decided about it."""
        if not self.readable:
            return replace(page, decision=PageDecision.UNREAD, reason=self.seen.problem, quality=self.quality or 0.0)
        words = any(self.seen.readings)
        layer = JUNK.format(quality=f"{self.quality:.0%}") if self.quality is not None else PICTURE
        aside = beside_text(self._words[0], self.seen)
        layer += MARGIN.format(words=aside if len(aside) <= SHOWN else f"{aside[:SHOWN]}…") if aside else ""
        quality = self.quality if self.quality is not None else 1.0
        return replace(page, decision=PageDecision.IMAGE, reason=layer if words else BLANK, turn=self.seen.turn, quality=quality)


def note_pages(builder: TextBuilder, pages: Sequence[ImagePage]) -> None:
    """Write the verdicts into the builder's pages, and name those that were not read.

    :raises NeedsImageReadingError: no page could be read, and there is nothing else.
    """
    held: Mapping[int, ImagePage] = {page.number: page for page in pages}
    builder.pages = [held[page.number].judged(page) if page.number in held else page for page in builder.pages]
    builder.unread = tuple(page.number for page in pages if not page.readable)
    if builder.unread and not builder.text.strip():
        problem = next(page.seen.problem for page in pages if not page.readable)
        raise NeedsImageReadingError(f"{problem} Đề nghị quét hoặc chụp lại rõ hơn, hoặc gửi bản Word.")
