"""How far a campaign has come: counters, receipts by day, and the matrix of units by section and table.

The counters are sums of the database over the reports; what a report holds of each section and table is kept in its row, so that
the matrix never counts cells.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, When
from django.db.models import Value as Constant

from dondoc.common.folding import searchable
from dondoc.reporting.enums import CampaignState, ReturnState
from dondoc.reporting.models import Campaign, CampaignGroup, Remark, Return
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.held import Parts
from dondoc.reporting.queries.visible import received_campaigns
from dondoc.reporting.rules.courses import Standing, days_late, overdue_again
from dondoc.reporting.rules.matrix import Column, Mark, columns_of, is_full, is_returned, mark_of
from dondoc.units.rules import Actor

PAGE = 200
_EXEMPT = Q(returns__state=ReturnState.EXEMPT)
_IN = Q(returns__first_received_on__isnull=False) & ~_EXEMPT


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a campaign or a group. ``received`` counts first receipts, so that on time and late come to it."""

    expected: int = 0
    received: int = 0
    on_time: int = 0
    accepted: int = 0
    waiting: int = 0
    returned: int = 0
    exempt: int = 0

    @property
    def late(self) -> int:
        return self.received - self.on_time

    @property
    def missing(self) -> int:
        return self.expected - self.received

    @property
    def received_share(self) -> float | None:
        return 100 * self.received / self.expected if self.expected else None

    @property
    def on_time_share(self) -> float | None:
        return 100 * self.on_time / self.expected if self.expected else None


def _counters(deadline: str) -> dict[str, Count]:
    state = {name: Count("returns", filter=Q(returns__state=one)) for name, one in _STATES}
    return {
        "expected": Count("returns", filter=~_EXEMPT & Q(returns__isnull=False)),
        "received": Count("returns", filter=_IN),
        "on_time": Count("returns", filter=_IN & Q(returns__first_received_on__lte=F(deadline))),
        **{f"n_{name}": count for name, count in state.items()},
    }


_STATES = (
    ("accepted", ReturnState.ACCEPTED),
    ("waiting", ReturnState.RECEIVED),
    ("returned", ReturnState.RETURNED),
    ("exempt", ReturnState.EXEMPT),
)


def _counts(row: object) -> Counts:
    named = {name: getattr(row, f"n_{name}") for name, _ in _STATES}
    return Counts(row.expected, row.received, row.on_time, **named)  # type: ignore[attr-defined] # annotated


@dataclass(frozen=True, slots=True)
class Listed:
    campaign: Campaign
    counts: Counts


def campaigns(actor: Actor) -> tuple[list[Listed], QuerySet[Campaign]]:
    """Those that the actor receives: the open ones by deadline with their counters, and the closed ones, the last first."""
    rows = counted(received_campaigns(actor))
    opened = rows.filter(state=CampaignState.OPEN).order_by("last_ok_on", "pk")
    return [Listed(one, _counts(one)) for one in opened], rows.filter(state=CampaignState.CLOSED).order_by("-closed_on", "-pk")


def counted(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """With their counters, for :func:`listed`."""
    return rows.select_related("recipient", "programme").annotate(**_counters("last_ok_on"))


def listed(rows: Sequence[Campaign]) -> list[Listed]:
    return [Listed(one, _counts(one)) for one in rows]


def groups_of(campaign: Campaign) -> list[tuple[CampaignGroup, Counts]]:
    """The groups with their counters."""
    rows = campaign.groups.select_related("template__template").annotate(**_counters("campaign__last_ok_on"))
    return [(one, _counts(one)) for one in rows.order_by("position", "pk")]


def received_by_day(group: CampaignGroup) -> list[tuple[date, int]]:
    """First receipts by day."""
    rows = group.returns.filter(first_received_on__isnull=False).exclude(state=ReturnState.EXEMPT).order_by()
    return list(rows.values_list("first_received_on").annotate(count=Count("pk")).order_by("first_received_on"))


# The order of urgency, in words of the mockup.
URGENCY = ("Chưa nhận", "Trả lại, chờ nộp lại", "Nộp trễ", "Chờ duyệt", "Đã duyệt", "Được miễn")


def returns_of(group: CampaignGroup, last_ok_on: date, text: str = "") -> QuerySet[Return]:
    """Reports in the order of urgency; ``rank`` is a place in ``URGENCY``."""
    rank = Case(
        When(state=ReturnState.EXEMPT, then=Constant(5)),
        When(state=ReturnState.RETURNED, then=Constant(1)),
        When(first_received_on__isnull=True, then=Constant(0)),
        When(first_received_on__gt=last_ok_on, then=Constant(2)),
        When(state=ReturnState.ACCEPTED, then=Constant(4)),
        default=Constant(3),
        output_field=IntegerField(),
    )
    rows = group.returns.select_related("unit").annotate(rank=rank).order_by("rank", "unit__search_text", "pk")
    return rows.filter(unit__search_text__contains=searchable(text)) if text.strip() else rows


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's line. ``is_draft``: what is shown is being written, nothing was handed in."""

    report: Return
    rank: int
    late: int
    late_again: int
    is_draft: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """``full``: of each column how many reports of the whole group are complete, whatever page of it the rows are."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    full: tuple[int, ...]


def matrix_of(group: CampaignGroup, reports: Sequence[Return], last_ok_on: date, on: date) -> Matrix:
    """Two statements over the group: what reports hold is kept in their rows. As handed in, or of those that were not as written."""
    columns = columns_of(facts(group.template))
    returned = _remarks(group)
    rows = tuple(_row(one, columns, returned, last_ok_on, on) for one in reports)
    return Matrix(tuple(columns), rows, _full(group, columns, returned))


def _full(group: CampaignGroup, columns: Sequence[Column], returned: Mapping[int, set[str]]) -> tuple[int, ...]:
    """Of thousands of reports: nothing is made of them but the count."""
    full = [0] * len(columns)
    for report, parts in group.returns.filter(first_received_on__isnull=False).order_by().values_list("pk", "sent_parts"):
        written, filled, back = set(parts["sections"]), parts["tables"], returned.get(report, ())
        for place, column in enumerate(columns):
            if is_full(column, written, filled) and not (back and is_returned(column, back)):
                full[place] += 1
    return tuple(full)


def _row(report: Return, columns: Sequence[Column], returned: Mapping[int, set[str]], last_ok_on: date, on: date) -> Row:
    standing = Standing(ReturnState(report.state), report.first_received_on, hand_in_by=report.hand_in_by)
    is_draft = report.first_received_on is None
    return Row(
        report=report,
        rank=report.rank,  # type: ignore[attr-defined] # annotated by returns_of
        late=days_late(standing, last_ok_on, on),
        late_again=overdue_again(standing, on),
        is_draft=is_draft,
        marks=tuple(_marks(columns, report.parts if is_draft else report.sent_parts, returned.get(report.pk, ()))),
    )


def _marks(columns: Iterable[Column], parts: Parts, returned: Collection[str]) -> Iterator[Mark]:
    return (mark_of(one, parts["sections"], parts["tables"], returned) for one in columns)


def _remarks(group: CampaignGroup) -> dict[int, set[str]]:
    """What the reviewer sent back, of reports that are with their units."""
    rows = Remark.objects.filter(report__group=group, report__state=ReturnState.RETURNED, settled_at__isnull=True).order_by()
    sections = rows.filter(section__isnull=False).values_list("report", "section__code")
    tables = rows.filter(indicator__isnull=False).values_list("report", "indicator__table__code")
    found: dict[int, set[str]] = {}
    for report, code in sections.union(tables):
        found.setdefault(report, set()).add(code)
    return found


def missing_of(campaign: Campaign) -> QuerySet[Return]:
    """Who has handed nothing in, or has to hand in again."""
    owed = Q(first_received_on__isnull=True) | Q(state=ReturnState.RETURNED)
    rows = campaign.returns.filter(owed).exclude(state=ReturnState.EXEMPT).select_related("unit", "group")
    return rows.order_by("group__position", "unit__search_text", "pk")
