#!/usr/bin/env python3
"""What the reader finds in the corpus beside the project, against what it found before: items won and lost.

    corpus_diff.py                  read, and compare with the last saved state
    corpus_diff.py --save           read, compare, and keep this state as the one to compare with
    corpus_diff.py --against REV    compare with the reader of another revision (run in a worktree of its own)

Items go to build/corpus/NAME.json, the saved state to build/corpus/saved/; nothing of the documents enters the repository.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
BUILD = ROOT / "build" / "corpus"
SAVED = BUILD / "saved"
FOLDERS = (("seeds", "*.txt"), ("corpus/text", "*.txt"), ("corpus/files", "*"))


def documents(only: str) -> dict[str, Path]:
    """Name → file, for every document whose name contains ``only``."""
    found = (path for folder, pattern in FOLDERS for path in sorted((SHARED / folder).glob(pattern)) if path.is_file())
    return {path.name: path for path in found if only in path.name}


def items(document: dict[str, Any]) -> Iterator[str]:
    """One line an item: its kind and the attributes that matter; places and confidences are left out."""
    held = document["metadata"]
    for field in ("type", "code", "issuer", "date", "title"):
        yield f"metadata {field} {held[field]}"
    for heading in document["outline"]:
        yield f"heading {heading['path']} {_short(heading['text'])}"
    for citation in document["citations"]:
        yield f"citation {citation['code']} {citation['date']} {citation['issuer']} {citation['relation']}"
    for target in document["targets"]:
        amount = [target[field] for field in ("comparator", "value", "value_high", "unit", "baseline", "horizon")]
        yield f"target {amount} {_short(target['text'])}"
    for task in document["tasks"]:
        roles = [task[field] for field in ("lead", "coordinating", "supervising")]
        yield f"task {task['section']} {roles} {_when(task['deadline'])} {_short(task['text'])}"
    for duty in document["reporting_duties"]:
        yield f"duty {duty['reporters']} → {duty['recipient']} {_when(duty['deadline'])} {duty['template']} {_short(duty['text'])}"
    for finding in document["findings"]:
        yield f"finding {finding['rule']} {finding['severity']} {_short(finding['message'], 120)}"


def _short(text: str, length: int = 70) -> str:
    return " ".join(text.split())[:length]


def _when(deadline: dict[str, Any] | None) -> str:
    if deadline is None:
        return "-"
    return " ".join(
        str(deadline[field]) for field in ("kind", "start", "end", "exclusive", "rrule", "anchor", "offset") if deadline[field]
    )


def read_all(only: str, folder: Path) -> None:
    """Read every document and write its items to ``folder``; an unreadable one gives the error as its only item."""
    from vanban.contract import to_json  # noqa: PLC0415 - the revision's own, found on the path
    from vanban.errors import ReadingError  # noqa: PLC0415 - likewise
    from vanban.pipeline import read  # noqa: PLC0415 - likewise

    folder.mkdir(parents=True, exist_ok=True)
    for name, path in documents(only).items():
        started = time.perf_counter()
        try:
            found = list(items(json.loads(json.dumps(to_json(read(path))))))
        except ReadingError as error:
            found = [f"error {error.code}"]
        except Exception as error:  # noqa: BLE001 - a crash is a result too
            found = [f"crash {type(error).__name__}: {error}"]
        (folder / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
        print(f"  {name}: {len(found)} items, {time.perf_counter() - started:.2f} s", file=sys.stderr)


def read_revision(revision: str, only: str, folder: Path) -> None:
    """Read with the reader of ``revision``, in a temporary worktree."""
    with tempfile.TemporaryDirectory(prefix="corpus-diff-") as parent:
        tree = Path(parent) / "tree"
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "--quiet", "--detach", tree, revision], check=True)
        try:
            words = [sys.executable, __file__, "--read-into", str(folder), "--only", only]
            subprocess.run(words, check=True, env=os.environ | {"PYTHONPATH": str(tree / "src")})
        finally:
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", tree], check=True)


def compare(before: Path, now: Path, only: str) -> Counter[str]:
    """Print what was won (+) and lost (-) in each document; give the sums by kind."""
    sums: Counter[str] = Counter()
    for name in documents(only):
        old, new = (_load(folder / f"{name}.json") for folder in (before, now))
        if old is None or new is None:
            print(f"{name}: {'new' if old is None else 'not read'}")
            continue
        won, lost = new - old, old - new
        if won or lost:
            print(name)
        for sign, changed in (("-", lost), ("+", won)):
            for item in sorted(changed.elements()):
                print(f"  {sign} {item}")
                sums[f"{sign}{item.split(' ', 1)[0]}"] += 1
    return sums


def _load(path: Path) -> Counter[str] | None:
    return Counter(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="documents whose name contains this")
    parser.add_argument("--save", action="store_true", help="keep this state as the one to compare with")
    parser.add_argument("--against", metavar="REV", help="compare with the reader of this revision")
    parser.add_argument("--read-into", type=Path, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if not SHARED.is_dir():
        print(f"no corpus beside the project ({SHARED})", file=sys.stderr)
        return 1
    if words.read_into:
        read_all(words.only, words.read_into)
        return 0
    read_all(words.only, BUILD)
    before = SAVED
    if words.against:
        before = BUILD / "against"
        shutil.rmtree(before, ignore_errors=True)
        try:
            read_revision(words.against, words.only, before)
        except subprocess.CalledProcessError as error:
            print(f"the reader of {words.against} does not run ({error.returncode}); see above", file=sys.stderr)
            return 1
    sums = compare(before, BUILD, words.only)
    print(", ".join(f"{kind} {count}" for kind, count in sorted(sums.items())) or "no difference")
    if words.save:
        SAVED.mkdir(parents=True, exist_ok=True)
        for path in BUILD.glob("*.json"):
            shutil.copy(path, SAVED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
