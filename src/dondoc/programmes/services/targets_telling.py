"""Who hears of measurements: those who look after the programme that there are new ones, the unit that one came back."""

from datetime import datetime

from django.urls import reverse

from dondoc.notices import services as notices
from dondoc.notices.services import Occasion
from dondoc.programmes.models import Measurement, MeasurementReview, Programme
from dondoc.programmes.rules.targets_periods import name_of
from dondoc.programmes.services.telling import GIVERS, short
from dondoc.units.queries import seated
from dondoc.units.rules import Actor


def of_figure(actor: Actor, programme: Programme, measurement: Measurement, at: datetime) -> None:
    """Once a day for an indicator and period, however many units hand theirs in."""
    if programme.lead_unit_id is None:
        return
    key = f"figures-{measurement.target_id}-{measurement.period_to}-{actor.on}"
    text = f"Có số đo chờ duyệt, {_period(measurement)}: {short(measurement.target.indicator)}"
    address = reverse("programmes:grid", args=[programme.pk, measurement.target_id]) + f"?ky={measurement.period_to}"
    _tell(actor, programme.lead_unit_id, GIVERS, Occasion(key, text, address), at)


def of_return(actor: Actor, programme: Programme, review: MeasurementReview, at: datetime) -> None:
    measurement = review.measurement
    text = f"Trả lại số đo {_period(measurement)}: {short(measurement.target.indicator)}. Lý do: {short(review.reason)}"
    address = reverse("programmes:measure", args=[programme.pk, measurement.target_id])
    occasion = Occasion(f"figure-return-{review.pk}", text, f"{address}?ky={measurement.period_to}&don-vi={measurement.unit_id}")
    _tell(actor, measurement.unit_id, (), occasion, at)


def _period(measurement: Measurement) -> str:
    return name_of(measurement.period_from, measurement.period_to)


def _tell(actor: Actor, unit: int, roles: tuple[str, ...], occasion: Occasion, at: datetime) -> None:
    people = seated([unit], actor.on, roles).get(unit, set()) - {actor.person.pk}
    notices.tell([(person, occasion) for person in sorted(people)], on=actor.on, at=at)
