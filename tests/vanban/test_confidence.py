"""The confidence of a finding: measured by pattern, and honest."""

import json
from pathlib import Path

import pytest

from tests.shared import needs_shared
from tools.calibrate import Outcome, left_out, measure, outcomes
from vanban.extract import confidence


def test_the_measured_numbers_are_probabilities() -> None:
    numbers = json.loads(Path(confidence._DATA).read_text(encoding="utf-8"))
    assert {key.split(":")[0] for key in numbers} >= {"task", "duty"}
    assert all(0 < number < 1 for number in numbers.values())


@pytest.mark.parametrize(
    ("kind", "pattern", "expected"),
    [("task", "seen", 0.91), ("task", "never seen", 0.7), ("target", "anything", confidence.UNMEASURED)],
)
def test_a_pattern_its_kind_or_the_unmeasured(monkeypatch: pytest.MonkeyPatch, kind: str, pattern: str, expected: float) -> None:
    monkeypatch.setattr(confidence, "_measured", lambda: {"task:seen": 0.91, "task:": 0.7})
    assert confidence.confidence_of(kind, pattern) == expected


def test_a_pattern_seldom_seen_is_drawn_towards_its_kind() -> None:
    found = [Outcome("a", "task:often", right=True)] * 90 + [Outcome("a", "task:often", right=False)] * 10
    numbers = measure([*found, Outcome("b", "task:once", right=False)])
    assert 0.88 < numbers["task:often"] < 0.91
    assert numbers["task:once"] == pytest.approx(4 * numbers["task:"] / 5, abs=0.01)


def test_a_document_is_not_judged_by_itself() -> None:
    found = [*[Outcome("a", "task:x", right=True)] * 20, *[Outcome("b", "task:x", right=False)] * 5]
    said = {right: number for number, right in left_out(found)}
    assert said[True] < 0.3
    assert said[False] > 0.9


@needs_shared
@pytest.mark.corpus
def test_what_is_called_sure_is_right_on_documents_left_out() -> None:
    held = left_out(outcomes())
    sure = [right for number, right in held if number >= 0.85]
    assert len(sure) > 100
    assert sum(sure) / len(sure) > 0.85
