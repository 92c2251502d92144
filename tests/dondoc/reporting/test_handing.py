"""Filling in, handing in, reviewing."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.enums import ReturnState
from dondoc.reporting.models import Campaign, Passage, Practice, Return, Submitter, Value
from dondoc.reporting.queries.content import cells_of, texts_of
from dondoc.reporting.rules.cells import Cell, Place
from dondoc.reporting.services import filling, handing, opening, reviewing
from dondoc.units.enums import Role
from dondoc.units.models import Person
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import DUE, fill, hand_in

ActorFor = Callable[..., Actor]
C01 = Place("C.01", "2025")


def put(report: Return, actor: Actor, number: int, seen: Cell | None = None) -> filling.Saved:
    entry = filling.Entry(C01, Cell(Decimal(number)), seen=seen)
    return filling.save_cells(actor=actor, report=report, entries=[entry], at=NOON)


class TestFilling:
    def test_the_count_of_what_is_asked_and_filled(self, report: Return, commune_clerk: Person, actor_for: ActorFor) -> None:
        assert (report.asked, report.filled) == (8, 0)
        fill(report, actor_for(commune_clerk))
        report.refresh_from_db()
        assert report.filled == 7

    def test_the_second_clerk_is_told_and_overwrites_nothing(
        self, report: Return, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        other = actor_for(person_in(report.unit, username="canbo2", full_name="Lý Thị Hai"))
        put(report, actor_for(commune_clerk), 5, seen=Cell())
        saved = put(report, other, 7, seen=Cell())
        assert (saved.places, [(clash.theirs.number, clash.by) for clash in saved.clashes]) == ((), [(5, "Hoàng Thị Xã")])
        assert cells_of(report)[C01].number == 5
        assert put(report, other, 7, seen=Cell(Decimal(5))).places == (C01,)

    def test_a_text_that_another_wrote_stays(self, report: Return, commune_clerk: Person, actor_for: ActorFor) -> None:
        first = filling.save_text(actor=actor_for(commune_clerk), report=report, section="I", text="Một", at=NOON, seen=0)
        assert isinstance(first, Passage)
        clash = filling.save_text(actor=actor_for(commune_clerk), report=report, section="I", text="Hai", at=NOON, seen=0)
        assert isinstance(clash, filling.TextClash)
        assert (clash.theirs, texts_of(report)) == ("Một", {"I": "Một"})

    @pytest.mark.parametrize(
        ("place", "cell"),
        [
            (Place("X.99", "2025"), Cell(Decimal(1))),
            (Place("C.01", "2019"), Cell(Decimal(1))),
            (Place("C.03", "2025"), Cell(Decimal(1))),
            (C01, Cell(Decimal(1), "none")),
            (C01, Cell(nothing="khong")),
            (C01, Cell(Decimal("1e20"))),
        ],
    )
    def test_what_the_template_does_not_ask_is_refused_whole(
        self, report: Return, commune_clerk: Person, actor_for: ActorFor, place: Place, cell: Cell
    ) -> None:
        good = filling.Entry(Place("D.01", "2025"), Cell(Decimal(1)))
        with pytest.raises(Refused):
            filling.save_cells(actor=actor_for(commune_clerk), report=report, entries=[good, filling.Entry(place, cell)], at=NOON)
        assert not Value.objects.exists()

    def test_a_computed_cell_takes_an_explanation_and_nothing_else(
        self, report: Return, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        share = Place("C.03", "2025")
        entry = filling.Entry(share, Cell(explanation="Trẻ em mới chuyển đến"))
        filling.save_cells(actor=actor_for(commune_clerk), report=report, entries=[entry], at=NOON)
        report.refresh_from_db()
        assert (cells_of(report)[share].explanation, report.filled) == ("Trẻ em mới chuyển đến", 0)

    def test_only_the_unit_fills_in(self, report: Return, colleague: Person, stranger: Person, actor_for: ActorFor) -> None:
        for person in (colleague, stranger):
            with pytest.raises(NotAllowed):
                put(report, actor_for(person), 1)

    def test_a_closed_campaign_keeps_the_draft(
        self, campaign: Campaign, report: Return, owner: Person, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        put(report, actor_for(commune_clerk), 5)
        opening.close_campaign(actor=actor_for(owner), campaign=campaign)
        with pytest.raises(Refused, match="đã đóng"):
            put(report, actor_for(commune_clerk), 6)
        assert cells_of(report)[C01].number == 5


class TestHandingIn:
    def test_twice_with_one_token_is_once(self, report: Return, commune_clerk: Person, actor_for: ActorFor) -> None:
        actor, token = actor_for(commune_clerk), uuid4()
        fill(report, actor)
        first = handing.submit(actor=actor, report=report, token=token, at=NOON)
        assert handing.submit(actor=actor, report=report, token=token, at=NOON) == first
        assert report.submissions.count() == 1
        report.refresh_from_db()
        assert (report.state, report.first_received_on, report.sent_filled) == (ReturnState.RECEIVED, TODAY, 7)

    def test_an_empty_report_is_not_received(self, report: Return, commune_clerk: Person, actor_for: ActorFor) -> None:
        with pytest.raises(Refused, match="chưa có số liệu, nội dung nào"):
            handing.submit(actor=actor_for(commune_clerk), report=report, token=uuid4(), at=NOON)

    def test_faults_stand_in_the_way_and_lose_nothing(self, report: Return, commune_clerk: Person, actor_for: ActorFor) -> None:
        actor = actor_for(commune_clerk)
        fill(report, actor, C02_2025=Cell(Decimal(7)))
        with pytest.raises(handing.NotReady) as refusal:
            handing.submit(actor=actor, report=report, token=uuid4(), at=NOON)
        assert [fault.place for fault in refusal.value.faults] == [Place("C.02", "2025")]
        assert cells_of(report)[Place("C.02", "2025")].number == 7

    def test_only_those_who_were_named(self, report: Return, commune_clerk: Person, actor_for: ActorFor) -> None:
        other = person_in(report.unit, username="canbo2")
        Submitter.objects.create(unit=report.unit, person=other, valid_from=TODAY, named_by=other)
        with pytest.raises(NotAllowed, match="phân công người nộp"):
            hand_in(report, commune_clerk, actor_for)
        handing.submit(actor=actor_for(other), report=report, token=uuid4(), at=NOON)

    def test_the_leader_approves_where_the_unit_wants_it(
        self, report: Return, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        head = person_in(report.unit, Role.UNIT_LEADER, username="chutich")
        Practice.objects.create(unit=report.unit, leader_approves=True, set_at=NOON, set_by=head)
        clerk, leader = actor_for(commune_clerk), actor_for(head)
        fill(report, clerk)
        with pytest.raises(NotAllowed, match="lãnh đạo duyệt"):
            handing.submit(actor=clerk, report=report, token=uuid4(), at=NOON)
        handing.pass_on(actor=clerk, report=report, at=NOON)
        with pytest.raises(Refused, match="chờ lãnh đạo"):
            put(report, clerk, 9)
        handing.hold_back(actor=leader, report=report, at=NOON, note="Xem lại dòng D.01")
        put(report, clerk, 9)
        handing.pass_on(actor=clerk, report=report, at=NOON)
        handing.submit(actor=leader, report=report, token=uuid4(), at=NOON)
        report.refresh_from_db()
        assert report.state == ReturnState.RECEIVED

    def test_a_paper_report_on_the_units_behalf(
        self, report: Return, owner: Person, colleague: Person, actor_for: ActorFor
    ) -> None:
        actor, came_on = actor_for(owner), TODAY - timedelta(days=2)
        entry = filling.Entry(C01, Cell(Decimal(5)))
        with pytest.raises(NotAllowed):
            filling.save_cells(actor=actor_for(colleague), report=report, entries=[entry], at=NOON, on_behalf=True)
        with pytest.raises(NotAllowed):
            filling.save_cells(actor=actor, report=report, entries=[entry], at=NOON)
        filling.save_cells(actor=actor, report=report, entries=[entry], at=NOON, on_behalf=True)
        rest = [
            filling.Entry(Place(code, year), Cell(nothing="no_data")) for code in ("C.02", "D.01") for year in ("2024", "2025")
        ]
        rest.append(filling.Entry(Place("C.01", "2024"), Cell(Decimal(4))))
        filling.save_cells(actor=actor, report=report, entries=rest, at=NOON, on_behalf=True)
        filling.save_text(actor=actor, report=report, section="I", text="Theo báo cáo giấy.", at=NOON, on_behalf=True)
        handing.submit(
            actor=actor, report=report, token=uuid4(), at=NOON, received_on=came_on, paper_code="12/BC-UBND", paper_date=came_on
        )
        report.refresh_from_db()
        assert (report.first_received_on, report.submissions.get().on_behalf) == (came_on, True)


class TestReviewing:
    def test_accepting_freezes_and_counts(
        self, report: Return, owner: Person, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        hand_in(report, commune_clerk, actor_for)
        assert not cells_of(report, "accepted_")
        reviewing.accept(actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY)
        assert cells_of(report, "accepted_")[C01].number == 4
        with pytest.raises(Refused, match="đã khóa"):
            put(report, actor_for(commune_clerk), 9)

    def test_a_draft_that_is_mended_moves_no_sum(
        self, report: Return, owner: Person, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        hand_in(report, commune_clerk, actor_for)
        back = DUE + timedelta(days=5)
        reviewing.return_(
            actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY, reason_code="unlikely", reason="Xem lại",
            hand_in_by=back,
        )  # fmt: skip
        put(report, actor_for(commune_clerk), 9)
        report.refresh_from_db()
        assert (report.state, report.hand_in_by) == (ReturnState.RETURNED, back)
        assert (cells_of(report)[C01].number, cells_of(report, "sent_")[C01].number) == (9, 4)
        handing.submit(actor=actor_for(commune_clerk, TODAY + timedelta(days=1)), report=report, token=uuid4(), at=NOON)
        report.refresh_from_db()
        assert (report.first_received_on, report.received_on) == (TODAY, TODAY + timedelta(days=1))

    def test_returning_an_accepted_report_takes_it_out_of_the_sums(
        self, report: Return, owner: Person, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        hand_in(report, commune_clerk, actor_for)
        reviewing.accept(actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY)
        reviewing.reopen(actor=actor_for(owner), report=report, at=NOON, reason_code="other", reason="Sai số")
        assert not cells_of(report, "accepted_")

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"reason_code": ""}, "reason_code"),
            ({"reason": " "}, "reason"),
            ({"hand_in_by": TODAY - timedelta(days=1)}, "hand_in_by"),
            ({"happened_on": TODAY + timedelta(days=1)}, "happened_on"),
        ],
    )
    def test_no_reason_no_return(
        self, report: Return, owner: Person, commune_clerk: Person, actor_for: ActorFor, facts: dict[str, object], field: str
    ) -> None:
        hand_in(report, commune_clerk, actor_for)
        usual = {
            "actor": actor_for(owner), "report": report, "at": NOON, "happened_on": TODAY, "reason_code": "other",
            "reason": "Thiếu", "hand_in_by": DUE,
        }  # fmt: skip
        with pytest.raises(Refused) as refusal:
            reviewing.return_(**{**usual, **facts})  # type: ignore[arg-type]
        assert refusal.value.field == field

    def test_a_unit_does_not_review_itself(self, report: Return, commune_clerk: Person, actor_for: ActorFor) -> None:
        hand_in(report, commune_clerk, actor_for)
        with pytest.raises(NotAllowed):
            reviewing.accept(actor=actor_for(commune_clerk), report=report, at=NOON, happened_on=TODAY)

    def test_an_exemption_has_a_reason_and_can_be_taken_back(self, report: Return, owner: Person, actor_for: ActorFor) -> None:
        actor = actor_for(owner)
        with pytest.raises(Refused, match="lý do"):
            reviewing.exempt(actor=actor, report=report, at=NOON, reason="")
        reviewing.exempt(actor=actor, report=report, at=NOON, reason="Xã không có đối tượng")
        reviewing.unexempt(actor=actor, report=report, at=NOON, reason="Có đối tượng")
        report.refresh_from_db()
        assert report.state == ReturnState.EXPECTED
