"""What the tests of consolidation have in common."""

from collections.abc import Callable
from uuid import uuid4

from dondoc.reporting.models import Campaign, Draft, Return
from dondoc.reporting.rules.cells import Cell
from dondoc.reporting.services import drafting, filling, handing, reviewing
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import fill

ActorFor = Callable[..., Actor]

ALIKE = "Đã mở {} lớp dạy bơi cho trẻ em trong hè tại nhà văn hóa."
OTHER = "Thiếu hồ bơi và người dạy ở các thôn xa trung tâm."


def report_in(
    campaign: Campaign, unit: Unit, actor_for: ActorFor, text: str = ALIKE.format(3), number: int = 4, **cells: Cell
) -> Return:
    """The unit fills in and hands in."""
    report = campaign.returns.select_related("campaign__recipient", "group__template", "unit").get(unit=unit)
    clerk = Person.objects.filter(username=f"xa{unit.pk}").first() or person_in(unit, username=f"xa{unit.pk}")
    actor = actor_for(clerk)
    fill(report, actor, number, **cells)
    filling.save_text(actor=actor, report=report, section="I", text=text, at=NOON)
    handing.submit(actor=actor, report=report, token=uuid4(), at=NOON)
    report.refresh_from_db()
    return report


def accept(report: Return, actor: Actor) -> None:
    reviewing.accept(actor=actor, report=report, at=NOON, happened_on=TODAY)


def draft_for(campaign: Campaign, actor: Actor) -> Draft:
    return drafting.make_draft(actor=actor, campaign=campaign, at=NOON)
