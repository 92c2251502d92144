"""Plan 208/KH-UBND played through: the plan is read, Sở Y tế opens the final review, eighty units report each in their way.

The people work on the pages. What a unit hands in is made with known totals (:mod:`tests.dondoc.scenarios.returns`).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from dondoc.common import clock
from dondoc.documents import services as documents
from dondoc.documents.enums import ItemKind
from dondoc.documents.models import Document
from dondoc.programmes.models import Duty, Programme
from dondoc.programmes.services import open_programme
from dondoc.reporting.enums import BlockKind
from dondoc.reporting.models import Block, Campaign, Draft, Return, Value
from dondoc.reporting.paper import paper_of
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.mine import with_all
from dondoc.reporting.queries.totals import totals_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.rules.templates import TemplateFacts
from dondoc.reporting.services import reviewing
from dondoc.reporting.services.drafting import seen_of
from dondoc.reporting.unit_files import contents, excel
from dondoc.units.access import actor_of
from dondoc.units.enums import Role, UnitKind
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import answer
from tests.dondoc.scenarios.files import in_excel, in_word, typed
from tests.dondoc.scenarios.returns import Totals, UnitReturn, made, totals
from tests.shared import SHARED

GIVEN, OPENED, LAST_GOOD = date(2025, 8, 7), date(2025, 8, 11), date(2025, 9, 9)
REVIEWED, DRAFTED, RENEWED = date(2025, 9, 12), date(2025, 9, 16), date(2025, 9, 18)
AGAIN_BY, RECEIVED_ON_PAPER = date(2025, 9, 15), date(2025, 9, 8)
ON_THE_PAGE = 5
MENDED = Decimal(41)
ASKED_OF_ONE = "B.11"
"""News items: a matter of one agency alone, which never reports."""
AGENCIES = (
    "cat", "sct", "sdttg", "sgddt", "skhcn", "snv", "snnmt", "stc", "stp", "svhttdl", "sxd", "bao-dai", "hlhpn", "mttq-tinh",
    "tinh-doan",
)  # fmt: skip

# Who among the 65 communes, by the order of their codes, and among the 15 agencies, by their names above.
RETURNED_IN_TIME, RETURNED_LATE, RETURNED_FOR_GOOD = 3, 4, 5
TYPES_WORDS, BREAKS_A_CHECK = 8, 9
OFFERS_ANOTHERS_FILE, OFFERS_AN_OLD_VERSION, TYPES_WORDS_IN_EXCEL = 25, 27, 28
FIRST_EXCEL, FIRST_WORD, UNREVIEWED = 25, 45, (57, 58, 59)
ONE_DAY_LATE, TWO_DAYS_LATE, ON_PAPER, AFTER_THE_DRAFT, NEVER = 60, 61, 62, 63, 64
AGENCIES_EXCEL, AGENCIES_WORD, EXEMPT_AGENCY, SILENT_AGENCY = 5, 10, 13, 14


def noon(day: date) -> datetime:
    return datetime.combine(day, NOON.timetz())


def on(day: date) -> AbstractContextManager[Any]:
    return time_machine.travel(noon(day), tick=False)


@dataclass
class Reporter:
    """A unit that has to report. ``content``: what it handed in last; ``…_seen``: what its page showed when it was last saved."""

    number: int
    person: Person
    report: Return
    content: UnitReturn
    cells_seen: dict[Place, str] = field(default_factory=dict)
    texts_seen: dict[str, int] = field(default_factory=dict)

    @property
    def client(self) -> Client:
        client = Client()
        client.force_login(self.person)
        return client

    @property
    def address(self) -> str:
        return f"/bao-cao/{self.report.pk}/"

    @property
    def facts(self) -> TemplateFacts:
        return facts(self.report.group.template)

    @property
    def name(self) -> str:
        return self.report.unit.name


@dataclass
class Play:
    """Who acts, and what came of it. ``seen``: what was looked at on the way, for the tests to judge."""

    programme: Programme
    health: Person
    campaign: Campaign
    communes: list[Reporter] = field(default_factory=list)
    agencies: list[Reporter] = field(default_factory=list)
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def desk(self) -> Client:
        """Sở Y tế at its pages."""
        client = Client()
        client.force_login(self.health)
        return client

    @property
    def address(self) -> str:
        return f"/bao-cao/dot/{self.campaign.pk}/"

    def actor(self, day: date) -> Actor:
        return actor_of(self.health, day)

    def totals(self, reporters: Iterable[Reporter], *, but: Iterable[int] = ()) -> Totals:
        """What those reporters come to whose numbers are not among ``but``."""
        held = list(reporters)
        return totals(held[0].facts, [one.content for one in held if one.number not in set(but)])


# --- the plan --------------------------------------------------------------------------------------------------------


def read_the_plan() -> tuple[Programme, Person]:
    """The text of the plan is handed in, read, given its number and day, confirmed; the programme is opened, led by Sở Y tế."""
    province = lang_son()
    office, department = (Unit.objects.get(province=province, lexicon_id=key) for key in ("vp-ubnd", "syt"))
    writer = person_in(office, Role.PROVINCIAL_OFFICE, username="vanphong", full_name="Vũ Thị Văn Phòng")
    health = person_in(department, username="soyte", full_name="Nguyễn Thị Y")
    with on(GIVEN):
        actor = actor_of(writer, GIVEN)
        document = confirmed("lang-son-208-kh-ubnd.draft.txt", actor, office, code="208/KH-UBND", date=GIVEN.isoformat())
        programme = open_programme(actor, document, at=noon(GIVEN), lead_unit=department)
    return programme, health


class _Nowhere:
    def write(self, text: str) -> None:
        """Commands tell what they did."""


def lang_son() -> Unit:
    """The province with its agencies and communes, and the templates that come with the program."""
    for command in (("load_units", "20"), ("load_agencies", "20"), ("load_templates",)):
        call_command(*command, stdout=_Nowhere())
    return Unit.objects.get(code="20", kind=UnitKind.PROVINCE)


def confirmed(name: str, actor: Actor, unit: Unit, **fields: str) -> Document:
    """A text beside the project: read, with these particulars, all its tasks and duties confirmed."""
    assert SHARED is not None
    at = noon(actor.on)
    upload = SimpleUploadedFile("van-ban.txt", (SHARED / "seeds" / name).read_bytes(), "text/plain")
    document = documents.hand_in(actor=actor, unit=unit, upload=upload, at=at, fallback_date=actor.on).document
    documents.read(document_id=document.pk)
    for field_name, value in fields.items():
        documents.set_field(actor=actor, document=document, field=field_name, value=value, at=at)
    for item in document.items.filter(kind__in=(ItemKind.TASK, ItemKind.DUTY)):
        documents.accept(actor=actor, item=item, at=at)
    document.refresh_from_db()
    return document


# --- the campaign ----------------------------------------------------------------------------------------------------


def open_the_campaign(programme: Programme, health: Person) -> Play:
    """From the duty in two clicks; only the fifteen agencies are picked."""
    desk = Client()
    desk.force_login(health)
    with on(OPENED):
        tab = desk.get(f"/chuong-trinh/{programme.pk}/bao-cao/").content.decode()
        duty = Duty.objects.get(programme=programme, text__startswith="UBND các xã, phường")
        address = f"/bao-cao/dot/mo/{duty.pk}/"
        sent = answer(desk, address)
        picked = Unit.objects.filter(province=programme.province, lexicon_id__in=AGENCIES, valid_to=None)
        open_group = next(name.removesuffix("-template") for name in sent if name.endswith("-template"))
        response = desk.post(address, sent | {f"{open_group}-units": list(picked.values_list("pk", flat=True))})
    play = Play(programme, health, Campaign.objects.get(task=None))
    play.seen |= {"tab": tab, "way": address, "opened": response, "proposed": sent}
    _people(play)
    return play


def _people(play: Play) -> None:
    """A clerk in each unit, and what each will report."""
    for group in play.campaign.groups.select_related("template__template"):
        reports = list(group.returns.select_related("campaign__recipient", "group__template__template", "unit"))
        are_communes = reports[0].unit.kind == UnitKind.COMMUNE
        order = (lambda one: one.unit.code) if are_communes else (lambda one: AGENCIES.index(one.unit.lexicon_id))
        contents = made(facts(group.template), len(reports), seed=group.template.template.code)
        reporters = [
            Reporter(number, person_in(report.unit, Role.CLERK, username=f"don-vi-{report.unit_id}"), report, contents[number])
            for number, report in enumerate(sorted(reports, key=order))
        ]
        if are_communes:
            play.communes = reporters
        else:
            play.agencies = [replace(one, content=without(one.content, ASKED_OF_ONE)) for one in reporters]


def without(content: UnitReturn, code: str) -> UnitReturn:
    """An indicator is not asked of the unit."""
    odd = {place: Cell(nothing="not_applicable") for place in content.cells if place.code == code}
    return replace(content, cells=content.cells | odd)


# --- the ways to report ----------------------------------------------------------------------------------------------


def type_in(one: Reporter, cells: Mapping[Place, str] | None = None, texts: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the page sends by itself: cells and texts that were typed; usually all."""
    cells = {place: typed(cell) for place, cell in one.content.cells.items()} if cells is None else cells
    texts = one.content.texts if texts is None else texts
    body = {
        "cells": [
            {"place": ":".join(place), "typed": words, "why": "", "seen": one.cells_seen.get(place, "|")}
            for place, words in cells.items()
        ],
        "texts": [{"section": code, "text": text, "seen": one.texts_seen.get(code, 0)} for code, text in texts.items()],
    }
    response = one.client.post(f"{one.address}luu/", json.dumps(body), content_type="application/json")
    assert response.status_code == 200, response.content.decode()
    said: dict[str, Any] = response.json()
    one.cells_seen |= {Place(*name.split(":")): seen for name, seen in said["saved"].items()}
    one.texts_seen |= said["texts"]
    return said


def submit(one: Reporter) -> str:
    """What the page says then."""
    return one.client.post(f"{one.address}nop/", {"token": str(uuid4())}, follow=True).content.decode()


def submitted(one: Reporter) -> bool:
    """Handed in: the way leads to the receipt, which is not opened each time."""
    answer = one.client.post(f"{one.address}nop/", {"token": str(uuid4())})
    return answer.headers.get("Location") == f"{one.address}bien-nhan/"


def by_page(one: Reporter) -> None:
    said = type_in(one)
    assert (said["unsaved"], said["text_clashes"]) == ({}, {})
    assert submitted(one)


def form_of(one: Reporter, ending: str, client: Client | None = None) -> bytes:
    """The unit's own form, as it is downloaded: by a person of the unit, or by ``client``."""
    return b"".join((client or one.client).get(f"{one.address}mau-{ending}/").streaming_content)


def upload(client: Client, address: str, data: bytes, ending: str, **said: str) -> Any:
    return client.post(f"{address}nop-tep/", {"upload": SimpleUploadedFile(f"bao-cao.{ending}", data), **said})


def by_file(one: Reporter, ending: str) -> None:
    """The form is downloaded, filled in, chosen again, and handed in."""
    data = form_of(one, ending)
    filled = in_excel(data, one.facts, one.content) if ending == "xlsx" else in_word(data, one.content)
    assert upload(one.client, one.address, filled, ending).headers["Location"] == f"{one.address}kiem-tra/"
    assert submitted(one)


def by_paper(play: Play, one: Reporter) -> None:
    """Sở Y tế copies a signed paper that came four days ago into the unit's form."""
    filled = in_excel(form_of(one, "xlsx", play.desk), one.facts, one.content)
    upload(play.desk, one.address, filled, "xlsx", received_on=f"{RECEIVED_ON_PAPER:%d/%m/%Y}")


def types_words(play: Play, one: Reporter) -> None:
    play.seen["words"] = type_in(one, {Place("A.01", "2025"): "mười hai", Place("A.02", "2025"): "4"}, {})
    one.cells_seen.clear()
    one.cells_seen[Place("A.02", "2025")] = "4|"
    by_page(one)


def breaks_a_check(play: Play, one: Reporter) -> None:
    """More places inspected than there are; then mended."""
    type_in(one)
    type_in(one, {Place("C.01", "2025"): "5", Place("C.02", "2025"): "9"}, {})
    play.seen["check"] = submit(one)
    one.report.refresh_from_db()
    play.seen["state after check"] = one.report.state
    by_page(one)


def offers_anothers_file(play: Play, one: Reporter) -> None:
    other = play.communes[one.number + 1]
    data = in_excel(form_of(other, "xlsx"), other.facts, other.content)
    play.seen["another's file"] = upload(one.client, one.address, data, "xlsx")
    by_file(one, "xlsx")


def offers_an_old_version(play: Play, one: Reporter) -> None:
    """The form as last year's version of the template made it."""
    made_ = contents.form_of(with_all(Return.objects.all()).get(pk=one.report.pk), clock.today(), clock.now())
    old = replace(made_, stamp=replace(made_.stamp, version=0))
    play.seen["an old version"] = upload(one.client, one.address, in_excel(excel.to_xlsx(old), one.facts, one.content), "xlsx")
    by_file(one, "xlsx")


def types_words_in_excel(play: Play, one: Reporter) -> None:
    data = in_excel(form_of(one, "xlsx"), one.facts, one.content, A01_2025="mười hai")
    play.seen["words in Excel"] = upload(one.client, one.address, data, "xlsx")
    play.seen["cells after words in Excel"] = Value.objects.filter(report=one.report).count()
    by_file(one, "xlsx")


# --- the weeks of reporting ------------------------------------------------------------------------------------------


def report(play: Play) -> None:
    """Until the last good day; then the late ones, one a day."""
    for one in [*play.communes[:ONE_DAY_LATE], *play.agencies[:EXEMPT_AGENCY]]:
        with on(LAST_GOOD - timedelta(days=(ONE_DAY_LATE - one.number - 1) // 4)):
            hand_in(play, one)
    with on(LAST_GOOD):
        exempt(play, play.agencies[EXEMPT_AGENCY])
        type_in(play.communes[NEVER], {Place("A.01", "2025"): "999"}, {"I": "Đang soạn."})
    look(play, LAST_GOOD, "communes", "agencies")
    for number, day in ((ONE_DAY_LATE, LAST_GOOD + timedelta(days=1)), (TWO_DAYS_LATE, LAST_GOOD + timedelta(days=2))):
        with on(day):
            hand_in(play, play.communes[number])
        look(play, day)


def hand_in(play: Play, one: Reporter) -> None:
    """In the unit's own way."""
    is_commune = one.report.unit.kind == UnitKind.COMMUNE
    first_excel, first_word = (FIRST_EXCEL, FIRST_WORD) if is_commune else (AGENCIES_EXCEL, AGENCIES_WORD)
    if is_commune and one.number in _ODD:
        _ODD[one.number](play, one)
    elif one.number < first_excel:
        by_page(one)
    else:
        by_file(one, "xlsx" if one.number < first_word else "docx")


_ODD: dict[int, Callable[[Play, Reporter], None]] = {
    TYPES_WORDS: types_words,
    BREAKS_A_CHECK: breaks_a_check,
    OFFERS_ANOTHERS_FILE: offers_anothers_file,
    OFFERS_AN_OLD_VERSION: offers_an_old_version,
    TYPES_WORDS_IN_EXCEL: types_words_in_excel,
}


def exempt(play: Play, one: Reporter) -> None:
    said = {"mien-report": one.report.pk, "mien-reason": "Không được giao nhiệm vụ của Chương trình"}
    assert play.desk.post(f"{play.address}quan-ly/mien/", said).status_code == 302


def look(play: Play, day: date, *groups: str) -> None:
    """What the page of following shows of the communes, or of these groups."""
    with on(day):
        for name in groups or ("communes",):
            reporters = play.communes if name == "communes" else play.agencies
            page = play.desk.get(play.address, {"nhom": reporters[0].report.group_id})
            play.seen[f"{name} {day}"] = (page.context["counts"], page.context["matrix"])


# --- review ----------------------------------------------------------------------------------------------------------


def review(play: Play) -> None:
    """The paper is entered; three are returned, one of them for good; the others are accepted but for three that wait."""
    with on(REVIEWED):
        by_paper(play, play.communes[ON_PAPER])
        play.seen["before"] = figures(play)
        for number in (RETURNED_IN_TIME, RETURNED_LATE, RETURNED_FOR_GOOD):
            give_back(play, play.communes[number])
        waiting = {RETURNED_IN_TIME, RETURNED_LATE, RETURNED_FOR_GOOD, *UNREVIEWED, AFTER_THE_DRAFT, NEVER}
        for one in [*play.agencies[:EXEMPT_AGENCY], *(one for one in play.communes if one.number not in waiting)]:
            accept(play, one)
    look(play, REVIEWED)
    for number, day in ((RETURNED_IN_TIME, AGAIN_BY), (RETURNED_LATE, AGAIN_BY + timedelta(days=1))):
        look(play, day)
        with on(day):
            mend(play.communes[number])
            play.seen[f"changes {number}"] = play.desk.get(
                f"{play.address}duyet/{play.communes[number].report.pk}/", {"xem": "thay-doi"}
            ).content.decode()
            accept(play, play.communes[number])


def act(play: Play, one: Reporter, what: str, **said: str) -> None:
    """What was refused, the tests see in what came of it: the way leads back to the review either way."""
    address = f"{play.address}duyet/{one.report.pk}/"
    assert play.desk.post(f"{address}{what}/", said).headers["Location"] == address


def accept(play: Play, one: Reporter) -> None:
    """The first on the page, the others as the page does it."""
    if one.number < ON_THE_PAGE:
        act(play, one, "duyet")
    else:
        day = clock.today()
        reviewing.accept(actor=play.actor(day), report=one.report, at=clock.now(), happened_on=day)


def give_back(play: Play, one: Reporter) -> None:
    act(play, one, "y-kien", where="o:A.01:2025", code="inconsistent", text="Số văn bản không khớp với sổ văn bản đi")
    said = {"code": "inconsistent", "text": "Đối chiếu lại số văn bản, cuộc họp", "hand_in_by": f"{AGAIN_BY:%d/%m/%Y}"}
    act(play, one, "tra-lai", **said)


def mend(one: Reporter) -> None:
    """Two figures and a text are others; it is handed in again."""
    changed = {Place("A.01", "2025"): Cell(number=MENDED), Place("A.02", "2025"): Cell(number=MENDED)}
    texts = {"VI.2": "Đã rà soát lại toàn bộ số liệu."}
    one.content = replace(one.content, cells=one.content.cells | changed, texts=one.content.texts | texts)
    type_in(one, {place: typed(cell) for place, cell in changed.items()}, texts)
    assert submitted(one)


def figures(play: Play) -> dict[str, Any]:
    """The totals as the program has them, by group."""
    groups = {"communes": play.communes[0].report.group, "agencies": play.agencies[0].report.group}
    return {name: totals_of(group) for name, group in groups.items()}


# --- the province's report -------------------------------------------------------------------------------------------

OWN_WORDS = "Toàn tỉnh đã kiểm tra {{2A:C.02:2025}} cơ sở; đề nghị giữ nhịp kiểm tra này."


def consolidate(play: Play) -> None:
    """The draft is made, a passage is taken in and a paragraph reworded; a late return comes, and the draft takes it in."""
    with on(DRAFTED):
        desk = play.desk
        desk.post(f"{play.address}tong-hop/lap/")
        page = desk.get(f"{play.address}tong-hop/", {"muc": "VI.2"})
        play.seen |= {"section": page.content.decode(), "told": page.context["told"]}
        said = {"muc": "VI.2", "key": play.seen["told"][0].key}
        desk.post(f"{play.address}tong-hop/them/doan-cua-don-vi/", said)
        reword(play)
        play.seen["first paper"] = paper(play, DRAFTED)
    with on(DRAFTED + timedelta(days=1)):
        hand_in(play, play.communes[AFTER_THE_DRAFT])
        accept(play, play.communes[AFTER_THE_DRAFT])
    with on(RENEWED):
        play.desk.post(f"{play.address}tong-hop/lay-so-moi/")
        play.seen["paper"] = paper(play, RENEWED)
    look(play, RENEWED, "communes", "agencies")


def reword(play: Play) -> None:
    """The editor writes over what the program made of the inspected places."""
    block = Block.objects.get(draft__campaign=play.campaign, kind=BlockKind.FIGURES, text__contains="{{2A:C.02:")
    said = {"muc": block.section.code, "text": OWN_WORDS, "seen": seen_of(block)}
    play.seen["reworded"] = block.pk
    assert play.desk.post(f"{play.address}tong-hop/doan/{block.pk}/sua/", said).status_code == 302


def paper(play: Play, day: date) -> bytes:
    return paper_of(Draft.objects.get(campaign=play.campaign), on=day, with_sources=True)


# --- all of it -------------------------------------------------------------------------------------------------------


def play_through() -> Play:
    play = open_the_campaign(*read_the_plan())
    report(play)
    review(play)
    consolidate(play)
    return play
