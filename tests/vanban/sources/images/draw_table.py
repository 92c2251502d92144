"""Draws pages with ruled tables, pixel by pixel, as a scanner gives them."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Grey = NDArray[np.uint8]
DPI = 200
POINT = DPI / 72


@dataclass(frozen=True)
class Pen:
    """How rules are drawn: their grey, 0 to 255; the length of a dash and of the white after it, in pixels (0: unbroken)."""

    grey: int = 0
    dash: int = 0
    gap: int = 0


def blank(width: int = 1654, height: int = 2339) -> Grey:
    """A white page of A4 at 200 dpi."""
    return np.full((height, width), 245, np.uint8)


def rule(page: Grey, start: tuple[int, int], end: tuple[int, int], pen: Pen) -> None:
    """Draw one level or upright rule."""
    (x0, y0), (x1, y1) = start, end
    piece = pen.dash or max(x1 - x0, y1 - y0)
    for at in range(0, max(x1 - x0, y1 - y0), max(1, piece + pen.gap)):
        far = min(at + piece, max(x1 - x0, y1 - y0))
        if y0 == y1:
            cv2.rectangle(page, (x0 + at, y0), (x0 + far - 1, y0 + 1), pen.grey, -1)
        else:
            cv2.rectangle(page, (x0, y0 + at), (x0 + 1, y0 + far - 1), pen.grey, -1)


def table(page: Grey, xs: Sequence[int], ys: Sequence[int], pen: Pen = Pen()) -> Grey:
    """Draw a grid through all ``xs`` and ``ys``."""
    for y in ys:
        rule(page, (xs[0], y), (xs[-1], y), pen)
    for x in xs:
        rule(page, (x, ys[0]), (x, ys[-1]), pen)
    return page


def grained(page: Grey, strength: float, seed: int = 1) -> Grey:
    """The page with the grain of a cheap scanner."""
    noise = np.random.default_rng(seed).normal(0, strength, page.shape)
    return np.clip(page + noise, 0, 255).astype(np.uint8)


def written(rows: Sequence[Sequence[str]], widths: Sequence[int], font: str, size: tuple[int, int] = (1654, 2339)) -> Grey:
    """A page with a table of ``rows``; ``widths`` in points, ``size`` (width, height) in pixels. ``font``: the name of a TrueType file."""
    image = Image.fromarray(blank(*size))
    draw = ImageDraw.Draw(image)
    letters = ImageFont.truetype(font, round(11 * POINT))
    xs = [round((45 + sum(widths[:index])) * POINT) for index in range(len(widths) + 1)]
    ys = [round(60 * POINT)]
    for row in rows:
        cells = [wrapped(text, letters, (width - 8) * POINT) for text, width in zip(row, widths, strict=True)]
        for lines, x in zip(cells, xs, strict=False):
            for number, line in enumerate(lines):
                draw.text((x + 4 * POINT, ys[-1] + (3 + 14 * number) * POINT), line, font=letters, fill=25)
        ys.append(ys[-1] + round((8 + 14 * max(map(len, cells))) * POINT))
    return table(np.array(image), xs, ys)


def wrapped(text: str, letters: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """``text`` in lines no wider than ``width`` pixels."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.getlength(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
