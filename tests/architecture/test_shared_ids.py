"""The platform's agencies and the reader's lexicon name the same bodies by the same ids, though neither imports the other."""

import csv
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src"
UNITS = SOURCE / "dondoc" / "units" / "data"
LEXICON = SOURCE / "vanban" / "lexicon" / "data"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_agency_of_the_platform_is_known_to_the_reader() -> None:
    known = {row["id"]: row for row in rows(LEXICON / "agencies.tsv")}
    ours = rows(UNITS / "agencies.tsv")
    assert [row["id"] for row in ours if row["id"] not in known] == []
    for row in ours:
        assert row["valid_to"] == known[row["id"]]["valid_to"], row["id"]
        assert row["successor"] == known[row["id"]]["successor"], row["id"]


def test_former_provinces_went_where_the_reader_says() -> None:
    read = {row["name"]: row["successor"] for row in rows(LEXICON / "provinces.tsv")}
    for row in rows(UNITS / "former_provinces.tsv"):
        assert read[row["name"]] == row["successor"]
