"""Who may do what with campaigns and reports. Reading is a matter of ``queries.visible``."""

from dondoc.reporting.models import Campaign, Return
from dondoc.units.enums import Role
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

_WORKERS = (Role.SPECIALIST, Role.UNIT_LEADER)


def may_receive(actor: Actor, recipient: Unit) -> bool:
    """Open campaigns whose reports go to this unit: its specialists and leaders, and the provincial office."""
    return actor.leads_province(recipient.scope_id) or actor.has_role(*_WORKERS, unit_id=recipient.pk)


def may_open_any(actor: Actor) -> bool:
    """Whether there is a unit for which the actor may open campaigns."""
    return actor.has_role(*_WORKERS, Role.PROVINCIAL_OFFICE, Role.ADMINISTRATOR)


def may_run(actor: Actor, campaign: Campaign) -> bool:
    """The receiving side: its recipient's specialists and leaders and the provincial office review, return, accept, consolidate."""
    return actor.leads_province(campaign.province_id) or actor.has_role(*_WORKERS, unit_id=campaign.recipient_id)


def may_fill(actor: Actor, report: Return) -> bool:
    """Everybody who works in the unit."""
    return report.unit_id in actor.unit_ids


def leads(actor: Actor, report: Return) -> bool:
    return actor.has_role(Role.UNIT_LEADER, unit_id=report.unit_id)


def may_keep(actor: Actor, owner: Unit) -> bool:
    """Look after the unit's templates: those who open its campaigns."""
    return may_receive(actor, owner)
