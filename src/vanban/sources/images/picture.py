"""A page of a PDF or of an image file as an array of pixels, upright as its file says.

Pixels are numpy arrays, uint8, of shape (height, width, 3) in the order red, green, blue.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban.errors import DamagedFileError, EncryptedFileError, TooLargeError, UnsupportedFileError
from vanban.options import Options
from vanban.sources.detect import IMAGE_KINDS, FileKind, detect

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Pixels = NDArray[np.uint8]

POINTS = 72.0  # an inch
LEAST_DPI, MOST_DPI = 200.0, 300.0
MAX_DRAWN = 20_000_000  # pixels of a drawn page: A3 at 300 dpi has 17.4 million
WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD


def cannot_open(error: Any) -> DamagedFileError | EncryptedFileError:
    """What to tell about a PDF that PDFium does not open."""
    if getattr(error, "err_code", None) == WRONG_PASSWORD or "assword" in str(error):
        return EncryptedFileError("Tệp PDF được đặt mật khẩu nên không mở được. Đề nghị gỡ mật khẩu rồi gửi lại.")
    return DamagedFileError("Tệp PDF bị hỏng, không mở được. Đề nghị xuất lại tệp PDF từ bản gốc rồi gửi lại.")


def too_many_pixels(width: int, height: int, limit: int) -> TooLargeError:
    """What to tell about an image of more pixels than may be decoded."""
    return TooLargeError(
        f"Hình ảnh có {width:,} × {height:,} điểm ảnh".replace(",", ".")
        + f", vượt giới hạn {limit // 1_000_000} triệu điểm ảnh. Đề nghị quét lại ở độ phân giải 200 đến 300 dpi rồi gửi lại."
    )


def draw_page(page: Any, dpi: float) -> "Pixels":
    """A page of PDFium at ``dpi``, or at as many as keep it under ``MAX_DRAWN`` pixels, with its /Rotate entry obeyed."""
    import numpy as np  # noqa: PLC0415 -- slow import

    width, height = page.get_size()
    scale = dpi / POINTS
    scale = min(scale, (MAX_DRAWN / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=True)
    try:
        pixels = bitmap.to_numpy()
        if pixels.ndim == 2 or pixels.shape[2] == 1:
            return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
        return np.ascontiguousarray(pixels[:, :, :3])
    finally:
        bitmap.close()


@contextmanager
def drawing(path: Path, options: Options) -> Iterator[Callable[[int], "Pixels"]]:
    """A PDF opened for drawing its pages, by their numbers from 1."""
    import pypdfium2  # noqa: PLC0415 -- slow import

    with pypdfium2.PdfDocument(path) as document:
        yield lambda number: draw_scan(document, number - 1, options)


def draw_scan(document: Any, index: int, options: Options) -> "Pixels":
    """A page of a PDF at the resolution of the largest image on it, between ``LEAST_DPI`` and ``MOST_DPI``.

    :raises TooLargeError: an image on it has more than ``options.max_pixels`` pixels.
    :raises DamagedFileError: the page cannot be loaded.
    """
    import pypdfium2  # noqa: PLC0415 -- slow import
    import pypdfium2.raw as pdfium  # noqa: PLC0415 -- slow import

    try:
        page = document[index]
    except pypdfium2.PdfiumError as error:
        raise cannot_open(error) from error
    try:
        dpi = LEAST_DPI
        for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
            data = item.get_metadata()
            if data.width * data.height > options.max_pixels:
                raise too_many_pixels(data.width, data.height, options.max_pixels)
            dpi = max(dpi, data.horizontal_dpi)
        return draw_page(page, min(dpi, MOST_DPI))
    finally:
        page.close()


@contextmanager
def opened_image(path: Path, options: Options) -> Iterator["Image"]:
    """An image file, its size checked and none of it decoded yet.

    :raises TooLargeError: more than ``options.max_pixels`` pixels.
    :raises DamagedFileError: it cannot be opened.
    """
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 -- slow import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(path)
    except Image.DecompressionBombError as error:
        raise TooLargeError(
            f"Hình ảnh vượt giới hạn {options.max_pixels // 1_000_000} triệu điểm ảnh. "
            "Đề nghị quét lại ở độ phân giải 200 đến 300 dpi rồi gửi lại."
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedFileError("Tệp hình ảnh bị hỏng, không mở được. Đề nghị quét hoặc chụp lại rồi gửi bản mới.") from error
    with image:
        yield image


def decode_frame(image: "Image", number: int, options: Options) -> "Image":
    """Frame ``number`` (from 1) of an image file in red, green and blue, turned as its EXIF entry says, white where it is clear.

    :raises TooLargeError: more than ``options.max_pixels`` pixels.
    :raises DamagedFileError: it cannot be decoded.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 -- slow import

    try:
        image.seek(number - 1)
        width, height = image.size
        if width * height > options.max_pixels:
            raise too_many_pixels(width, height, options.max_pixels)
        upright = ImageOps.exif_transpose(image)
        if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
            over = upright.convert("RGBA")
            upright = Image.new("RGBA", over.size, "white")
            upright.alpha_composite(over)
        elif upright.mode.startswith("I"):
            return _from_deep(upright)
        return upright.convert("RGB")
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedFileError("Tệp hình ảnh bị hỏng, không mở được. Đề nghị quét hoặc chụp lại rồi gửi bản mới.") from error


def _from_deep(image: "Image") -> "Image":
    """An image of 16 bits a pixel in 8 bits."""
    import numpy as np  # noqa: PLC0415 -- slow import
    from PIL import Image  # noqa: PLC0415 -- slow import

    deep = np.asarray(image, dtype=np.int64)
    return Image.fromarray((deep * 255 // max(1, int(deep.max()))).clip(0, 255).astype(np.uint8)).convert("RGB")


def page_image(path: Path, number: int, width: int, turn: int = 0) -> bytes:
    """Page ``number`` (from 1) of a PDF or an image file as a WebP of ``width`` pixels, upright.

    ``turn``: the quarter turns, clockwise, that the page needed to stand upright (:attr:`vanban.reading.Page.turn`).

    :raises ReadingError: the file cannot be opened, or is of a kind that has no page images.
    :raises IndexError: it has no such page.
    """
    from io import BytesIO  # noqa: PLC0415 -- beside the slow ones

    options = Options()
    kind = detect(path)
    if kind is FileKind.PDF:
        image = _drawn(path, number, width, turn)
    elif kind in IMAGE_KINDS:
        image = _decoded(path, number, width, turn, options)
    else:
        raise UnsupportedFileError("Tệp này không có hình ảnh trang để hiển thị. Đề nghị mở tệp gốc để xem.")
    held = BytesIO()
    image.save(held, "WEBP", quality=75, method=2)
    return held.getvalue()


def _drawn(path: Path, number: int, width: int, turn: int) -> "Image":
    import pypdfium2  # noqa: PLC0415 -- slow import
    from PIL import Image  # noqa: PLC0415 -- slow import

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise cannot_open(error) from error
    with document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise cannot_open(error) from error
        across = page.get_size()[turn % 2]
        image = Image.fromarray(draw_page(page, POINTS * width / max(1.0, across)))
        page.close()
    return _fitted(image, width, turn)


def _decoded(path: Path, number: int, width: int, turn: int, options: Options) -> "Image":
    with opened_image(path, options) as held:
        if not 1 <= number <= getattr(held, "n_frames", 1):
            raise IndexError(number)
        held.draft("RGB", (2 * width, 2 * width))
        return _fitted(decode_frame(held, number, options), width, turn)


def _fitted(image: "Image", width: int, turn: int) -> "Image":
    """``image`` turned, and ``width`` wide."""
    from PIL import Image  # noqa: PLC0415 -- slow import

    if turn % 4:
        image = image.transpose((Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)[turn % 4 - 1])
    height = max(1, round(image.height * width / image.width))
    return image if image.size == (width, height) else image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=2)
