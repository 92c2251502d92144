"""Templates that a person may see, and what a version says."""

from dataclasses import fields
from typing import Any, TypeVar

from django.db.models import Prefetch, Q, QuerySet

from dondoc.reporting.models import Check, Indicator, Section, Template, TemplateVersion
from dondoc.reporting.rules.templates import (
    CheckFacts,
    ColumnFacts,
    IndicatorFacts,
    SectionFacts,
    TableFacts,
    TemplateFacts,
)
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
