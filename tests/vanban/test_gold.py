"""The annotated documents beside the project: what the reader must find in them, by the scorer that lies with them."""

import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.shared import SHARED, needs_shared
from tools.calibrate import scorer
from vanban.contract import to_json
from vanban.pipeline import read

pytestmark = [needs_shared, pytest.mark.corpus]

PLAN, LETTER = "lang-son-208-kh-ubnd.draft", "lang-son-vp-ubnd-letter"
CLEAN = (
    "cv-193-ubnd-laocai",
    "cv-7432-ubnd-laocai",
    "cv-baove-ks-laocai",
    "cv-sct-laocai-dondoc-ccn",
    "ct-21-ttg-thon",
    "qd-844-ttg-bhyt",
    "tb-1894-sct-laocai-clean",
)


@cache
def score() -> ModuleType:
    return scorer()


@cache
def figures(name: str) -> dict[str, Any]:
    assert SHARED is not None
    gold = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    held: dict[str, Any] = score().score_document(gold, to_json(read(Path(SHARED / gold["document"]))), None)
    return held


def of(name: str, figure: str) -> float:
    """The figure of one document; 1 where there is nothing to find and nothing was found."""
    value = figures(name)[figure].f1
    return 1.0 if value is None else float(value)


@pytest.mark.parametrize("name", [PLAN, LETTER])
@pytest.mark.parametrize("figure", ["headings", "citations", "duties", "findings"])
def test_what_must_be_whole_in_the_plan_and_the_letter(name: str, figure: str) -> None:
    assert of(name, figure) == 1.0


@pytest.mark.parametrize("name", [PLAN, LETTER])
@pytest.mark.parametrize(("figure", "at_least"), [("metadata", 0.95), ("tasks", 0.95), ("usable", 0.9)])
def test_what_must_be_good_in_the_plan_and_the_letter(name: str, figure: str, at_least: float) -> None:
    assert of(name, figure) >= at_least


@pytest.mark.parametrize(
    ("figure", "at_least"), [("tasks", 0.9), ("leads", 0.9), ("deadlines", 0.9), ("usable", 0.8), ("citations", 0.95)]
)
def test_the_clean_documents_together(figure: str, at_least: float) -> None:
    total = score().combine([figures(name) for name in CLEAN])
    assert total[figure].f1 >= at_least


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize(("figure", "at_least"), [("tasks", 0.85), ("usable", 0.7), ("headings", 0.9), ("metadata", 0.85)])
def test_no_clean_document_is_read_badly(name: str, figure: str, at_least: float) -> None:
    assert of(name, figure) >= at_least
