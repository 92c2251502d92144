"""Templates: made from facts, copied, changed as drafts, issued. An issued version never changes."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from dondoc.common import audit
from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.enums import VersionState
from dondoc.reporting.models import Check, Indicator, Section, Table, Template, TemplateVersion
from dondoc.reporting.queries.templates import facts_of
from dondoc.reporting.rules.keeping import unkeepable
from dondoc.reporting.rules.rights import may_keep
from dondoc.reporting.rules.templates import TemplateFacts, faults_of
from dondoc.reporting.shipped import shipped
from dondoc.units.models import Unit
from dondoc.units.rules import Actor

NOT_YOURS = "Chỉ chuyên viên, lãnh đạo đơn vị giữ mẫu và Văn phòng UBND tỉnh được sửa mẫu này."


@transaction.atomic
def load_shipped(at: datetime) -> int:
    """Take over the templates of the program; what is there already stays, a changed file becomes a new version. How many new."""
    count = 0
    for facts in shipped():
        template, _ = Template.objects.get_or_create(
            province=None, code=facts.code, defaults={"title": facts.title, "for_whom": facts.for_whom}
        )
        last = template.versions.order_by("-number").first()
        if last is None or facts_of(last) != facts:
            version = _version(template, facts, at)
            TemplateVersion.objects.filter(pk=version.pk).update(state=VersionState.ISSUED, issued_on=at.date())
            template.versions.filter(state=VersionState.ISSUED).exclude(pk=version.pk).update(state=VersionState.WITHDRAWN)
            count += 1
    return count


@transaction.atomic
def make_template(*, actor: Actor, owner: Unit, facts: TemplateFacts, at: datetime) -> TemplateVersion:
    """A province's template with its first version, as a draft."""
    if not may_keep(actor, owner):
        raise NotAllowed(NOT_YOURS)
    province = owner.province or owner
    _keepable(facts)
    if Template.objects.filter(province=province, code=facts.code).exists():
        raise Refused(f"Đã có mẫu mang mã {facts.code}. Mở mẫu đó để soạn bản mới, hoặc đổi mã.", field="code")
    template = Template.objects.create(
        province=province, owner=owner, code=facts.code, title=facts.title, for_whom=facts.for_whom
    )
    version = _version(template, facts, at, actor)
    audit.record("reporting.make_template", template, actor=actor.person, unit=owner, version=version.pk)
    return version


@transaction.atomic
def next_version(*, actor: Actor, template: Template, facts: TemplateFacts, at: datetime) -> TemplateVersion:
    """A new draft after the versions that there are."""
    template = _kept(actor, template)
    if template.versions.filter(state=VersionState.DRAFT).exists():
        raise Refused("Mẫu đang có một bản soạn dở. Sửa tiếp bản đó, hoặc bỏ bản đó trước.")
    version = _version(template, facts, at, actor)
    audit.record("reporting.next_version", template, actor=actor.person, unit=template.owner, version=version.pk)
    return version


@transaction.atomic
def rewrite(*, actor: Actor, version: TemplateVersion, facts: TemplateFacts, revision: int) -> None:
    """Put ``facts`` in the place of what the draft says. ``revision``: the draft's when it was opened."""
    _kept(actor, version.template)
    held = TemplateVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if held.state != VersionState.DRAFT:
        raise Refused("Bản đang dùng không sửa được. Soạn bản mới của mẫu.")
    _keepable(facts)
    if held.revision != revision:
        raise Refused(
            "Mẫu vừa được người khác sửa. Nội dung đang gõ được giữ; xem bản hiện có rồi ghi lại nếu vẫn đúng.", field="revision"
        )
    held.sections.all().delete()
    held.tables.all().delete()
    held.checks.all().delete()
    _fill(held, facts)
    TemplateVersion.objects.filter(pk=held.pk).update(
        revision=F("revision") + 1, is_proposal=facts.is_proposal, legal_basis=facts.legal_basis
    )
    Template.objects.filter(pk=held.template_id).update(title=facts.title, for_whom=facts.for_whom)
    audit.record("reporting.rewrite_template", held, actor=actor.person, unit=version.template.owner)


@transaction.atomic
def issue(*, actor: Actor, version: TemplateVersion) -> None:
    """From now on campaigns use this version; those under way keep theirs."""
    template = _kept(actor, version.template)
    held = TemplateVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if held.state != VersionState.DRAFT:
        raise Refused("Bản này đã đưa vào dùng.")
    if faults := faults_of(facts_of(held)):
        raise Refused(" ".join(faults))
    template.versions.filter(state=VersionState.ISSUED).update(state=VersionState.WITHDRAWN)
    held.state, held.issued_on = VersionState.ISSUED, actor.on
    held.save(update_fields=["state", "issued_on"])
    audit.record("reporting.issue_template", held, actor=actor.person, unit=template.owner)


@transaction.atomic
def discard(*, actor: Actor, version: TemplateVersion) -> None:
    """Drop a draft; what was issued stays for good."""
    template = _kept(actor, version.template)
    if version.state != VersionState.DRAFT:
        raise Refused("Bản đã đưa vào dùng không bỏ được; báo cáo đã nộp theo bản này.")
    audit.record("reporting.discard_template", version, actor=actor.person, unit=template.owner)
    version.delete()
    if not template.versions.exists():
        template.delete()


def _kept(actor: Actor, template: Template) -> Template:
    """The template, locked, for those who look after it."""
    held = Template.objects.select_for_update(of=("self",)).select_related("owner").get(pk=template.pk)
    if held.owner is None or not may_keep(actor, held.owner):
        raise NotAllowed(NOT_YOURS)
    return held


def _keepable(facts: TemplateFacts) -> None:
    if faults := unkeepable(facts):
        raise Refused(" ".join(one.words for one in faults))


def _version(template: Template, facts: TemplateFacts, at: datetime, actor: Actor | None = None) -> TemplateVersion:
    top = template.versions.aggregate(top=Max("number"))["top"] or 0
    version = TemplateVersion.objects.create(
        template=template,
        number=top + 1,
        is_proposal=facts.is_proposal,
        legal_basis=facts.legal_basis,
        made_by=actor.person if actor else None,
        made_at=at,
    )
    _fill(version, facts)
    return version


def _fill(version: TemplateVersion, facts: TemplateFacts) -> None:
    Section.objects.bulk_create(
        [Section(version=version, position=place, **asdict(one)) for place, one in enumerate(facts.sections)]
    )
    Check.objects.bulk_create([Check(version=version, position=place, **asdict(one)) for place, one in enumerate(facts.checks)])
    tables = Table.objects.bulk_create(
        [
            Table(
                version=version,
                position=place,
                code=one.code,
                title=one.title,
                note=one.note,
                columns=[asdict(column) for column in one.columns],
            )
            for place, one in enumerate(facts.tables)
        ]
    )
    Indicator.objects.bulk_create(
        [
            Indicator(table=table, position=place, **asdict(row))
            for table, one in zip(tables, facts.tables, strict=True)
            for place, row in enumerate(one.indicators)
        ]
    )
