"""Templates that a person may see, and what a version says."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.db.models import Prefetch, Q, QuerySet

from dondoc.reporting.enums import VersionState
from dondoc.reporting.models import Campaign, CampaignGroup, Check, Indicator, Section, Template, TemplateVersion
from dondoc.reporting.queries.visible import visible_campaigns
from dondoc.reporting.rules.rights import may_keep
from dondoc.reporting.rules.templates import (
    CheckFacts,
    ColumnFacts,
    IndicatorFacts,
    SectionFacts,
    TableFacts,
    TemplateFacts,
)
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

Facts = TypeVar("Facts", SectionFacts, IndicatorFacts, CheckFacts)


def visible_templates(actor: Actor) -> QuerySet[Template]:
    """Those of the actor's provinces and those that come with the program."""
    return Template.objects.filter(Q(province__isnull=True) | Q(province__in=actor.province_ids))


def visible_versions(actor: Actor) -> QuerySet[TemplateVersion]:
    return TemplateVersion.objects.filter(template__in=visible_templates(actor).values("pk")).select_related("template__owner")


def with_content(versions: QuerySet[TemplateVersion]) -> QuerySet[TemplateVersion]:
    """Sections, tables with their indicators, and checks, in four queries."""
    return versions.prefetch_related("sections", "checks", Prefetch("tables__indicators", queryset=Indicator.objects.all()))


def facts_of(version: TemplateVersion) -> TemplateFacts:
    """The version as a file says it."""
    return TemplateFacts(
        code=version.template.code,
        title=version.template.title,
        for_whom=version.template.for_whom,
        is_proposal=version.is_proposal,
        legal_basis=version.legal_basis,
        sections=tuple(_facts(SectionFacts, one) for one in version.sections.all()),
        tables=tuple(
            TableFacts(
                code=table.code,
                title=table.title,
                note=table.note,
                columns=tuple(ColumnFacts(**column) for column in table.columns),
                indicators=tuple(_facts(IndicatorFacts, one) for one in table.indicators.all()),
            )
            for table in version.tables.all()
        ),
        checks=tuple(_facts(CheckFacts, one) for one in version.checks.all()),
    )


def _facts(kind: type[Facts], row: Section | Indicator | Check) -> Facts:
    values: dict[str, Any] = {one.name: getattr(row, one.name) for one in fields(kind)}
    return kind(**values)


@dataclass(frozen=True, slots=True)
class Kept:
    """A template as the list shows it. ``used``: by how many of the campaigns that the actor may see."""

    template: Template
    versions: Sequence[TemplateVersion]
    used: int

    @property
    def shown(self) -> TemplateVersion:
        """The one in use, else the newest."""
        return next((one for one in self.versions if one.state == VersionState.ISSUED), self.versions[0])

    @property
    def draft(self) -> TemplateVersion | None:
        return next((one for one in self.versions if one.state == VersionState.DRAFT), None)


def listed_templates(actor: Actor) -> list[Kept]:
    """Those that the actor may see, by title; the province's own before those that come with the program."""
    used: dict[int, set[int]] = {}
    for template, campaign in campaigns_of(actor).values_list("template__template_id", "campaign_id"):
        used.setdefault(template, set()).add(campaign)
    rows = visible_templates(actor).select_related("owner").prefetch_related("versions")
    ordered = sorted(rows.order_by("title", "pk"), key=lambda one: one.province_id is None)
    return [Kept(one, versions, len(used.get(one.pk, ()))) for one in ordered if (versions := list(one.versions.all()))]


def campaigns_of(actor: Actor) -> QuerySet[CampaignGroup]:
    """The groups of the campaigns that the actor may see, each with the version that its units fill in."""
    return CampaignGroup.objects.filter(campaign__in=visible_campaigns(actor).values("pk"))


def uses_of(actor: Actor, version: TemplateVersion) -> list[Campaign]:
    """The campaigns that use this version, the newest first."""
    groups = campaigns_of(actor).filter(template=version).values("campaign")
    return list(Campaign.objects.filter(pk__in=groups).select_related("recipient").order_by("-pk"))


def possible_owners(actor: Actor) -> QuerySet[Unit]:
    """The actor's own units whose templates they may look after."""
    units = Unit.objects.filter(pk__in=actor.unit_ids)
    return units.filter(pk__in=[one.pk for one in units if may_keep(actor, one)]).order_by("name")
