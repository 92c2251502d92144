"""Several files of one document: proposed, confirmed, listed as one, compared; nothing restricted leaks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.documents import kin, services
from dondoc.documents.enums import DocumentState, Visibility
from dondoc.documents.models import Document, Signature, SignatureBand, VersionWord
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.documents.helpers import LogIn, text_of
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import TEXT, DocumentFactory, made, metadata

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]

Keep = Callable[..., Document]
ActorFor = Callable[..., Actor]


def blanked(words: str) -> str:
    return TEXT.replace("208/KH-UBND", "  /KH-UBND").replace("ngày 07 tháng 8", words)


@pytest.fixture
def draft(department: Unit, owner: Person, keep: Keep) -> Document:
    """The same plan before it had a number."""
    unread = DocumentFactory(unit=department, uploaded_by=owner, state=DocumentState.QUEUED, name="du-thao.docx", code="")
    text = blanked("ngày    tháng 8").replace("95% trạm", "90% trạm")
    particulars = metadata(number=None, code=None, date=None, spans={})
    return keep(unread, made(text, metadata=particulars, tasks=[], targets=[], reporting_duties=[], citations=[], outline=[]))


def say(actor: Actor, one: Document, other: Document, *, same: bool = True) -> None:
    services.judge_version(actor=actor, document=one, other=other, same=same, at=NOON)
    one.refresh_from_db()
    other.refresh_from_db()


class TestProposals:
    def test_the_draft_is_proposed_and_may_be_confirmed(
        self, document: Document, draft: Document, owner: Person, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        page = text_of(client.get(f"/van-ban/{document.pk}/"))
        assert "Có vẻ là bản dự thảo của văn bản này" in page
        assert "Có vẻ là bản ký của dự thảo này" in text_of(client.get(f"/van-ban/{draft.pk}/"))

        answer = client.post(f"/van-ban/{document.pk}/phien-ban/{draft.pk}/", {"same": "1"}, follow=True)

        assert "<b>2 phiên bản:</b>" in text_of(answer)
        assert "Có vẻ" not in text_of(answer)
        assert AuditEntry.objects.filter(verb="documents.judge_version", details__same=True).exists()

    def test_what_was_refused_is_not_proposed_again(self, document: Document, draft: Document, actor: Actor) -> None:
        say(actor, document, draft, same=False)

        assert kin.proposals(document, actor) == kin.proposals(draft, actor) == []
        assert document.version_group is None

    def test_a_restricted_file_is_proposed_to_nobody_who_may_not_see_it(
        self, document: Document, draft: Document, colleague: Person, owner: Person, log_in: LogIn, actor_for: ActorFor
    ) -> None:
        Document.objects.filter(pk=draft.pk).update(visibility=Visibility.RESTRICTED)

        assert [each.document for each in kin.proposals(document, actor_for(owner))] == [draft]
        assert kin.proposals(document, actor_for(colleague)) == []
        client = log_in(colleague)
        assert "du-thao.docx" not in text_of(client.get(f"/van-ban/{document.pk}/"))
        assert client.get(f"/van-ban/{document.pk}/so-sanh/{draft.pk}/").status_code == 404

    def test_another_document_is_not(self, document: Document, department: Unit, keep: Keep, actor: Actor) -> None:
        text = " ".join(f"Nội dung khác hẳn về việc {number} của ngành" for number in range(40))
        held = {"metadata": {}, "outline": [], "citations": [], "targets": [], "tasks": [], "reporting_duties": []}
        keep(DocumentFactory(unit=department, state=DocumentState.QUEUED), made(text, **held))

        assert kin.proposals(document, actor) == []


class TestGroups:
    def test_the_newest_official_one_stands_for_all_in_the_list(
        self, document: Document, draft: Document, actor: Actor, owner: Person, log_in: LogIn
    ) -> None:
        say(actor, draft, document)
        client = log_in(owner)
        page = text_of(client.get("/van-ban/"))

        assert "2 phiên bản" in page
        assert f'href="/van-ban/{document.pk}/"' in page
        assert f'href="/van-ban/{draft.pk}/"' not in page
        assert f'href="/van-ban/{draft.pk}/"' in text_of(client.get("/van-ban/?q=du-thao"))

    def test_who_may_not_see_the_newest_sees_the_other(
        self, document: Document, draft: Document, actor: Actor, colleague: Person, log_in: LogIn
    ) -> None:
        say(actor, document, draft)
        Document.objects.filter(pk=document.pk).update(visibility=Visibility.RESTRICTED)
        Document.objects.filter(pk=draft.pk).update(visibility=Visibility.PROVINCE)

        page = text_of(log_in(colleague).get("/van-ban/"))

        assert f'href="/van-ban/{draft.pk}/"' in page
        assert "phiên bản" not in page

    def test_the_last_word_holds(self, document: Document, draft: Document, actor: Actor) -> None:
        say(actor, document, draft)
        assert document.version_group == draft.version_group is not None
        assert document.version_rank > draft.version_rank

        say(actor, draft, document, same=False)

        assert document.version_group is draft.version_group is None
        assert VersionWord.objects.count() == 2

    def test_three_files_part_where_they_were_joined(
        self, document: Document, draft: Document, department: Unit, actor: Actor
    ) -> None:
        third = DocumentFactory(unit=department)
        say(actor, document, draft)
        say(actor, document, third)
        draft.refresh_from_db()
        assert draft.version_group == document.version_group == third.version_group

        say(actor, document, draft, same=False)

        third.refresh_from_db()
        assert draft.version_group is None
        assert document.version_group == third.version_group is not None


class TestWhoMay:
    def test_a_colleague_compares_and_may_not_judge(
        self, document: Document, draft: Document, colleague: Person, log_in: LogIn
    ) -> None:
        Document.objects.filter(pk=draft.pk).update(visibility=Visibility.PROVINCE)
        client = log_in(colleague)

        assert "So sánh hai phiên bản" in text_of(client.get(f"/van-ban/{document.pk}/so-sanh/{draft.pk}/"))
        assert client.post(f"/van-ban/{document.pk}/phien-ban/{draft.pk}/", {"same": "1"}).status_code == 403
        assert not VersionWord.objects.exists()

    def test_a_stranger_finds_nothing(self, document: Document, draft: Document, stranger: Person, log_in: LogIn) -> None:
        client = log_in(stranger)
        assert client.get(f"/van-ban/{document.pk}/so-sanh/{draft.pk}/").status_code == 404
        assert client.post(f"/van-ban/{document.pk}/phien-ban/{draft.pk}/").status_code == 404

    def test_a_document_is_no_version_of_itself(self, document: Document, actor: Actor) -> None:
        with pytest.raises(Refused, match="hai văn bản khác nhau"):
            services.judge_version(actor=actor, document=document, other=document, same=True, at=NOON)

    def test_one_out_of_sight_cannot_be_named(self, document: Document, actor: Actor, stranger: Person) -> None:
        hidden = DocumentFactory(visibility=Visibility.RESTRICTED)
        with pytest.raises(NotAllowed):
            services.judge_version(actor=actor, document=document, other=hidden, same=True, at=NOON)


def test_the_comparison_names_number_day_and_figures(document: Document, draft: Document, owner: Person, log_in: LogIn) -> None:
    page = text_of(log_in(owner).get(f"/van-ban/{document.pk}/so-sanh/{draft.pk}/"))

    assert "Số, ký hiệu" in page
    assert "<del>90%</del>" in page
    assert "<ins>95%</ins>" in page
    assert "Số khác nhau" in page
    assert page.index("Dự thảo") < page.index("Bản ký")


def test_a_quarantined_file_leaves_no_signature(document: Document, draft: Document, actor: Actor) -> None:
    say(actor, document, draft)
    Document.objects.filter(pk=draft.pk).update(state=DocumentState.READING, attempt=9)

    services.quarantine(document_id=draft.pk, attempt=9, message="Văn bản mật.")

    document.refresh_from_db()
    assert not Signature.objects.filter(document=draft).exists()
    assert not SignatureBand.objects.filter(document=draft).exists()
    assert Document.objects.get(pk=draft.pk).version_group is None


@pytest.mark.parametrize("others", [1, 3])
def test_the_proposals_take_the_same_queries(
    others: int, document: Document, department: Unit, keep: Keep, actor: Actor, django_assert_num_queries: Any
) -> None:
    for number in range(others):
        name = f"ban-{number}.docx"
        keep(DocumentFactory(unit=department, state=DocumentState.QUEUED, name=name), made())

    with django_assert_num_queries(4):
        assert len(kin.proposals(document, actor)) == others


def test_the_comparison_takes_the_same_queries_however_much_differs(
    document: Document, draft: Document, owner: Person, log_in: LogIn, keep: Keep, django_assert_num_queries: Any
) -> None:
    client = log_in(owner)
    address = f"/van-ban/{document.pk}/so-sanh/{draft.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as little:
        client.get(address)
    Document.objects.filter(pk=draft.pk).update(state=DocumentState.QUEUED)
    draft.refresh_from_db()
    keep(draft, made(blanked("ngày    tháng 8").replace("tháng", "quý")))

    with django_assert_num_queries(len(little)):
        client.get(address)
