"""Lĩnh vực: what a programme is counted under in statistics. The list is data, as provincial offices divide their work."""

import csv
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "fields.tsv"


@cache
def fields() -> dict[str, tuple[str, ...]]:
    """The names in their order, each with the agencies (keys of the reader's lexicon) that usually look after it."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["name"]: tuple(row["agencies"].split()) for row in rows}


def likely_field(lexicon_id: str) -> str:
    """The field that an agency usually looks after; "" where none is known. A proposal, no more."""
    return next((name for name, agencies in fields().items() if lexicon_id and lexicon_id in agencies), "")
