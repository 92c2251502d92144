"""The report as a Word file: what stands in it, in the form of the state and of the party."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx.enum.section import WD_ORIENT

from dondoc.documents.enums import Visibility
from dondoc.programmes.enums import DocumentRole
from dondoc.programmes.models import Duty, ProgrammeDocument
from dondoc.reporting.enums import BlockKind, Nothing
from dondoc.reporting.models import Campaign, Draft, TemplateVersion
from dondoc.reporting.paper import body as laid_out
from dondoc.reporting.paper import paper_of
from dondoc.reporting.paper.gaps import gaps_of
from dondoc.reporting.paper.material import material_of
from dondoc.reporting.queries.drafts import blocks_of
from dondoc.reporting.queries.narratives import section_codes, told_in
from dondoc.reporting.rules.cells import Cell
from dondoc.reporting.services import drafting, opening
from dondoc.reporting.services.opening import CampaignFacts, GroupFacts
from dondoc.units.enums import UnitKind
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import plan
from tests.dondoc.reporting.drafting import accept, draft_for, report_in
from tests.dondoc.reporting.papers import MARK, two_accepted, written

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")
QUERIES = 13


@pytest.fixture
def editor(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


@pytest.fixture
def draft(campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor) -> Draft:
    return two_accepted(campaign, communes, editor, actor_for)


def _insert(draft: Draft, editor: Actor, place: int = 0) -> None:
    told = told_in(draft.campaign, section_codes(draft.campaign, draft.master), "I")
    drafting.insert_told(actor=editor, draft=draft, section="I", key=told[place].key)


class TestStateForm:
    def test_head_sections_and_end(self, draft: Draft) -> None:
        paper = written(draft)
        head, end = paper.tables[0], paper.tables[-1]
        assert head[0][0].split("\n")[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH MINH HỌA", "SỞ Y TẾ"]
        assert head[0][1].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
        assert [part.replace("\u00a0", "") for part in head[1]] == ["Số: /BC-SYT", "Minh Họa, ngày  tháng 9 năm 2025"]
        assert paper.lines[:3] == [
            "BÁO CÁO",
            "Tổng kết Chương trình phòng, chống đuối nước",
            "Trên cơ sở báo cáo đã duyệt của 2/3 xã, phường, Sở Y tế báo cáo tổng kết Chương trình phòng, chống đuối nước như sau:",
        ]
        headings = [one.text for one in paper.word.paragraphs if one.style and str(one.style.name).startswith("Heading")]
        assert headings == ["I. KẾT QUẢ THỰC HIỆN", "II. KIẾN NGHỊ"]
        assert paper.lines[-1] == "Trên đây là báo cáo tổng kết Chương trình phòng, chống đuối nước của Sở Y tế./."
        assert end[0][0] == "Nơi nhận:\n- UBND các xã, phường;\n- Lưu: VT."
        assert end[0][1].strip() == "GIÁM ĐỐC"

    def test_what_the_duty_says_stands_at_the_beginning(self, draft: Draft, of_communes: Duty, owner: Person) -> None:
        document = of_communes.item.document
        document.issuer = "Ủy ban nhân dân tỉnh Minh Họa"
        document.save()
        Campaign.objects.filter(pk=draft.campaign_id).update(duty=of_communes, programme=of_communes.programme)
        for code, visibility in (("15/CV-UBND", Visibility.PROVINCE), ("16/CV-UBND", Visibility.RESTRICTED)):
            letter = plan(
                document.unit,
                owner,
                type="CV",
                code=code,
                title="Bổ sung nội dung tổng kết",
                visibility=visibility,
                issuer="UBND tỉnh",
            )
            ProgrammeDocument.objects.create(programme=of_communes.programme, document=letter, role=DocumentRole.LETTER)
        basis, beginning = written(draft).lines[2:4]
        assert beginning.startswith("Thực hiện Kế hoạch số 208/KH-UBND ngày ")
        assert " của Ủy ban nhân dân tỉnh Minh Họa về tổng kết Chương trình phòng, chống đuối nước" in beginning
        assert f"({'mục ' + of_communes.section if of_communes.section else 'đầu văn bản'}), trên cơ sở" in beginning
        assert basis.startswith("Căn cứ Công văn số 15/CV-UBND ngày ")
        assert basis.endswith(" của UBND tỉnh về bổ sung nội dung tổng kết.")
        assert "16/CV-UBND" not in written(draft).text

    def test_the_next_hop_is_the_addressee(
        self,
        draft: Draft,
        province: Unit,
        department: Unit,
        template: TemplateVersion,
        office_specialist: Person,
        actor_for: ActorFor,
    ) -> None:
        facts = CampaignFacts(
            title="Báo cáo tỉnh", recipient=province, period_name="2021 - 2025", last_ok_on=date(2025, 10, 19),
            groups=[GroupFacts("Sở Y tế", template, [department])],
        )  # fmt: skip
        above = opening.open_campaign(actor=actor_for(office_specialist), facts=facts, at=NOON)
        Campaign.objects.filter(pk=draft.campaign_id).update(feeds=above)
        paper = written(draft)
        assert "Kính gửi: Ủy ban nhân dân tỉnh Minh Họa." in paper.lines
        assert paper.tables[-1][0][0] == "Nơi nhận:\n- Như trên;\n- UBND các xã, phường;\n- Lưu: VT."
        Unit.objects.filter(pk=department.pk).update(kind=UnitKind.PARTY)
        party = written(draft)
        assert "Kính gửi" not in party.text
        assert "- Ủy ban nhân dân tỉnh Minh Họa (để b/c);\n" in party.tables[-1][0][0]


class TestPartyForm:
    def test_its_own_head_numbers_and_end(self, draft: Draft, department: Unit) -> None:
        Unit.objects.filter(pk=department.pk).update(kind=UnitKind.PARTY, name="Văn phòng Tỉnh ủy", short_name="VPTU")
        paper = written(draft)
        assert paper.tables[0][0][1].startswith("ĐẢNG CỘNG SẢN VIỆT NAM")
        assert paper.tables[0][1][0].replace("\u00a0", "") == "Số -BC/VPTU"
        assert paper.lines[:3] == ["BÁO CÁO", "tổng kết Chương trình phòng, chống đuối nước", "-----"]
        assert "I- KẾT QUẢ THỰC HIỆN" in paper.lines
        assert paper.lines[-1].endswith(" của Văn phòng Tỉnh ủy.")
        assert "./." not in paper.text
        assert paper.tables[-1][0][0].endswith("- Lưu Văn phòng.")


class TestContents:
    def test_figures_equal_those_on_the_page(
        self, draft: Draft, campaign: Campaign, editor: Actor, owner: Person, log_in: LogIn
    ) -> None:
        _insert(draft, editor)
        drafting.add_text(actor=editor, draft=draft, section="I", text="Có {{2A:D.01:*}} lớp, {{2A:C.03:2025}}.\nHết.", at=NOON)
        page = log_in(owner).get(reverse("reporting:draft", args=[campaign.pk]))
        paper = written(draft)
        shown = [one for one in page.context["blocks"] if not one.table and one.block.kind != BlockKind.CHART]
        printed = ["".join(piece.text for piece in line) for one in shown for line in one.paragraphs]
        assert len(printed) > 4
        at = paper.lines.index(printed[0])
        assert [line for line in paper.lines[at:] if line in printed] == printed
        assert "Có 18 lớp, 100,0%." in printed
        assert "18</a>" in page.content.decode()
        table = next(one.table for one in page.context["blocks"] if one.table)
        assert paper.table("Mã") == [
            [row.code, row.words, row.measure, *(piece.text for piece in row.cells)] if row.code else [row.words] * 6
            for row in table.rows
        ]

    def test_a_table_has_its_caption_and_says_its_signs(
        self, campaign: Campaign, commune: Unit, editor: Actor, actor_for: ActorFor
    ) -> None:
        nothing = {"D01_2024": Cell(nothing=Nothing.NONE), "D01_2025": Cell(nothing=Nothing.NO_DATA)}
        accept(report_in(campaign, commune, actor_for, **nothing), editor)
        paper = written(draft_for(campaign, editor))
        at = paper.lines.index("Biểu 2A. Biểu số liệu")
        assert paper.lines[at + 1] == "Ghi chú: … chưa có số liệu."
        assert paper.lines[at + 2] == "[CHƯA CÓ SỐ LIỆU – phường Hòa Lạc, xã Suối Trong, xã An Bình]"
        assert paper.table("Mã")[-1] == ["D.01", "Số lớp dạy bơi", "lớp", "…", "…", "…"]

    def test_nobody_accepted_is_marked_and_counted(self, campaign: Campaign, editor: Actor) -> None:
        draft = draft_for(campaign, editor)
        drafting.add_text(actor=editor, draft=draft, section="I", text="Theo {{2A:X:2025}}.", at=NOON)
        paper = written(draft)
        assert "[CHƯA CÓ SỐ LIỆU – phường Hòa Lạc, xã An Bình, xã Suối Trong]" in paper.marks
        assert "[KHÔNG CÓ CHỈ TIÊU 2A:X:2025]" in paper.marks
        assert paper.marks[-1] == "[CHƯA CÓ NỘI DUNG – mục II]"
        assert [gap.words for gap in gaps_of(material_of(draft))] == paper.marks

    def test_a_clause_that_stands_alone_ends_with_a_full_stop(
        self, campaign: Campaign, commune: Unit, editor: Actor, actor_for: ActorFor
    ) -> None:
        accept(report_in(campaign, commune, actor_for, text="Đã quan tâm chỉ đạo thực hiện; Còn thiếu hồ bơi ở xã."), editor)
        draft = draft_for(campaign, editor)
        told = told_in(campaign, section_codes(campaign, draft.master), "I")
        assert sorted(one.text for one in told) == ["Còn thiếu hồ bơi ở xã.", "Đã quan tâm chỉ đạo thực hiện;"]
        for one in sorted(told, key=lambda one: one.text):
            drafting.insert_told(actor=editor, draft=draft, section="I", key=one.key)
        assert {"Đã quan tâm chỉ đạo thực hiện.", "Còn thiếu hồ bơi ở xã."} <= set(written(draft).lines)
        assert {"Còn thiếu hồ bơi ở xã[5].", "Đã quan tâm chỉ đạo thực hiện[6]."} <= set(written(draft, with_sources=True).lines)

    def test_the_last_gap_closes(self, draft: Draft, editor: Actor) -> None:
        assert [(gap.section.code, gap.words) for gap in gaps_of(material_of(draft))] == [("II", "[CHƯA CÓ NỘI DUNG – mục II]")]
        drafting.add_text(actor=editor, draft=draft, section="II", text="Không có kiến nghị.", at=NOON)
        assert gaps_of(material_of(draft)) == []
        assert not MARK.search(written(draft).text)

    def test_what_was_taken_out_stays_out(self, draft: Draft, editor: Actor) -> None:
        table = blocks_of(draft).get(kind=BlockKind.TABLE)
        drafting.remove_block(actor=editor, block=table)
        assert "Biểu 2A. Biểu số liệu" not in written(draft).text

    def test_a_wide_table_goes_to_an_appendix_across_the_page(self, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(laid_out, "WIDE", 2)
        paper = written(draft)
        assert "(Chi tiết tại Phụ lục: Biểu 2A. Biểu số liệu.)" in paper.lines
        assert [one.orientation for one in paper.word.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
        assert paper.lines[-3:-1] == ["Phụ lục", "BIỂU 2A. BIỂU SỐ LIỆU"]
        assert len(paper.table("Mã")) == 6
        with_sources = written(draft, with_sources=True)
        assert "(Chi tiết tại Phụ lục I: Biểu 2A. Biểu số liệu.)" in with_sources.lines
        assert {"Phụ lục I", "Phụ lục II"} <= set(with_sources.lines)

    def test_a_chart_is_a_picture_with_its_figures_as_words(self, draft: Draft) -> None:
        assert blocks_of(draft).filter(kind=BlockKind.CHART).count() == 1
        paper = written(draft)
        assert len(paper.word.inline_shapes) == 1
        words = paper.word.inline_shapes[0]._inline.docPr.get("descr")
        assert words == "Năm 2024: 100,0%; Năm 2025: 100,0%. Mục tiêu: từ 50% trở lên."
        assert any(line.startswith("Biểu đồ 1. Tỷ lệ trẻ em biết bơi (%)") for line in paper.lines)

    def test_a_period_in_the_title_is_not_torn(self, draft: Draft) -> None:
        draft.title = "Báo cáo kết quả giai đoạn 2021 - 2025"
        assert written(draft).lines[1] == "Kết quả giai đoạn 2021\u00a0-\u00a02025"


def test_the_cost_does_not_grow_with_units_figures_and_passages(
    draft: Draft,
    communes: list[Unit],
    editor: Actor,
    actor_for: ActorFor,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    _insert(draft, editor)
    paper_of(draft, on=TODAY, with_sources=True)
    with django_assert_num_queries(QUERIES):
        paper_of(draft, on=TODAY, with_sources=True)
    accept(report_in(draft.campaign, communes[2], actor_for, text="Xã chưa có bể bơi."), editor)
    _insert(draft, editor, 1)
    drafting.add_text(actor=editor, draft=draft, section="II", text="Có {{2A:D.01:2024}} lớp.", at=NOON)
    with django_assert_num_queries(QUERIES):
        paper_of(draft, on=TODAY, with_sources=True)
