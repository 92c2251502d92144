from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.documents.enums import ItemState, Visibility
from dondoc.documents.models import Document
from dondoc.programmes import services
from dondoc.programmes.enums import AssignmentRole
from dondoc.programmes.models import Programme, Task
from dondoc.units.enums import GroupRule
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.programmes import add_items, by, plan, relative, task
from tests.dondoc.factories.units import CommuneFactory, GroupFactory

ActorFor = Callable[..., Actor]


def test_the_programme_takes_the_documents_title_unit_and_province(opened: Programme, department: Unit, at: datetime) -> None:
    assert opened.title == "Tổng kết Chương trình phòng, chống đuối nước giai đoạn 2021 - 2025"
    assert opened.lead_unit == department
    assert opened.province.name == "tỉnh Minh Họa"
    assert opened.opened_at == at
    assert [paper.role for paper in opened.papers.all()] == ["plan"]


def test_each_confirmed_item_becomes_a_row_with_its_place(opened: Programme) -> None:
    assert list(opened.tasks.values_list("section", flat=True)) == ["III.2.b", "III.2.c", "V.3", "V.3"]
    assert opened.duties.count() == 2
    assert opened.targets.count() == 1
    assert all(one.item.span_end > one.item.span_start for one in opened.tasks.select_related("item"))


def test_the_deadline_keeps_its_words_and_its_last_good_day(opened: Programme) -> None:
    first = opened.tasks.first()
    assert first
    assert (first.deadline_text, first.due_on, first.last_ok_on) == (
        "trước ngày 2025-09-10",
        date(2025, 9, 10),
        date(2025, 9, 9),
    )
    assert first.given_on == date(2025, 8, 7)


def test_names_are_matched_exactly_and_kept_as_written(
    opened: Programme, all_communes: UnitGroup, other_department: Unit
) -> None:
    first = opened.tasks.first()
    assert first
    held = {(one.role, one.name): (one.unit, one.group) for one in first.assignments.all()}
    assert held == {
        (AssignmentRole.LEAD, "Các sở, ngành liên quan"): (None, None),
        (AssignmentRole.LEAD, "UBND các xã, phường"): (None, all_communes),
        (AssignmentRole.COORDINATING, "Sở Nội vụ"): (other_department, None),
        (AssignmentRole.SUPERVISING, "Ban Chỉ đạo tỉnh"): (None, None),
    }


def test_a_group_is_one_assignment_with_a_part_for_each_of_its_units(opened: Programme, communes: list[Unit]) -> None:
    lead = opened.tasks.get(section="III.2.b").assignments.get(group__isnull=False)
    assert {part.unit for part in lead.parts.all()} == set(communes)
    assert lead.resolved_on == TODAY


def test_units_that_come_later_are_not_among_the_parts(
    review_plan: Document, owner: Person, province: Unit, actor_for: ActorFor, at: datetime
) -> None:
    CommuneFactory(name="xã Mới", province=province, valid_from=date(2025, 9, 13))
    opened = services.open_programme(actor_for(owner), review_plan, at=at)
    lead = opened.tasks.get(section="III.2.b").assignments.get(group__isnull=False)
    assert lead.parts.count() == 3


def test_an_open_group_waits_for_a_person_to_choose_its_units(
    review_plan: Document, owner: Person, province: Unit, department: Unit, actor_for: ActorFor, at: datetime
) -> None:
    GroupFactory(name="Các sở, ngành liên quan", province=province, rule=GroupRule.OPEN)
    opened = services.open_programme(actor_for(owner), review_plan, at=at)
    lead = opened.tasks.get(section="III.2.b").assignments.get(name="Các sở, ngành liên quan")
    assert not lead.parts.exists()

    services.choose_parts(actor=actor_for(owner), assignment=lead, units=[department])
    assert [part.unit for part in lead.parts.all()] == [department]


def test_a_target_gets_its_first_version(opened: Programme, review_plan: Document) -> None:
    target = opened.targets.get()
    version = target.versions.get()
    assert target.indicator == "Tỷ lệ trẻ em biết bơi"
    assert (version.comparator, version.value, version.measure, version.horizon) == (">=", Decimal(50), "%", "2025")
    assert (version.effective_from, version.baseline, version.decided_by) == (date(2025, 8, 7), "năm 2020", review_plan)


def test_a_duty_gets_its_reporters_recipient_and_templates(opened: Programme, all_communes: UnitGroup, department: Unit) -> None:
    duty = opened.duties.get(reporters__group=all_communes)
    assert duty.recipient == department
    assert duty.templates == ["Phụ lục 2", "Phụ lục 2A"]
    assert duty.last_ok_on == date(2025, 9, 9)


def test_only_confirmed_items_are_taken(department: Unit, owner: Person, actor_for: ActorFor, at: datetime) -> None:
    document = plan(department, owner, [task("Việc đã xác nhận")])
    add_items(document, document.readings.get(), [task("Việc chưa xem")], state=ItemState.PROPOSED)
    add_items(document, document.readings.get(), [task("Việc đã bỏ")], state=ItemState.REJECTED)
    opened = services.open_programme(actor_for(owner), document, at=at)
    assert [one.text for one in opened.tasks.all()] == ["Việc đã xác nhận"]


def test_a_correction_is_what_counts(department: Unit, owner: Person, actor_for: ActorFor, at: datetime) -> None:
    document = plan(department, owner, [task("Việc như máy đọc", lead=["Sở Y tê"])], state=ItemState.CORRECTED)
    document.items.update(corrected=task("Việc như người sửa", lead=["Sở Y tế"])[1])
    opened = services.open_programme(actor_for(owner), document, at=at)
    made = opened.tasks.get()
    assert made.text == "Việc như người sửa"
    assert made.assignments.get().unit == department


def test_a_relative_deadline_is_counted_from_the_documents_day(
    department: Unit, owner: Person, actor_for: ActorFor, at: datetime
) -> None:
    words = relative("P15D", "ngày ban hành Kế hoạch", "trong 15 ngày kể từ ngày ban hành Kế hoạch")
    document = plan(department, owner, [task("Xây dựng kế hoạch", deadline=words)])
    opened = services.open_programme(actor_for(owner), document, at=at)
    assert opened.tasks.get().last_ok_on == date(2025, 8, 22)


def test_items_confirmed_later_are_added(department: Unit, owner: Person, actor_for: ActorFor, at: datetime) -> None:
    document = plan(department, owner, [task("Việc thứ nhất")])
    opened = services.open_programme(actor_for(owner), document, at=at)
    add_items(document, document.readings.get(), [task("Việc thứ hai", deadline=by("2025-10-01"))])
    services.add_items(actor=actor_for(owner), paper=opened.papers.get())
    assert [one.text for one in opened.tasks.all()] == ["Việc thứ nhất", "Việc thứ hai"]
    opened.refresh_from_db()
    assert opened.version == 2
    with pytest.raises(Refused, match="Không có mục nào"):
        services.add_items(actor=actor_for(owner), paper=opened.papers.get())


def test_a_plan_opens_one_programme(
    opened: Programme, review_plan: Document, owner: Person, actor_for: ActorFor, at: datetime
) -> None:
    with pytest.raises(Refused, match="đã mở chương trình"):
        services.open_programme(actor_for(owner), review_plan, at=at)
    assert Programme.objects.count() == 1


def test_nothing_confirmed_opens_nothing(document: Document, owner: Person, actor_for: ActorFor, at: datetime) -> None:
    with pytest.raises(Refused, match="Chưa có nhiệm vụ"):
        services.open_programme(actor_for(owner), document, at=at)
    assert not Programme.objects.exists()


def test_a_restricted_document_makes_a_restricted_programme(
    review_plan: Document, owner: Person, other_department: Unit, actor_for: ActorFor, at: datetime
) -> None:
    review_plan.visibility = Visibility.RESTRICTED
    review_plan.save()
    review_plan.restricted_to.set([other_department])
    opened = services.open_programme(actor_for(owner), review_plan, at=at)
    assert opened.visibility == Visibility.RESTRICTED
    assert list(opened.restricted_to.all()) == [other_department]


def test_opening_is_written_down(opened: Programme, owner: Person, review_plan: Document) -> None:
    entry = AuditEntry.objects.get(verb="programmes.open")
    assert entry.actor == owner
    assert entry.details == {"document": review_plan.pk, "tasks": 4, "targets": 1, "duties": 2}


@pytest.mark.parametrize("who", ["owner", "unit_leader", "office_specialist", "administrator"])
def test_who_may_open(who: str, request: pytest.FixtureRequest, review_plan: Document, actor_for: ActorFor, at: datetime) -> None:
    person = request.getfixturevalue(who)
    assert services.open_programme(actor_for(person), review_plan, at=at).opened_by == person


@pytest.mark.parametrize("who", ["department_clerk", "colleague", "commune_clerk", "stranger"])
def test_who_may_not_open(
    who: str, request: pytest.FixtureRequest, review_plan: Document, actor_for: ActorFor, at: datetime
) -> None:
    with pytest.raises(NotAllowed):
        services.open_programme(actor_for(request.getfixturevalue(who)), review_plan, at=at)
    assert not Programme.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_items(
    department: Unit, owner: Person, actor_for: ActorFor, at: datetime
) -> None:
    actor = actor_for(owner)

    def statements(many: int) -> int:
        tasks = [task(f"Việc {n}", lead=["Sở Y tế"]) for n in range(many)]
        document = plan(department, owner, tasks, code=f"{many}/KH-UBND")
        with CaptureQueriesContext(connection) as captured:
            services.open_programme(actor, document, at=at)
        return len(captured)

    few, many = statements(2), statements(60)
    assert few <= 45
    assert many - few <= 2  # SQLite writes the rows of tasks, and of their spells, in portions
    assert Task.objects.count() == 62
