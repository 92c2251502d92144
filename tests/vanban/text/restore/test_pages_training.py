import shutil

import cv2
import numpy as np
import pytest

from tools.training import pages, pages_draw
from tools.training.pages_text import Line, Material

MATERIAL = Material(
    ["Tổ chức thực hiện Kế hoạch theo đúng tiến độ", "Các sở, ngành báo cáo kết quả trước ngày 15 hằng tháng"],
    ["Sở Y tế", "Xã Mường Lạn"],
)
needs_fonts = pytest.mark.skipif(not pages_draw.faces(), reason="no font with all Vietnamese letters (package fonts-croscore)")


def plain_look(face: str, dpi: int = 150) -> pages_draw.Look:
    return pages_draw.Look(face=face, dpi=dpi, points=13, blur=0, ink=0, noise=0, skew=0, threshold=0, spacing=1)


@pytest.mark.parametrize("seed", range(5))
def test_a_page_of_training_text_has_the_lines_asked_for(seed: int) -> None:
    lines = MATERIAL.page(pages.seeded(seed), 78, 30)
    assert len(lines) == 30
    assert all(line.text.strip() for line in lines)
    assert all(len(line.text) <= 78 for line in lines if " " in line.text)
    assert lines == MATERIAL.page(pages.seeded(seed), 78, 30)


@needs_fonts
def test_a_drawn_line_is_black_on_white_within_the_page() -> None:
    face = next(iter(pages_draw.faces()))
    page = pages_draw.draw([Line("Kế hoạch", "bold"), Line("Độc lập", "italic", centred=True)], plain_look(face), pages.seeded(1))
    assert page.dtype == np.uint8
    assert (page < 128).any()
    assert (page[:, :10] == 255).all()
    assert (page[:, -10:] == 255).all()


@needs_fonts
@pytest.mark.parametrize(
    ("changed", "levels"), [({"threshold": 150}, 2), ({"blur": 1.0}, 3), ({"noise": 10.0}, 20), ({"skew": 0.5, "ink": 1}, 2)]
)
def test_wear_changes_the_page_and_keeps_its_size(changed: dict[str, float], levels: int) -> None:
    face = next(iter(pages_draw.faces()))
    look = plain_look(face)
    clean = pages_draw.draw([Line("Quyết định", "regular")], look, pages.seeded(1))
    worn = pages_draw.worn(
        clean, pages_draw.Look(**{**{name: getattr(look, name) for name in look.__slots__}, **changed}), pages.seeded(1)
    )
    assert worn.shape == clean.shape
    assert (worn != clean).any()
    assert len(np.unique(worn)) >= levels


@needs_fonts
@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed (package tesseract-ocr)")
def test_the_english_model_reads_the_letters_without_their_marks() -> None:
    face = next(iter(pages_draw.faces()))
    page = pages_draw.draw([Line("ban nhân dân tỉnh", "regular")], plain_look(face, 200), pages.seeded(1))
    read = pages.tesseract(cv2.imencode(".png", page)[1].tobytes(), "eng", 200)
    assert read.split()[0] == "ban"
    assert len(read.split()) == 4
    assert "tỉnh" not in read
