"""Measure how often each pattern is right on the annotated documents, and write the numbers the reader gives as confidence.

    tools/calibrate.py                  read ../shared/gold, print the reliability table, write src/vanban/extract/data/confidence.json
    tools/calibrate.py --check          print only

A task is right where it meets an annotated one (optional ones too) with its lead and deadline; a duty and a target where it
meets one. What the scorer takes for a piece of a task, or for a duty told again, is neither. The table leaves one document
out at a time: each document's findings are given the confidence that the others alone would give.
"""

import argparse
import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from vanban.contract import to_json
from vanban.errors import ReadingError
from vanban.options import Options
from vanban.pipeline import read

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
DATA = ROOT / "src" / "vanban" / "extract" / "data" / "confidence.json"
USERS = ("vanban.extract.tasks.draft", "vanban.extract.duties", "vanban.extract.targets.build")
PRIOR, PRIOR_STRENGTH = 0.8, 4.0
HIGHEST = 0.97  # the reader was written with these documents at hand; others will be harder
NAMES = {"tasks": "task", "reporting_duties": "duty", "targets": "target"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One finding: the document, "kind:pattern", and whether it was right."""

    document: str
    key: str
    right: bool

    @property
    def kind(self) -> str:
        return self.key.split(":")[0]


def scorer() -> ModuleType:
    """The scorer beside the project."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"No scorer in {SHARED / 'score'}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_with_patterns(path: Path) -> dict[str, Any] | None:
    """The document's public form with each item's pattern in place of its confidence; None where it cannot be read without page images."""
    keys: list[str] = []

    def code(kind: str, pattern: str) -> float:
        keys.append(f"{kind}:{pattern}")
        return float(len(keys) - 1)

    patches = [patch(f"{user}.confidence_of", code) for user in USERS]
    for one in patches:
        one.start()
    try:
        reading: dict[str, Any] = to_json(read(path, Options(read_images=False)))
    except ReadingError:
        return None
    finally:
        for one in patches:
            one.stop()
    for name in NAMES:
        for item in reading[name]:
            item["pattern"] = keys[int(item["confidence"])]
    return reading


def task_outcomes(score: ModuleType, document: str, gold: dict[str, Any], read: dict[str, Any]) -> Iterator[Outcome]:
    pairs = score.pair_up(gold["tasks"], read["tasks"], lambda g, p: score.containment(g["text"], p["text"]), 0.5)
    gold_of = {j: gold["tasks"][i] for i, j in pairs}
    for j, task in enumerate(read["tasks"]):
        if j in gold_of:
            yield Outcome(document, task["pattern"], _same(score, gold_of[j], task))
        elif not _tolerated(score, gold, task):
            yield Outcome(document, task["pattern"], right=False)


def _same(score: ModuleType, want: dict[str, Any], task: dict[str, Any]) -> bool:
    lead = "lead" in want["skip"] or score.same_agencies(want["lead"], task["lead"])[1:] == (0, 0)
    return bool(lead and ("deadline" in want["skip"] or score.same_deadline(want["deadline"], task["deadline"])))


def _tolerated(score: ModuleType, gold: dict[str, Any], task: dict[str, Any]) -> bool:
    told = [*gold["tasks"], *gold["reporting_duties"]]
    free = tuple(gold.get("tasks_optional_sections", []))
    return (task["section"] or "").split(".")[0] in free or any(
        score.containment(one["text"], task["text"]) >= 0.5 for one in told
    )


def duty_outcomes(score: ModuleType, document: str, gold: dict[str, Any], read: dict[str, Any]) -> Iterator[Outcome]:
    def alike(g: dict[str, Any], p: dict[str, Any]) -> float:
        same = score.same_agencies(g["reporters"], p["reporters"])[0] > 0 and score.same_deadline(g["deadline"], p["deadline"])
        return float(score.containment(g["text"], p["text"])) if same else 0.0

    found = {j for _, j in score.pair_up(gold["reporting_duties"], read["reporting_duties"], alike, 0.4)}
    for j, duty in enumerate(read["reporting_duties"]):
        yield Outcome(document, duty["pattern"], j in found)


def target_outcomes(score: ModuleType, document: str, gold: dict[str, Any], read: dict[str, Any]) -> Iterator[Outcome]:
    numbered = [target for target in read["targets"] if target["value"] is not None]

    def alike(g: dict[str, Any], p: dict[str, Any]) -> float:
        same = abs(g["value"] - p["value"]) < 1e-9 and (g["value_high"] is None) == (p["value_high"] is None)
        return float(score.containment(f"{g['text']} {g['indicator']}", f"{p['text']} {p['indicator']}")) if same else 0.0

    gold_of = {j: gold["targets"][i] for i, j in score.pair_up(gold["targets"], numbered, alike, 0.4)}
    for j, target in enumerate(numbered):
        want = gold_of.get(j)
        fields = [field for field in ("comparator", "unit") if want is not None and field not in want["skip"]]
        right = want is not None and all(score.bare(str(want[field])) == score.bare(str(target[field])) for field in fields)
        yield Outcome(document, target["pattern"], right or (want is not None and bool(want["optional"])))


def outcomes() -> list[Outcome]:
    """What came of every finding in every annotated document that can be read."""
    score = scorer()
    found: list[Outcome] = []
    for file in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        read = read_with_patterns(SHARED / gold["document"])
        if read is None:
            print(f"{file.stem}: not read, left out")
            continue
        for of in (task_outcomes, duty_outcomes, target_outcomes):
            found.extend(of(score, file.stem, gold, read))
    return found


def measure(found: Sequence[Outcome]) -> dict[str, float]:
    """The confidence of each pattern: its share right, drawn towards that of its kind where it was seen seldom."""
    right: dict[str, int] = defaultdict(int)
    seen: dict[str, int] = defaultdict(int)
    for one in found:
        for key in (one.key, f"{one.kind}:"):
            right[key] += one.right
            seen[key] += 1
    whole = {key: (right[key] + PRIOR_STRENGTH * PRIOR) / (seen[key] + PRIOR_STRENGTH) for key in seen if key.endswith(":")}
    shares = {
        key: (right[key] + PRIOR_STRENGTH * whole[f"{key.split(':')[0]}:"]) / (seen[key] + PRIOR_STRENGTH)
        for key in seen
        if not key.endswith(":")
    }
    return {key: round(min(HIGHEST, share), 2) for key, share in sorted((whole | shares).items())}


def left_out(found: Sequence[Outcome]) -> list[tuple[float, bool]]:
    """For each finding the confidence that the other documents give its pattern, and whether it was right."""
    held: list[tuple[float, bool]] = []
    for document in sorted({one.document for one in found}):
        numbers = measure([one for one in found if one.document != document])
        held.extend(
            (numbers.get(one.key, numbers.get(f"{one.kind}:", 0.8)), one.right) for one in found if one.document == document
        )
    return held


def print_reliability(held: Sequence[tuple[float, bool]]) -> None:
    print(f"{'said':>12} {'findings':>9} {'right':>7}")
    for low in (0.0, 0.5, 0.7, 0.8, 0.85, 0.95):
        high = {0.0: 0.5, 0.5: 0.7, 0.7: 0.8, 0.8: 0.85, 0.85: 0.95, 0.95: 1.01}[low]
        inside = [right for said, right in held if low <= said < high]
        if inside:
            print(f"{low:5.2f} – {min(high, 1.0):4.2f} {len(inside):9} {sum(inside) / len(inside):7.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print only")
    arguments = parser.parse_args()
    found = outcomes()
    print_reliability(left_out(found))
    numbers = measure(found)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in found:
        counts[one.key][0] += one.right
        counts[one.key][1] += 1
    for key, (right, seen) in sorted(counts.items()):
        print(f"{key:32} {right:4} of {seen:4}  → {numbers[key]:.2f}")
    if not arguments.check:
        DATA.parent.mkdir(exist_ok=True)
        DATA.write_text(json.dumps(numbers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
