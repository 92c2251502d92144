"""Pages that are read from their images, end to end and piece by piece. Each real run of Tesseract takes about a second."""

import os
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.vanban.sources.make_images import needs_tesseract, noise, page
from tests.vanban.sources.make_pdf import PdfPage, pdf
from vanban.errors import CancelledError, NeedsImageReadingError, TooLargeError
from vanban.options import Options
from vanban.pipeline import read
from vanban.reading import PageDecision, TextOrigin
from vanban.sources import extract
from vanban.sources.images import models
from vanban.sources.images.models import Engine, check_letters, find_engine, signs_of
from vanban.sources.images.picture import page_image
from vanban.sources.images.prepare import is_noise, prepared, skew_of, without_stamps
from vanban.sources.images.recognise import NOISY, TOO_LONG, PageSeen, Recogniser, fairness
from vanban.sources.images.tesseract import RunFailedError, Runs, run
from vanban.sources.images.words import SeenWord, words_of

TEXT = ("Giao Sở Y tế chủ trì, phối hợp với các cơ quan liên quan", "tổ chức thực hiện trước ngày 10/9/2025.")
HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def test_words_of_tsv() -> None:
    table = (
        HEAD
        + "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n5\t1\t1\t1\t2\t1\t10\t20\t30\t40\t91.5\tSở\n5\t1\t1\t1\t2\t2\t50\t20\t0\t9\t9\tx\n"
    )
    assert words_of(table) == [SeenWord("Sở", (10, 20, 40, 60), 0.915, (1, 1, 2))]


# The models --------------------------------------------------------------------------------------------------------------


def trained(signs: str) -> bytes:
    """A model file whose only part is its list of signs."""
    listed = "\n".join([str(len(signs)), *(f"{sign} 3" for sign in signs)]).encode()
    starts = [-1] * 24
    starts[21] = 4 + 24 * 8
    return struct.pack("<i24q", 24, *starts) + listed


def test_a_model_tells_its_signs() -> None:
    assert signs_of(trained("aăâ")) == set("aăâ")
    assert signs_of(b"") == signs_of(b"\xff" * 40) == frozenset()


def test_a_model_without_vietnamese_letters_is_refused() -> None:
    whole = "".join(models.LETTERS)
    check_letters("vie", trained(whole))
    with pytest.raises(NeedsImageReadingError, match=r"thiếu 2 chữ cái.*Ẵ.*tesseract-ocr-vie"):
        check_letters("vie", trained(whole.replace("Ẵ", "").replace("ẵ", "")))


def test_a_missing_program_names_its_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", "")
    image = tmp_path / "a.png"
    page(*TEXT).save(image)
    with pytest.raises(NeedsImageReadingError, match="tesseract-ocr, tesseract-ocr-vie, tesseract-ocr-script-viet"):
        extract(image, Options())


# Preparation -------------------------------------------------------------------------------------------------------------


def test_red_ink_goes_and_black_text_under_it_stays() -> None:
    pixels = np.full((200, 400, 3), 255, np.uint8)
    pixels[80:120, 50:350] = (220, 30, 40)
    pixels[95:105, 100:300] = (70, 10, 10)
    grey = without_stamps(pixels)
    assert grey[85, 60] > 200
    assert grey[100, 200] < 90
    assert grey[10, 10] > 240


@pytest.mark.parametrize("degrees", [-3.0, 1.5, 4.0])
def test_a_leaning_page_is_made_level_and_its_boxes_lead_back(degrees: float) -> None:
    straight = page(*TEXT * 6)
    leaning = np.asarray(straight.rotate(degrees, fillcolor="white", resample=Image.Resampling.BICUBIC))
    found = prepared(leaning)
    assert found.skew == pytest.approx(-degrees, abs=0.3)
    assert abs(skew_of(found.image)) < 0.5
    dark = np.argwhere(np.asarray(straight.convert("L")) < 100)[0]
    angle = np.radians(degrees)
    x, y = dark[1] - straight.width / 2, dark[0] - straight.height / 2
    there = (
        x * np.cos(angle) + y * np.sin(angle) + straight.width / 2,
        -x * np.sin(angle) + y * np.cos(angle) + straight.height / 2,
    )
    left, top, right, bottom = found.share((dark[1] - 5, dark[0] - 5, dark[1] + 5, dark[0] + 5))
    assert abs((left + right) / 2 - there[0] / straight.width) < 0.01
    assert abs((top + bottom) / 2 - there[1] / straight.height) < 0.01


def test_specks_all_over_are_noise_and_text_is_not() -> None:
    assert is_noise(np.asarray(noise().convert("L")))
    assert not is_noise(np.asarray(page(*TEXT * 6).convert("L")))
    assert not is_noise(np.full((300, 200), 255, np.uint8))


def test_a_blank_page_is_level() -> None:
    assert skew_of(np.full((300, 200), 255, np.uint8)) == 0.0


# Runs, without Tesseract -------------------------------------------------------------------------------------------------


def engine(tmp_path: Path, script: str) -> Engine:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return Engine(str(program), ("vie",), turns=False, key="k")


GREY = np.full((20, 20), 255, np.uint8)
PIXELS = np.full((20, 20, 3), 255, np.uint8)


def test_a_run_that_hangs_is_ended_and_the_page_left_out(tmp_path: Path) -> None:
    slow = engine(tmp_path, "exec sleep 60")
    with pytest.raises(RunFailedError):
        run(GREY, "vie", engine=slow, runs=Runs(), seconds=0.1)
    assert Recogniser(slow, Runs(), 0.1).see(PIXELS).problem == TOO_LONG


def test_a_run_that_fails_is_tried_again_coarser(tmp_path: Path) -> None:
    word = r"5\t1\t1\t1\t1\t1\t2\t3\t4\t5\t90\tHội\n"
    again = engine(tmp_path, f'cat > /dev/null; case "$*" in *150*) printf "{word}";; *) exit 1;; esac')
    (reading,) = Recogniser(again, Runs(), 5).see(PIXELS).readings
    assert [(w.text, w.box) for w in reading] == [("Hội", (4, 6, 12, 16))]


def test_nothing_runs_once_all_was_stopped(tmp_path: Path) -> None:
    runs = Runs()
    runs.stop()
    with pytest.raises(CancelledError):
        run(GREY, "vie", engine=engine(tmp_path, "exit 0"), runs=runs)


def test_a_page_is_kept_by_its_content(tmp_path: Path) -> None:
    counted = engine(tmp_path, rf'cat > /dev/null; echo x >> {tmp_path}/count; printf "5\t1\t1\t1\t1\t1\t2\t3\t4\t5\t90\tHội\n"')
    reader = Recogniser(counted, Runs(), 5, tmp_path / "kept")
    first, second = reader.see(PIXELS), reader.see(PIXELS.copy())
    assert first == second
    assert (tmp_path / "count").read_text() == "x\n"
    for entry in (tmp_path / "kept").glob("*/*.z"):
        entry.write_bytes(b"broken")
    assert reader.see(PIXELS) == first
    assert (tmp_path / "count").read_text() == "x\nx\n"


def test_what_cannot_be_vietnamese_is_noise() -> None:
    def word(text: str, sure: float) -> SeenWord:
        return SeenWord(text, (0, 0, 9, 9), sure, (1, 1, 1))

    assert fairness([word("chủ", 0.9), word("trì", 0.9)]) == pytest.approx(0.9)
    assert fairness([word("xqz", 0.9), word("trì", 0.9)]) == pytest.approx(0.45)
    assert fairness([]) == 1.0
    assert PageSeen((), (1, 1), problem=NOISY).problem.startswith("Trang không đọc được")


# Whole files -------------------------------------------------------------------------------------------------------------


def test_too_many_pixels_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (9000, 9000)).save(path)
    with pytest.raises(TooLargeError, match="triệu điểm ảnh"):
        extract(path, Options(max_pixels=10_000_000))


def test_a_page_is_drawn_at_the_width_that_is_asked_for(tmp_path: Path) -> None:
    from io import BytesIO

    path = tmp_path / "a.jpg"
    page(*TEXT).save(path)
    with Image.open(BytesIO(page_image(path, 1, 400))) as drawn:
        assert drawn.size == (400, 212)
    with Image.open(BytesIO(page_image(path, 1, 400, turn=1))) as drawn:
        assert drawn.size == (400, 756)
    with pytest.raises(IndexError):
        page_image(path, 2, 400)


@needs_tesseract
def test_a_tiff_is_read_page_by_page_and_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    upside_down = page(*TEXT * 2, height=500).rotate(180)
    page(*TEXT, height=400).save(path, save_all=True, append_images=[noise(), upside_down])
    heard: list[tuple[int, int]] = []
    reading = read(path, Options(), lambda stage, done, total: heard.append((done, total)) if stage == "extract" else None)
    assert reading.source.text_origin is TextOrigin.OCR
    assert reading.unread_pages == (2,)
    assert [page.decision for page in reading.pages] == [PageDecision.IMAGE, PageDecision.UNREAD, PageDecision.IMAGE]
    assert [page.turn for page in reading.pages] == [0, 0, 2]
    first = reading.pages[0]
    assert [line.strip() for line in first.span.of(reading.text).strip().split("\n")] == list(TEXT)
    assert first.words[0].span.of(reading.text) == "Giao"
    assert first.words[0].box[0] == pytest.approx(150 / 1700, abs=0.01)
    assert reading.pages[2].span.of(reading.text).count("trước ngày 10/9/2025") == 2
    assert heard[-1] == (3, 3)


@needs_tesseract
def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    page(*TEXT).save(path)

    def stop(done: int, total: int) -> None:
        raise CancelledError("Đã dừng.")

    with pytest.raises(CancelledError):
        extract(path, Options(), stop)


@needs_tesseract
def test_the_installed_models_can_write_vietnamese() -> None:
    assert find_engine().models[0] in models.MODELS


@pytest.mark.parametrize("works", [True, False])
def test_a_picture_among_good_pages_is_read_or_named(works: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    word = r"5\t1\t1\t1\t1\t1\t300\t400\t90\t50\t95\tHội\n"
    told = 'case "$1" in --version) echo 5; exit;; --list-langs) printf \'List of "/nowhere/":\\nvie\\n\'; exit;; esac'
    engine(tmp_path, f"{told}\ncat > /dev/null; {f'printf {chr(34)}{word}{chr(34)}' if works else 'exit 1'}")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    path = pdf(tmp_path / "a.pdf", PdfPage().lines(700, *TEXT), PdfPage(picture=True))
    reading = read(path, Options())
    assert [page.decision for page in reading.pages] == [PageDecision.KEEP, PageDecision.IMAGE if works else PageDecision.UNREAD]
    assert reading.unread_pages == (() if works else (2,))
    assert reading.pages[1].span.of(reading.text).strip() == ("Hội" if works else "")
    assert "Giao Sở Y tế chủ trì" in reading.pages[0].span.of(reading.text)
