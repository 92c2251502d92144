"""Annotated documents as plans whose items were all confirmed."""

import json
from typing import Any

from dondoc.documents.models import Document
from dondoc.units.models import Person, Unit
from tests.dondoc.factories.programmes import duty, plan, target, task
from tests.shared import SHARED

_TASK = ("coordinating", "supervising", "result")
_TARGET = ("comparator", "value", "value_high", "unit", "baseline", "horizon")


def gold(name: str) -> dict[str, Any]:
    """The annotations of one document."""
    assert SHARED is not None
    held: dict[str, Any] = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return held


def plan_of(name: str, unit: Unit, person: Person, **facts: Any) -> Document:
    """The document, handed in and read, with every task, target and duty confirmed."""
    data = gold(name)
    items = [
        task(
            one["text"], lead=one["lead"], section=one["section"] or "PL", deadline=_deadline(one["deadline"]),
            **{key: one[key] for key in _TASK},
        )
        for one in data["tasks"]
    ]  # fmt: skip
    items += [target(one["text"], indicator=one["indicator"], **{key: one[key] for key in _TARGET}) for one in data["targets"]]
    items += [
        duty(
            one["text"], reporters=one["reporters"], recipient=one["recipient"], deadline=_deadline(one["deadline"]),
            template=one["template"],
        )
        for one in data["reporting_duties"]
    ]  # fmt: skip
    return plan(unit, person, items, **facts)


def _deadline(one: dict[str, Any] | None) -> dict[str, Any] | None:
    """As the contract has it: *trước ngày* excludes its day."""
    if one is None:
        return None
    return {"anchor": None, "offset": None, **one, "exclusive": one["text"].startswith("trước ngày")}


def names_in(data: dict[str, Any], *fields: str) -> list[str]:
    """Every body that is named in these fields of the tasks, once."""
    return list(dict.fromkeys(name for one in data["tasks"] for field in fields for name in one[field]))
