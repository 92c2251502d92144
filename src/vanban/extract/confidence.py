"""How sure a pattern is: the share of its findings that were right, measured by ``tools/calibrate.py``."""

import json
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "confidence.json"
UNMEASURED = 0.8


@cache
def _measured() -> dict[str, float]:
    """Read the measured numbers, keyed "kind:pattern", and "kind:" for a kind as a whole; none before the first calibration."""
    if not _DATA.exists():
        return {}
    held: dict[str, float] = json.loads(_DATA.read_text(encoding="utf-8"))
    return held


def confidence_of(kind: str, pattern: str) -> float:
    """Give the confidence of what ``pattern`` finds; of its kind, or :data:`UNMEASURED`, for a pattern never seen at work."""
    measured = _measured()
    return measured.get(f"{kind}:{pattern}", measured.get(f"{kind}:", UNMEASURED))
