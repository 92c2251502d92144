"""The annex of sources: every figure and passage of the text stands in it, and nothing else does."""

from collections.abc import Callable
from datetime import datetime
from itertools import product

import pytest
from django.urls import reverse

from dondoc.reporting.enums import BlockKind, Nothing
from dondoc.reporting.models import Campaign, Draft
from dondoc.reporting.queries.drafts import blocks_of
from dondoc.reporting.queries.narratives import section_codes, told_in
from dondoc.reporting.rules.cells import Cell
from dondoc.reporting.services import drafting
from dondoc.reporting.services.drafting import seen_of
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.reporting.drafting import ALIKE, OTHER, accept, draft_for, report_in
from tests.dondoc.reporting.papers import NUMBER, SITE, two_accepted, written

ActorFor = Callable[..., Actor]
pytestmark = pytest.mark.usefixtures("frozen_day")

CODES, COLUMNS = ("C.01", "C.02", "C.03", "D.01"), ("2024", "2025", "*")


@pytest.fixture
def editor(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


@pytest.fixture
def draft(campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor) -> Draft:
    return two_accepted(campaign, communes, editor, actor_for)


def figures_of(campaign: Campaign, *places: tuple[str, str]) -> set[str]:
    group = campaign.groups.get().pk
    return {f"{SITE}{reverse('reporting:figure', args=[campaign.pk, group, code, column])}" for code, column in places}


def _remove(draft: Draft, editor: Actor, *kinds: str) -> None:
    for block in blocks_of(draft).filter(kind__in=kinds):
        drafting.remove_block(actor=editor, block=block)


class TestComplete:
    def test_every_figure_and_no_other(self, draft: Draft, campaign: Campaign, editor: Actor) -> None:
        found = {link for link in written(draft, with_sources=True).links if "/so/" in link}
        assert found == figures_of(campaign, *product(CODES, COLUMNS))
        _remove(draft, editor, BlockKind.TABLE, BlockKind.CHART)
        found = {link for link in written(draft, with_sources=True).links if "/so/" in link}
        assert found == figures_of(campaign, *product(CODES, ["*"]))
        _remove(draft, editor, BlockKind.FIGURES)
        drafting.add_text(actor=editor, draft=draft, section="II", text="Có {{2A:D.01:2024}} lớp, {{2A:X:2024}}.", at=NOON)
        found = {link for link in written(draft, with_sources=True).links if "/so/" in link}
        assert found == figures_of(campaign, ("D.01", "2024"))

    def test_numbers_follow_the_text_and_each_has_its_row(self, draft: Draft, campaign: Campaign, editor: Actor) -> None:
        told = told_in(campaign, section_codes(campaign, draft.master), "I")
        drafting.insert_told(actor=editor, draft=draft, section="I", key=told[0].key)
        drafting.add_text(actor=editor, draft=draft, section="II", text="Đã mở {{2A:D.01:2024}} lớp.", at=NOON)
        paper = written(draft, with_sources=True)
        in_text = [int(one) for line in paper.lines for one in NUMBER.findall(line)]
        assert list(dict.fromkeys(in_text)) == [1, 2, 3, 4, 5, 6]
        assert "Đã mở 9[4] lớp[6]." in paper.lines  # 4 + 5 in 2024
        assert [row[1] for row in paper.table("Mã") if row[0] != row[1]] == [
            "Số trẻ em[1]", "Số trẻ em biết bơi[2]", "Tỷ lệ trẻ em biết bơi[3]", "Số lớp dạy bơi[4]",
        ]  # fmt: skip
        assert [row[0] for row in paper.table("Số")] == [
            "I. KẾT QUẢ THỰC HIỆN", "1", "2", "3", "4", "5", "II. KIẾN NGHỊ", "6",
        ]  # fmt: skip

    def test_without_it_nothing_leads_out_of_the_file(self, draft: Draft) -> None:
        paper = written(draft)
        assert paper.links == set()
        assert not NUMBER.search(paper.text)
        assert "Phụ lục" not in paper.text


class TestFigures:
    def test_how_it_was_computed_and_who_is_behind_it(self, draft: Draft, communes: list[Unit], actor_for: ActorFor) -> None:
        report_in(draft.campaign, communes[2], actor_for, number=6, C02_2025=Cell(nothing=Nothing.NO_DATA))
        paper = written(draft, with_sources=True)
        assert (
            "UBND các xã, phường (biểu 2A): đã nhận 3/3, đã duyệt 2/3 xã, phường. Đã nhận, chưa duyệt: phường Hòa Lạc."
            in paper.lines
        )
        rows = {row[0]: row for row in paper.table("Số")}
        _, name, method, values, units, address = rows["3"]
        assert name == "Tỷ lệ trẻ em biết bơi (biểu 2A, chỉ tiêu C.03)"
        assert method == "Tỷ lệ của tổng: số trẻ em biết bơi chia số trẻ em"
        assert values.split("\n") == ["Năm 2024: 100,0% (9 : 9)", "Năm 2025: 100,0% (9 : 9)", "Cả kỳ: 100,0% (9 : 9)"]
        assert units == "2/3 xã, phường."
        assert address.startswith(f"{SITE}/bao-cao/dot/")
        assert rows["4"][3].split("\n") == ["Năm 2024: 9; đã nhận 15", "Năm 2025: 9; đã nhận 15", "Cả kỳ: 18; đã nhận 30"]

    def test_who_has_no_figure_yet_is_named(
        self, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
    ) -> None:
        accept(report_in(campaign, communes[0], actor_for, D01_2024=Cell(nothing=Nothing.NO_DATA)), editor)
        paper = written(draft_for(campaign, editor), with_sources=True)
        rows = {row[0]: row for row in paper.table("Số")}
        assert rows["4"][4] == "1/3 xã, phường. Chưa có số liệu: xã An Bình."
        assert rows["1"][4] == "1/3 xã, phường."
        assert any(line.endswith("Chưa nhận: phường Hòa Lạc, xã Suối Trong.") for line in paper.lines)

    def test_what_nobody_gave(self, campaign: Campaign, editor: Actor) -> None:
        paper = written(draft_for(campaign, editor), with_sources=True)
        rows = {row[0]: row for row in paper.table("Số")}
        assert rows["4"][3].split("\n") == ["Năm 2024: chưa có", "Năm 2025: chưa có", "Cả kỳ: chưa có"]


class TestPassages:
    def test_who_wrote_it_with_the_page_of_each(self, draft: Draft, campaign: Campaign, editor: Actor) -> None:
        told = told_in(campaign, section_codes(campaign, draft.master), "I")
        block = drafting.insert_told(actor=editor, draft=draft, section="I", key=told[0].key)
        paper = written(draft, with_sources=True)
        row = paper.table("Số")[-1]
        assert row[:5] == [
            "5", f"“{ALIKE.format(4)}”", "Đoạn các đơn vị nêu gần giống nhau", "", "2 đơn vị nêu: xã An Bình, xã Suối Trong.",
        ]  # fmt: skip
        assert row[5] == f"{SITE}/bao-cao/dot/{campaign.pk}/tong-hop/?muc=I#doan-{block.pk}"
        reports = campaign.returns.exclude(unit__name="phường Hòa Lạc").values_list("pk", flat=True)
        assert {f"{SITE}{reverse('reporting:review', args=[campaign.pk, pk])}" for pk in reports} <= paper.links

    def test_an_editor_is_named(self, draft: Draft, campaign: Campaign, editor: Actor) -> None:
        told = told_in(campaign, section_codes(campaign, draft.master), "I")
        block = drafting.insert_told(
            actor=editor, draft=draft, section="I", key=next(one.key for one in told if one.text == OTHER)
        )
        drafting.edit_block(actor=editor, block=block, text="Thiếu hồ bơi; có {{2A:D.01:*}} lớp.", seen=seen_of(block), at=NOON)
        drafting.add_text(actor=editor, draft=draft, section="II", text="Không.", at=NOON)
        rows = written(draft, with_sources=True).table("Số")
        at = _moment(NOON)
        edited, own = rows[-3], rows[-1]
        assert edited[1] == "“Thiếu hồ bơi; có 18 lớp.”"
        assert edited[2] == f"Đoạn các đơn vị nêu gần giống nhau; Nguyễn Thị Chủ sửa lời văn {at}"
        assert (own[1], own[2], own[4]) == ("“Không.”", f"Nguyễn Thị Chủ viết {at}", "")


def _moment(at: datetime) -> str:
    return f"{at:%d/%-m/%Y}\u00a0{at:%H:%M}"
