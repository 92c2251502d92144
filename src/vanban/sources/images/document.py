"""What was seen on the pages → their lines, and the verdict on each page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vanban.errors import NeedsImageReadingError
from vanban.reading import Page, PageDecision
from vanban.sources.extracted import TextBuilder
from vanban.sources.images.lines import lines_of
from vanban.sources.images.recognise import PageSeen
from vanban.sources.images.table_lines import with_tables
from vanban.sources.images.tables import BELOW
from vanban.sources.pdf_page import Line
from vanban.text.restore.readings import combined

PICTURE = "Trang là hình ảnh, không có lớp chữ: đọc từ hình ảnh."
JUNK = "Lớp chữ của trang sai lệch ({quality} số tiếng đúng cấu tạo): bỏ lớp chữ, đọc từ hình ảnh."
BLANK = "Trang không có chữ."


@dataclass(frozen=True, slots=True)
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
        words = combined(self.seen.readings)
        around = [word for word in words if word.line[0] < BELOW]
        cells = [word for word in words if word.line[0] >= BELOW]
        return with_tables(lines_of(around, self.seen, self.height), cells, self.seen, self.height, self.number)

    def judged(self, page: Page) -> Page:
        """``page`` with what was decided about it."""
        if not self.readable:
            return replace(page, decision=PageDecision.UNREAD, reason=self.seen.problem, quality=self.quality or 0.0)
        words = any(self.seen.readings)
        layer = JUNK.format(quality=f"{self.quality:.0%}") if self.quality is not None else PICTURE
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
