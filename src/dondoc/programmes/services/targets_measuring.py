"""Measurements: a unit hands one in, or corrects it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.files.models import StoredFile
from dondoc.programmes.enums import FigureKind, Verdict
from dondoc.programmes.models import Measurement, Programme, Target
from dondoc.programmes.queries.targets import asked_one, measurers, unit_words
from dondoc.programmes.rules.rights import may_report, may_steer
from dondoc.programmes.rules.targets_checks import (
    Fault,
    Figure,
    completed,
    fault_of_fall,
    faults_of_figure,
    faults_of_place,
)
from dondoc.programmes.rules.targets_periods import Span
from dondoc.programmes.rules.targets_totals import WITH_FIGURE
from dondoc.programmes.services.guards import still_open
from dondoc.programmes.services.projecting import bump_version, lock
from dondoc.programmes.services.targets_reviewing import project, rule
from dondoc.programmes.services.targets_telling import of_figure
from dondoc.units.models import Unit
from dondoc.units.queries import roster
from dondoc.units.rules import Actor

NOT_MEASURING = "Chỉ đơn vị đo chỉ tiêu này và cơ quan chủ trì chương trình được ghi số đo."


@dataclass(frozen=True, slots=True)
class Entry:
    """What a unit says for a period, as it was entered. ``happened_on``: the day of the unit's own word."""

    figure: Figure
    happened_on: date
    source_words: str = ""
    note: str = ""
    explanation: str = ""
    evidence: StoredFile | None = None


class Faulty(Refused):
    """Several things are wrong, each at its field."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].message, faults[0].field)
        self.faults = tuple(faults)


class Clash(Refused):
    """Someone else wrote for the same unit and period since the page was opened; ``standing`` is what they wrote."""

    def __init__(self, standing: Measurement, words: str) -> None:
        message = (
            f"{standing.recorded_by.full_name} vừa ghi {words} cho {standing.unit.name} lúc {wording.moment(standing.recorded_at)}. "
            "Số đang gõ vẫn còn ở dưới. Muốn thay số kia thì ghi lý do rồi ghi lại."
        )
        super().__init__(message)
        self.standing = standing


def words_of(measurement: Measurement, measure: str = "") -> str:
    """*25,4%*, *12/48*, *Không có*."""
    if measurement.kind not in WITH_FIGURE or measurement.value is None:
        return str(FigureKind(measurement.kind).label)
    value = f"{wording.number(measurement.value)}{unit_words(measure)}"
    if measurement.numerator is None or measurement.denominator is None:
        return value
    return f"{value} ({wording.number(measurement.numerator)}/{wording.number(measurement.denominator)})"


@transaction.atomic
def record(
    *,
    actor: Actor,
    target: Target,
    unit: Unit,
    span: Span,
    entry: Entry,
    seen: int | None,
    at: datetime,
    reason: str = "",
    accept_it: bool = False,
) -> Measurement:
    """Hand in a unit's word for a period, or correct it. ``seen``: the row that the person saw for it, None for none.

    ``accept_it``: the giver accepts in one go what they enter.

    :raises Clash: somebody else wrote since. :raises Faulty: what was entered cannot be.
    """
    programme = _measuring(actor, target.programme_id, unit)
    held = Target.objects.select_related("programme__lead_unit", "measured_by_unit", "measured_by_group").get(pk=target.pk)
    if held.joined_to_id:
        raise Refused("Chỉ tiêu này là một mốc của chỉ tiêu khác. Ghi số đo ở chỉ tiêu đó.")
    figure = completed(entry.figure, held)
    standing = standing_for(held, unit, span.ends_on)
    _not_written_since(held, standing, seen, actor)
    _sound(held, unit, span, entry, figure, actor.on)
    ruling = standing.reviews.last() if standing else None
    returned = ruling is not None and ruling.verdict == Verdict.RETURNED
    if standing and not returned:
        _changes_something(standing, figure, entry)
        if not reason.strip():
            raise Refused("Đã có số cho kỳ này. Ghi lý do sửa.", field="reason")
    measurement = _written(actor, held, unit, span, entry, figure, at)
    if standing:
        measurement.supersedes, measurement.reason = standing, reason.strip() or "Sửa theo ý kiến trả lại"
    measurement.save()
    audit.record(
        "programmes.measure", held, actor=actor.person, unit=unit, reason=measurement.reason, measurement=measurement.pk,
        period_to=span.ends_on.isoformat(), on_behalf=measurement.on_behalf,
    )  # fmt: skip
    if accept_it and may_steer(actor, programme):
        rule([measurement], Verdict.ACCEPTED, actor, at, actor.on)
    elif not may_steer(actor, programme):
        of_figure(actor, programme, measurement, at)
    project(held, span.ends_on)
    bump_version(programme)
    measurement.refresh_from_db(fields=("newest", "counted"))
    return measurement


def _written(actor: Actor, target: Target, unit: Unit, span: Span, entry: Entry, figure: Figure, at: datetime) -> Measurement:
    return Measurement(
        target=target,
        unit=unit,
        period_from=span.starts_on,
        period_to=span.ends_on,
        kind=figure.kind,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        source_words=entry.source_words.strip()[:255],
        note=entry.note.strip(),
        explanation=entry.explanation.strip(),
        evidence=entry.evidence,
        happened_on=entry.happened_on,
        recorded_at=at,
        recorded_by=actor.person,
        on_behalf=unit.pk not in actor.unit_ids,
    )


def _measuring(actor: Actor, programme_id: int, unit: Unit) -> Programme:
    """The programme, locked, for people of the unit, or for the giver who enters it on its behalf."""
    programme = lock(programme_id)
    if not may_report(actor, [unit.pk]) and not may_steer(actor, programme):
        raise NotAllowed(NOT_MEASURING)
    still_open(programme)
    return programme


def standing_for(target: Target, unit: Unit, ends_on: date) -> Measurement | None:
    """What is held now for a unit and period."""
    rows = Measurement.objects.filter(target=target, unit=unit, period_to=ends_on, newest=True)
    return rows.select_related("recorded_by", "unit").first()


def _not_written_since(target: Target, standing: Measurement | None, seen: int | None, actor: Actor) -> None:
    if standing is not None and standing.pk != seen:
        raise Clash(standing, words_of(standing, asked_one(target, actor.on).measure))


def _sound(target: Target, unit: Unit, span: Span, entry: Entry, figure: Figure, on: date) -> None:
    groups = [target.measured_by_group] if target.measured_by_group else []
    expected = {one.pk for one in measurers(target, roster(groups), span.ends_on)}
    faults = faults_of_place(unit, span, entry.happened_on, on, measures=unit.pk in expected)
    faults += faults_of_figure(figure, target, asked_one(target, on).measure)
    fall = fault_of_fall(figure, target, _before(target, unit, span))
    if fall and not entry.explanation.strip():
        faults.append(fall)
    if faults:
        raise Faulty(faults)


def _before(target: Target, unit: Unit, span: Span) -> list[tuple[Span, Decimal]]:
    """The running totals of earlier periods: the numerator of a ratio, else the value."""
    rows = Measurement.objects.filter(
        target=target, unit=unit, newest=True, period_to__lt=span.ends_on, value__isnull=False
    ).values_list("period_to", "period_from", "value", "numerator")
    return [
        (Span(ends, starts), numerator if numerator is not None else value)
        for ends, starts, value, numerator in rows
        if value is not None
    ]


def _changes_something(standing: Measurement, figure: Figure, entry: Entry) -> None:
    same = (standing.kind, standing.value, standing.numerator, standing.denominator) == (
        figure.kind, figure.value, figure.numerator, figure.denominator,
    )  # fmt: skip
    if same and not (
        entry.evidence or entry.source_words.strip() != standing.source_words or entry.note.strip() != standing.note
    ):
        raise Refused("Số này đã được ghi, không có gì để sửa.", field="value")
