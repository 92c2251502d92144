"""Measurements through the services: who may, what cannot be, corrections, the giver's word, conflict, what counts."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.notices.models import Notice
from dondoc.programmes.enums import Direction, FigureKind, RollUp
from dondoc.programmes.models import Measurement, MeasurementReview, Programme, Target
from dondoc.programmes.queries.targets import asked_one
from dondoc.programmes.queries.targets_series import Point, series_of
from dondoc.programmes.rules.targets_checks import Figure
from dondoc.programmes.services import targets_reviewing
from dondoc.programmes.services.targets_measuring import Clash, Faulty
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.targets import AUGUST, JULY, add_ratio, add_target, all_measured, figure, measured

D = Decimal
MakeActor = Callable[..., Actor]
PARTS = ((9, 10), (10, 100), (30, 60))


@pytest.fixture
def share(programme: Programme, all_communes: UnitGroup) -> Target:
    return add_ratio(programme, all_communes)


def points(held: Target, on: date = TODAY) -> list[Point]:
    return series_of([asked_one(held, on)], on, TODAY)[held.pk]


def faults(error: pytest.ExceptionInfo[Faulty]) -> dict[str, str]:
    return {fault.field: fault.message for fault in error.value.faults}


class TestWhoMay:
    def test_people_of_the_unit_and_the_giver_on_its_behalf(
        self, share: Target, commune: Unit, commune_clerk: Person, owner: Person
    ) -> None:
        own = measured(share, commune, commune_clerk, figure(above=1, below=2))
        assert (own.on_behalf, own.newest, own.counted) == (False, True, False)
        behalf = measured(share, commune, owner, figure(above=1, below=3), seen=own.pk, reason="Xã báo lại qua điện thoại")
        assert behalf.on_behalf
        assert AuditEntry.objects.filter(verb="programmes.measure", details__measurement=behalf.pk, unit=commune).exists()

    def test_nobody_else(
        self, share: Target, communes: list[Unit], commune_clerk: Person, colleague: Person, stranger: Person
    ) -> None:
        for person in (colleague, stranger):
            with pytest.raises(NotAllowed):
                measured(share, communes[0], person, figure(above=1, below=2))
        with pytest.raises(NotAllowed):
            measured(share, communes[1], commune_clerk, figure(above=1, below=2))
        assert not Measurement.objects.exists()

    def test_a_clerk_of_the_unit_cannot_accept_its_own(
        self, share: Target, commune: Unit, commune_clerk: Person, actor_for: MakeActor
    ) -> None:
        row = measured(share, commune, commune_clerk, figure(above=1, below=2), accept_it=True)
        assert not row.counted
        with pytest.raises(NotAllowed):
            targets_reviewing.accept(
                actor=actor_for(commune_clerk), target=share, measurements=[row.pk], at=NOON, happened_on=TODAY
            )

    def test_givers_hear_of_it_once_a_day_and_the_unit_of_a_return(
        self, share: Target, communes: list[Unit], commune_clerk: Person, owner: Person, unit_leader: Person, actor_for: MakeActor
    ) -> None:
        row = measured(share, communes[0], commune_clerk, figure(above=1, below=2))
        measured(share, communes[0], commune_clerk, figure(above=2, below=2), seen=row.pk, reason="Đếm lại")
        told = Notice.objects.filter(key__startswith="figures-")
        assert set(told.values_list("person", flat=True)) == {owner.pk, unit_leader.pk}
        newest = Measurement.objects.get(newest=True)
        targets_reviewing.send_back(
            actor=actor_for(owner), measurement=newest, at=NOON, happened_on=TODAY, reason_code="unlikely", reason="Số trẻ quá ít"
        )
        heard = Notice.objects.get(person=commune_clerk)
        assert "Số trẻ quá ít" in heard.text
        assert f"don-vi={communes[0].pk}" in heard.address


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("what", "field", "words"),
        [
            (figure(above=7, below=5), "numerator", "7 lớn hơn mẫu số (5)"),
            (figure(above=-1, below=5), "numerator", "số âm"),
            (figure(above=0, below=0), "denominator", "Không có"),
            (figure(above=3), "denominator", "Ghi mẫu số: số trẻ."),
            (figure(below=3), "numerator", "Ghi tử số"),
            (figure(), "numerator", "bốn ô"),
            (Figure(FigureKind.ZERO), "denominator", "Bằng không trên tổng số bao nhiêu"),
        ],
    )
    def test_parts_of_a_ratio(
        self, share: Target, commune: Unit, commune_clerk: Person, what: Figure, field: str, words: str
    ) -> None:
        with pytest.raises(Faulty) as caught:
            measured(share, commune, commune_clerk, what)
        assert words in faults(caught)[field]

    def test_a_ratio_that_may_exceed(
        self, programme: Programme, all_communes: UnitGroup, commune: Unit, commune_clerk: Person
    ) -> None:
        held = add_ratio(programme, all_communes, may_exceed=True)
        assert measured(held, commune, commune_clerk, figure(above=12, below=10)).value == D(120)

    @pytest.mark.parametrize(
        ("value", "measure", "words"), [("100.1", "%", "lớn hơn 100%"), ("-1", "vụ", "số âm"), (None, "%", "bốn ô")]
    )
    def test_a_single_figure(
        self, programme: Programme, department: Unit, owner: Person, value: str | None, measure: str, words: str
    ) -> None:
        held = add_target(programme, measure=measure, frequency="month")
        with pytest.raises(Faulty) as caught:
            measured(held, department, owner, figure(value))
        assert words in faults(caught)["value"]

    def test_a_hundred_per_cent_can_be(self, programme: Programme, department: Unit, owner: Person) -> None:
        assert measured(add_target(programme, frequency="month"), department, owner, figure(100)).value == D(100)

    def test_a_unit_that_is_closed_or_outside_and_a_period_that_runs(
        self, share: Target, communes: list[Unit], other_department: Unit, owner: Person
    ) -> None:
        communes[1].valid_to = JULY
        communes[1].save()
        communes[2].valid_to = AUGUST
        communes[2].save()
        with pytest.raises(Faulty) as closed:
            measured(share, communes[1], owner, figure(above=1, below=2))
        assert "đã kết thúc ngày 31/7/2025" in faults(closed)["unit"]
        assert measured(share, communes[2], owner, figure(above=1, below=2)).pk, "its last day is in the period"
        with pytest.raises(Faulty) as outside:
            measured(share, other_department, owner, figure(above=1, below=2))
        assert "không thuộc các đơn vị đo" in faults(outside)["unit"]
        with pytest.raises(Faulty) as running:
            measured(
                share,
                communes[0],
                owner,
                figure(above=1, below=2),
                on=AUGUST - timedelta(days=1),
                happened_on=AUGUST - timedelta(days=1),
            )
        assert "chưa qua" in faults(running)["period"]
        assert measured(share, communes[0], owner, figure(above=1, below=2), on=AUGUST, happened_on=AUGUST).pk

    def test_days_of_the_word(self, share: Target, commune: Unit, owner: Person) -> None:
        with pytest.raises(Faulty) as early:
            measured(share, commune, owner, figure(above=1, below=2), happened_on=AUGUST - timedelta(days=1))
        with pytest.raises(Faulty) as late:
            measured(share, commune, owner, figure(above=1, below=2), happened_on=TODAY + timedelta(days=1))
        assert set(faults(early)) == set(faults(late)) == {"happened_on"}

    def test_a_running_total_that_falls_stands_with_an_explanation(
        self, programme: Programme, department: Unit, owner: Person
    ) -> None:
        held = add_target(programme, measure="vụ", value=100, cumulative=True, frequency="month")
        measured(held, department, owner, figure(50), ends_on=JULY, on=TODAY)
        with pytest.raises(Faulty) as caught:
            measured(held, department, owner, figure(40))
        assert "nhỏ hơn kỳ trước (7 tháng 2025: 50)" in faults(caught)["explanation"]
        assert measured(held, department, owner, figure(40), explanation="Bỏ 10 vụ trùng").explanation == "Bỏ 10 vụ trùng"

    def test_nothing_is_measured_on_a_joined_year(self, programme: Programme, department: Unit, owner: Person) -> None:
        head, other = add_target(programme), add_target(programme, horizon="2045", frequency="month")
        Target.objects.filter(pk=other.pk).update(joined_to=head)
        with pytest.raises(Refused, match="mốc của chỉ tiêu khác"):
            measured(other, department, owner, figure(50), ends_on=JULY)

    def test_the_database_holds_what_the_service_holds(self, share: Target, commune: Unit, owner: Person) -> None:
        row = measured(share, commune, owner, figure(above=1, below=2))
        for change in (
            {"kind": "none"},
            {"kind": "zero"},
            {"numerator": None},
            {"period_to": row.period_from - timedelta(days=1)},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Measurement.objects.filter(pk=row.pk).update(**change)


class TestFourKindsOfNothing:
    def test_each_is_kept_and_counted_apart(
        self, programme: Programme, all_communes: UnitGroup, communes: list[Unit], owner: Person
    ) -> None:
        held = add_target(programme, measure="vụ", frequency="month", roll_up=RollUp.SUM, measured_by_group=all_communes)
        kinds = (FigureKind.ZERO, FigureKind.NONE, FigureKind.NOT_REPORTED)
        rows = [measured(held, unit, owner, Figure(kind), accept_it=True) for unit, kind in zip(communes, kinds, strict=True)]
        assert [(row.kind, row.value) for row in rows] == [("zero", D(0)), ("none", None), ("missing", None)]
        point = points(held)[0]
        assert point.value == 0
        assert point.accepted.kinds == {"zero": 1, "none": 1, "missing": 1}
        assert [unit.name for unit in point.silent] == [communes[2].name], "chưa có số liệu is still owed"
        assert not point.tells, "a sum needs the word of every unit"
        measured(
            held, communes[2], owner, Figure(FigureKind.NOT_APPLICABLE), accept_it=True, seen=rows[2].pk, reason="Không giao"
        )
        assert points(held)[0].tells

    def test_a_typed_nought_is_zero(self, share: Target, commune: Unit, owner: Person) -> None:
        row = measured(share, commune, owner, figure(above=0, below=20))
        assert (row.kind, row.value, row.denominator) == (FigureKind.ZERO, D(0), D(20))


class TestCorrections:
    def test_a_correction_is_a_new_row_with_a_reason(self, share: Target, commune: Unit, owner: Person) -> None:
        first = measured(share, commune, owner, figure(above=1, below=2), accept_it=True)
        with pytest.raises(Refused, match="Ghi lý do sửa"):
            measured(share, commune, owner, figure(above=1, below=4), seen=first.pk)
        second = measured(share, commune, owner, figure(above=1, below=4), seen=first.pk, reason="Đếm thiếu")
        first.refresh_from_db()
        assert (first.value, first.newest, first.counted) == (D(50), False, True), "what was accepted counts until the new is"
        assert (second.supersedes, second.newest, second.counted, second.reason) == (first, True, False, "Đếm thiếu")
        point = points(share)[0]
        assert (point.value, point.received_value, point.waiting) == (D(50), D(25), 0)

    def test_the_same_again_is_refused(self, share: Target, commune: Unit, owner: Person) -> None:
        first = measured(share, commune, owner, figure(above=1, below=2))
        with pytest.raises(Refused, match="không có gì để sửa"):
            measured(share, commune, owner, figure(above=1, below=2), seen=first.pk, reason="x")

    def test_who_did_not_see_the_other_s_row_is_told_and_loses_nothing(
        self, share: Target, commune: Unit, commune_clerk: Person, owner: Person
    ) -> None:
        first = measured(share, commune, commune_clerk, figure(above=1, below=2))
        with pytest.raises(Clash) as caught:
            measured(share, commune, owner, figure(above=1, below=4))
        assert caught.value.standing == first
        assert "Hoàng Thị Xã vừa ghi 50% (1/2)" in caught.value.message
        assert Measurement.objects.count() == 1

    def test_a_returned_one_is_corrected_without_another_reason(
        self, share: Target, commune: Unit, commune_clerk: Person, owner: Person, actor_for: MakeActor
    ) -> None:
        first = measured(share, commune, commune_clerk, figure(above=1, below=2))
        back = {"actor": actor_for(owner), "at": NOON, "happened_on": TODAY}
        for reason_code, reason in (("", "x"), ("other", " ")):
            with pytest.raises(Refused):
                targets_reviewing.send_back(measurement=first, reason_code=reason_code, reason=reason, **back)
        targets_reviewing.send_back(measurement=first, reason_code="no_source", reason="Chưa có sổ theo dõi", **back)
        with pytest.raises(Refused, match="đang chờ đơn vị sửa"):
            targets_reviewing.send_back(measurement=first, reason_code="no_source", reason="x", **back)
        second = measured(share, commune, commune_clerk, figure(above=1, below=2), seen=first.pk, source_words="Sổ A2")
        assert second.reason == "Sửa theo ý kiến trả lại"

    def test_what_was_corrected_meanwhile_is_not_accepted_unseen(
        self, share: Target, commune: Unit, commune_clerk: Person, owner: Person, actor_for: MakeActor
    ) -> None:
        first = measured(share, commune, commune_clerk, figure(above=1, below=2))
        measured(share, commune, commune_clerk, figure(above=2, below=2), seen=first.pk, reason="Đếm lại")
        with pytest.raises(Refused, match="vừa sửa số: xã An Bình"):
            targets_reviewing.accept(actor=actor_for(owner), target=share, measurements=[first.pk], at=NOON, happened_on=TODAY)

    def test_an_accepted_one_that_is_returned_counts_no_more(
        self, share: Target, commune: Unit, owner: Person, actor_for: MakeActor
    ) -> None:
        row = measured(share, commune, owner, figure(above=1, below=2), accept_it=True)
        targets_reviewing.send_back(
            actor=actor_for(owner), measurement=row, at=NOON, happened_on=TODAY, reason_code="unlikely", reason="Kiểm tra lại"
        )
        assert points(share)[0].value is None
        assert (
            targets_reviewing.accept(actor=actor_for(owner), target=share, measurements=[row.pk], at=NOON, happened_on=TODAY) == 1
        )
        assert (
            targets_reviewing.accept(actor=actor_for(owner), target=share, measurements=[row.pk], at=NOON, happened_on=TODAY) == 0
        )
        assert points(share)[0].value == D(50)


class TestTotals:
    def test_the_ratio_of_the_sums_accepted_and_received(
        self, share: Target, communes: list[Unit], owner: Person, commune_clerk: Person
    ) -> None:
        measured(share, communes[0], commune_clerk, figure(above=9, below=10))
        all_measured(share, communes[1:], owner, PARTS[1:])
        point = points(share)[0]
        assert (point.value, point.received_value) == (D("25.0000"), D("28.8235"))
        assert (point.accepted.answered, point.received.answered, len(point.expected), point.waiting) == (2, 3, 3, 1)
        assert point.silent == ()

    def test_the_silent_are_named(self, share: Target, communes: list[Unit], owner: Person) -> None:
        all_measured(share, communes[:1], owner, PARTS[:1])
        assert [unit.name for unit in points(share)[0].silent] == ["phường Hòa Lạc", "xã Suối Trong"]

    def test_as_of_a_day_it_goes_by_the_day_of_the_word(self, share: Target, communes: list[Unit], owner: Person) -> None:
        days = (date(2025, 9, 1), date(2025, 9, 3), date(2025, 9, 9))
        for unit, parts, day in zip(communes, PARTS, days, strict=True):
            measured(share, unit, owner, figure(above=parts[0], below=parts[1]), accept_it=True, on=day, happened_on=day)
        known = [[point.accepted.figures for point in points(share, day)] for day in (days[0] - timedelta(days=1), *days)]
        assert known == [[], [1], [2], [3]]

    def test_the_projections_equal_the_replay(
        self, share: Target, communes: list[Unit], owner: Person, commune_clerk: Person, actor_for: MakeActor
    ) -> None:
        first = measured(share, communes[0], commune_clerk, figure(above=1, below=2))
        measured(share, communes[0], commune_clerk, figure(above=2, below=4), seen=first.pk, reason="Đếm lại")
        rows = [measured(share, unit, owner, figure(above=3, below=9), accept_it=True) for unit in communes[1:]]
        targets_reviewing.send_back(
            actor=actor_for(owner), measurement=rows[1], at=NOON, happened_on=TODAY, reason_code="unlikely", reason="x"
        )
        asked = [asked_one(share, TODAY)]
        today = series_of(asked, TODAY, TODAY)[share.pk]
        replayed = series_of(asked, TODAY, TODAY + timedelta(days=1))[share.pk]
        assert today == replayed
        assert today[0].accepted.figures == 1
        assert MeasurementReview.objects.count() == 3

    def test_a_cumulative_sum_keeps_the_last_word_of_who_is_late(
        self, programme: Programme, all_communes: UnitGroup, communes: list[Unit], owner: Person
    ) -> None:
        held = add_target(
            programme, measure="vụ", frequency="month", roll_up=RollUp.SUM, measured_by_group=all_communes, cumulative=True
        )
        for unit in communes:
            measured(held, unit, owner, figure(10), ends_on=JULY, accept_it=True)
        measured(held, communes[0], owner, figure(12), accept_it=True)
        point = points(held)[-1]
        assert point.value == D(32)
        assert point.carried == {unit.pk for unit in communes[1:]}

    def test_one_version_of_direction_is_enough(self, share: Target) -> None:
        assert asked_one(share, TODAY).direction == Direction.UP
