"""Draws a page of lines as an office's printer and scanner leave it."""

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tools.training.pages_text import Line

Grey = NDArray[np.uint8]
_ROOTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_FACES = {
    "Tinos": ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"),
    "Liberation Serif": (
        "LiberationSerif-Regular",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
        "LiberationSerif-BoldItalic",
    ),
    "FreeSerif": ("FreeSerif", "FreeSerifBold", "FreeSerifItalic", "FreeSerifBoldItalic"),
    "Noto Serif": ("NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic", "NotoSerif-BoldItalic"),
    "DejaVu Serif": ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSerif-BoldItalic"),
    "Arimo": ("Arimo-Regular", "Arimo-Bold", "Arimo-Italic", "Arimo-BoldItalic"),
    "Cousine": ("Cousine-Regular", "Cousine-Bold", "Cousine-Italic", "Cousine-BoldItalic"),
}
_OFTEN = {"Tinos": 6, "Liberation Serif": 3, "FreeSerif": 3, "Noto Serif": 1, "DejaVu Serif": 1, "Arimo": 1, "Cousine": 0.4}
_STYLES = ("regular", "bold", "italic", "bolditalic")
_LETTERS = "ạấầẩẫậắặẹếềểễệịọốồổỗộớờởỡợụứừửữựỳỵỷỹđẠẤẦẨẪẬẮẶẸẾỀỂỄỆỊỌỐỒỔỖỘỚỜỞỠỢỤỨỪỬỮỰỲỴỶỸĐ"
ACROSS = 78
"""Characters of 13 points that fit a line of prose."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is drawn and what the scanner does to it."""

    face: str
    dpi: int
    points: float
    blur: float
    """Sigma, pixels."""
    ink: int
    """Pixels that strokes grow (or shrink, below 0)."""
    noise: float
    """Standard deviation of grey levels."""
    skew: float
    """Degrees."""
    threshold: int
    """Grey level under which a pixel is black, 0 for a grey page."""
    spacing: float
    """Width of a space, shares of the font's own."""


@lru_cache(maxsize=1)
def faces() -> dict[str, tuple[Path, ...]]:
    """The fonts at hand that have all Vietnamese letters: name → files of regular, bold, italic, bold italic."""
    files = {path.stem: path for root in _ROOTS if root.is_dir() for path in root.rglob("*.ttf")}
    whole = {name: tuple(files[stem] for stem in stems) for name, stems in _FACES.items() if all(stem in files for stem in stems)}
    return {name: paths for name, paths in whole.items() if all(_has_letters(path) for path in paths)}


def _has_letters(path: Path) -> bool:
    """Whether the marked letters are drawn as themselves and not as the box of a missing letter."""
    font = ImageFont.truetype(path, 32)
    drawn = {bytes(font.getmask(letter)) for letter in _LETTERS}
    return len(drawn) == len(_LETTERS) and bytes(font.getmask("\U000f1234")) not in drawn


def any_look(rng: random.Random, at_hand: list[str], dpis: tuple[int, ...]) -> Look:
    """A look such as pages have."""
    dpi = rng.choice(dpis)
    black = rng.random() < 0.35
    return Look(
        face=rng.choices(at_hand, [_OFTEN[name] for name in at_hand])[0],
        dpi=dpi,
        points=rng.choice((11, 12, 13, 13, 14, 14)),
        blur=rng.choice((0, 0.4, 0.6, 0.8, 1.1)) * dpi / 200,
        ink=rng.choice((0, 0, 0, 1, -1)) if dpi >= 200 else 0,
        noise=rng.choice((0, 4, 10, 20)),
        skew=rng.choice((0, 0, rng.uniform(-0.5, 0.5))),
        threshold=rng.randint(110, 190) if black else 0,
        spacing=rng.choice((0.75, 0.9, 1, 1, 1.2)),
    )


def draw(lines: list[Line], look: Look, rng: random.Random) -> Grey:
    """The page as grey levels, uint8[height, width]."""
    scale = look.dpi / 72
    leading = int(look.points * scale * 1.5)
    width = int(8.27 * look.dpi)
    image = Image.new("L", (width, leading * (len(lines) + 3)), 255)
    pen = ImageDraw.Draw(image)
    margin = int(width * 0.11)
    for row, line in enumerate(lines):
        font = _font(look.face, line.style, round(look.points * scale))
        words = line.text.split()
        space = font.getlength(" ") * look.spacing
        length = sum(font.getlength(word) for word in words) + space * (len(words) - 1)
        left = max(margin // 4, (width - length) / 2) if line.centred else margin
        if not line.centred and length > width - 2 * margin:
            space = max(space * 0.6, space - (length - width + 2 * margin) / max(1, len(words) - 1))
        for word in words:
            pen.text((left, leading * (row + 1)), word, font=font, fill=rng.randint(0, 50))
            left += font.getlength(word) + space
    return worn(np.asarray(image), look, rng)


def worn(page: Grey, look: Look, rng: random.Random) -> Grey:
    """The page turned, blurred, noisy, black and white, as ``look`` says."""
    height, width = page.shape
    if look.skew:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), look.skew, 1.0)
        page = np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=255), np.uint8)
    if look.ink:
        kernel = np.ones((2, 2), np.uint8)
        page = np.asarray(cv2.erode(page, kernel) if look.ink > 0 else cv2.dilate(page, kernel), np.uint8)
    if look.blur:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), look.blur), np.uint8)
    if look.noise:
        grain = np.random.default_rng(rng.randrange(1 << 30)).normal(0, look.noise, page.shape)
        page = np.clip(page + grain, 0, 255).astype(np.uint8)
    return np.where(page < look.threshold, 0, 255).astype(np.uint8) if look.threshold else page


@lru_cache(maxsize=64)
def _font(face: str, style: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(faces()[face][_STYLES.index(style)], size)
