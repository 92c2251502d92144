"""Image files: PNG, JPEG, TIFF of several pages."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vanban.errors import NeedsImageReadingError
from vanban.options import Options
from vanban.sources.extracted import TextBuilder
from vanban.sources.images.document import ImagePage, note_pages
from vanban.sources.images.pages import see_pages
from vanban.sources.images.picture import decode_frame, opened_image
from vanban.sources.limits import check_pages
from vanban.sources.pdf_flow import flow_of, write
from vanban.sources.pdf_furniture import PageLines, without_furniture

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

PAGE_HEIGHT = 842.0  # points: every image is taken for a page of A4
LONG_SIDE = 3508  # pixels of A4's longer side at 300 dpi
SHORT_SIDE = 1650  # a page of fewer pixels is made larger: its letters are too small
NO_IMAGES = "Đây là tệp hình ảnh, cần nhận dạng chữ mới đọc được. Đề nghị gửi bản Word hoặc bản PDF xuất từ phần mềm soạn thảo."


def read_image_file(path: Path, options: Options, on_progress: Callable[[int, int], None]) -> tuple[TextBuilder, int | None]:
    """The text of an image file, page by page.

    :raises ReadingError: it cannot be opened or read; too many pages or pixels.
    """
    if not options.read_images:
        raise NeedsImageReadingError(NO_IMAGES)
    with opened_image(path, options) as image:
        total = getattr(image, "n_frames", 1)
        check_pages(total, options)
        numbers = range(1, total + 1)
        if total == 1:
            pixels = _pixels(image, 1, options)
            seen = see_pages(numbers, lambda _: pixels, options, lambda done: on_progress(done, total))
        else:
            seen = see_pages(
                numbers, lambda number: _pixels(image, number, options), options, lambda done: on_progress(done, total)
            )
    pages = [ImagePage(number, PAGE_HEIGHT, seen[number]) for number in numbers]
    builder = TextBuilder(options)
    kept = without_furniture([PageLines(page.lines(), page.height) for page in pages])
    write(flow_of([(page.number, lines) for page, lines in zip(pages, kept, strict=True)]), builder, total)
    note_pages(builder, pages)
    return builder, total


def _pixels(image: "Image", number: int, options: Options) -> "NDArray[np.uint8]":
    """A page in red, green and blue, at about the size of A4 at 300 dpi where it is much larger or smaller."""
    import numpy as np  # noqa: PLC0415 -- slow import
    from PIL import Image  # noqa: PLC0415 -- slow import

    frame = decode_frame(image, number, options)
    scale = min(1.0, LONG_SIDE / max(frame.size)) if max(frame.size) > 1.2 * LONG_SIDE else 1.0
    if min(frame.size) < SHORT_SIDE:
        scale = min(3.0, LONG_SIDE / max(frame.size))
    if scale != 1.0:
        size = (round(frame.width * scale), round(frame.height * scale))
        frame = frame.resize(size, Image.Resampling.BICUBIC, reducing_gap=2 if scale < 1 else None)
    return np.array(frame, dtype=np.uint8)
