"""Run every measurement, print the table, write ``build/bench.json``."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.bench import board, encodings, ocr, ocr_table, reading, restoration
from tools.bench.campaign import measuring as campaign
from tools.bench.country import measuring as country
from tools.bench.measure import Measured

OUTPUT = Path("build/bench.json")
GROUPS: dict[str, Callable[[], Iterator[Measured]]] = {
    "reading": reading.measure,
    "encodings": encodings.measure,
    "restoration": restoration.measure,
    "ocr": ocr.measure,
    "tables": ocr_table.measure,
    "board": board.measure,
    "country": country.measure,
    "campaign": campaign.measure,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*", default=list(GROUPS), help=f"some of {', '.join(GROUPS)}; all by default")
    groups = parser.parse_args().groups
    results: list[Measured] = []
    print(f"{'name':<14}{'value':>10} {'unit':<6}{'ratio':>8}  {'against':<34}aim")
    for group in groups:
        for result in GROUPS[group]():
            results.append(result)
            ratio = f"{result.ratio:8.2f}" if result.ratio is not None else " " * 8
            print(f"{result.name:<14}{result.value:>10.2f} {result.unit:<6}{ratio}  {result.against or '':<34}{result.aim}")
    OUTPUT.parent.mkdir(exist_ok=True)
    rows = [{key: getattr(result, key) for key in ("name", "value", "unit", "against", "ratio")} for result in results]
    OUTPUT.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
