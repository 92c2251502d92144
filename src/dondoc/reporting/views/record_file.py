"""All data of a campaign as one JSON document, ``dondoc.campaign/1``; its shape is told in docs/campaign-data.md.

Written row by row: millions of cells need no more memory than one.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import IO, Any

from dondoc.common import clock
from dondoc.reporting.models import Campaign, Return, ReturnEvent
from dondoc.reporting.queries import records
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.records import Course, Number, Scope, Text
from dondoc.reporting.rules.cells import Cell

FORMAT = "dondoc.campaign/1"


def write_json(target: IO[bytes], scope: Scope, on: date) -> None:
    head = {"format": FORMAT, "made_at": clock.now().isoformat(), "scope": "campaign" if scope.whole else "unit"}
    lists: tuple[tuple[str, Iterable[dict[str, Any]]], ...] = (
        ("tables", _tables(scope)),
        ("units", map(_course, records.courses(scope, on))),
        ("numbers", (_number(one, whole=scope.whole) for one in records.numbers(scope))),
        ("texts", (_text(one, whole=scope.whole) for one in records.texts(scope))),
        ("events", map(_event, records.events(scope))),
    )
    target.write(_json({**head, "campaign": _campaign(scope.campaign)})[:-1])
    for name, rows in lists:
        target.write(f',\n"{name}":['.encode())
        for place, row in enumerate(rows):
            target.write((b",\n" if place else b"\n") + _json(row))
        target.write(b"\n]")
    target.write(b"}\n")


def _json(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=str).encode()  # days as ISO


def _campaign(one: Campaign) -> dict[str, Any]:
    return {
        "title": one.title,
        "programme": one.programme.title if one.programme else None,
        "period": one.period_name,
        "window_from": one.window_from,
        "window_to": one.window_to,
        "recipient": one.recipient.name,
        "last_ok_on": one.last_ok_on,
        "opened_on": one.opened_on,
        "closed_on": one.closed_on,
        "state": one.state,
    }


def _tables(scope: Scope) -> Iterator[dict[str, Any]]:
    """Of each group that the reports belong to."""
    groups = {report.group_id: report.group for report in scope.reports}
    for group in groups.values():
        for table in facts(group.template).tables:
            yield {
                "group": group.name,
                "code": table.code,
                "title": table.title,
                "columns": [{"key": column.key, "words": column.words} for column in table.columns],
                "indicators": [
                    {
                        "code": one.code,
                        "name": one.name,
                        "measure": one.measure,
                        "formula": one.formula,
                        "across_units": one.across_units,
                        "across_periods": one.across_periods,
                    }
                    for one in table.indicators
                ],
            }


def _whose(report: Return) -> dict[str, str]:
    return {"unit": report.unit.name, "unit_code": report.unit.code}


def _course(row: Course) -> dict[str, Any]:
    report = row.report
    return {
        **_whose(report),
        "group": report.group.name,
        "state": report.state,
        "first_received_on": report.first_received_on,
        "received_on": report.received_on,
        "accepted_on": report.accepted_on,
        "days_late": row.late,
        "on_time": row.on_time,
        "asked": report.asked,
        "filled": report.sent_filled,
        "exempt_for": row.exempt_for,
    }


def _number(row: Number, *, whole: bool) -> dict[str, Any]:
    stages = {"draft": row.cells.draft, "handed_in": row.cells.sent, "accepted": row.cells.accepted}
    return {
        **_whose(row.report),
        "group": row.report.group.name,
        "table": row.table.code,
        "indicator": row.indicator.code,
        "column": row.column.key,
        **{name: _cell(cell) for name, cell in stages.items() if name != "draft" or not whole},
        "explanation": row.explanation,
        "origin": {"kind": row.origin, "words": row.origin_words, "address": row.origin_address},
    }


def _cell(cell: Cell) -> dict[str, str] | None:
    """Numbers as text, with a point: a decimal has more digits than many a reader of JSON keeps."""
    if cell.number is not None:
        return {"number": _plain(cell.number)}
    return {"nothing": cell.nothing} if cell.nothing else None


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(row: Text, *, whole: bool) -> dict[str, Any]:
    draft = {} if whole else {"draft": row.draft}
    return {
        **_whose(row.report), "section": row.section.code, "heading": row.section.heading, **draft,
        "handed_in": row.sent, "accepted": row.accepted,
    }  # fmt: skip


def _event(row: ReturnEvent) -> dict[str, Any]:
    return {
        **_whose(row.report),
        "kind": row.kind,
        "happened_on": row.happened_on,
        "recorded_at": row.recorded_at.isoformat(),
        "recorded_by": row.recorded_by.full_name,
        "submission": row.submission.number if row.submission else None,
        "reason_code": row.reason_code,
        "note": row.note,
        "hand_in_by": row.hand_in_by,
        "paper_code": row.paper_code,
        "paper_date": row.paper_date,
    }
