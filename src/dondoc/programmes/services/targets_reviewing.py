"""The giver's word on measurements: accepted or returned; and which of a unit's rows count."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import Refused
from dondoc.programmes.enums import FigureReturn, Verdict
from dondoc.programmes.models import Measurement, MeasurementReview, Target
from dondoc.programmes.rules.targets_replay import Line, Ruling, counted_and_newest
from dondoc.programmes.services.guards import not_in_future, steering
from dondoc.programmes.services.projecting import bump_version
from dondoc.programmes.services.targets_telling import of_return
from dondoc.units.rules import Actor


@transaction.atomic
def accept(*, actor: Actor, target: Target, measurements: Collection[int], at: datetime, happened_on: date) -> int:
    """The giver accepts these rows; those accepted already are left. How many are new."""
    programme = steering(actor, target.programme_id)
    rows = _newest(target, measurements)
    not_in_future(happened_on, actor)
    waiting = [row for row in rows if not row.counted]
    for day in {row.period_to for row in waiting}:
        rule([row for row in waiting if row.period_to == day], Verdict.ACCEPTED, actor, at, happened_on)
        project(target, day)
    if waiting:
        bump_version(programme)
        audit.record("programmes.accept_figures", target, actor=actor.person, measurements=[row.pk for row in waiting])
    return len(waiting)


@transaction.atomic
def send_back(
    *, actor: Actor, measurement: Measurement, at: datetime, happened_on: date, reason_code: str, reason: str
) -> MeasurementReview:
    """The giver returns it with a reason; from then on it does not count."""
    target = measurement.target
    programme = steering(actor, target.programme_id)
    row = _newest(target, [measurement.pk])[0]
    not_in_future(happened_on, actor)
    if reason_code not in FigureReturn.values:
        raise Refused("Chọn loại lý do.", field="reason_code")
    if not reason.strip():
        raise Refused("Ghi lý do.", field="reason")
    if row.reviews.order_by("pk").values_list("verdict", flat=True).last() == Verdict.RETURNED:
        raise Refused("Số này đã trả lại, đang chờ đơn vị sửa.")
    review = rule([row], Verdict.RETURNED, actor, at, happened_on, reason_code, reason.strip())[0]
    project(target, row.period_to)
    bump_version(programme)
    audit.record(
        "programmes.return_figure", target, actor=actor.person, unit=row.unit, reason_code=reason_code, reason=reason.strip(),
        measurement=row.pk,
    )  # fmt: skip
    of_return(actor, programme, review, at)
    return review


def _newest(target: Target, measurements: Collection[int]) -> list[Measurement]:
    """The rows, each still what its unit says."""
    rows = list(target.measurements.filter(pk__in=measurements).select_related("unit", "target"))
    if len(rows) != len(set(measurements)) or not rows:
        raise Refused("Không còn số đo này.")
    if changed := [row.unit.name for row in rows if not row.newest]:
        raise Refused(f"Đơn vị vừa sửa số: {', '.join(changed[:5])}. Xem số mới rồi duyệt.")
    return rows


def rule(
    rows: Sequence[Measurement],
    verdict: Verdict,
    actor: Actor,
    at: datetime,
    happened_on: date,
    reason_code: str = "",
    reason: str = "",
) -> list[MeasurementReview]:
    return MeasurementReview.objects.bulk_create(
        [
            MeasurementReview(
                measurement=row,
                verdict=verdict,
                reason_code=reason_code,
                reason=reason,
                happened_on=happened_on,
                recorded_at=at,
                recorded_by=actor.person,
            )
            for row in rows
        ]
    )


def project(target: Target, ends_on: date) -> None:
    """Keep ``newest`` and ``counted`` of a period equal to the replay of its rows and reviews."""
    rows = list(target.measurements.filter(period_to=ends_on))
    rulings = MeasurementReview.objects.filter(measurement__in=rows).order_by("happened_on", "recorded_at", "pk")
    ruled = [Ruling(*one) for one in rulings.values_list("measurement", "verdict")]
    counted, newest = counted_and_newest([Line(row.pk, row.supersedes_id) for row in rows], ruled)
    changed = [row for row in rows if (row.counted, row.newest) != (row.pk in counted, row.pk in newest)]
    for row in changed:
        row.counted, row.newest = row.pk in counted, row.pk in newest
    Measurement.objects.bulk_update(changed, ("counted", "newest"), batch_size=200)
