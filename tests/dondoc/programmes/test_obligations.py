from collections.abc import Callable
from datetime import date, datetime

import pytest

from dondoc.common.errors import NotAllowed
from dondoc.documents.models import Document
from dondoc.programmes import services
from dondoc.programmes.models import Part, Programme
from dondoc.programmes.queries.statistics import counters
from dondoc.programmes.rules.links import Claim, Party, propose
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import GroupFactory

ActorFor = Callable[..., Actor]
SEPTEMBER_9 = date(2025, 9, 9)


def claim(ref: int, text: str, *parties: str, last_ok_on: date | None = SEPTEMBER_9) -> Claim:
    return Claim(ref, text, tuple(Party(ref * 10 + n, key) for n, key in enumerate(parties)), last_ok_on)


DUTY = claim(1, "UBND các xã, phường gửi báo cáo về Sở Y tế", "group:1")


@pytest.mark.parametrize(
    "text",
    [
        "xây dựng, hoàn thiện báo cáo tổng kết Chương trình",
        "Báo cáo tổng kết Chương trình",
        "Gửi báo cáo kết quả thực hiện",
    ],
)
def test_a_share_of_the_same_body_in_a_report_is_proposed(text: str) -> None:
    links = propose([DUTY], [claim(2, text, "unit:9", "group:1")])
    assert [(link.duty, link.task, link.party) for link in links] == [(1, 2, 21)]


def test_another_body_another_day_or_no_report_are_not_proposed() -> None:
    report = "xây dựng báo cáo tổng kết"
    assert not propose([DUTY], [claim(2, report, "group:2")])
    assert not propose([DUTY], [claim(2, report, "group:1", last_ok_on=date(2025, 9, 19))])
    assert not propose([DUTY], [claim(2, "đẩy mạnh công tác tuyên truyền", "group:1")])


def test_a_deadline_that_is_not_known_agrees_with_any() -> None:
    assert propose([DUTY], [claim(2, "hoàn thiện báo cáo tổng kết", "group:1", last_ok_on=None)])


def test_two_kinds_of_report_are_two_obligations() -> None:
    yearly = claim(1, "gửi báo cáo năm về Sở Y tế", "group:1")
    assert not propose([yearly], [claim(2, "xây dựng báo cáo tổng kết", "group:1")])


def test_a_share_is_proposed_for_one_duty() -> None:
    other = claim(3, "UBND các xã, phường gửi báo cáo về UBND tỉnh", "group:1")
    assert len(propose([DUTY, other], [claim(2, "xây dựng báo cáo tổng kết", "group:1")])) == 1


def test_what_the_communes_owe_under_three_names_is_one_obligation(opened: Programme, all_communes: UnitGroup) -> None:
    duty = opened.duties.get(reporters__group=all_communes)
    assert duty.obligation
    shares = duty.obligation.assignments.order_by("task__position")
    assert [(share.task.section, share.name) for share in shares] == [
        ("III.2.b", "UBND các xã, phường"),
        ("V.3", "UBND các xã, phường"),
    ]


def test_the_other_body_of_the_same_task_has_its_own(opened: Programme) -> None:
    duty = opened.duties.get(reporters__name="Các sở, ngành liên quan")
    assert duty.obligation
    assert [share.name for share in duty.obligation.assignments.all()] == ["Các sở, ngành liên quan"]


def test_an_obligation_is_counted_once(opened: Programme) -> None:
    """III.2.b has the deadline; the report of V.3 is the same debt; the other task of V.3 is not."""
    assert [task.text[:9] for task in opened.tasks.filter(counted=False)] == ["Chỉ đạo, "]
    assert counters(opened, TODAY, today=TODAY).total == 3


def test_a_task_without_a_day_is_held_to_the_day_of_its_report(
    opened: Programme, all_communes: UnitGroup, owner: Person, actor_for: ActorFor
) -> None:
    also, other = opened.tasks.filter(section="V.3").order_by("position")
    assert (also.due_on, also.exclusive, also.last_ok_on) == (date(2025, 9, 10), True, SEPTEMBER_9)
    assert also.deadline_text == "trước ngày 2025-09-10"
    assert other.last_ok_on is None

    services.unlink(actor=actor_for(owner), duty=opened.duties.get(reporters__group=all_communes))
    also.refresh_from_db()
    assert (also.due_on, also.last_ok_on, also.deadline_text) == (None, None, "")


def parts_of(opened: Programme, commune: Unit) -> list[Part]:
    return list(Part.objects.filter(assignment__task__programme=opened, unit=commune).order_by("assignment__task__position"))


def test_accepting_a_report_closes_it_under_every_name(
    opened: Programme, communes: list[Unit], owner: Person, actor_for: ActorFor, at: datetime
) -> None:
    report, also, other = parts_of(opened, communes[0])
    services.accept(actor=actor_for(owner), task=report.assignment.task, part=report, at=at, happened_on=SEPTEMBER_9)
    assert [part.done_on for part in parts_of(opened, communes[0])] == [SEPTEMBER_9, SEPTEMBER_9, None]
    assert [part.done_on for part in parts_of(opened, communes[1])] == [None, None, None]
    assert (also.assignment.task.section, other.assignment.task.section) == ("V.3", "V.3")


def test_it_does_not_matter_under_which_name_it_is_said(
    opened: Programme, communes: list[Unit], owner: Person, actor_for: ActorFor, at: datetime
) -> None:
    _report, also, _other = parts_of(opened, communes[0])
    services.accept(actor=actor_for(owner), task=also.assignment.task, part=also, at=at, happened_on=SEPTEMBER_9)
    assert [part.done_on for part in parts_of(opened, communes[0])] == [SEPTEMBER_9, SEPTEMBER_9, None]
    services.return_(
        actor=actor_for(owner), task=also.assignment.task, part=also, at=at, happened_on=TODAY,
        reason_code="incomplete", reason="Thiếu phụ lục 2A",
    )  # fmt: skip
    assert [(part.done_on, part.stage) for part in parts_of(opened, communes[0])][:2] == [(None, "returned")] * 2


def test_when_all_parts_of_a_share_are_in_the_other_names_are_closed(
    opened: Programme, communes: list[Unit], department: Unit, owner: Person, actor_for: ActorFor, at: datetime
) -> None:
    """V.3 is done; III.2.b waits for the departments, which nobody has named yet."""
    actor = actor_for(owner)
    for commune in communes:
        report = parts_of(opened, commune)[0]
        services.accept(actor=actor, task=report.assignment.task, part=report, at=at, happened_on=TODAY)
    assert [task.section for task in opened.tasks.filter(done_on=TODAY)] == ["V.3"]

    step = opened.tasks.get(section="III.2.b")
    rest = step.assignments.get(name="Các sở, ngành liên quan")
    services.set_unit(actor=actor, at=NOON, assignment=rest, group=GroupFactory(province=opened.province, rule="open"))
    rest.refresh_from_db()
    services.choose_parts(actor=actor, assignment=rest, units=[department])
    services.accept(actor=actor, task=step, part=rest.parts.get(), at=at, happened_on=TODAY)
    done = opened.tasks.filter(done_on=TODAY).values_list("section", "counted").order_by("position")
    assert list(done) == [("III.2.b", True), ("V.3", False)]
    figures = counters(opened, TODAY, today=TODAY)
    assert (figures.total, figures.done_late) == (3, 1)


def test_the_opener_may_drop_a_proposal(review_plan: Document, owner: Person, actor_for: ActorFor, at: datetime) -> None:
    opened = services.open_programme(actor_for(owner), review_plan, at=at, links=())
    assert not opened.obligations.exists()
    assert counters(opened, TODAY, today=TODAY).total == 4


def test_links_can_be_taken_apart_and_made_later(
    opened: Programme, all_communes: UnitGroup, owner: Person, actor_for: ActorFor
) -> None:
    duty = opened.duties.get(reporters__group=all_communes)
    services.unlink(actor=actor_for(owner), duty=duty)
    assert not opened.tasks.filter(counted=False).exists()

    duty.refresh_from_db()
    shares = [task.assignments.get(group=all_communes) for task in opened.tasks.filter(position__in=(0, 4)).order_by("position")]
    services.link(actor=actor_for(owner), duty=duty, assignments=shares)
    assert opened.tasks.get(counted=False).section == "V.3"


@pytest.mark.parametrize("who", ["department_clerk", "colleague", "commune_clerk", "stranger"])
def test_who_may_not_take_links_apart(
    who: str, opened: Programme, all_communes: UnitGroup, request: pytest.FixtureRequest, actor_for: ActorFor
) -> None:
    duty = opened.duties.get(reporters__group=all_communes)
    with pytest.raises(NotAllowed):
        services.unlink(actor=actor_for(request.getfixturevalue(who)), duty=duty)


def test_a_linked_task_without_parts_is_closed_with_the_last_part(
    opened: Programme, communes: list[Unit], all_communes: UnitGroup, province: Unit, owner: Person,
    actor_for: ActorFor, at: datetime,
) -> None:  # fmt: skip
    also = opened.tasks.get(position=4)
    share = also.assignments.get()
    open_group = GroupFactory(name="Các địa phương", province=province, rule="open")
    services.set_unit(actor=actor_for(owner), at=NOON, assignment=share, group=open_group)
    for commune in communes:
        report = parts_of(opened, commune)[0]
        services.accept(actor=actor_for(owner), task=report.assignment.task, part=report, at=at, happened_on=SEPTEMBER_9)
    also.refresh_from_db()
    assert also.done_on == SEPTEMBER_9
