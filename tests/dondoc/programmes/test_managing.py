"""What a programme is called and who leads it; its end, and opening it again."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.documents.enums import Visibility
from dondoc.notices.models import Notice
from dondoc.programmes import services
from dondoc.programmes.models import Programme
from dondoc.programmes.rules.fields import fields, likely_field
from dondoc.programmes.services.managing import Facts
from dondoc.programmes.services.recurring import begin
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_lead, add_task, by, recurring
from tests.dondoc.programmes.answers import body, said

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]


def facts(programme: Programme, **changes: object) -> Facts:
    held = {"title": programme.title, "field": "Y tế", "lead_unit": programme.lead_unit, "visibility": Visibility.PROVINCE}
    return Facts(**{**held, **changes})  # type: ignore[arg-type]


def url(programme: Programme, name: str = "information") -> str:
    return reverse(f"programmes:{name}", args=[programme.pk])


def close(programme: Programme, actor: Actor, words: str = "Đã tổng kết", on: date = TODAY) -> None:
    services.close_programme(actor=actor, programme=programme, on=on, words=words, at=NOON)
    programme.refresh_from_db()


class TestFacts:
    def test_every_agency_has_one_field_at_most(self) -> None:
        agencies = [agency for held in fields().values() for agency in held]
        assert len(agencies) == len(set(agencies))
        assert (likely_field("syt"), likely_field("khong-co"), likely_field("")) == ("Y tế", "", "")

    def test_a_field_is_proposed_and_not_written(self, programme: Programme, owner: Person, log_in: LogIn) -> None:
        html = body(log_in(owner).get(url(programme)))
        assert '<option value="Y tế" selected>' in html
        assert "Đề xuất theo cơ quan chủ trì, chưa ghi." in html
        programme.refresh_from_db()
        assert programme.field == ""

    def test_another_lead_needs_a_reason_and_is_told(
        self, programme: Programme, other_department: Unit, owner: Person, colleague: Person, actor_for: ActorFor
    ) -> None:
        actor = actor_for(owner)
        with pytest.raises(Refused, match="Ghi lý do đổi cơ quan chủ trì"):
            services.edit_programme(actor=actor, programme=programme, facts=facts(programme, lead_unit=other_department), at=NOON)
        changed = facts(programme, lead_unit=other_department, title="Tên mới", reason="Theo Quyết định số 5")
        services.edit_programme(actor=actor, programme=programme, facts=changed, at=NOON)
        programme.refresh_from_db()
        assert (programme.lead_unit, programme.title, programme.field) == (other_department, "Tên mới", "Y tế")
        assert [notice.text for notice in Notice.objects.filter(person=colleague)] == ["Được giao chủ trì chương trình: Tên mới"]
        entry = AuditEntry.objects.get(verb="programmes.edit")
        assert entry.reason == "Theo Quyết định số 5"

    def test_who_sees_it(
        self, programme: Programme, other_department: Unit, owner: Person, colleague: Person, commune_clerk: Person,
        actor_for: ActorFor, log_in: LogIn,
    ) -> None:  # fmt: skip
        changed = facts(programme, visibility=Visibility.RESTRICTED, units=[other_department])
        services.edit_programme(actor=actor_for(owner), programme=programme, facts=changed, at=NOON)
        assert log_in(colleague).get(url(programme)).status_code == 200
        assert log_in(commune_clerk).get(url(programme)).status_code == 404

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"title": " "}, "Ghi tên chương trình"),
            ({"field": "Bịa đặt"}, "Chọn lĩnh vực trong danh sách"),
            ({"visibility": "nobody"}, "Chọn một trong hai phạm vi"),
        ],
    )
    def test_refusals(
        self, changes: dict[str, object], words: str, programme: Programme, owner: Person, actor_for: ActorFor
    ) -> None:
        with pytest.raises(Refused, match=words):
            services.edit_programme(actor=actor_for(owner), programme=programme, facts=facts(programme, **changes), at=NOON)

    def test_a_unit_of_another_province(
        self, programme: Programme, foreign_department: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        changed = facts(programme, lead_unit=foreign_department, reason="x")
        with pytest.raises(Refused, match="phải thuộc tỉnh"):
            services.edit_programme(actor=actor_for(owner), programme=programme, facts=changed, at=NOON)


class TestClosing:
    def test_open_tasks_need_a_reason_and_stay_as_they_stand(
        self, programme: Programme, other_department: Unit, owner: Person, colleague: Person, actor_for: ActorFor
    ) -> None:
        made = add_task(programme, lead=other_department, deadline=by("2025-09-10"))
        with pytest.raises(Refused, match="Còn 1 nhiệm vụ chưa hoàn thành"):
            close(programme, actor_for(owner), words=" ")
        close(programme, actor_for(owner))
        made.refresh_from_db()
        assert (programme.closed_on, programme.closing_words, made.done_on) == (TODAY, "Đã tổng kết", None)
        assert [notice.text[:26] for notice in Notice.objects.filter(person=colleague)] == ["Chương trình đã kết thúc: "]
        assert services.remind(on=TODAY, at=NOON) == 0

    def test_without_open_tasks_no_reason_is_needed(self, programme: Programme, owner: Person, actor_for: ActorFor) -> None:
        close(programme, actor_for(owner), words="")
        assert programme.closed_on == TODAY

    def test_not_on_a_day_to_come(self, programme: Programme, owner: Person, actor_for: ActorFor) -> None:
        with pytest.raises(Refused, match="chưa đến"):
            close(programme, actor_for(owner), on=TODAY + timedelta(days=1))

    def test_nothing_more_is_recorded(
        self, programme: Programme, other_department: Unit, owner: Person, colleague: Person, actor_for: ActorFor
    ) -> None:
        made = add_task(programme, lead=other_department, deadline=by("2025-09-10"))
        close(programme, actor_for(owner))
        facts_of = {"task": made, "at": NOON, "happened_on": TODAY}
        with pytest.raises(Refused, match="Chương trình đã kết thúc ngày 12/9/2025 nên không ghi thêm"):
            services.record_progress(actor=actor_for(colleague), note="x", **facts_of)
        with pytest.raises(Refused, match="đã kết thúc"):
            services.accept(actor=actor_for(owner), **facts_of)
        with pytest.raises(Refused, match="đã kết thúc"):
            close(programme, actor_for(owner))

    def test_opened_again_it_asks_for_the_present_period_alone(
        self, programme: Programme, other_department: Unit, owner: Person, actor_for: ActorFor
    ) -> None:
        deadline = recurring("FREQ=MONTHLY", "hằng tháng")
        made = add_task(programme, deadline=deadline, rrule=deadline["rrule"])
        add_lead(made, other_department)
        begin([made], TODAY)
        close(programme, actor_for(owner))
        assert services.open_periods(on=date(2025, 12, 5)) == 0
        actor = actor_for(owner, date(2025, 12, 5))
        services.reopen_programme(actor=actor, programme=programme, reason="Còn việc phải làm", at=NOON)
        programme.refresh_from_db()
        assert (programme.state, programme.closed_on, programme.closing_words) == ("active", None, "")
        assert list(made.periods.values_list("name", flat=True)) == ["Tháng 9/2025", "Tháng 12/2025"]
        assert AuditEntry.objects.get(verb="programmes.reopen").reason == "Còn việc phải làm"

    def test_only_what_is_closed_is_opened_again_and_with_a_reason(
        self, programme: Programme, owner: Person, colleague: Person, actor_for: ActorFor
    ) -> None:
        actor = actor_for(owner)
        with pytest.raises(Refused, match="đang thực hiện"):
            services.reopen_programme(actor=actor, programme=programme, reason="x", at=NOON)
        close(programme, actor)
        with pytest.raises(Refused, match="Ghi lý do"):
            services.reopen_programme(actor=actor, programme=programme, reason=" ", at=NOON)
        with pytest.raises(NotAllowed):
            services.reopen_programme(actor=actor_for(colleague), programme=programme, reason="x", at=NOON)


@pytest.mark.usefixtures("frozen_day")
class TestPages:
    @pytest.mark.parametrize(
        ("who", "sees", "acts"),
        [
            ("owner", 200, 302),
            ("office_specialist", 200, 302),
            ("colleague", 200, 403),
            ("department_clerk", 200, 403),
            ("stranger", 404, 404),
        ],
    )
    def test_who_may(
        self, who: str, sees: int, acts: int, programme: Programme, request: pytest.FixtureRequest, log_in: LogIn
    ) -> None:
        client = log_in(request.getfixturevalue(who))
        assert client.get(url(programme)).status_code == sees
        changed = {"title": "Tên mới", "lead_unit": programme.lead_unit_id, "visibility": "province"}
        assert client.post(url(programme), changed).status_code == acts
        closing = {"dong-on": "12/9/2025", "dong-words": ""}
        assert client.post(url(programme, "close_programme"), closing).status_code == acts
        assert client.post(url(programme, "reopen_programme"), {"mo-reason": "x"}).status_code == acts

    def test_a_closed_one_says_so_everywhere_and_is_listed_apart(
        self, programme: Programme, owner: Person, other_department: Unit, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        made = add_task(programme, lead=other_department, deadline=by("2025-09-10"))
        close(programme, actor_for(owner))
        client = log_in(owner)
        task_url = reverse("programmes:task", args=[programme.pk, made.pk])
        assert '<details class="act"' not in body(client.get(task_url))
        assert "Chương trình đã kết thúc ngày 12/9/2025: Đã tổng kết" in body(client.get(url(programme, "board")))
        response = client.post(f"{task_url}xac-nhan/", {"xac-nhan-happened_on": "12/9/2025"})
        assert "nên không ghi thêm. Mở lại chương trình trước." in body(response)
        assert url(programme, "board") not in body(client.get(reverse("programmes:list")))
        assert url(programme, "board") in body(client.get(reverse("programmes:list"), {"trang-thai": "ket-thuc"}))

    def test_it_lists_what_is_open_and_asks_why(
        self, programme: Programme, other_department: Unit, owner: Person, log_in: LogIn
    ) -> None:
        add_task(programme, "Rà soát bể bơi", lead=other_department, deadline=by("2025-09-10"))
        client = log_in(owner)
        assert "Còn 1 nhiệm vụ chưa hoàn thành" in body(client.get(url(programme)))
        html = body(client.post(url(programme, "close_programme"), {"dong-on": "12/9/2025"}))
        assert "Ghi lý do kết thúc chương trình." in html
        response = client.post(url(programme, "close_programme"), {"dong-on": "12/9/2025", "dong-words": "Hết giai đoạn"})
        assert said(response) == ["Đã kết thúc chương trình"]

    @pytest.mark.parametrize("many", [1, 3])
    def test_the_number_of_queries_is_the_same(
        self, many: int, programme: Programme, other_department: Unit, colleague: Person, log_in: LogIn,
        django_assert_num_queries: Callable[..., object],
    ) -> None:  # fmt: skip
        for _ in range(many):
            add_task(programme, lead=other_department, deadline=by("2025-09-10"))
        client = log_in(colleague)
        client.get(url(programme))
        with django_assert_num_queries(7):  # type: ignore[attr-defined]
            client.get(url(programme))
