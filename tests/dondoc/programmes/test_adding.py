"""Tasks from letters and meetings: one source for several, and everywhere that a task shows where it comes from."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dondoc.common.errors import NotAllowed, Refused
from dondoc.notices.models import Notice
from dondoc.programmes import services
from dondoc.programmes.enums import AssignmentRole, OriginKind
from dondoc.programmes.models import Origin, Programme, Task
from dondoc.programmes.rules.naming import name_of_origin
from dondoc.programmes.services.adding import Bearers, Deadline, OriginFacts
from dondoc.programmes.services.obligations import settle
from dondoc.search.models import Entry
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task
from tests.dondoc.programmes.answers import body, said

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")
SAID_ON = date(2025, 9, 1)
MEETING = OriginFacts(OriginKind.MEETING, "Họp giao ban tháng 9", SAID_ON, "Giao Sở Nội vụ rà soát biên chế.", said_by="Chủ tịch")


@pytest.fixture
def giver(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


def add(giver: Actor, programme: Programme, *leads: Unit | UnitGroup, **facts: Any) -> Task:
    usual: dict[str, Any] = {"origin": MEETING, "text": "Rà soát biên chế", "deadline": Deadline()}
    helpers = facts.pop("coordinating", ())
    bearers = Bearers(leads, coordinating=helpers)
    return services.add_task(actor=giver, programme=programme, at=NOON, bearers=bearers, **usual | facts)


@pytest.mark.parametrize(
    ("kind", "code", "name"),
    [
        ("meeting", "", "Kết luận cuộc họp 12/9/2025"),
        ("meeting", "45/TB-UBND", "45/TB-UBND · 12/9/2025"),
        ("letter", "", "Công văn 12/9/2025"),
        ("direction", "", "Chỉ đạo trực tiếp 12/9/2025"),
    ],
)
def test_the_chip_of_a_source(kind: str, code: str, name: str) -> None:
    assert name_of_origin(kind, code, TODAY) == name


class TestService:
    def test_one_source_for_several_tasks(self, giver: Actor, programme: Programme, other_department: Unit) -> None:
        first = add(giver, programme, other_department)
        second = add(giver, programme, other_department, origin=first.origin, text="Báo cáo kết quả rà soát")
        assert (first.item, first.given_on, first.kind) == (None, SAID_ON, "execute")
        assert (second.origin, second.kind, second.position) == (first.origin, "report", first.position + 1)
        assert Origin.objects.get().words == "Giao Sở Nội vụ rà soát biên chế."

    def test_a_group_has_its_parts_and_of_several_leads_the_first_answers(
        self, giver: Actor, programme: Programme, other_department: Unit, all_communes: UnitGroup, communes: list[Unit]
    ) -> None:
        made = add(giver, programme, other_department, all_communes)
        leads = list(made.assignments.filter(role=AssignmentRole.LEAD))
        assert [(lead.name, lead.answers, lead.parts.count()) for lead in leads] == [
            ("Sở Nội vụ", True, 0),
            ("UBND các xã, phường", False, len(communes)),
        ]

    def test_who_is_given_it_is_told_and_it_is_found(
        self, giver: Actor, programme: Programme, other_department: Unit, colleague: Person
    ) -> None:
        made = add(giver, programme, other_department)
        assert Notice.objects.get(person=colleague).text.startswith("Được giao 1 nhiệm vụ")
        assert Entry.objects.filter(kind="task", key=made.pk).exists()

    @pytest.mark.parametrize(
        ("due_on", "exclusive", "words", "last"),
        [
            (date(2025, 9, 20), True, "trước ngày 20/9/2025", date(2025, 9, 19)),
            (date(2025, 9, 20), False, "đến hết ngày 20/9/2025", date(2025, 9, 20)),
            (date(2025, 9, 5), False, "đến hết ngày 05/9/2025", date(2025, 9, 5)),
            (SAID_ON, False, "đến hết ngày 01/9/2025", SAID_ON),
            (None, False, "", None),
        ],
    )
    def test_a_deadline_in_words_and_days(
        self, due_on: date | None, exclusive: bool, words: str, last: date | None, giver: Actor, programme: Programme,
        other_department: Unit,
    ) -> None:  # fmt: skip
        made = add(giver, programme, other_department, deadline=Deadline(due_on, exclusive))
        assert (made.deadline_text, made.last_ok_on) == (words, last)

    @pytest.mark.parametrize(("due_on", "exclusive"), [(date(2025, 8, 31), False), (SAID_ON, True)])
    def test_a_deadline_before_it_was_given(
        self, due_on: date, exclusive: bool, giver: Actor, programme: Programme, other_department: Unit
    ) -> None:
        with pytest.raises(Refused, match="Hạn cuối 31/8/2025 trước ngày giao 01/9/2025") as refused:
            add(giver, programme, other_department, deadline=Deadline(due_on, exclusive))
        assert refused.value.field == "due_on"
        assert not Origin.objects.exists()

    def test_who_leads_does_not_help(self, giver: Actor, programme: Programme, other_department: Unit) -> None:
        with pytest.raises(Refused, match="Sở Nội vụ đang chủ trì nên không ghi là cơ quan phối hợp") as refused:
            add(giver, programme, other_department, coordinating=[other_department])
        assert refused.value.field == "coordinating"

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"origin": OriginFacts("meeting", "Họp", date(2025, 9, 13), "x")}, "said_on"),
            ({"origin": OriginFacts("meeting", " ", SAID_ON, "x")}, "title"),
            ({"origin": OriginFacts("meeting", "Họp", SAID_ON, " ")}, "words"),
            ({"origin": OriginFacts("?", "Họp", SAID_ON, "x")}, "origin_kind"),
            ({"text": " "}, "text"),
        ],
    )
    def test_refusals(
        self, facts: dict[str, Any], field: str, giver: Actor, programme: Programme, other_department: Unit
    ) -> None:
        with pytest.raises(Refused) as refused:
            add(giver, programme, other_department, **facts)
        assert refused.value.field == field
        assert not programme.tasks.exists()

    def test_another_province_and_nobody(
        self, giver: Actor, programme: Programme, foreign_department: Unit, colleague: Person, actor_for: ActorFor
    ) -> None:
        with pytest.raises(Refused, match="tỉnh khác"):
            add(giver, programme, foreign_department)
        with pytest.raises(Refused, match="Chọn cơ quan chủ trì"):
            add(giver, programme)
        with pytest.raises(NotAllowed):
            add(actor_for(colleague), programme, foreign_department)

    def test_settling_keeps_its_own_term(self, giver: Actor, programme: Programme, other_department: Unit) -> None:
        made = add(giver, programme, other_department, deadline=Deadline(date(2025, 9, 20)))
        settle(giver, [made.pk])
        made.refresh_from_db()
        assert (made.due_on, made.deadline_text) == (date(2025, 9, 20), "đến hết ngày 20/9/2025")

    def test_it_may_take_the_place_of_a_task_of_the_plan(
        self, giver: Actor, programme: Programme, other_department: Unit
    ) -> None:
        earlier = add_task(programme, lead=other_department)
        made = add(giver, programme, other_department)
        services.supersede(actor=giver, task=made, earlier=earlier, on=TODAY)
        earlier.refresh_from_db()
        assert earlier.superseded_on == TODAY


class TestPages:
    def form(self, programme: Programme, query: str = "") -> str:
        return reverse("programmes:add_task", args=[programme.pk]) + query

    def facts(self, lead: Unit, **more: Any) -> dict[str, Any]:
        return {
            "origin_kind": "meeting", "title": "Họp giao ban", "said_on": "01/9/2025", "words": "Giao Sở Nội vụ rà soát",
            "text": "Rà soát biên chế", "lead": f"u{lead.pk}", "due_on": "5/9", **more,
        }  # fmt: skip

    def test_from_the_board_to_the_task_and_its_source(
        self, programme: Programme, owner: Person, other_department: Unit, log_in: LogIn, settings: Any, tmp_path: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        client = log_in(owner)
        assert f'href="{self.form(programme)}"' in body(client.get(reverse("programmes:board", args=[programme.pk])))
        upload = SimpleUploadedFile("ket-luan.pdf", b"%PDF-1.4 ket luan")
        response = client.post(self.form(programme), self.facts(other_department, evidence=upload))
        assert said(response) == ["Đã thêm nhiệm vụ. Hạn cuối 05/9/2025 đã qua nên nhiệm vụ được tính là quá hạn."]
        html = body(client.get(response["Location"]))
        source = reverse("programmes:origin", args=[programme.pk, Origin.objects.get().pk])
        assert f'<a class="src" href="{source}">Kết luận cuộc họp 01/9/2025</a>' in html
        assert "Giao Sở Nội vụ rà soát" in html
        page = body(client.get(source))
        assert "Rà soát biên chế" in page
        file = client.get(f"{source}tep/")
        assert b"".join(file.streaming_content) == b"%PDF-1.4 ket luan"

    def test_board_and_papers_lead_to_the_source(
        self, programme: Programme, giver: Actor, owner: Person, other_department: Unit, log_in: LogIn
    ) -> None:
        made = add(giver, programme, other_department)
        source = reverse("programmes:origin", args=[programme.pk, made.origin_id])
        client = log_in(owner)
        for name in ("board", "papers"):
            html = body(client.get(reverse(f"programmes:{name}", args=[programme.pk])))
            assert f'<a class="src" href="{source}">Kết luận cuộc họp 01/9/2025</a>' in html

    def test_home_of_who_owes_it(
        self, programme: Programme, giver: Actor, other_department: Unit, colleague: Person, log_in: LogIn
    ) -> None:
        add(giver, programme, other_department, deadline=Deadline(date(2025, 9, 15)))
        assert "Rà soát biên chế" in body(log_in(colleague).get("/"))

    def test_one_more_from_the_same_source(
        self, programme: Programme, owner: Person, other_department: Unit, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        response = client.post(self.form(programme), self.facts(other_department, more="1"))
        origin = Origin.objects.get()
        assert response["Location"] == self.form(programme, f"?nguon={origin.pk}")
        html = body(client.get(response["Location"]))
        assert "Giao Sở Nội vụ rà soát" in html
        assert 'name="title"' not in html
        again = {"origin": origin.pk, "text": "Việc thứ hai", "lead": f"u{other_department.pk}"}
        assert client.post(self.form(programme), again).status_code == 302
        assert origin.tasks.count() == 2

    def test_what_is_missing_is_said_at_the_field(self, programme: Programme, owner: Person, log_in: LogIn) -> None:
        html = body(log_in(owner).post(self.form(programme), {"due_on": "x", "text": "Còn đây"}))
        for sentence in (
            "Ghi ngày giao.",
            "Ghi tên cuộc họp, trích yếu văn bản.",
            "Chọn cơ quan chủ trì.",
            "không phải là một ngày",
        ):
            assert sentence in html
        assert "Còn đây</textarea>" in html

    def test_a_refusal_stands_at_the_field_and_leaves_no_source(
        self, programme: Programme, owner: Person, other_department: Unit, log_in: LogIn
    ) -> None:
        helper = [f"u{other_department.pk}"]
        html = body(log_in(owner).post(self.form(programme), self.facts(other_department, coordinating=helper)))
        assert "đang chủ trì nên không ghi là cơ quan phối hợp" in html
        assert not Origin.objects.exists()
