"""What a target means and asks for: definition, change of value, milestones, years that belong together."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.documents.models import Document
from dondoc.programmes.enums import Direction, RollUp
from dondoc.programmes.models import Programme, Target, TargetVersion
from dondoc.programmes.queries.targets import asked_of, asked_one, targets_of
from dondoc.programmes.queries.targets_course import followed, off_course
from dondoc.programmes.services import targets_deciding, targets_defining
from dondoc.programmes.services.targets_deciding import Value
from dondoc.programmes.services.targets_defining import Meaning, meaning_of
from dondoc.units.enums import GroupRule
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import ISSUED
from tests.dondoc.factories.targets import AUGUST, JULY, YEAR_2024, add_ratio, add_target, all_measured, figure, measured
from tests.dondoc.factories.units import GroupFactory

D = Decimal
MakeActor = Callable[..., Actor]


@pytest.fixture
def held(programme: Programme) -> Target:
    return add_target(programme)


class TestDefinition:
    RATIO = Meaning(measure="%", numerator="số trẻ biết bơi", denominator="số trẻ", roll_up=RollUp.RATIO)

    def define(self, actor: Actor, held: Target, meaning: Meaning, **facts: Any) -> Target:
        return targets_defining.define(actor=actor, target=held, meaning=meaning, **{"revision": held.revision, **facts})

    def test_the_giver_sets_it_and_a_change_needs_a_reason(
        self, held: Target, owner: Person, all_communes: UnitGroup, actor_for: MakeActor
    ) -> None:
        actor = actor_for(owner)
        meaning = replace(self.RATIO, measured_by_group=all_communes, baseline_value=D("41.5"), baseline_on=YEAR_2024)
        first = self.define(actor, held, meaning)
        assert (first.revision, meaning_of(first)) == (2, meaning)
        changed = replace(meaning, frequency="quarter")
        with pytest.raises(Refused, match="Ghi lý do sửa"):
            self.define(actor, first, changed)
        self.define(actor, first, changed, reason="Đo hằng quý theo CV 12")
        entry = AuditEntry.objects.get(verb="programmes.define_target", reason="Đo hằng quý theo CV 12")
        assert entry.details["changes"] == {"frequency": ["", "quarter"]}

    def test_the_same_again_changes_nothing(self, held: Target, owner: Person, actor_for: MakeActor) -> None:
        self.define(actor_for(owner), held, meaning_of(held))
        assert not AuditEntry.objects.filter(verb="programmes.define_target").exists()

    def test_who_did_not_see_the_last_definition_is_told(
        self, held: Target, owner: Person, unit_leader: Person, actor_for: MakeActor
    ) -> None:
        self.define(actor_for(owner), held, Meaning(measure="%", direction=Direction.UP))
        with pytest.raises(Refused, match="Người khác vừa sửa"):
            self.define(actor_for(unit_leader), held, Meaning(measure="trẻ"), revision=1)
        held.refresh_from_db()
        assert held.measure == "%"

    def test_only_the_giver(
        self, held: Target, colleague: Person, commune_clerk: Person, stranger: Person, actor_for: MakeActor
    ) -> None:
        for person in (colleague, commune_clerk, stranger):
            with pytest.raises(NotAllowed):
                self.define(actor_for(person), held, Meaning(measure="trẻ"))

    @pytest.mark.parametrize(
        ("meaning", "field"),
        [
            (Meaning(numerator="a"), "denominator"),
            (Meaning(denominator="a"), "numerator"),
            (Meaning(roll_up=RollUp.RATIO), "numerator"),
            (replace(RATIO, roll_up=RollUp.SUM), "roll_up"),
            (Meaning(measure="%", roll_up=RollUp.SUM), "roll_up"),
            (Meaning(baseline_value=D(1)), "baseline_on"),
            (Meaning(baseline_on=YEAR_2024), "baseline_value"),
            (Meaning(baseline_value=D(1), baseline_on=TODAY + timedelta(days=1)), "baseline_on"),
        ],
    )
    def test_what_does_not_go_together(
        self, held: Target, owner: Person, meaning: Meaning, field: str, actor_for: MakeActor
    ) -> None:
        with pytest.raises(Refused) as caught:
            self.define(actor_for(owner), held, meaning)
        assert caught.value.field == field

    def test_who_measures(
        self, held: Target, owner: Person, province: Unit, foreign_department: Unit, all_communes: UnitGroup, actor_for: MakeActor
    ) -> None:
        open_group = GroupFactory(code="lien-quan", name="Các đơn vị liên quan", province=province, rule=GroupRule.OPEN)
        refused = (Meaning(measured_by_group=open_group), Meaning(measured_by_unit=foreign_department))
        for meaning, field in (*((one, "measured_by") for one in refused), (Meaning(measured_by_group=all_communes), "roll_up")):
            with pytest.raises(Refused) as caught:
                self.define(actor_for(owner), held, meaning)
            assert caught.value.field == field

    def test_once_there_are_figures_their_meaning_stays(
        self, programme: Programme, all_communes: UnitGroup, commune: Unit, owner: Person, actor_for: MakeActor
    ) -> None:
        share = add_ratio(programme, all_communes, measure="%")
        measured(share, commune, owner, figure(above=1, below=2))
        now = meaning_of(share)
        for change in (
            {"per": 1000},
            {"cumulative": True},
            {"numerator": "số khác"},
            {"numerator": "", "denominator": "", "roll_up": "sum", "measure": "trẻ"},
        ):
            with pytest.raises(Refused, match="Đã có số đo"):
                self.define(actor_for(owner), share, replace(now, **change), reason="x")
        assert self.define(actor_for(owner), share, replace(now, frequency="quarter"), reason="x").frequency == "quarter"


class TestValues:
    def change(self, actor: Actor, held: Target, **facts: Any) -> TargetVersion:
        usual = {"value": Value(">=", D(70)), "horizon": "2030", "effective_from": TODAY, "reason": "Bổ sung kinh phí"}
        return targets_deciding.change_value(actor=actor, target=held, **{**usual, **facts})

    def test_a_change_is_a_new_version_and_the_old_one_stays(
        self, held: Target, owner: Person, document: Document, actor_for: MakeActor
    ) -> None:
        self.change(actor_for(owner), held, decided_by=document)
        assert [(row.value, row.effective_from) for row in held.versions.all()] == [(D(60), ISSUED), (D(70), TODAY)]
        days = (TODAY - timedelta(days=1), TODAY)
        assert [asked_one(held, day).value for day in days] == ["ít nhất 60%", "ít nhất 70%"]

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"reason": " "}, "reason"),
            ({"horizon": "sắp tới"}, "horizon"),
            ({"effective_from": ISSUED}, "effective_from"),
            ({"value": Value("range", D(5))}, "value_high"),
            ({"value": Value("range", D(5), D(4))}, "value_high"),
            ({"value": Value("gần", D(5))}, "comparator"),
            ({"decided_by": None}, "decided_by"),
        ],
    )
    def test_what_it_needs(
        self, held: Target, owner: Person, document: Document, facts: dict[str, Any], field: str, actor_for: MakeActor
    ) -> None:
        with pytest.raises(Refused) as caught:
            self.change(actor_for(owner), held, **{"decided_by": document, **facts})
        assert caught.value.field == field
        assert held.versions.count() == 1

    def test_milestones_are_added_on_the_way_and_go_on_after_a_change(
        self, held: Target, owner: Person, document: Document, communes: list[Unit], actor_for: MakeActor
    ) -> None:
        add = {"actor": actor_for(owner), "target": held, "decided_by": document, "at": NOON}
        half = date(2027, 12, 31)
        targets_deciding.add_milestones(by_day=half, values=[(None, Value(">=", D(50)))], **add)
        targets_deciding.add_milestones(by_day=half, values=[(unit, Value(">=", D(45))) for unit in communes], **add)
        for by_day, values, words in (
            (half, [(None, Value(">=", D(55)))], "đã giao: toàn tỉnh"),
            (half, [(communes[0], Value(">=", D(55)))], "đã giao: xã An Bình"),
            (date(2031, 12, 31), [(None, Value(">=", D(55)))], "trước năm phải đạt"),
            (date(2030, 12, 31), [(None, Value(">=", D(55)))], "đã có giá trị chung"),
        ):
            with pytest.raises(Refused, match=words):
                targets_deciding.add_milestones(by_day=by_day, values=values, **add)
        self.change(actor_for(owner), held, decided_by=document)
        asked = asked_one(held, TODAY)
        assert [(one.by, one.words) for one in asked.horizons] == [("2027", "ít nhất 50%"), ("2030", "ít nhất 70%")]
        assert asked.next(TODAY) == asked.horizons[0]
        assert asked.next(half + timedelta(days=1)) == asked.horizons[1]


class TestYearsTogether:
    """As a plan states it: *tuổi thọ trung bình* for 2030 and for 2045."""

    @pytest.fixture
    def years(self, programme: Programme) -> tuple[Target, Target]:
        near = add_target(programme, "Tuổi thọ trung bình", comparator="=", value=73, measure="tuổi", horizon="2030")
        far = add_target(programme, "Tuổi thọ trung bình", comparator=">", value=80, measure="tuổi", horizon="2045")
        return near, far

    def test_they_become_one_with_two_goals_and_each_keeps_its_source(
        self, years: tuple[Target, Target], programme: Programme, owner: Person, actor_for: MakeActor
    ) -> None:
        near, far = years
        targets_defining.join(actor=actor_for(owner), target=near, others=[far])
        (asked,) = targets_of(programme, TODAY)
        assert [(one.by, one.words, one.target.item_id) for one in asked.horizons] == [
            ("2030", "73 tuổi", near.item_id),
            ("2045", "trên 80 tuổi", far.item_id),
        ]
        targets_defining.part(actor=actor_for(owner), target=far)
        assert [one.target.pk for one in targets_of(programme, TODAY)] == [near.pk, far.pk]

    def test_what_cannot_be_joined(
        self,
        years: tuple[Target, Target],
        programme: Programme,
        department: Unit,
        owner: Person,
        colleague: Person,
        actor_for: MakeActor,
    ) -> None:
        near, far = years
        same_year = add_target(programme, "Tuổi thọ trung bình", value=75, measure="tuổi")
        other_measure = add_target(programme, "Số năm sống khỏe mạnh", value=71, measure="năm", horizon="2045")
        actor = actor_for(owner)
        for others, words in (
            ([], "Chọn chỉ tiêu"),
            ([near], "Chọn chỉ tiêu"),
            ([same_year], "Hai giá trị cho cùng mốc 2030"),
            ([other_measure], "Đơn vị đo khác nhau"),
        ):
            with pytest.raises(Refused, match=words):
                targets_defining.join(actor=actor, target=near, others=others)
        with pytest.raises(NotAllowed):
            targets_defining.join(actor=actor_for(colleague), target=near, others=[far])
        measured(far, department, owner, figure(74), ends_on=YEAR_2024)
        with pytest.raises(Refused, match="đã có số đo"):
            targets_defining.join(actor=actor, target=near, others=[far])
        assert not Target.objects.filter(joined_to__isnull=False).exists()

    def test_another_measure_with_a_reason(
        self, years: tuple[Target, Target], programme: Programme, owner: Person, actor_for: MakeActor
    ) -> None:
        other = add_target(programme, "Tuổi thọ trung bình", value=81, measure="năm", horizon="2050")
        targets_defining.join(actor=actor_for(owner), target=years[0], others=[years[1], other], reason="Tuổi và năm là một")
        assert len(asked_one(years[0], TODAY).horizons) == 3
        with pytest.raises(Refused, match="không gộp vào"):
            targets_defining.part(actor=actor_for(owner), target=years[0])
        with pytest.raises(Refused, match="đã là mốc"):
            targets_defining.join(actor=actor_for(owner), target=other, others=[years[0]])


class TestOffCourse:
    def stray(self, programme: Programme, group: UnitGroup, communes: list[Unit], owner: Person, name: str) -> Target:
        held = add_ratio(programme, group, name, baseline_value=D(80))
        all_measured(held, communes, owner, ((1, 10),) * 3)
        return held

    def test_the_worst_come_first_with_their_figures(
        self, programme: Programme, all_communes: UnitGroup, communes: list[Unit], owner: Person, actor_for: MakeActor
    ) -> None:
        fine = add_ratio(programme, all_communes, "Tỷ lệ khác")
        all_measured(fine, communes, owner, ((9, 10),) * 3)
        slow = add_ratio(programme, all_communes, "Chậm", horizon="2025")
        all_measured(slow, communes, owner, ((50, 100),) * 3)
        bad = self.stray(programme, all_communes, communes, owner, "Lệch")
        found = off_course(actor_for(owner), TODAY)
        assert [(one.target_id, one.course_words) for one in found] == [(bad.pk, "Lệch hướng"), (slow.pk, "Chậm")]
        assert (found[1].value, found[1].asked, found[1].by, found[1].measured_on) == ("50%", "ít nhất 60%", "2025", AUGUST)
        assert found[1].planned == "53,3%"

    def test_it_is_limited_by_who_asks_and_follows_every_change(
        self,
        programme: Programme,
        all_communes: UnitGroup,
        communes: list[Unit],
        owner: Person,
        colleague: Person,
        stranger: Person,
        actor_for: MakeActor,
    ) -> None:
        assert off_course(actor_for(owner), TODAY) == []
        self.stray(programme, all_communes, communes, owner, "Lệch")
        assert len(off_course(actor_for(owner), TODAY)) == len(off_course(actor_for(colleague), TODAY)) == 1
        assert off_course(actor_for(stranger), TODAY) == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_do_not_grow(
        self,
        programme: Programme,
        all_communes: UnitGroup,
        communes: list[Unit],
        owner: Person,
        count: int,
        actor_for: MakeActor,
        django_assert_num_queries: Any,
    ) -> None:
        for number in range(count):
            self.stray(programme, all_communes, communes, owner, f"Lệch {number}")
        actor = actor_for(owner)
        with django_assert_num_queries(6):
            assert len(off_course(actor, TODAY)) == count
        with django_assert_num_queries(1):
            assert len(off_course(actor, TODAY)) == count


def test_a_plan_without_baseline_runs_from_the_first_figure(programme: Programme, department: Unit, owner: Person) -> None:
    held = add_target(programme, frequency="month")
    measured(held, department, owner, figure(40), ends_on=JULY, accept_it=True)
    one = followed(asked_of([programme.pk], TODAY), TODAY, TODAY)[0]
    assert (one.position.course, one.from_first) == ("unknown", True)
    measured(held, department, owner, figure(30), accept_it=True)
    one = followed(asked_of([programme.pk], TODAY), TODAY, TODAY)[0]
    assert one.position.course == "off_course"
    assert one.forecast is not None
    assert one.forecast.value == D(0), "a share does not fall below nothing"
