"""Campaigns of one template with all their content, into an empty database that has its tables: by services, and in bulk below them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.models import Max

from dondoc.reporting.enums import ReturnEventKind, ReturnState
from dondoc.reporting.models import Campaign, Passage, Return, ReturnEvent, Section, TemplateVersion, Value
from dondoc.reporting.services import counting, opening, templates
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.access import actor_of
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tools.bench.campaign import content
from tools.bench.campaign.scale import DUE, TODAY, Scale
from tools.bench.country.tables import Table, filling, settle
from tools.bench.country.units import Units

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
OPENED = DUE - timedelta(days=40)
UPLOADS = "Báo cáo đo tốc độ, nộp tệp"
RECIPIENT = "so0-0"
"""Who receives the reports; the communes' people are ``xa0-0``, ``xa0-1`` …"""


def fill(scale: Scale) -> None:
    """Units, template, campaigns of one size after the other with reports in every state, one more to write up and an empty one."""
    units = Units(scale.country)
    with filling(units.tables):
        province = units.all()[0]
    communes = list(Unit.objects.filter(pk__in=province.communes).order_by("pk"))
    actor = actor_of(Person.objects.get(username=RECIPIENT), OPENED)
    recipient = Unit.objects.get(pk=province.departments[0])
    version = templates.make_template(actor=actor, owner=recipient, facts=content.template(scale), at=NOON)
    templates.issue(actor=actor, version=version)
    version.refresh_from_db()
    with _without_indexes():
        for place, size in enumerate([*scale.sizes, scale.sources]):
            campaign = _open(actor, recipient, version, communes[:size], f"Báo cáo đo tốc độ, đợt {place + 1}")
            _receive(campaign, Person.objects.get(username="xa0-0"), scale)
    _open(actor, recipient, version, communes[: scale.uploads], UPLOADS)
    counting.recount_all()
    settle()


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Millions of rows are indexed afterwards, in a third of the time."""
    if connection.in_atomic_block:  # a test's database is small, and takes no such orders
        yield
        return
    with connection.schema_editor() as editor:
        for index in Value._meta.indexes:
            editor.remove_index(Value, index)
    yield
    with connection.schema_editor() as editor:
        for index in Value._meta.indexes:
            editor.add_index(Value, index)


def _open(actor: Actor, recipient: Unit, version: TemplateVersion, units: Sequence[Unit], title: str) -> Campaign:
    group = GroupFacts("UBND các xã, phường", version, units)
    facts = CampaignFacts(title, recipient, "Năm 2026", DUE, [group], deadline_text="trước 16/11/2026")
    return opening.open_campaign(actor=actor, facts=facts, at=NOON)


def _receive(campaign: Campaign, person: Person, scale: Scale) -> None:
    """Everything that came in, up to the day."""
    passages, events = _after(Table(Passage)), _after(Table(ReturnEvent))
    sections = list(Section.objects.filter(version__campaign_groups__campaign=campaign).order_by("position"))
    with filling([passages, events]):
        for report in campaign.returns.select_related("unit").order_by("pk"):
            state = content.state_of(report.pk)
            received = OPENED + timedelta(days=report.pk % 45) if state in _RECEIVED else None
            _stand(report, state, received)
            _events(events, report.pk, state, received, person)
            _texts(passages, report, sections, state, person)
        years = " UNION ALL ".join(f"SELECT '{year}' AS code, {year} AS number" for year in range(2026 - scale.years, 2026))
        with connection.cursor() as cursor:
            cursor.execute(
                content.VALUES.replace("{years}", years), [passages.prepared("changed_at", NOON), person.pk, campaign.pk]
            )


_RECEIVED = (ReturnState.ACCEPTED, ReturnState.RECEIVED, ReturnState.RETURNED)


def _after(table: Table) -> Table:
    """Keys go on from those that there are."""
    table.count = table.model.objects.aggregate(last=Max("pk"))["last"] or 0  # type: ignore[attr-defined] # ours have one
    return table


def _stand(report: Return, state: ReturnState, received: date | None) -> None:
    accepted = received if state == ReturnState.ACCEPTED else None
    Return.objects.filter(pk=report.pk).update(
        state=state, first_received_on=received, received_on=received, accepted_on=accepted, filled=report.asked,
        hand_in_by=TODAY if state == ReturnState.RETURNED else None, sent_filled=report.asked if received else 0,
    )  # fmt: skip


def _events(table: Table, report: int, state: ReturnState, received: date | None, person: Person) -> None:
    kinds = [ReturnEventKind.SUBMITTED] if received else []
    kinds += {
        ReturnState.ACCEPTED: [ReturnEventKind.ACCEPTED],
        ReturnState.RETURNED: [ReturnEventKind.RETURNED],
        ReturnState.EXEMPT: [ReturnEventKind.EXEMPTED],
    }.get(state, [])
    for kind in kinds:
        table.add(
            report_id=report, kind=kind, happened_on=received or OPENED, recorded_at=table.prepared("recorded_at", NOON),
            recorded_by_id=person.pk, hand_in_by=TODAY if kind == ReturnEventKind.RETURNED else None,
        )  # fmt: skip


def _texts(table: Table, report: Return, sections: Sequence[Section], state: ReturnState, person: Person) -> None:
    for section in sections:
        text = content.said_by(report.pk, section.pk, report.unit.name)
        table.add(
            report_id=report.pk, section_id=section.pk, text=text, sent_text=text if state in _RECEIVED else "",
            accepted_text=text if state == ReturnState.ACCEPTED else "", changed_at=table.prepared("changed_at", NOON),
            changed_by_id=person.pk,
        )  # fmt: skip
