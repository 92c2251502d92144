"""How sure a reading is, in words; the thresholds are data."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parents[1] / "data" / "confidence.json"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """At ``certain`` or more an item may be accepted in bulk; below ``fair`` it is marked low."""

    certain: float
    fair: float


@cache
def thresholds() -> Thresholds:
    return Thresholds(**json.loads(_DATA.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Grade:
    """``css``: hi, mid, lo; ``percent`` a whole number."""

    css: str
    word: str
    percent: int


def grade(confidence: float | None) -> Grade | None:
    """Chắc, Khá or Thấp; none where nothing was measured. Rounds down, so that 89,9 % is never shown as 90 %."""
    if confidence is None:
        return None
    held = thresholds()
    percent = int(confidence * 100 + 1e-9)
    if confidence >= held.certain:
        return Grade("hi", "Chắc", percent)
    return Grade("mid", "Khá", percent) if confidence >= held.fair else Grade("lo", "Thấp", percent)


def is_certain(confidence: float | None) -> bool:
    return confidence is not None and confidence >= thresholds().certain
