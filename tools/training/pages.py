"""Makes the pairs that the channel learns from: pages drawn from known text, read with Tesseract, aligned word by word.

    python -m tools.training.pages --texts DIR --out PAIRS.jsonl --pages 300

Takes about two seconds a page.  Stopped and started again it goes on where it was.  Needs Tesseract with its models ``eng``
and ``vie``, and fonts that have all Vietnamese letters (package fonts-croscore, better also fonts-freefont-ttf and fonts-noto-core).
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import cv2

from tools.training import pages_align, pages_draw, pages_text

NOT_LEARNT = (
    *("ct-08", "ct-07", "tb-1894", "qd-844", "ct-21", "cv-193", "cv-7432", "cv-ubnd-laocai-baove", "cv-sct"),
    *("bc-280", "ct-01", "ct-05", "ct-11", "ub-574", "bc-sct", "qd-892", "cv-3686", "qd-970", "nq-66-3"),
)
"""Beginnings of the names of texts that measure (first line) or tune (second line), and therefore never teach."""
READERS = {"eng": (100, 125, 150, 150, 200, 200, 300), "vie": (75, 90, 100, 100, 125, 150)}
"""Model of Tesseract → the resolutions, dots per inch, at which its pages are drawn."""


def main() -> None:
    asked = _arguments()
    at_hand = list(pages_draw.faces())
    if not at_hand:
        sys.exit("No font with all Vietnamese letters was found: install fonts-croscore.")
    texts = [path for path in _texts(asked.texts) if not path.name.startswith(NOT_LEARNT)]
    print(f"{len(texts)} texts, fonts: {', '.join(at_hand)}", flush=True)
    material = pages_text.load(texts, _names(asked.texts), seeded(asked.seed))
    done = sum(1 for _ in asked.out.open(encoding="utf-8")) if asked.out.exists() else 0
    began = time.monotonic()
    with asked.out.open("a", encoding="utf-8") as out:
        for number in range(done, asked.pages):
            page = _page(material, seeded(asked.seed * 1_000_003 + number), asked.readers[number % len(asked.readers)], at_hand)
            out.write(json.dumps(page, ensure_ascii=False) + "\n")
            out.flush()
            if number % 10 == 9:
                print(
                    f"{number + 1} of {asked.pages} pages, {(time.monotonic() - began) / (number + 1 - done):.1f} s a page",
                    flush=True,
                )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, required=True, help="folder with text/*.txt, lm/*.txt.xz and gazetteer/*.tsv")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--readers", nargs="+", choices=list(READERS), default=["eng", "eng", "eng", "vie"])
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _texts(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted((folder / "text").glob("*.txt")) if "-ocr" not in path.stem)
    yield from sorted((folder / "lm").glob("*.txt.xz"))


def _names(folder: Path) -> list[str]:
    """Agencies of the gazetteer; communes with their provinces, where the package that lists them is installed."""
    rows = [
        line.split("\t")[0]
        for path in (folder / "gazetteer").glob("*.tsv")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    names = [row.strip() for row in rows if row.strip()]
    from vietnam_provinces import Ward  # noqa: PLC0415 -- slow import

    wards = [ward.name for ward in Ward.iter_all()]
    return names + seeded(0).sample(wards, min(len(wards), len(names) * 2))


def seeded(seed: int) -> random.Random:
    """Chance that is the same each time."""
    return random.Random(seed)  # noqa: S311 -- nothing is kept secret


def _page(material: pages_text.Material, rng: random.Random, reader: str, at_hand: list[str]) -> dict[str, object]:
    look = pages_draw.any_look(rng, at_hand, READERS[reader])
    lines = material.page(
        rng, int(pages_draw.ACROSS * 13 / look.points * (0.85 if look.face in {"DejaVu Serif", "Noto Serif"} else 1)), 30
    )
    image = pages_draw.draw(lines, look, rng)
    read = tesseract(cv2.imencode(".png", image)[1].tobytes(), reader, look.dpi)
    pairs = pages_align.align([word for line in lines for word in line.text.split()], read.split())
    return {
        "reader": reader,
        "face": look.face,
        "dpi": look.dpi,
        "pairs": [[" ".join(one), " ".join(other)] for one, other in pairs],
    }


def tesseract(png: bytes, model: str, dpi: int) -> str:
    """The text that Tesseract reads on the image."""
    command = ["tesseract", "-", "-", "-l", model, "--dpi", str(dpi), "--psm", "6"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    return subprocess.run(command, input=png, capture_output=True, check=True, env=environment).stdout.decode()


if __name__ == "__main__":
    main()
