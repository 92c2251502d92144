"""What reading page images costs over bare Tesseract, what a second core gains, and how much memory a long scan takes.

``ocr-1`` compares seconds of the processor, its children included, so that a busy machine matters little. For ``ocr-memory``
200 pages of A4 at 300 dpi are read with a stand-in for Tesseract that swallows each image and tells a few words, in a process of
its own; to its peak that of two real runs of Tesseract is added, which is what stands beside it on two cores.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tools.bench.measure import Measured
from tools.bench.samples import plain_plan
from vanban.options import Options
from vanban.sources import extract
from vanban.sources.images.models import Engine, find_engine

FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
A4 = (2480, 3508)
FULL, SOME = 45, 10  # lines of a page
PAGES, MANY = 4, 200
ROUNDS = 3
MEGABYTE = 1e6
_STAND_IN = """#!/bin/sh
case "$1" in
  --version) echo "tesseract 0";;
  --list-langs) printf 'List of "/nowhere/":\\nvie\\nVietnamese\\n';;
  *) cat > /dev/null; for n in 1 2 3 4 5 6 7 8 9; do printf '5\\t1\\t1\\t1\\t%s\\t1\\t300\\t%s00\\t200\\t50\\t95\\tHội\\n' $n $n; done;;
esac
"""
_READ = """
import resource, sys
from pathlib import Path
from vanban.options import Options
from vanban.sources import extract
extract(Path(sys.argv[1]), Options(cores=2, max_bytes=10**9))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def measure() -> Iterator[Measured]:
    """The figures, one after another; none where Tesseract or the font is missing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = find_engine()
        extract(_scan(folder / "first.tif", [_page(0, 1)]), Options(cores=1))  # loads what is loaded once
        full = _scan(folder / "scan.tif", [_page(0, FULL)])
        mine, bare = _least(_processor, lambda: extract(full, Options(cores=1)), lambda: _bare(full, engine))
        yield Measured("ocr-1", mine, "s", "tesseract, both models", mine / bare, "within 1.1")
        some = _scan(folder / "some.tif", [_page(number, SOME) for number in range(PAGES)])
        one, two = _least(_wall, lambda: extract(some, Options(cores=1)), lambda: extract(some, Options(cores=2)))
        yield Measured("ocr-2", two / PAGES, "s", "one page at a time", one / two, "1.7 times faster")
        yield _memory(folder, engine)


def _least(seconds: Callable[[Callable[[], object]], float], *works: Callable[[], object]) -> list[float]:
    """The least that each work takes in ``ROUNDS``, in turn: what others do on the machine can only add to it."""
    rounds = [[seconds(work) for work in works] for _ in range(ROUNDS)]
    return [min(taken) for taken in zip(*rounds, strict=True)]


def _page(number: int, lines: int) -> Image.Image:
    """A page of the demonstration's plan as a scanner gives it, in grey."""
    image = Image.new("L", A4, 250)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, 54)
    text = [line.strip()[:88] for line in plain_plan().splitlines() if line.strip()]
    for at in range(lines):
        draw.text((300, 250 + at * 68), text[(number * lines + at) % len(text)], font=font, fill=25)
    grain = np.random.default_rng(number).normal(0, 5, (A4[1], A4[0]))
    return Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))


def _scan(path: Path, pages: list[Image.Image], **settings: object) -> Path:
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(300, 300), **settings)
    return path


def _bare(path: Path, engine: Engine) -> None:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    for model in engine.models:
        command = [engine.program, str(path), "stdout", "-l", model, "--psm", "3", "tsv"]
        subprocess.run(command, check=True, capture_output=True, env=environment)


def _processor(work: Callable[[], object]) -> float:
    """Seconds of the processor that ``work`` takes, with its children."""
    before = os.times()
    work()
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def _wall(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _memory(folder: Path, engine: Engine) -> Measured:
    """The peak of a long scan in MB, and how it stands to that of one of a tenth the pages."""
    program = folder / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(_STAND_IN, encoding="utf-8")
    program.chmod(0o755)
    page = _page(0, FULL)
    few, many = (_peak(_scan(folder / f"{count}.pdf", [page] * count), program.parent) for count in (MANY // 10, MANY))
    picture = folder / "page.png"
    page.save(picture)
    shown = subprocess.run(
        [sys.executable, "-c", _CHILD, engine.program, str(picture)], check=True, capture_output=True, text=True
    ).stdout
    child = int(shown)
    return Measured(
        "ocr-memory",
        (many + 2 * child) / MEGABYTE,
        "MB",
        f"{MANY // 10} pages",
        (many + 2 * child) / (few + 2 * child),
        "under 700",
    )


_CHILD = """
import resource, subprocess, sys
subprocess.run([sys.argv[1], sys.argv[2], "stdout", "-l", "Vietnamese", "tsv"], check=True, capture_output=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def _peak(path: Path, programs: Path) -> int:
    """Bytes that a process of its own takes to read ``path`` with the stand-in."""
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    done = subprocess.run([sys.executable, "-c", _READ, str(path)], check=True, capture_output=True, text=True, env=environment)
    return int(done.stdout.split()[-1])
