"""All that units said in a campaign, row by row: figures, texts, where each report stands, what happened to it.

Reports are read some at a time, so that what is held in memory does not grow with the campaign.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from dondoc.reporting.enums import ReturnEventKind, ReturnState, ValueOrigin
from dondoc.reporting.models import Campaign, CampaignGroup, Passage, Return, ReturnEvent, Submission, Value
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.totals import IN
from dondoc.reporting.queries.visible import received_campaigns, visible_returns
from dondoc.reporting.rules.cells import Cell, Place, Sheet, computed
from dondoc.reporting.rules.courses import Standing, days_late
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, SectionFacts, TableFacts
from dondoc.units.rules import Actor

AT_ONCE = 50
COMPUTED = "Tính theo công thức"
_INSIDE = (ReturnEventKind.PASSED, ReturnEventKind.HELD_BACK)


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports that a person may have. ``whole``: all of the campaign; else their own, with what is still being filled in."""

    campaign: Campaign
    reports: QuerySet[Return]
    whole: bool


class Three(NamedTuple):
    """A cell as it is being filled in, as it was handed in, as it was accepted."""

    draft: Cell
    sent: Cell
    accepted: Cell


@dataclass(frozen=True, slots=True)
class Number:
    """A cell that holds something. ``origin`` in words, with the source's own words and address."""

    report: Return
    table: TableFacts
    indicator: IndicatorFacts
    column: ColumnFacts
    cells: Three
    explanation: str
    origin: str = ""
    origin_words: str = ""
    origin_address: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A section of the outline that something was written in."""

    report: Return
    section: SectionFacts
    draft: str
    sent: str
    accepted: str


@dataclass(frozen=True, slots=True)
class Course:
    """Where a unit's report stands on the day. ``on_time`` None: exempt, or it can still come in time."""

    report: Return
    late: int
    on_time: bool | None
    exempt_for: str = ""

    @property
    def share(self) -> float | None:
        return 100 * self.report.sent_filled / self.report.asked if self.report.asked else None


def scope_of(actor: Actor, campaign: Campaign) -> Scope:
    reports = visible_returns(actor).filter(campaign=campaign).select_related("unit", "group__template", "campaign")
    whole = received_campaigns(actor).filter(pk=campaign.pk).exists()
    return Scope(campaign, reports.order_by("group__position", "unit__search_text", "pk"), whole)


def most_numbers(scope: Scope) -> int:
    """No more rows of figures than this; from the counters, since counting millions of cells takes its time."""
    filled = "sent_filled" if scope.whole else "filled"
    rows = scope.reports.order_by().values("group").annotate(cells=Sum(filled), reports=Count("pk"))
    held = {row["group"]: row for row in rows}
    groups = CampaignGroup.objects.filter(pk__in=held).select_related("template")
    made = {group.pk: sum(1 for _ in computed(facts(group.template))) for group in groups}
    return sum(row["cells"] + made[group] * row["reports"] for group, row in held.items())


def courses(scope: Scope, on: date) -> Iterator[Course]:
    last_ok_on = scope.campaign.last_ok_on
    exempt = ReturnEvent.objects.filter(kind=ReturnEventKind.EXEMPTED, report__in=scope.reports.order_by().values("pk"))
    reasons = dict(exempt.values_list("report", "note"))
    for report in scope.reports:
        standing = Standing(ReturnState(report.state), report.first_received_on)
        late, is_exempt = days_late(standing, last_ok_on, on), report.state == ReturnState.EXEMPT
        known = not is_exempt and (report.first_received_on is not None or late > 0)
        yield Course(report, late, not late if known else None, reasons.get(report.pk, "") if is_exempt else "")


def numbers(scope: Scope) -> Iterator[Number]:
    """Every cell with a figure or a kind of nothing, computed ones as well; in the order of the form."""
    for some in _chunks(scope):
        held, told = _values(some), _as_handed_in(some)
        for report in some:
            yield from _numbers(report, held.get(report.pk, {}), told.get(report.pk), whole=scope.whole)


def texts(scope: Scope) -> Iterator[Text]:
    for some in _chunks(scope):
        rows = Passage.objects.filter(report__in=some).values_list(
            "report", "section__code", "text", "sent_text", "accepted_text"
        )
        held = {(report, code): (text, sent, accepted) for report, code, text, sent, accepted in rows}
        for report in some:
            for section in facts(report.group.template).sections:
                text, sent, accepted = held.get((report.pk, section.code), ("", "", ""))
                row = Text(
                    report,
                    section,
                    "" if scope.whole else text,
                    sent if report.state in IN else "",
                    accepted if report.state == ReturnState.ACCEPTED else "",
                )
                if row.draft or row.sent or row.accepted:
                    yield row


def events(scope: Scope) -> Iterator[ReturnEvent]:
    """By the day; what passes inside a unit is the unit's own."""
    rows = ReturnEvent.objects.filter(report__in=scope.reports.order_by().values("pk"))
    rows = rows.exclude(kind__in=_INSIDE) if scope.whole else rows
    rows = rows.select_related("report__unit", "recorded_by", "submission")
    yield from rows.order_by("happened_on", "recorded_at", "pk").iterator(chunk_size=1000)


def _chunks(scope: Scope) -> Iterator[Sequence[Return]]:
    keys = list(scope.reports.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = scope.reports.in_bulk(keys[start : start + AT_ONCE])
        yield [some[key] for key in keys[start : start + AT_ONCE]]


class _Held(NamedTuple):
    cells: Three
    explanation: str
    origin: str
    origin_words: str
    origin_address: str


def _values(reports: Sequence[Return]) -> dict[int, dict[Place, _Held]]:
    rows = Value.objects.filter(report__in=reports).values_list(
        "report", "indicator__code", "column", "number", "nothing", "sent_number", "sent_nothing",
        "accepted_number", "accepted_nothing", "explanation", "origin", "origin_words", "origin_address",
    )  # fmt: skip
    found: dict[int, dict[Place, _Held]] = {}
    for report, code, column, number, nothing, sent, sent_nothing, accepted, accepted_nothing, *said in rows:
        three = Three(Cell(number, nothing), Cell(sent, sent_nothing), Cell(accepted, accepted_nothing))
        found.setdefault(report, {})[Place(code, column)] = _Held(three, *map(str, said))
    return found


def _as_handed_in(reports: Sequence[Return]) -> dict[int, Mapping[Place, str]]:
    """The reasons as they were handed in, of reports that are with their units again."""
    back = [one.pk for one in reports if one.state == ReturnState.RETURNED]
    if not back:
        return {}
    last = Submission.objects.filter(report__in=back, report__received_on__isnull=False).order_by("report", "number")
    rows = dict(last.values_list("report", "content"))
    return {report: {Place(cell[0], cell[1]): cell[4] for cell in content["cells"]} for report, content in rows.items()}


def _numbers(report: Return, held: Mapping[Place, _Held], told: Mapping[Place, str] | None, *, whole: bool) -> Iterator[Number]:
    """``told``: the reasons as they were handed in, where they may be others by now."""
    if not held:
        return
    what = facts(report.group.template)
    seen = (not whole, report.state in IN, report.state == ReturnState.ACCEPTED)
    sheets = [
        Sheet(what, {place: one.cells[stage] for place, one in held.items()} if shown else {}) for stage, shown in enumerate(seen)
    ]
    for table in what.tables:
        for indicator in table.indicators:
            for column in table.columns:
                place = Place(indicator.code, column.key)
                cells, one = Three(*(sheet.cell(place) for sheet in sheets)), held.get(place)
                if any(cell.is_filled for cell in cells):
                    words = told.get(place, "") if whole and told is not None else one.explanation if one else ""
                    yield Number(report, table, indicator, column, cells, words, *_origin(indicator, one, cells))


def _origin(indicator: IndicatorFacts, held: _Held | None, cells: Three) -> tuple[str, str, str]:
    """Where a figure comes from is told of what is shown; while it is being mended nobody else knows."""
    if indicator.formula:
        return COMPUTED, "", ""
    if held is None or (not cells.draft.is_filled and held.cells.draft != held.cells.sent):
        return "", "", ""
    return str(ValueOrigin(held.origin).label), held.origin_words, held.origin_address
