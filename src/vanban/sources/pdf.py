"""PDF with a text of its own: running text by PDFium, ruled tables cell by cell, furniture left out."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vanban.errors import NeedsImageReadingError
from vanban.options import Options
from vanban.sources.extracted import TextBuilder
from vanban.sources.images.document import ImagePage, note_pages
from vanban.sources.images.pages import see_pages
from vanban.sources.images.picture import cannot_open, drawing
from vanban.sources.images.recognise import PageSeen
from vanban.sources.limits import check_characters, check_pages
from vanban.sources.pdf_flow import blocks_of, flow_of, write
from vanban.sources.pdf_fonts import MendedPage, take_back
from vanban.sources.pdf_furniture import PageLines, without_furniture
from vanban.sources.pdf_order import in_order
from vanban.sources.pdf_page import Line, PageText, split_notes
from vanban.sources.pdf_stamps import flattened, set_in
from vanban.sources.pdf_tables import PageTable, find_tables
from vanban.text.quality import syllable_quality

PAGE_HEIGHT = 842.0  # points, where the page does not tell
GOOD_ENOUGH = 0.8  # share of well-formed syllables; damaged layers have 0.4 to 0.75, good ones 0.97 and more
FEW_LETTERS = 40  # a page of fewer letters under a picture is a scan with a number or a stamp on it
NAMELESS = 0.02  # share of the words that may hold a letter without a name
_STRANGE = re.compile(r"[\u0370-\u1cff]")  # Greek, Cyrillic and further letters, which a broken font map gives
_NAMELESS = re.compile(r"[^\W\d_][\ufffd\ue000-\uf8ff]")  # after a letter, where no bullet stands
LARGE = 0.5  # share of the page that a scan covers

ONLY_PICTURES = (
    "Tệp PDF chỉ có hình ảnh (bản quét), không có lớp chữ để đọc, cần nhận dạng chữ. "
    "Đề nghị gửi bản Word hoặc bản PDF xuất trực tiếp từ phần mềm soạn thảo."
)
JUNK_LAYER = (
    "Lớp chữ trong tệp PDF bị sai lệch nên không tin cậy được, cần nhận dạng chữ từ hình ảnh trang. "
    "Đề nghị gửi bản Word hoặc bản PDF xuất trực tiếp từ phần mềm soạn thảo."
)


@dataclass(frozen=True, slots=True)
class _PageContent:
    """What was read of a page; ``readable`` False where it must be read as an image.

    ``poor``: its layer is damaged, but can be mended where the image cannot be read.
    """

    number: int
    height: float
    lines: Sequence[Line] = ()
    notes: Sequence[str] = ()
    tables: Sequence[PageTable] = ()
    picture: bool = False
    junk: bool = False
    poor: bool = False
    mended: MendedPage | None = None
    quality: float | None = None

    @property
    def readable(self) -> bool:
        return not self.picture and not self.junk and not self.poor


def read_pdf(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
    """The text of all pages that have one, tables in their place.

    :raises EncryptedFileError: it needs a password.
    :raises DamagedFileError: it cannot be opened.
    :raises NeedsImageReadingError: no page has a text that can be trusted.
    """
    import pypdfium2  # noqa: PLC0415 -- slow import

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise cannot_open(error) from error
    with document:
        total = len(document)
        check_pages(total, options)
        contents = []
        for index in range(total):
            contents.append(_read_page(document, index, path, options))
            on_progress(sum(content.readable for content in contents), total)
    images = _read_images(path, contents, options, on_progress)
    builder = TextBuilder(options)
    _write(builder, contents, images, total)
    return builder, total


def _write(builder: TextBuilder, contents: Sequence[_PageContent], images: Sequence[ImagePage], total: int) -> None:
    """All pages as one flow, whether their text was taken from the layer or from the image."""
    seen = {page.number: page for page in images}
    held = [(content, seen.get(content.number)) for content in contents]
    pages = [(c.number, page.lines() if page else c.lines, page.height if page else c.height, c.tables) for c, page in held]
    kept = without_furniture([PageLines(lines, height) for _, lines, height, _ in pages])
    blocks = [
        (number, list(lines) if number in seen else blocks_of(lines, tables))
        for (number, _, _, tables), lines in zip(pages, kept, strict=True)
    ]
    write(flow_of(blocks), builder, total)
    layered = [content for content in contents if content.number not in seen]
    for content in layered:
        for note in content.notes:
            builder.line(note)
    take_back(builder, {content.number: content.mended for content in layered if content.mended})
    note_pages(builder, images)


def _read_images(
    path: Path, contents: Sequence[_PageContent], options: Options, on_progress: Callable[[int, int], None]
) -> list[ImagePage]:
    """The pages whose text cannot be taken from the layer.

    :raises NeedsImageReadingError: no page has a text that can be trusted, and images cannot be read here.
    """
    wanted = [content for content in contents if not content.readable]
    if not wanted:
        return []
    done = len(contents) - len(wanted)
    try:
        _check_wanted(wanted, options)
        with drawing(path, options) as draw:  # opened anew: captions of signatures were drawn into the pages above
            numbers = [content.number for content in wanted]
            seen = see_pages(numbers, draw, options, lambda count: on_progress(done + count, len(contents)))
    except NeedsImageReadingError as error:
        if not any(content.lines for content in contents):
            raise
        seen = {content.number: PageSeen((), (1, 1), problem=error.message) for content in wanted}
    return [
        ImagePage(content.number, content.height or PAGE_HEIGHT, seen[content.number], content.quality)
        for content in wanted
        if not (content.poor and seen[content.number].problem)  # a damaged layer is better than nothing
    ]


def _check_wanted(wanted: Sequence[_PageContent], options: Options) -> None:
    """Refuse where images are not to be read.

    :raises NeedsImageReadingError: so it is.
    """
    if not options.read_images:
        raise NeedsImageReadingError(JUNK_LAYER if any(content.junk or content.poor for content in wanted) else ONLY_PICTURES)


def _read_page(document: Any, index: int, path: Path, options: Options) -> _PageContent:
    """One page; one that PDFium cannot load counts as a picture, so that it is named among those not read."""
    import pypdfium2  # noqa: PLC0415 -- slow import

    try:
        page, before = flattened(document, index)
    except pypdfium2.PdfiumError:
        return _PageContent(index + 1, 0, picture=True)
    try:
        text = PageText(page)
        check_characters(len(text.signs), options)
        width, height = page.get_size()
        own = len(text.signs) if before is None else before
        letters = sum(1 for sign in text.signs[:own] if sign.isalnum())
        pictured = _has_large_picture(page, width * height)
        if letters < FEW_LETTERS and pictured:
            return _PageContent(index + 1, height, picture=True)
        written = text.written(0, own)
        quality = syllable_quality(written)
        if _has_strange_letters(written):
            return _PageContent(index + 1, height, junk=True, quality=quality)
        poor = pictured and quality < GOOD_ENOUGH
        running, notes = split_notes(set_in(text.lines(), text, own), text)
        tables = find_tables(page, text, path, index)
        taken = frozenset[int]().union(*(table.chars for table in tables))
        lines = in_order(running, text, taken)
        return _PageContent(index + 1, height, lines, notes, tables, poor=poor, mended=text.mended, quality=quality)
    finally:
        page.close()


def _has_strange_letters(written: str) -> bool:
    """Whether a font does not name the letters of a page, or names them wrongly: nothing can be made of such a text."""
    words = len(written.split())
    return len(_NAMELESS.findall(written)) > NAMELESS * words or len(_STRANGE.findall(written)) > NAMELESS * len(written)


def _has_large_picture(page: Any, area: float) -> bool:
    """Whether pictures cover half of the page or more."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 -- slow import

    covered = 0.0
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = item.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return covered >= LARGE * area
