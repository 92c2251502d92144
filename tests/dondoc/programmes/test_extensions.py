"""Requests for more time: asked, withdrawn, refused, granted; on the boundary days, for tasks and parts, then and now."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.notices.models import Notice
from dondoc.programmes import services
from dondoc.programmes.enums import EventKind
from dondoc.programmes.models import Obligation, Part, Programme, Task, TaskEvent
from dondoc.programmes.queries.extensions import open_requests, waiting_for
from dondoc.programmes.queries.statistics import counters
from dondoc.units.enums import ParameterKey
from dondoc.units.models import Parameter, Person, Unit, UnitGroup
from dondoc.units.queries.parameters import forget
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_lead, add_task, by, recurring

ActorFor = Callable[..., Actor]
LAST = date(2025, 9, 9)
LATER = date(2025, 9, 20)
WHY: dict[str, Any] = {"new_due_on": LATER, "objective": "Mưa lũ kéo dài", "progress": "Đã có dự thảo"}
NO: dict[str, Any] = {"reason_code": "feasible", "reason": "Còn đủ thời gian"}


@pytest.fixture
def task(programme: Programme, other_department: Unit) -> Task:
    """Of Sở Nội vụ, in a programme of Sở Y tế, owed before 10/9."""
    return add_task(programme, lead=other_department, deadline=by("2025-09-10"))


@pytest.fixture
def unit(colleague: Person, actor_for: ActorFor) -> Actor:
    return actor_for(colleague)


@pytest.fixture
def giver(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


def ask(unit: Actor, task: Task, on: date = LAST, **facts: Any) -> TaskEvent:
    return services.ask_extension(actor=unit, task=task, at=NOON, happened_on=on, **{**WHY, **facts})


def grant(giver: Actor, asked: TaskEvent, on: date = TODAY, until: date = LATER, **facts: Any) -> TaskEvent:
    return services.grant_extension(actor=giver, request=asked, at=NOON, happened_on=on, new_due_on=until, **facts)


def refuse(giver: Actor, asked: TaskEvent, on: date = TODAY, **facts: Any) -> TaskEvent:
    return services.refuse_extension(actor=giver, request=asked, at=NOON, happened_on=on, **{**NO, **facts})


def withdraw(unit: Actor, asked: TaskEvent, on: date = TODAY) -> TaskEvent:
    return services.withdraw_extension(actor=unit, request=asked, at=NOON, happened_on=on)


def state(subject: Task | Part) -> tuple[date | None, date | None]:
    subject.refresh_from_db()
    return subject.last_ok_on, subject.asking_until


def allow(province: Unit, key: ParameterKey, value: str) -> None:
    Parameter.objects.create(
        province=province, key=key, value=value, effective_from=date(2025, 1, 1), legal_basis="Quyết định 5/2025/QĐ-UBND",
        verified_on=TODAY,
    )  # fmt: skip
    forget()


class TestAsking:
    def test_the_clock_runs_on_while_it_is_open(self, unit: Actor, task: Task, colleague: Person, other_department: Unit) -> None:
        asked = ask(unit, task, subjective="Chậm phân công", percent=40, product_code="12/SNV-TH", product_date=LAST)
        assert state(task) == (LAST, LATER)
        assert (asked.unit, asked.recorded_by, asked.percent, asked.product_code) == (
            other_department,
            colleague,
            40,
            "12/SNV-TH",
        )
        assert (asked.reason_code, asked.request.objective_reason) == ("both", "Mưa lũ kéo dài")
        assert (asked.request.subjective_reason, asked.request.late_explanation) == ("Chậm phân công", "")
        assert AuditEntry.objects.get(verb="programmes.extension_asked").reason == "Mưa lũ kéo dài\nChậm phân công"

    def test_on_the_last_good_day_it_is_in_time_the_day_after_it_explains(self, unit: Actor, task: Task) -> None:
        with pytest.raises(Refused, match="Giải trình trách nhiệm") as refused:
            ask(unit, task, on=LAST + timedelta(days=1))
        assert refused.value.field == "late_explanation"
        asked = ask(unit, task, on=LAST + timedelta(days=1), late_explanation="Cán bộ nghỉ ốm")
        assert asked.request.late_explanation == "Cán bộ nghỉ ốm"

    def test_an_explanation_that_was_not_needed_is_not_kept(self, unit: Actor, task: Task) -> None:
        assert ask(unit, task, late_explanation="Đề phòng").request.late_explanation == ""

    def test_a_printed_day_that_falls_on_a_holiday_is_not_moved(
        self, programme: Programme, other_department: Unit, unit: Actor
    ) -> None:
        """Quốc khánh, 02/9/2025: the first working day after is late (printed dates stay as printed)."""
        task = add_task(programme, lead=other_department, deadline=by("2025-09-02", exclusive=False))
        with pytest.raises(Refused, match="02/9/2025 đã qua"):
            ask(unit, task, on=date(2025, 9, 3))

    def test_a_province_may_take_no_late_requests(self, unit: Actor, task: Task, province: Unit) -> None:
        allow(province, ParameterKey.LATE_REQUESTS, "0")
        with pytest.raises(Refused, match=r"không nhận đề nghị gia hạn sau khi hết hạn \(Quyết định 5/2025/QĐ-UBND"):
            ask(unit, task, on=LAST + timedelta(days=1), late_explanation="Cán bộ nghỉ ốm")
        ask(unit, task, on=LAST)

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"objective": " "}, "objective"),
            ({"progress": " "}, "progress"),
            ({"percent": 101}, "percent"),
            ({"new_due_on": LAST}, "new_due_on"),
            ({"on": TODAY, "new_due_on": TODAY, "late_explanation": "x"}, "new_due_on"),
            ({"on": TODAY + timedelta(days=1)}, "happened_on"),
            ({"on": date(2025, 8, 6)}, "happened_on"),
            ({"product_code": "12/SNV"}, "product_date"),
            ({"product_date": LAST}, "product_code"),
            ({"product_code": "12/SNV", "product_date": TODAY}, "product_date"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, unit: Actor, task: Task, facts: dict[str, Any], field: str) -> None:
        with pytest.raises(Refused) as refused:
            ask(unit, task, **facts)
        assert refused.value.field == field
        assert not TaskEvent.objects.exists()

    def test_one_at_a_time(self, unit: Actor, task: Task, giver: Actor) -> None:
        asked = ask(unit, task)
        with pytest.raises(Refused, match="đang chờ quyết định"):
            ask(unit, task, new_due_on=date(2025, 9, 30))
        withdraw(unit, asked)
        assert state(task) == (LAST, None)
        ask(unit, task, on=TODAY, late_explanation="Cán bộ nghỉ ốm")
        assert state(task) == (LAST, LATER)

    def test_no_more_than_the_province_allows_but_the_giver_may_still_direct(
        self, unit: Actor, giver: Actor, task: Task, province: Unit
    ) -> None:
        grant(giver, ask(unit, task, on=LAST), on=LAST)
        grant(giver, ask(unit, task, on=TODAY, new_due_on=date(2025, 9, 30)), until=date(2025, 9, 30))
        with pytest.raises(Refused, match=r"gia hạn 2 lần, mức tối đa là 2 lần \(.*; chưa kiểm tra\)\. Cơ quan giao"):
            ask(unit, task, on=TODAY, new_due_on=date(2025, 10, 9))
        services.extend(
            actor=giver, task=task, at=NOON, happened_on=TODAY, new_due_on=date(2025, 10, 9), reason_code="objective",
            reason="Theo chỉ đạo của Chủ tịch UBND tỉnh",
        )  # fmt: skip
        assert state(task)[0] == date(2025, 10, 9)
        allow(province, ParameterKey.EXTENSIONS, "4")
        ask(unit, task, on=TODAY, new_due_on=date(2025, 10, 20))

    def test_not_for_what_is_done_stopped_or_has_no_deadline(
        self, unit: Actor, giver: Actor, task: Task, programme: Programme, other_department: Unit
    ) -> None:
        undated = add_task(programme, lead=other_department)
        with pytest.raises(Refused, match="không có thời hạn"):
            ask(unit, undated)
        services.suspend(actor=giver, task=task, at=NOON, happened_on=LAST, reason_code="directed", reason="Theo công văn")
        with pytest.raises(Refused, match="tạm dừng"):
            ask(unit, task)
        services.resume(actor=giver, task=task, at=NOON, happened_on=LAST, reason_code="directed", reason="Theo công văn")
        services.accept(actor=giver, task=task, at=NOON, happened_on=LAST)
        with pytest.raises(Refused, match="Đã hoàn thành"):
            ask(unit, task)

    def test_a_recurring_task_is_extended_by_its_periods(
        self, programme: Programme, other_department: Unit, unit: Actor, giver: Actor
    ) -> None:
        task = add_task(
            programme, lead=other_department, deadline=recurring("FREQ=MONTHLY;BYMONTHDAY=25", "ngày 25 hằng tháng"),
            rrule="FREQ=MONTHLY;BYMONTHDAY=25",
        )  # fmt: skip
        with pytest.raises(Refused, match="theo từng kỳ"):
            ask(unit, task)

    def test_who_may_ask(
        self, task: Task, giver: Actor, commune_clerk: Person, stranger: Person, office_specialist: Person, actor_for: ActorFor,
        other_department: Unit,
    ) -> None:  # fmt: skip
        for person in (commune_clerk, stranger):
            with pytest.raises(NotAllowed, match="đơn vị được giao"):
                ask(actor_for(person), task)
        asked = ask(giver, task)
        assert asked.unit == other_department, "the giver enters it on the unit's behalf"
        withdraw(giver, asked)
        ask(actor_for(office_specialist), task, on=TODAY, late_explanation="Văn bản đến sau")


class TestDeciding:
    def test_granted_to_another_day_with_the_reason_and_the_paper(self, unit: Actor, giver: Actor, task: Task) -> None:
        asked = ask(unit, task)
        with pytest.raises(Refused, match="Ngày khác ngày đơn vị đề nghị") as refused:
            grant(giver, asked, until=date(2025, 9, 15))
        assert refused.value.field == "note"
        facts = {"note": "Kịp kỳ họp", "product_code": "55/UBND-TH", "product_date": TODAY}
        answer = grant(giver, asked, until=date(2025, 9, 15), **facts)
        assert (answer.kind, answer.answers, answer.product_code) == ("extended", asked, "55/UBND-TH")
        assert answer.reason_code == "objective"
        assert state(task) == (date(2025, 9, 15), None)
        assert (task.due_on, task.exclusive) == (date(2025, 9, 10), True), "the document's own day stays"

    def test_refused_the_deadline_stays(self, unit: Actor, giver: Actor, task: Task) -> None:
        asked = ask(unit, task)
        for facts, field in (({"reason_code": "x"}, "reason_code"), ({"reason": " "}, "reason")):
            with pytest.raises(Refused) as refused:
                refuse(giver, asked, **facts)
            assert refused.value.field == field
        answer = refuse(giver, asked)
        assert (answer.answers, answer.reason_code, answer.note) == (asked, "feasible", "Còn đủ thời gian")
        assert state(task) == (LAST, None)

    def test_once(self, unit: Actor, giver: Actor, task: Task) -> None:
        asked = ask(unit, task)
        refuse(giver, asked)
        for again in (lambda: grant(giver, asked), lambda: refuse(giver, asked), lambda: withdraw(unit, asked)):
            with pytest.raises(Refused, match="không còn chờ quyết định"):
                again()

    def test_not_before_it_was_asked_nor_tomorrow_nor_an_earlier_day(self, unit: Actor, giver: Actor, task: Task) -> None:
        asked = ask(unit, task)
        with pytest.raises(Refused, match="Đề nghị gia hạn"):
            grant(giver, asked, on=LAST - timedelta(days=1))
        with pytest.raises(Refused, match="chưa đến"):
            grant(giver, asked, on=TODAY + timedelta(days=1))
        with pytest.raises(Refused, match="Hạn mới phải sau"):
            grant(giver, asked, until=LAST, note="x")

    def test_who_may_decide(
        self, task: Task, unit: Actor, giver: Actor, department_clerk: Person, stranger: Person, office_specialist: Person,
        actor_for: ActorFor,
    ) -> None:  # fmt: skip
        asked = ask(unit, task)
        for actor in (unit, actor_for(department_clerk), actor_for(stranger)):
            with pytest.raises(NotAllowed):
                grant(actor, asked)
            with pytest.raises(NotAllowed):
                refuse(actor, asked)
        with pytest.raises(NotAllowed, match="đơn vị đã đề nghị"):
            withdraw(giver, asked)
        grant(actor_for(office_specialist), asked)

    def test_nobody_decides_on_their_own_units_request(
        self, programme: Programme, department: Unit, giver: Actor, office_specialist: Person, actor_for: ActorFor
    ) -> None:
        own = add_task(programme, lead=department, deadline=by("2025-09-10"))
        asked = ask(giver, own)
        with pytest.raises(NotAllowed, match="Văn phòng UBND tỉnh"):
            grant(giver, asked)
        with pytest.raises(NotAllowed):
            services.extend(
                actor=giver, task=own, at=NOON, happened_on=LAST, new_due_on=LATER, reason_code="objective", reason="x"
            )
        assert list(waiting_for(giver)) == []
        assert list(waiting_for(actor_for(office_specialist))) == [asked]
        assert Notice.objects.get(person=office_specialist).text.startswith("Sở Y tế xin gia hạn đến 20/9/2025")
        grant(actor_for(office_specialist), asked)

    def test_extending_unasked_answers_the_open_request(self, unit: Actor, giver: Actor, task: Task) -> None:
        asked = ask(unit, task)
        answer = services.extend(
            actor=giver, task=task, at=NOON, happened_on=LAST, new_due_on=date(2025, 9, 30), reason_code="objective", reason="Lũ"
        )
        assert answer.answers == asked
        assert open_requests(task) == []
        assert state(task) == (date(2025, 9, 30), None)

    def test_work_that_is_done_asks_no_longer(self, unit: Actor, giver: Actor, task: Task) -> None:
        asked = ask(unit, task)
        services.deliver(actor=unit, task=task, at=NOON, happened_on=LAST, product_code="1/BC-SNV", product_date=LAST)
        assert open_requests(task) == []
        services.reopen(actor=giver, task=task, at=NOON, happened_on=TODAY, reason_code="incomplete", reason="Thiếu")
        assert open_requests(task) == []
        with pytest.raises(Refused, match="không còn chờ"):
            grant(giver, asked)
        again = ask(unit, task, on=TODAY, late_explanation="Làm lại")
        assert [one.pk for one in waiting_for(giver)][-1] == again.pk
        grant(giver, again)
        assert state(task) == (LATER, None)


class TestTelling:
    def test_the_giver_of_a_request_the_unit_of_the_word_on_it(
        self, unit: Actor, giver: Actor, task: Task, owner: Person, colleague: Person, programme: Programme
    ) -> None:
        asked = ask(unit, task)
        told = Notice.objects.get(person=owner)
        assert told.text == "Sở Nội vụ xin gia hạn đến 20/9/2025, chờ quyết định: Rà soát bể bơi trên địa bàn"
        assert told.address == f"/chuong-trinh/{programme.pk}/nhiem-vu/{task.pk}/gia-han/{asked.pk}/"
        assert not Notice.objects.filter(person=colleague).exists()
        refuse(giver, asked)
        assert Notice.objects.get(person=colleague).text.startswith("Không đồng ý gia hạn: Rà soát")
        assert "Còn đủ thời gian" in Notice.objects.get(person=colleague).text
        grant(giver, ask(unit, task, on=TODAY, late_explanation="Lũ"))
        assert Notice.objects.filter(person=colleague, text__startswith="Gia hạn đến 20/9/2025").exists()

    def test_a_withdrawal_is_told_too(self, unit: Actor, task: Task, owner: Person) -> None:
        withdraw(unit, ask(unit, task))
        assert Notice.objects.filter(person=owner, text__startswith="Sở Nội vụ rút đề nghị gia hạn").exists()


class TestReminding:
    def test_who_decides_is_reminded_of_an_open_request_by_the_steps_of_its_day(
        self, unit: Actor, giver: Actor, task: Task, owner: Person
    ) -> None:
        asked = ask(unit, task, on=date(2025, 9, 3))
        assert heard(owner, "chưa quyết định") == []
        for day in (date(2025, 9, 8), date(2025, 9, 8), LAST, date(2025, 9, 10)):
            services.remind(on=day, at=NOON)
        assert heard(owner, "chưa quyết định") == [
            "Còn 1 ngày, chưa quyết định đề nghị gia hạn của Sở Nội vụ: Rà soát bể bơi trên địa bàn (hạn 09/9/2025)",
            "Quá hạn 1 ngày, chưa quyết định đề nghị gia hạn của Sở Nội vụ: Rà soát bể bơi trên địa bàn (hạn 09/9/2025)",
        ]
        refuse(giver, asked)
        services.remind(on=date(2025, 9, 16), at=NOON)
        assert len(heard(owner, "chưa quyết định")) == 2, "decided: nobody is reminded any more"

    def test_a_province_sets_when_it_reminds(self, task: Task, colleague: Person, province: Unit) -> None:
        services.remind(on=date(2025, 8, 29), at=NOON)
        assert heard(colleague) == []
        allow(province, ParameterKey.REMINDERS_BEFORE, "14,2")
        allow(province, ParameterKey.REMINDERS_LATE, "2,60,90,120")
        for day in (date(2025, 8, 29), date(2025, 9, 4), date(2025, 9, 8), date(2025, 9, 10), date(2025, 9, 11)):
            services.remind(on=day, at=NOON)
        assert [text.split(":")[0] for text in heard(colleague)] == ["Còn 11 ngày", "Còn 1 ngày", "Quá hạn 2 ngày"]


def heard(person: Person, words: str = "") -> list[str]:
    return list(Notice.objects.filter(person=person, text__contains=words).order_by("pk").values_list("text", flat=True))


class TestParts:
    @pytest.fixture
    def shared(self, programme: Programme, all_communes: UnitGroup, communes: list[Unit]) -> Task:
        return add_task(programme, lead=all_communes, members=communes, deadline=by("2025-09-10"))

    def test_one_units_part_is_extended_the_others_keep_their_day(
        self, shared: Task, commune: Unit, commune_clerk: Person, giver: Actor, actor_for: ActorFor
    ) -> None:
        part = Part.objects.get(assignment__task=shared, unit=commune)
        asked = ask(actor_for(commune_clerk), shared, part=part)
        assert (state(part), state(shared)) == ((LAST, LATER), (LAST, None))
        grant(giver, asked)
        assert (state(part), state(shared)) == ((LATER, None), (LAST, None))
        for other in Part.objects.filter(assignment__task=shared).exclude(pk=part.pk):
            assert state(other) == (LAST, None)

    def test_a_unit_of_the_group_asks_for_its_own_part_alone(
        self, shared: Task, communes: list[Unit], commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        foreign = Part.objects.get(assignment__task=shared, unit=communes[1])
        for part in (foreign, None):
            with pytest.raises(NotAllowed):
                ask(actor_for(commune_clerk), shared, part=part)

    def test_the_whole_tasks_extension_holds_for_each_part_and_counts_for_it(
        self, shared: Task, commune: Unit, commune_clerk: Person, giver: Actor, actor_for: ActorFor
    ) -> None:
        part = Part.objects.get(assignment__task=shared, unit=commune)
        facts: dict[str, Any] = {"at": NOON, "happened_on": LAST, "reason_code": "objective", "reason": "Lũ"}
        services.extend(actor=giver, task=shared, new_due_on=date(2025, 9, 15), **facts)
        services.extend(actor=giver, task=shared, part=part, new_due_on=LATER, **facts)
        assert (state(part)[0], state(shared)[0]) == (LATER, date(2025, 9, 15))
        with pytest.raises(Refused, match="gia hạn 2 lần"):
            ask(actor_for(commune_clerk), shared, part=part, new_due_on=date(2025, 9, 30))


class TestSameObligation:
    def test_it_holds_wherever_the_same_debt_is_named(
        self, programme: Programme, other_department: Unit, unit: Actor, giver: Actor, owner: Person
    ) -> None:
        obligation = Obligation.objects.create(programme=programme, title="Báo cáo", confirmed_by=owner)
        days = ("2025-09-10", "2025-09-06", "2025-12-15")
        same, earlier, much_later = (add_task(programme, f"Báo cáo {day}", deadline=by(day)) for day in days)
        for one in (same, earlier, much_later):
            lead = add_lead(one, other_department)
            lead.obligation = obligation
            lead.save()
        asked = ask(unit, same)
        assert [state(one)[1] for one in (same, earlier, much_later)] == [LATER, LATER, None]
        assert [one.pk for one in waiting_for(giver)] == [asked.pk], "asked once, decided once"
        grant(giver, asked)
        assert [state(one) for one in (same, earlier)] == [(LATER, None)] * 2
        assert state(much_later)[0] == date(2025, 12, 14), "a later day is not brought forward"


class TestFiguresThen:
    def test_days_before_the_decision_keep_their_state(self, unit: Actor, giver: Actor, task: Task, programme: Programme) -> None:
        grant(giver, ask(unit, task), on=TODAY)
        eleventh = counters(programme, date(2025, 9, 11), today=TODAY)
        assert (eleventh.overdue, eleventh.within) == (1, 0)
        today = counters(programme, TODAY, today=TODAY)
        assert (today.overdue, today.within) == (0, 1)

    def test_done_within_the_extended_deadline_counts_as_on_time(
        self, unit: Actor, giver: Actor, task: Task, programme: Programme
    ) -> None:
        grant(giver, ask(unit, task), on=LAST)
        services.deliver(actor=unit, task=task, at=NOON, happened_on=TODAY, product_code="1/BC-SNV", product_date=TODAY)
        assert counters(programme, TODAY, today=TODAY).done_on_time == 1
        assert EventKind.EXTENDED in task.events.values_list("kind", flat=True)


KINDS = ("ask", "withdraw", "refuse", "grant", "extend")
STEPS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 40), st.integers(-30, 60)), min_size=3, max_size=8)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_tried_the_first_deadline_stays_and_the_day_only_moves_on_by_a_decision(
    steps: list[tuple[str, int, int]], task: Task, unit: Actor, giver: Actor
) -> None:
    """``steps``: what is tried, days before today, and the new day counted from the last good day."""
    sid = transaction.savepoint()
    held, first = LAST, (task.due_on, task.exclusive)
    for kind, ago, more in steps:
        moved = _tried(kind, task, unit, giver, TODAY - timedelta(days=ago), LAST + timedelta(days=more))
        now, asking = state(task)
        assert (task.due_on, task.exclusive) == first
        assert now is not None
        assert now > held if moved else now == held
        waiting = open_requests(task)
        assert [one.new_due_on for one in waiting] == ([asking] if asking else [])
        held = now
    transaction.savepoint_rollback(sid)


def _tried(kind: str, task: Task, unit: Actor, giver: Actor, on: date, until: date) -> bool:
    """Do it, or be refused; whether the day moved."""
    waiting = open_requests(task)
    facts: dict[str, Any] = {"at": NOON, "happened_on": on}
    try:
        if kind == "ask":
            ask(unit, task, on=on, new_due_on=until, late_explanation="Cán bộ nghỉ ốm")
        elif kind == "extend":
            services.extend(
                actor=giver, task=task, new_due_on=until, reason_code="objective", reason="Lũ", late_reason="Lũ", **facts
            )
        elif waiting and kind == "withdraw":
            withdraw(unit, waiting[0], on=on)
        elif waiting and kind == "refuse":
            refuse(giver, waiting[0], on=on)
        elif waiting:
            grant(giver, waiting[0], on=on, until=until, note="Theo đề nghị")
    except Refused:
        return False
    return kind == "extend" or (kind == "grant" and bool(waiting))
