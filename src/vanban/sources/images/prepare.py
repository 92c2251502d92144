"""A page image made ready for reading: ink of stamps taken away, light made even, lines made level.

Arrays are uint8; colours in the order red, green, blue.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vanban.sources.images.words import PixelBox

    Pixels = NDArray[np.uint8]
    Grey = NDArray[np.uint8]

COLOURED = 60  # of 255: how far the strongest and the weakest colour of a pixel lie apart in ink of a stamp
DARK = 110  # the strongest colour of a pixel below which it is black ink, with or without a stamp over it
COLOURED_PAGE = 0.25  # share of coloured pixels from which the page itself is coloured and nothing is taken away
UNEVEN = 28.0  # difference of brightness between parts of the paper from which it is a photograph's light
MOST_SKEW = 5.0  # degrees
LEAST_SKEW = 0.15
SPECKLED = 0.2  # share of neighbouring pixels that differ in black and white: dense text has 0.08, noise 0.24 to 0.5
_NOISE_SIDE = 1200  # pixels: the longer side of the image that specks are counted on
_SMALL = 900  # pixels: the longer side of the image that skew and light are measured on


@dataclass(frozen=True, slots=True)
class Prepared:
    """The image that is read, and the way back: ``skew`` in degrees by which it was turned about its middle."""

    image: "Grey"
    skew: float

    def share(self, box: "PixelBox") -> tuple[float, float, float, float]:
        """A box of the prepared image as shares of the upright page before it was levelled."""
        from math import cos, radians, sin  # noqa: PLC0415 -- beside the slow ones

        height, width = self.image.shape
        angle = radians(self.skew)
        middle_x, middle_y = width / 2, height / 2
        x, y = (box[0] + box[2]) / 2 - middle_x, (box[1] + box[3]) / 2 - middle_y
        x, y = x * cos(angle) - y * sin(angle) + middle_x, x * sin(angle) + y * cos(angle) + middle_y
        half_x, half_y = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
        left, top = max(0.0, (x - half_x) / width), max(0.0, (y - half_y) / height)
        right, bottom = min(1.0, (x + half_x) / width), min(1.0, (y + half_y) / height)
        return round(left, 5), round(top, 5), round(right, 5), round(bottom, 5)


def prepared(pixels: "Pixels") -> Prepared:
    """The grey image of an upright page that Tesseract is to read."""
    grey = _evened(without_stamps(pixels))
    skew = skew_of(grey)
    return Prepared(_turned(grey, skew) if skew else grey, skew)


def without_stamps(pixels: "Pixels") -> "Grey":
    """The page in grey without the red and blue ink of stamps, seals and signatures; black text under them stays.

    A stamp's pixel gives way to its brightest colour, which is what the paper under the ink has, unless all its colours are dark.
    """
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if not _has_colour(pixels):
        return np.asarray(grey, np.uint8)
    red, green, blue = cv2.split(pixels)
    most = cv2.max(cv2.max(red, green), blue)
    spread = cv2.subtract(most, cv2.min(cv2.min(red, green), blue))
    stamp = (spread > COLOURED).astype(np.uint8)
    share = float(stamp.mean())
    if share == 0 or share > COLOURED_PAGE:
        return np.asarray(grey, np.uint8)
    near = cv2.dilate(stamp, np.ones((3, 3), np.uint8))
    light = np.minimum(255, most.astype(np.uint16) * 255 // max(1, int(np.percentile(most[::8, ::8], 90)))).astype(np.uint8)
    lifted = np.where(most > DARK, np.maximum(light, grey), grey)
    return np.where(near > 0, lifted, grey).astype(np.uint8)


def _has_colour(pixels: "Pixels") -> bool:
    """Whether one in sixteen pixels holds any that is coloured: a stamp has thousands."""
    import numpy as np  # noqa: PLC0415 -- slow import

    some = pixels[::4, ::4]
    return bool(np.any(np.ptp(some, axis=2) > COLOURED))


def _evened(grey: "Grey") -> "Grey":
    """The image with even light where it is a photograph's, else as it is."""
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    small = _shrunk(grey, _SMALL)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((15, 15), np.uint8)), 31)
    low, high = np.percentile(paper, (5, 95))
    if high - low < UNEVEN and high > 160:
        return grey
    wide = cv2.resize(cv2.GaussianBlur(paper, (0, 0), 9), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(wide, 30), scale=245), np.uint8)


def _shrunk(grey: "Grey", side: int) -> "Grey":
    """The image a whole number of times smaller, its longer side at most ``side`` pixels; a few pixels at the edges may fall away."""
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    times = -(-max(grey.shape) // side)
    height, width = (max(1, length // times) for length in grey.shape)
    whole = grey[: height * times, : width * times]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8) if times > 1 else grey


def is_noise(grey: "Grey") -> bool:
    """Whether an image is specks all over, on which Tesseract would spend minutes for nothing."""
    import cv2  # noqa: PLC0415 -- slow import

    small = _shrunk(grey, _NOISE_SIDE)
    _, ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return bool((ink[:, 1:] != ink[:, :-1]).mean() > SPECKLED and (ink[1:] != ink[:-1]).mean() > SPECKLED)


def skew_of(grey: "Grey") -> float:
    """By how many degrees the image is to be turned, counter-clockwise, so that its lines are level; 0 where it is level or no text."""
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    small = _shrunk(grey, _SMALL)
    _, ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if not 0 < float(ink.mean()) < 100:
        return 0.0
    dark = np.asarray(ink, np.uint8)
    coarser = np.asarray(cv2.resize(dark, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    coarse = max(np.arange(-MOST_SKEW, MOST_SKEW + 0.1, 0.5), key=lambda angle: _sharpness(coarser, angle))
    fine = float(max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=lambda angle: _sharpness(dark, angle)))
    sure = _sharpness(dark, fine) > 1.04 * _sharpness(dark, 0.0)
    return round(fine, 2) if abs(fine) >= LEAST_SKEW and sure else 0.0


def _sharpness(dark: "Grey", angle: float) -> float:
    """How sharply rows of ink and of white follow one another once the image is turned by ``angle`` degrees."""
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    turned = _turned(dark, angle, border=0, smooth=cv2.INTER_LINEAR)
    rows = cv2.reduce(turned, 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)[:, 0]
    return float(np.square(np.diff(rows)).sum())


def _turned(image: "Grey", angle: float, border: int = 255, smooth: int | None = None) -> "Grey":
    """``image`` turned about its middle by ``angle`` degrees, counter-clockwise, its size kept."""
    import cv2  # noqa: PLC0415 -- slow import
    import numpy as np  # noqa: PLC0415 -- slow import

    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    flags = cv2.INTER_CUBIC if smooth is None else smooth
    turned = cv2.warpAffine(image, turn, (width, height), flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=border)
    return np.asarray(turned, np.uint8)
