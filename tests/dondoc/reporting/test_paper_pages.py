"""The page that tells what is still open, and hands out the report: who may, which file, what without LibreOffice."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from dondoc.common import pdf
from dondoc.common.official import DOCX
from dondoc.reporting.models import Campaign, Draft, TemplateVersion
from dondoc.reporting.services import drafting, opening
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.reporting.drafting import accept, report_in
from tests.dondoc.reporting.papers import two_accepted

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")
QUERIES = 18


@pytest.fixture
def editor(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


@pytest.fixture
def draft(campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor) -> Draft:
    return two_accepted(campaign, communes, editor, actor_for)


@pytest.fixture
def address(campaign: Campaign) -> str:
    return reverse("reporting:draft_paper", args=[campaign.pk])


class TestWhoMay:
    @pytest.mark.parametrize("query", ["", "?dang=docx", "?dang=docx&nguon=1", "?dang=pdf"])
    def test_those_who_see_the_draft(
        self, draft: Draft, address: str, query: str, commune_clerk: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        for person, status in ((commune_clerk, 403), (colleague, 404), (stranger, 404)):
            assert log_in(person).get(address + query).status_code == status
        assert Client().get(address + query).status_code == 302

    def test_who_only_reads_may_take_it(self, draft: Draft, address: str, department_clerk: Person, log_in: LogIn) -> None:
        assert log_in(department_clerk).get(f"{address}?dang=docx").headers["Content-Type"] == DOCX

    def test_without_a_draft_or_in_another_form_there_is_none(
        self, campaign: Campaign, address: str, owner: Person, editor: Actor, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        assert client.get(address).status_code == 404
        drafting.make_draft(actor=editor, campaign=campaign, at=NOON)
        assert client.get(address).status_code == 200
        assert client.get(f"{address}?dang=odt").status_code == 404
        assert client.post(address).status_code == 405


class TestPage:
    def test_the_draft_leads_here(self, draft: Draft, campaign: Campaign, address: str, owner: Person, log_in: LogIn) -> None:
        assert f'href="{address}"' in log_in(owner).get(reverse("reporting:draft", args=[campaign.pk])).content.decode()

    def test_it_tells_what_is_open_and_where(
        self, draft: Draft, campaign: Campaign, address: str, owner: Person, editor: Actor, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        page = client.get(address).content.decode()
        assert "Còn 1 chỗ chưa có số liệu, nội dung." in page
        assert "[CHƯA CÓ NỘI DUNG – mục II]" in page
        assert f'href="{reverse("reporting:draft", args=[campaign.pk])}?muc=II"' in page
        assert "Số liệu từ báo cáo đã duyệt của 2/3 xã, phường" in page
        assert "mới tính từ 2/3 báo cáo đã duyệt" in page
        assert "không có dòng Kính gửi" in page
        assert "Nghị định 30/2020/NĐ-CP" in page
        drafting.add_text(actor=editor, draft=draft, section="II", text="Không.", at=NOON)
        assert "Không còn chỗ nào chưa có số liệu, nội dung." in client.get(address).content.decode()

    def test_with_all_reports_and_a_next_hop_nothing_is_to_be_minded(
        self,
        draft: Draft,
        campaign: Campaign,
        communes: list[Unit],
        province: Unit,
        department: Unit,
        template: TemplateVersion,
        office_specialist: Person,
        address: str,
        owner: Person,
        editor: Actor,
        actor_for: ActorFor,
        log_in: LogIn,
    ) -> None:
        accept(report_in(campaign, communes[2], actor_for), editor)
        groups = [GroupFacts("Sở Y tế", template, [department])]
        above = CampaignFacts("Báo cáo tỉnh", province, "2021 - 2025", date(2025, 10, 19), groups)
        campaign.feeds = opening.open_campaign(actor=actor_for(office_specialist), facts=above, at=NOON)
        campaign.save()
        page = log_in(owner).get(address).content.decode()
        assert "mới tính từ" not in page
        assert "không có dòng Kính gửi" not in page

    def test_pdf_is_offered_where_it_can_be_made(
        self, draft: Draft, address: str, owner: Person, log_in: LogIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = log_in(owner)
        monkeypatch.setattr(pdf, "is_there", lambda: True)
        assert 'href="?dang=pdf"' in client.get(address).content.decode()
        monkeypatch.setattr(pdf, "is_there", lambda: False)
        page = client.get(address).content.decode()
        assert "dang=pdf" not in page
        assert "chưa cài LibreOffice" in page

    def test_the_cost_does_not_grow(
        self,
        draft: Draft,
        campaign: Campaign,
        communes: list[Unit],
        address: str,
        owner: Person,
        editor: Actor,
        actor_for: ActorFor,
        log_in: LogIn,
        django_assert_num_queries: Callable[..., Any],
    ) -> None:
        client = log_in(owner)
        client.get(address)
        with django_assert_num_queries(QUERIES):
            client.get(address)
        accept(report_in(campaign, communes[2], actor_for), editor)
        for text in ("Có {{2A:D.01:2024}} lớp.", "Có {{2A:D.01:2025}} lớp."):
            drafting.add_text(actor=editor, draft=draft, section="II", text=text, at=NOON)
        with django_assert_num_queries(QUERIES):
            client.get(address)


class TestFiles:
    @pytest.mark.parametrize(("query", "has_annex"), [("?dang=docx", False), ("?dang=docx&nguon=1", True)])
    def test_word(self, draft: Draft, address: str, query: str, has_annex: bool, owner: Person, log_in: LogIn) -> None:
        response = log_in(owner).get(address + query)
        assert (response.headers["Content-Type"], response.headers["Cache-Control"]) == (DOCX, "private, no-store")
        assert "2025-09-12.docx" in response.headers["Content-Disposition"]
        lines = [one.text for one in Document(io.BytesIO(response.content)).paragraphs]
        assert ("NGUỒN SỐ LIỆU, NỘI DUNG" in lines) == has_annex
        addresses = {rel.target_ref for rel in Document(io.BytesIO(response.content)).part.rels.values() if rel.is_external}
        assert all(one.startswith("http://testserver/bao-cao/dot/") for one in addresses)
        assert bool(addresses) == has_annex

    def test_a_long_title_makes_a_short_name(self, draft: Draft, address: str, owner: Person, log_in: LogIn) -> None:
        draft.title = "Báo cáo kết quả năm 2024/2025 " + "rất dài " * 60
        draft.save()
        disposition = log_in(owner).get(f"{address}?dang=docx").headers["Content-Disposition"]
        assert "2024-2025" in disposition
        assert len(disposition) < 700  # a letter of three bytes takes nine in the head

    def test_pdf(self, draft: Draft, address: str, owner: Person, log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "to_pdf", lambda content: b"%PDF-" + content[:2])
        response = log_in(owner).get(f"{address}?dang=pdf")
        assert (response.content, response.headers["Content-Type"]) == (b"%PDF-PK", "application/pdf")

    def test_without_libreoffice_it_is_said_beside_the_word_file(
        self, draft: Draft, address: str, owner: Person, log_in: LogIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        response = log_in(owner).get(f"{address}?dang=pdf")
        page = response.content.decode()
        assert response.status_code == 503
        assert "Máy chủ chưa cài LibreOffice nên chưa tải được PDF." in page
        assert 'href="?dang=docx"' in page
