"""The recipient makes one report of all that was handed in, and edits it: an editor's words are never overwritten."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from dondoc.common import audit
from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.enums import BlockKind, VersionState
from dondoc.reporting.models import Block, Campaign, Draft, Section, TemplateVersion
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.drafts import REMOVED, all_blocks
from dondoc.reporting.queries.narratives import Told, key_of, section_codes, told_in
from dondoc.reporting.rules.charts import charted
from dondoc.reporting.rules.drafts import Made, caption, chart_caption, made_blocks
from dondoc.reporting.rules.proposing import as_report
from dondoc.reporting.rules.rights import may_run
from dondoc.reporting.rules.templates import TableFacts, TemplateFacts
from dondoc.reporting.services.recording import NOT_THE_RECIPIENT
from dondoc.units.rules import Actor

NEWER = "newer"
"""In a block's setting: the program would write something else since the editor changed its words."""

TITLE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else has changed the block since; nothing was written."""

    theirs: str
    by: str
    at: datetime | None


@transaction.atomic
def make_draft(*, actor: Actor, campaign: Campaign, at: datetime, master: TemplateVersion | None = None) -> Draft:
    """Begin the report over the master's sections; by default the template with most tables. Where there is one, it is renewed."""
    held = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if not may_run(actor, held):
        raise NotAllowed(NOT_THE_RECIPIENT)
    if known := Draft.objects.filter(campaign=held).first():
        return renew_draft(actor=actor, draft=known, at=at)
    master = master or usual_master(held)
    if master.state == VersionState.DRAFT:
        raise Refused("Mẫu đang soạn. Chọn mẫu đang dùng.", field="master")
    if not any(one.asks for one in facts(master).sections):
        raise Refused("Mẫu chưa có mục nào để viết. Chọn mẫu có đề cương.", field="master")
    draft = Draft.objects.create(campaign=held, master=master, title=as_report(held.title), made_at=at, made_by=actor.person)
    _renew(draft)
    audit.record("reporting.make_draft", draft, actor=actor.person, unit=held.recipient, master=master.pk)
    return draft


@transaction.atomic
def renew_draft(*, actor: Actor, draft: Draft, at: datetime) -> Draft:
    """Take in what has come since: blocks that nobody edited are written anew, the others keep their words beside the newer ones."""
    held = _held(actor, draft)
    _renew(held)
    Draft.objects.filter(pk=held.pk).update(made_at=at, made_by=actor.person)
    return _changed(actor, held, "reporting.renew_draft")


@transaction.atomic
def name_draft(*, actor: Actor, draft: Draft, title: str, seen: str) -> Draft:
    """The report's name as the paper prints it. ``seen``: the name when editing began; the second of two editors is told."""
    held = _held(actor, draft)
    words = " ".join(title.split())
    if not words:
        raise Refused("Ghi tên báo cáo.", field="title")
    if len(words) > TITLE_LENGTH:
        raise Refused(f"Tên báo cáo dài {len(words)} ký tự, nhiều nhất {TITLE_LENGTH}. Rút gọn lại.", field="title")
    if held.title not in {seen, words}:
        raise Refused(f"Người khác vừa đổi tên thành “{held.title}”. Xem lại rồi ghi.", field="title")
    was, held.title = held.title, words
    held.save(update_fields=["title"])
    return _changed(actor, held, "reporting.name_draft", was=was, now=words)


@transaction.atomic
def insert_told(*, actor: Actor, draft: Draft, section: str, key: str, told: str = "") -> Block:
    """Put what units say into a section. ``told``: the section under which they wrote it, where it is another one."""
    held = _held(actor, draft)
    codes = section_codes(held.campaign, held.master)
    found = next((one for one in told_in(held.campaign, codes, told or section) if one.key == key), None)
    if found is None:
        raise Refused("Các đơn vị vừa sửa nội dung này. Tải lại trang rồi chèn đoạn đang có.")
    block = _add(held, section, BlockKind.PASSAGE, found.text, {"texts": sorted(found.texts), "told": told or section})
    block.sources.set(found.passages)
    _changed(actor, held, "reporting.insert_told", block=block.pk)
    return block


@transaction.atomic
def add_text(*, actor: Actor, draft: Draft, section: str, text: str, at: datetime) -> Block:
    """A paragraph of the editor's own; figures may stand in it as fields."""
    held = _held(actor, draft)
    if not text.strip():
        raise Refused("Ghi nội dung của đoạn.", field="text")
    block = _add(held, section, BlockKind.OWN, "", {})
    block.text, block.edited_at, block.edited_by = text.strip(), at, actor.person
    block.save(update_fields=["text", "edited_at", "edited_by"])
    _changed(actor, held, "reporting.add_text", block=block.pk)
    return block


@transaction.atomic
def add_table(*, actor: Actor, draft: Draft, section: str, table: str, at: datetime) -> Block:
    """One of the campaign's tables, with its figures as they stand."""
    held = _held(actor, draft)
    found = next((one for _, one in _tables(held.campaign) if one.code == table), None)
    if found is None:
        raise Refused("Đợt báo cáo không có biểu này. Chọn biểu trong danh sách.", field="table")
    block = _add(held, section, BlockKind.TABLE, caption(found), {"table": table, "added_at": at.isoformat()})
    _changed(actor, held, "reporting.add_table", block=block.pk)
    return block


@transaction.atomic
def add_chart(*, actor: Actor, draft: Draft, section: str, table: str, code: str, at: datetime) -> Block:
    """One indicator of the campaign drawn, with its figures as they stand."""
    held = _held(actor, draft)
    tables = ((name, one) for name, one in _tables(held.campaign) if one.code == table)
    found = next(((name, one) for name, some in tables for one in charted(some) if one.code == code), None)
    if found is None:
        raise Refused("Đợt báo cáo không có chỉ tiêu này để vẽ. Chọn chỉ tiêu trong danh sách.", field="code")
    name, one = found
    setting: dict[str, object] = {"table": table, "code": code, "added_at": at.isoformat()}
    block = _add(held, section, BlockKind.CHART, chart_caption(one, name), setting)
    _changed(actor, held, "reporting.add_chart", block=block.pk)
    return block


@transaction.atomic
def edit_block(*, actor: Actor, block: Block, text: str, seen: str, at: datetime) -> Block | Clash:
    """Write a block's words. ``seen``: :func:`seen_of` the block when editing began; the second of two editors is told."""
    draft, held = _held_block(actor, block)
    if seen != seen_of(held) and held.text != text.strip():
        return Clash(held.text, held.edited_by.full_name if held.edited_by else "", held.edited_at)
    if not text.strip():
        raise Refused("Đoạn không được để trống. Ghi nội dung, hoặc bỏ đoạn khỏi dự thảo.", field="text")
    held.text = text.strip()
    own = held.kind == BlockKind.OWN or held.text != held.made_text
    held.edited_at, held.edited_by = (at, actor.person) if own else (None, None)
    held.setting.pop(NEWER, None)
    held.save(update_fields=["text", "edited_at", "edited_by", "setting"])
    _changed(actor, draft, "reporting.edit_block", block=held.pk)
    return held


def seen_of(block: Block) -> str:
    """What tells whether a block's words have changed."""
    return key_of(block.text)


@transaction.atomic
def keep_words(*, actor: Actor, block: Block) -> None:
    """The editor has seen what the program would write by now, and keeps the own words."""
    draft, held = _held_block(actor, block)
    if held.setting.pop(NEWER, None):
        held.save(update_fields=["setting"])
        _changed(actor, draft, "reporting.keep_words", block=held.pk)


@transaction.atomic
def move_block(*, actor: Actor, block: Block, up: bool) -> None:
    """One place up or down within its section; at its edge nothing happens."""
    draft, held = _held_block(actor, block)
    shown = [one for one in all_blocks(draft) if one.section_id == held.section_id and REMOVED not in one.setting]
    place = [one.pk for one in shown].index(held.pk) if held.pk in {one.pk for one in shown} else -1
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(shown):
        return
    neighbour = shown[other]
    held.position, neighbour.position = neighbour.position, held.position
    Block.objects.bulk_update([held, neighbour], ["position"])
    _changed(actor, draft, "reporting.move_block", block=held.pk)


@transaction.atomic
def remove_block(*, actor: Actor, block: Block) -> None:
    """Take it out; it stays out when the draft is made anew, and can be put back."""
    draft, held = _held_block(actor, block)
    held.setting[REMOVED] = True
    held.save(update_fields=["setting"])
    _changed(actor, draft, "reporting.remove_block", block=held.pk)


@transaction.atomic
def restore_block(*, actor: Actor, block: Block) -> None:
    draft, held = _held_block(actor, block)
    held.setting.pop(REMOVED, None)
    held.save(update_fields=["setting"])
    _changed(actor, draft, "reporting.restore_block", block=held.pk)


def usual_master(campaign: Campaign) -> TemplateVersion:
    """The template of the group with most tables, of equals the first."""
    groups = list(campaign.groups.select_related("template__template"))
    if not groups:
        raise Refused("Đợt báo cáo chưa có nhóm đơn vị nào.")
    return max(groups, key=lambda group: len(facts(group.template).tables)).template


def _sources(campaign: Campaign) -> list[tuple[str, TemplateFacts]]:
    """Who reports, on what: the groups that fill in one template are named together."""
    names: dict[int, list[str]] = {}
    what = {}
    for group in campaign.groups.select_related("template__template"):
        names.setdefault(group.template_id, []).append(group.name)
        what[group.template_id] = facts(group.template)
    return [(", ".join(some), what[pk]) for pk, some in names.items()]


def _tables(campaign: Campaign) -> list[tuple[str, TableFacts]]:
    """Who fills it in, and the table; of two with one code the first is meant."""
    return [(name, table) for name, what in _sources(campaign) for table in what.tables]


def _held(actor: Actor, draft: Draft) -> Draft:
    """The draft, locked, for those who consolidate: changes come one after the other."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related("campaign__recipient", "master__template")
    held = rows.get(pk=draft.pk)
    if not may_run(actor, held.campaign):
        raise NotAllowed(NOT_THE_RECIPIENT)
    return held


def _held_block(actor: Actor, block: Block) -> tuple[Draft, Block]:
    draft = _held(actor, block.draft)
    return draft, Block.objects.select_related("edited_by").get(pk=block.pk)


def _changed(actor: Actor, draft: Draft, verb: str, **details: Any) -> Draft:
    Draft.objects.filter(pk=draft.pk).update(revision=F("revision") + 1)
    draft.refresh_from_db(fields=["revision", "made_at", "made_by"])
    audit.record(verb, draft, actor=actor.person, unit=draft.campaign.recipient, **details)
    return draft


def _add(draft: Draft, code: str, kind: BlockKind, text: str, setting: dict[str, object]) -> Block:
    """At the end of a section."""
    section = Section.objects.filter(version=draft.master, code=code).first()
    if section is None:
        raise Refused("Dự thảo không có mục này. Tải lại trang.")
    block = Block.objects.create(
        draft=draft, section=section, position=draft.blocks.count() + 1, kind=kind, text=text, made_text=text, setting=setting
    )
    _number(draft)
    return block


def _number(draft: Draft) -> None:
    """Positions over the whole paper, section by section."""
    moved = []
    for place, block in enumerate(Block.objects.filter(draft=draft).order_by("section__position", "position", "pk"), start=1):
        if block.position != place:
            block.position = place
            moved.append(block)
    Block.objects.bulk_update(moved, ["position"], batch_size=500)


def _renew(draft: Draft) -> None:
    _renew_made(draft)
    _renew_told(draft)
    _number(draft)


def _renew_made(draft: Draft) -> None:
    """Figures, tables and charts: those that are there are written anew, new ones come behind the one that is made before them."""
    present = {_made_key(block): block for block in Block.objects.filter(draft=draft) if "made" in block.setting}
    sections = dict(Section.objects.filter(version=draft.master).values_list("code", "pk"))
    new = []
    behind: dict[str, int] = {}
    for one in _made(draft):
        block = present.get((one.kind, one.table, one.band, one.code))
        if block:
            _write(block, one.text)
            behind[one.section] = block.position
        else:
            setting = {"made": True, "table": one.table, "band": one.band, "code": one.code}
            fresh = {"text": one.text, "made_text": one.text, "position": behind.get(one.section, 0), "setting": setting}
            new.append(Block(draft=draft, section_id=sections[one.section], kind=one.kind, **fresh))
    Block.objects.bulk_update(present.values(), ["text", "made_text", "setting"], batch_size=500)
    Block.objects.bulk_create(new, batch_size=500)


def _made_key(block: Block) -> tuple[str, str, str, str]:
    setting = block.setting
    return block.kind, setting.get("table", ""), setting.get("band", ""), setting.get("code", "")


def _made(draft: Draft) -> list[Made]:
    return list(made_blocks(facts(draft.master).sections, _sources(draft.campaign), draft.campaign.period_name))


def _renew_told(draft: Draft) -> None:
    """Passages: who else says so by now, and in which words most do."""
    blocks = list(Block.objects.filter(draft=draft, kind=BlockKind.PASSAGE))
    if not blocks:
        return
    codes = section_codes(draft.campaign, draft.master)
    told = {code: told_in(draft.campaign, codes, code) for code in {block.setting.get("told", "") for block in blocks}}
    cited: set[tuple[int, int]] = set()
    for block in blocks:
        found = _same(block, told[block.setting.get("told", "")])
        if found:
            block.setting["texts"] = sorted(found.texts)
            _write(block, found.text)
            cited |= {(block.pk, passage) for passage in found.passages}
    Block.objects.bulk_update(blocks, ["text", "made_text", "setting"], batch_size=500)
    _cite(blocks, cited)


def _cite(blocks: list[Block], cited: set[tuple[int, int]]) -> None:
    """Which passages the blocks are made of: number of a block, number of a passage."""
    sources: Any = Block.sources.through
    held = {
        (block, passage): pk
        for pk, block, passage in sources.objects.filter(block__in=blocks).values_list("pk", "block", "passage")
    }
    sources.objects.filter(pk__in=[pk for pair, pk in held.items() if pair not in cited]).delete()
    new = [sources(block_id=block, passage_id=passage) for block, passage in sorted(cited - held.keys())]
    sources.objects.bulk_create(new, batch_size=500)


def _same(block: Block, told: list[Told]) -> Told | None:
    """What shares most words with what the block was made of, passage by passage."""
    texts = set(block.setting.get("texts", ()))
    best = max(told, key=lambda one: len(one.texts & texts), default=None)
    return best if best and best.texts & texts else None


def _write(block: Block, text: str) -> None:
    """The program's words; an editor's stay beside them."""
    if block.text == block.made_text:
        block.text = text
    elif block.made_text != text:
        block.setting[NEWER] = True
    block.made_text = text
