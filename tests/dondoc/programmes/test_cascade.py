"""Units plan their share; what they do of it rolls up."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from docx import Document as WordDocument
from hypothesis import given as any_of
from hypothesis import strategies as st

from dondoc.common.errors import NotAllowed, Refused
from dondoc.programmes import services
from dondoc.programmes.models import Part, PlanStep, Programme, UnitPlan
from dondoc.programmes.queries.cascade import given_to, plans_of
from dondoc.programmes.rules.cascade import Doubt, Finding, Owed, Step, findings, shares_done
from dondoc.programmes.services.cascade import StepFacts
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by
from tests.dondoc.factories.units import person_in

ActorFor = Callable[..., Actor]
DUE = TODAY + timedelta(days=20)


def _step(pk: int = 1, *, task: int | None = 7, due: date | None = DUE, person: bool = True, percent: int = 0) -> Step:
    return Step(pk, "Rà soát bể bơi", task, due, person, percent)


def _doubts(found: list[Finding]) -> list[tuple[Doubt, int | None]]:
    return [(one.doubt, one.step) for one in found]


class TestFindings:
    owed = (Owed(7, "Rà soát bể bơi trên địa bàn", DUE),)

    @pytest.mark.parametrize(
        ("due", "doubts"),
        [
            (DUE, []),
            (DUE + timedelta(days=1), [(Doubt.TOO_LATE, 1)]),
            (None, [(Doubt.NO_DAY, 1)]),
        ],
    )
    def test_a_step_may_not_end_after_what_it_comes_from(self, due: date | None, doubts: list[object]) -> None:
        assert _doubts(findings(self.owed, [_step(due=due)])) == doubts

    def test_the_words_name_both_days(self) -> None:
        (found,) = findings(self.owed, [_step(due=date(2025, 10, 31))])
        assert "31/10/2025" in found.words
        assert "02/10/2025" in found.words

    def test_a_task_without_a_step_and_a_step_without_a_person(self) -> None:
        found = findings(self.owed, [_step(task=None, person=False)])
        assert _doubts(found) == [(Doubt.NOT_PLANNED, None), (Doubt.NOBODY, 1)]

    def test_a_task_without_a_deadline_sets_no_limit(self) -> None:
        assert findings([Owed(7, "Tuyên truyền thường xuyên", None)], [_step(due=date(2030, 1, 1))]) == []


class TestShares:
    @any_of(st.lists(st.integers(0, 100), min_size=1, max_size=20))
    def test_all_done_is_100_and_nothing_less_is(self, percents: list[int]) -> None:
        share = shares_done(_step(pk, percent=percent) for pk, percent in enumerate(percents))[7]
        assert min(percents) <= share <= max(percents)
        assert (share == 100) == all(percent == 100 for percent in percents)

    def test_steps_of_its_own_count_for_no_task(self) -> None:
        assert shares_done([_step(task=None, percent=50)]) == {}


@pytest.fixture
def shared(programme: Programme, all_communes: UnitGroup, communes: list[Unit]) -> Programme:
    """A task that three communes share, due in twenty days."""
    add_task(
        programme, "Rà soát bể bơi trên địa bàn", lead=all_communes, members=communes,
        deadline=by(DUE.isoformat(), exclusive=False),
    )  # fmt: skip
    return programme


@pytest.fixture
def made(shared: Programme, commune: Unit, commune_clerk: Person, actor_for: ActorFor) -> UnitPlan:
    return services.make_plan(actor=actor_for(commune_clerk), programme=shared, unit=commune, at=NOON)


def _only(plan: UnitPlan) -> PlanStep:
    return PlanStep.objects.select_related("plan__unit", "plan__programme").get(plan=plan)


class TestMaking:
    def test_the_share_becomes_a_step_with_the_parts_own_day(self, made: UnitPlan) -> None:
        step = _only(made)
        assert (step.text, step.last_ok_on, step.percent) == ("Rà soát bể bơi trên địa bàn", DUE, 0)

    def test_a_second_plan_is_refused(self, made: UnitPlan, commune_clerk: Person, actor_for: ActorFor) -> None:
        with pytest.raises(Refused, match="đã có kế hoạch"):
            services.make_plan(actor=actor_for(commune_clerk), programme=made.programme, unit=made.unit, at=NOON)

    def test_a_unit_without_a_share_has_nothing_to_plan(
        self, shared: Programme, other_department: Unit, colleague: Person, actor_for: ActorFor
    ) -> None:
        with pytest.raises(Refused, match="chưa được giao nhiệm vụ"):
            services.make_plan(actor=actor_for(colleague), programme=shared, unit=other_department, at=NOON)

    def test_others_may_not(self, shared: Programme, commune: Unit, owner: Person, actor_for: ActorFor) -> None:
        with pytest.raises(NotAllowed):
            services.make_plan(actor=actor_for(owner), programme=shared, unit=commune, at=NOON)


class TestRollingUp:
    def test_progress_of_steps_is_the_progress_of_the_part(
        self, made: UnitPlan, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        actor = actor_for(commune_clerk)
        first = _only(made)
        services.add_step(actor=actor, plan=made, facts=StepFacts("Cắm biển cảnh báo", task=first.task, responsible_name="Tổ 2"))
        services.record_step(actor=actor, step=first, at=NOON, happened_on=TODAY, percent=100, note="Đã rà soát")
        event = first.task.events.get()  # type: ignore[union-attr]
        assert (event.percent, event.note) == (50, "Theo kế hoạch của đơn vị: xong 1/2 việc")
        assert event.part == Part.objects.get(unit=made.unit)
        first.refresh_from_db()
        assert first.done_on == TODAY

    def test_a_step_less_than_done_is_open_again(self, made: UnitPlan, commune_clerk: Person, actor_for: ActorFor) -> None:
        actor, step = actor_for(commune_clerk), _only(made)
        for percent in (100, 80):
            services.record_step(actor=actor, step=step, at=NOON, happened_on=TODAY, percent=percent)
        step.refresh_from_db()
        assert (step.percent, step.done_on) == (80, None)
        assert list(step.events.values_list("kind", flat=True)) == ["progress", "reopened"]

    def test_a_done_part_hears_nothing_more(self, made: UnitPlan, commune_clerk: Person, actor_for: ActorFor) -> None:
        actor, step = actor_for(commune_clerk), _only(made)
        part = Part.objects.get(unit=made.unit)
        assert step.task
        services.deliver(
            actor=actor, task=step.task, part=part, at=NOON, happened_on=TODAY, product_code="5/BC-UBND", product_date=TODAY
        )
        services.record_step(actor=actor, step=step, at=NOON, happened_on=TODAY, percent=40)
        assert list(step.task.events.values_list("kind", flat=True)) == ["delivered"]

    @pytest.mark.parametrize(
        ("facts", "field"), [({"percent": 101}, "percent"), ({"happened_on": TODAY + timedelta(days=1)}, "happened_on")]
    )
    def test_impossible_figures_are_refused(
        self, made: UnitPlan, commune_clerk: Person, actor_for: ActorFor, facts: dict[str, object], field: str
    ) -> None:
        usual = {"actor": actor_for(commune_clerk), "step": _only(made), "at": NOON, "happened_on": TODAY, "percent": 5}
        with pytest.raises(Refused) as refusal:
            services.record_step(**{**usual, **facts})  # type: ignore[arg-type]
        assert refusal.value.field == field
        assert not _only(made).events.exists()


class TestChanging:
    def test_the_second_of_two_is_told_and_nothing_is_written(
        self, made: UnitPlan, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        actor, step = actor_for(commune_clerk), _only(made)
        services.change_step(actor=actor, step=step, facts=StepFacts("Bản thứ nhất", task=step.task), revision=1)
        with pytest.raises(Refused, match="vừa được người khác sửa"):
            services.change_step(actor=actor, step=step, facts=StepFacts("Bản thứ hai"), revision=1)
        assert _only(made).text == "Bản thứ nhất"

    def test_days_in_the_wrong_order_are_refused(self, made: UnitPlan, commune_clerk: Person, actor_for: ActorFor) -> None:
        facts = StepFacts("Việc", starts_on=TODAY, last_ok_on=TODAY - timedelta(days=1))
        with pytest.raises(Refused) as refusal:
            services.add_step(actor=actor_for(commune_clerk), plan=made, facts=facts)
        assert refusal.value.field == "last_ok_on"

    def test_a_dropped_step_keeps_its_reason(self, made: UnitPlan, commune_clerk: Person, actor_for: ActorFor) -> None:
        services.drop_step(actor=actor_for(commune_clerk), step=_only(made), at=NOON, reason="Không còn bể bơi")
        step = _only(made)
        assert (step.dropped_on, step.events.get().note) == (TODAY, "Không còn bể bơi")


@pytest.fixture
def addresses(made: UnitPlan) -> dict[str, str]:
    base = f"/chuong-trinh/{made.programme_id}/ke-hoach/"
    own = f"{base}{made.unit_id}/"
    step = f"{own}viec/{_only(made).pk}/"
    return {"all": base, "plan": own, "paper": f"{own}ke-hoach.docx", "add": f"{own}them/", "write": f"{own}loi-van/"} | {
        name: f"{step}{address}/" for name, address in (("change", "sua"), ("record", "tien-do"), ("drop", "bo"))
    }


@pytest.mark.usefixtures("frozen_day")
class TestPages:
    def test_owner_colleague_and_stranger(
        self,
        addresses: dict[str, str],
        commune_clerk: Person,
        colleague: Person,
        stranger: Person,
        log_in: Callable[[Person], Client],
    ) -> None:
        """Those of the unit work on it, those of the province read it, others know nothing of it."""
        answers = {
            name: tuple(log_in(person).get(address).status_code for person in (commune_clerk, colleague, stranger))
            for name, address in addresses.items()
        }
        reading, working = (200, 200, 404), (200, 403, 404)
        assert answers == {name: reading if name in {"all", "plan", "paper"} else working for name in addresses}

    def test_a_colleague_changes_nothing(
        self, addresses: dict[str, str], made: UnitPlan, colleague: Person, log_in: Callable[[Person], Client]
    ) -> None:
        for name in ("add", "write", "change", "record", "drop"):
            assert log_in(colleague).post(addresses[name], {"text": "x", "percent": 100, "reason": "x"}).status_code == 403
        assert (_only(made).percent, made.steps.count()) == (0, 1)

    def test_a_day_in_the_life_of_a_plan(
        self, addresses: dict[str, str], made: UnitPlan, commune_clerk: Person, log_in: Callable[[Person], Client]
    ) -> None:
        client = log_in(commune_clerk)
        page = client.get(addresses["plan"]).content.decode()
        assert "Chưa có người chịu trách nhiệm" in page
        step = _only(made)
        late = {"kind": "work", "text": "Rà soát 5 bể bơi", "task": step.task_id, "responsible": commune_clerk.pk,
                "last_ok_on": "31/12/2025", "revision": 1}  # fmt: skip
        assert client.post(addresses["change"], late).status_code == 302
        page = client.get(addresses["plan"]).content.decode()
        assert "Hạn của việc này (31/12/2025) sau hạn của nhiệm vụ được giao (02/10/2025)" in page
        assert "Hoàng Thị Xã" in page
        client.post(addresses["record"], {"happened_on": "12/9/2025", "percent": 30})
        assert Part.objects.get(unit=made.unit).assignment.task.progress_percent is None
        assert _only(made).percent == 30
        client.post(f"{addresses['plan']}ban-hanh/", {"code": "15/KH-UBND", "issued_on": "11/9/2025"})
        assert "15/KH-UBND" in client.get(addresses["all"]).content.decode()

    def test_what_was_typed_stays_beside_the_other_persons_version(
        self, addresses: dict[str, str], commune_clerk: Person, log_in: Callable[[Person], Client]
    ) -> None:
        client = log_in(commune_clerk)
        client.post(addresses["change"], {"kind": "work", "text": "Bản của chị Lan", "revision": 1})
        answer = client.post(addresses["change"], {"kind": "work", "text": "Bản của anh Nam", "revision": 1})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Bản của chị Lan" in page
        assert "Bản của anh Nam" in page
        assert 'name="revision" value="2"' in page

    def test_the_paper(
        self, addresses: dict[str, str], made: UnitPlan, commune_clerk: Person, log_in: Callable[[Person], Client]
    ) -> None:
        UnitPlan.objects.filter(pk=made.pk).update(code="15/KH-UBND", issued_on=TODAY, purpose="Bảo đảm an toàn cho trẻ em.")
        answer = log_in(commune_clerk).get(addresses["paper"])
        word = WordDocument(BytesIO(answer.content))
        text = "\n".join([p.text for p in word.paragraphs] + [c.text for t in word.tables for r in t.rows for c in r.cells])
        for words in ("KẾ HOẠCH", "15/KH-UBND", "Rà soát bể bơi trên địa bàn", "MỤC ĐÍCH, YÊU CẦU", "TM. ỦY BAN NHÂN DÂN"):
            assert words in text

    def test_the_list_costs_the_same_for_one_unit_and_three(
        self, made: UnitPlan, communes: list[Unit], actor_for: ActorFor, django_assert_num_queries: Callable[..., object]
    ) -> None:
        for count in (1, 3):
            with django_assert_num_queries(4):  # type: ignore[attr-defined]
                rows = plans_of(made.programme, TODAY)
            assert len(rows) == 3
            if count == 1:
                for commune in communes[1:]:
                    clerk = person_in(commune, username=f"xa{commune.pk}")
                    services.make_plan(actor=actor_for(clerk), programme=made.programme, unit=commune, at=NOON)


def test_what_a_unit_was_given_by_its_own_part(shared: Programme, communes: list[Unit], other_department: Unit) -> None:
    assert [one.last_ok_on for one in given_to(communes[1], shared, TODAY)] == [DUE]
    assert given_to(other_department, shared, TODAY) == []
