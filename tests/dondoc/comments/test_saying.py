"""Who may say what, who hears of it, and what becomes of it."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest

from dondoc.comments import queries, services
from dondoc.comments.models import Comment
from dondoc.comments.subjects import seen
from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.documents.enums import Visibility
from dondoc.documents.models import Document, Item
from dondoc.notices.models import Notice
from dondoc.programmes.models import Task
from dondoc.units.access import actor_of
from dondoc.units.enums import Role
from dondoc.units.models import Membership, Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import MembershipFactory, StandInFactory, person_in

pytestmark = pytest.mark.django_db
ActorFor = Callable[..., Actor]


def say(person: Person, task: Task, text: str = "Đề nghị bổ sung số liệu.", **facts: object) -> Comment:
    facts = {"at": NOON, **facts}
    return services.add(actor=actor_of(person, TODAY), kind="task", key=task.pk, text=text, **facts)  # type: ignore[arg-type]


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).values_list("text", flat=True))


class TestSaying:
    def test_a_colleague_of_the_province_may_and_it_stands_in_order(self, task: Task, owner: Person, colleague: Person) -> None:
        say(owner, task, "Ý kiến một")
        say(colleague, task, "Ý kiến hai", at=NOON + timedelta(minutes=1))

        subject = seen(actor_of(owner, TODAY), "task", task.pk)
        assert subject is not None
        comments, older = queries.newest_of(subject)
        assert [(one.text, one.author, str(one.unit)) for one in comments] == [
            ("Ý kiến một", owner, "Sở Y tế"),
            ("Ý kiến hai", colleague, "Sở Nội vụ"),
        ]
        assert not older
        assert AuditEntry.objects.filter(verb="comments.add").count() == 2

    def test_a_stranger_may_not(self, task: Task, stranger: Person) -> None:
        with pytest.raises(NotAllowed, match="Chỉ người được xem nội dung này"):
            say(stranger, task)

    def test_who_may_not_see_a_restricted_programme_says_nothing_there(self, restricted: Task, colleague: Person) -> None:
        with pytest.raises(NotAllowed):
            say(colleague, restricted)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "Chưa có nội dung"),
            ("  \n ", "Chưa có nội dung"),
            ("a" * 4001, "Ý kiến dài 4.001 ký tự, nhiều nhất 4.000. Rút gọn"),
        ],
    )
    def test_what_is_empty_or_too_long_is_refused_in_words(self, task: Task, owner: Person, text: str, words: str) -> None:
        with pytest.raises(Refused, match=words) as refusal:
            say(owner, task, text)
        assert refusal.value.field == "text"
        assert not Comment.objects.exists()

    def test_the_longest_is_kept_whole(self, task: Task, owner: Person) -> None:
        assert len(say(owner, task, "ế" * 4000).text) == 4000


class TestMentioning:
    def test_named_people_are_told_once_and_kept_as_people(self, task: Task, owner: Person, colleague: Person) -> None:
        comment = say(owner, task, f"Nhờ @{colleague.full_name} xem, @{colleague.full_name} nhé")

        assert comment.text == f"Nhờ @{{{colleague.pk}}} xem, @{{{colleague.pk}}} nhé"
        assert list(comment.people.all()) == [colleague]
        assert told(colleague) == ["Nguyễn Thị Chủ nhắc tới đồng chí trong nhiệm vụ “Rà soát bể bơi trên địa bàn”"]
        notice = Notice.objects.get(person=colleague)
        assert notice.address == f"/chuong-trinh/{task.programme_id}/nhiem-vu/{task.pk}/#y-kien-{comment.pk}"

    def test_one_chosen_from_the_list_is_told_too_and_one_s_own_name_is_not(
        self, task: Task, owner: Person, colleague: Person
    ) -> None:
        say(owner, task, f"@{owner.full_name} sẽ làm", people=[colleague.pk])
        assert len(told(colleague)) == 1
        assert told(owner) == []

    def test_nobody_hears_who_may_not_see(self, restricted: Task, owner: Person, colleague: Person, stranger: Person) -> None:
        for name in (colleague.full_name, stranger.full_name, "Lê Văn Không Có"):
            with pytest.raises(Refused, match=f"Không có ai tên “{name}” được xem nội dung này"):
                say(owner, restricted, f"Nhờ @{name} xem")
        for person in (colleague, stranger):
            with pytest.raises(Refused, match="không xem được nội dung này"):
                say(owner, restricted, people=[person.pk])
        assert not Notice.objects.exists()

    def test_of_namesakes_the_one_who_was_chosen_is_meant(
        self, task: Task, owner: Person, department: Unit, other_department: Unit
    ) -> None:
        one = person_in(department, full_name="Hà Thị Mai")
        other = person_in(other_department, full_name="Hà Thị Mai")

        with pytest.raises(Refused, match="Có 2 người tên Hà Thị Mai") as refusal:
            say(owner, task, "Nhờ @Hà Thị Mai")
        assert refusal.value.field == "people"
        say(owner, task, "Nhờ @Hà Thị Mai", meant=[other.pk])
        assert (told(one), len(told(other))) == ([], 1)

    def test_twenty_people_at_most(self, task: Task, owner: Person, department: Unit) -> None:
        people = [person_in(department).pk for _ in range(21)]
        with pytest.raises(Refused, match="Nhắc tới 21 người, nhiều nhất 20"):
            say(owner, task, people=people)
        assert say(owner, task, people=people[:20]).people.count() == 20

    def test_a_document_of_a_mention_leads_to_its_thread(self, item: Item, owner: Person, colleague: Person) -> None:
        comment = services.add(
            actor=actor_of(owner, TODAY), kind="item", key=item.pk, text="Xem lại hạn", at=NOON, people=[colleague.pk]
        )
        notice = Notice.objects.get(person=colleague)
        assert notice.text == "Nguyễn Thị Chủ nhắc tới đồng chí trong nhiệm vụ ở mục I.1, văn bản 208/KH-UBND"
        assert notice.address == f"/trao-doi/item/{item.pk}/#y-kien-{comment.pk}"
        assert comment.quote == "Sở Nội vụ hướng dẫn khen thưởng"


class TestWhoMayBeMentioned:
    """Those whom the list offers are exactly those who may see the thing."""

    @pytest.fixture
    def people(
        self, owner: Person, colleague: Person, office_specialist: Person, administrator: Person, commune_clerk: Person,
        stranger: Person, strange_administrator: Person, department: Unit, other_department: Unit,
    ) -> list[Person]:  # fmt: skip
        former = person_in(department, full_name="Ngô Thị Cũ")
        Membership.objects.filter(person=former).update(valid_to=TODAY - timedelta(days=1))
        helper = person_in(other_department, full_name="Đinh Văn Thay")
        StandInFactory(
            membership=MembershipFactory(unit=department, role=Role.UNIT_LEADER), person=helper, valid_from=TODAY, valid_to=TODAY
        )
        away = person_in(department, full_name="Tạ Thị Khóa", is_active=False)
        return [
            owner, colleague, office_specialist, administrator, commune_clerk, stranger, strange_administrator, former, helper, away
        ]  # fmt: skip

    @staticmethod
    def _agree(people: Iterable[Person], asker: Person, kind: str, key: int) -> set[str]:
        subject = seen(actor_of(asker, TODAY), kind, key)
        assert subject is not None
        offered = set(queries.people_who_see(subject, TODAY))
        see = {person for person in people if seen(actor_of(person, TODAY), kind, key)}
        assert see == offered & set(people)
        return {person.full_name for person in see}

    def test_of_an_open_task(self, people: list[Person], task: Task, owner: Person) -> None:
        names = self._agree(people, owner, "task", task.pk)
        assert names == {
            "Nguyễn Thị Chủ", "Phạm Văn Đồng Nghiệp", "Vũ Thị Văn Phòng", "Đỗ Văn Quản Trị", "Hoàng Thị Xã", "Đinh Văn Thay"
        }  # fmt: skip

    def test_of_a_restricted_task(self, people: list[Person], restricted: Task, owner: Person) -> None:
        names = self._agree(people, owner, "task", restricted.pk)
        assert names == {"Nguyễn Thị Chủ", "Vũ Thị Văn Phòng", "Đỗ Văn Quản Trị", "Đinh Văn Thay"}

    @pytest.mark.parametrize("visibility", list(Visibility))
    def test_of_a_document_and_its_items(
        self, people: list[Person], item: Item, owner: Person, commune: Unit, visibility: str
    ) -> None:
        Document.objects.filter(pk=item.document_id).update(visibility=visibility)
        item.document.restricted_to.add(commune)
        names = self._agree(people, owner, "document", item.document_id)
        assert self._agree(people, owner, "item", item.pk) == names
        assert "Hoàng Thị Xã" in names
        assert ("Phạm Văn Đồng Nghiệp" in names) == (visibility == Visibility.PROVINCE)


class TestPuttingRight:
    @pytest.mark.parametrize(("minutes", "may"), [(0, True), (15, True), (15.01, False)])
    def test_for_a_quarter_of_an_hour(self, task: Task, owner: Person, actor_for: ActorFor, minutes: float, *, may: bool) -> None:
        comment = say(owner, task)
        at = NOON + timedelta(minutes=minutes)
        if may:
            edited = services.edit(actor=actor_for(owner), comment=comment, text="Đã đủ số liệu.", at=at)
            assert (edited.text, edited.edited_at) == ("Đã đủ số liệu.", at)
        else:
            with pytest.raises(Refused, match="Đã quá 15 phút"):
                services.edit(actor=actor_for(owner), comment=comment, text="Đã đủ số liệu.", at=at)
            comment.refresh_from_db()
            assert comment.text == "Đề nghị bổ sung số liệu."

    def test_those_named_only_now_are_told_and_nobody_twice(
        self, task: Task, owner: Person, colleague: Person, unit_leader: Person, actor_for: ActorFor
    ) -> None:
        comment = say(owner, task, f"@{colleague.full_name} xem")
        for _ in range(2):
            text = f"@{colleague.full_name} và @{unit_leader.full_name} xem"
            services.edit(actor=actor_for(owner), comment=comment, text=text, at=NOON)
        assert (len(told(colleague)), len(told(unit_leader))) == (1, 1)

    def test_the_words_of_others_are_not_altered_not_even_by_the_giver(
        self, task: Task, owner: Person, colleague: Person, office_specialist: Person, actor_for: ActorFor
    ) -> None:
        comment = say(colleague, task)
        for person in (owner, office_specialist):
            with pytest.raises(NotAllowed, match="Chỉ người viết"):
                services.edit(actor=actor_for(person), comment=comment, text="Khác", at=NOON)
            with pytest.raises(NotAllowed, match="Chỉ người viết"):
                services.remove(actor=actor_for(person), comment=comment, at=NOON)

    def test_what_is_removed_is_gone_and_its_place_remains(
        self, task: Task, owner: Person, colleague: Person, actor_for: ActorFor
    ) -> None:
        comment = say(owner, task, f"@{colleague.full_name} xem")
        later = NOON + timedelta(days=40)
        services.remove(actor=actor_for(owner), comment=comment, at=later)

        held = Comment.objects.get(pk=comment.pk)
        assert (held.text, held.quote, held.removed_at, held.people.count()) == ("", "", later, 0)
        assert queries.counts_within(held.within) == {}
        assert "Nhờ" not in str(list(AuditEntry.objects.values_list("details", flat=True)))
        with pytest.raises(Refused, match="đã được xóa"):
            services.edit(actor=actor_for(owner), comment=held, text="Lại", at=later)
