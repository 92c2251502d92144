"""Draws small page images with Vietnamese text; and what a test needs to skip where they cannot be drawn or read."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None or not FONT.is_file(),
    reason="needs tesseract-ocr with its Vietnamese models, and fonts-croscore",
)


def page(*lines: str, width: int = 1700, height: int = 900, size: int = 44) -> Image.Image:
    """Lines of black text on white, about 250 dpi."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), size) if FONT.is_file() else ImageFont.load_default(size)
    for number, line in enumerate(lines):
        draw.text((150, 120 + number * size * 1.6), line, font=font, fill="black")
    return image


def noise(width: int = 600, height: int = 600) -> Image.Image:
    """Nothing but specks."""
    specks = np.random.default_rng(7).integers(0, 256, (height, width), dtype=np.uint8)
    return Image.fromarray(specks).convert("RGB")
