"""Pages of consolidation: who may, what stands there, and that the cost does not grow."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.reporting.models import Campaign, Draft, TemplateVersion
from dondoc.reporting.queries.drafts import blocks_of, draft_of
from dondoc.reporting.queries.narratives import section_codes, told_in
from dondoc.reporting.rules.cells import Cell
from dondoc.reporting.services import drafting
from dondoc.reporting.services.drafting import seen_of
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.reporting.drafting import ALIKE, OTHER, accept, draft_for, report_in

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")


@pytest.fixture
def editor(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


@pytest.fixture
def client(owner: Person, log_in: LogIn) -> Client:
    return log_in(owner)


@pytest.fixture
def draft(campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor) -> Draft:
    """An Bình and Suối Trong have reported and are accepted, Hòa Lạc has not."""
    for number, unit in enumerate(communes[:2], start=4):
        text = f"{ALIKE.format(number)}\n{OTHER}" if number == 4 else ALIKE.format(number)
        accept(report_in(campaign, unit, actor_for, text=text, number=number), editor)
    return draft_for(campaign, editor)


def _page(client: Client, campaign: Campaign, query: str = "") -> str:
    answer = client.get(reverse("reporting:draft", args=[campaign.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def _add(client: Client, campaign: Campaign, what: str, **data: str) -> Any:
    return client.post(reverse("reporting:draft_add", args=[campaign.pk, what]), {"muc": "I", **data}, follow=True)


def _act(client: Client, draft: Draft, kind: str, what: str, **data: str) -> Any:
    block = blocks_of(draft).filter(kind=kind).first() or draft.blocks.filter(kind=kind).get()
    address = reverse("reporting:draft_act", args=[draft.campaign_id, block.pk, what])
    return client.post(address, {"muc": "I", **data}, follow=True)


def _addresses(campaign: Campaign, group: int, block: int) -> dict[str, tuple[str, str]]:
    pk = campaign.pk
    return {
        "page": ("get", reverse("reporting:draft", args=[pk])),
        "figure": ("get", reverse("reporting:figure", args=[pk, group, "C.03", "2025"])),
        "make": ("post", reverse("reporting:draft_make", args=[pk])),
        "renew": ("post", reverse("reporting:draft_renew", args=[pk])),
        "name": ("post", reverse("reporting:draft_name", args=[pk])),
        "history": ("get", reverse("reporting:draft_history", args=[pk])),
        **{
            f"add {what}": ("post", reverse("reporting:draft_add", args=[pk, what]))
            for what in ("doan", "bieu", "bieu-do", "doan-cua-don-vi")
        },
        **{
            f"act {what}": ("post", reverse("reporting:draft_act", args=[pk, block, what]))
            for what in ("sua", "giu", "len", "xuong", "bo", "lay-lai")
        },
    }


class TestWhoMay:
    def test_the_unit_is_refused_others_find_nothing(
        self,
        draft: Draft,
        campaign: Campaign,
        commune_clerk: Person,
        colleague: Person,
        stranger: Person,
        log_in: LogIn,
    ) -> None:
        block = blocks_of(draft)[0]
        addresses = _addresses(campaign, campaign.groups.get().pk, block.pk)
        for person, status in ((commune_clerk, 403), (colleague, 404), (stranger, 404)):
            client = log_in(person)
            found = {name: getattr(client, method)(address).status_code for name, (method, address) in addresses.items()}
            assert found == dict.fromkeys(addresses, status)
        assert blocks_of(draft).count() == 4

    def test_who_only_reads_has_no_buttons(
        self, draft: Draft, campaign: Campaign, department_clerk: Person, log_in: LogIn
    ) -> None:
        client = log_in(department_clerk)
        page = _page(client, campaign)
        assert ALIKE.format(4) in page
        for words in ("Đoạn tự viết</summary>", "Đổi tên</summary>", "Biểu đồ</summary>", "<textarea"):
            assert words not in page
        assert "Nguyễn Thị Chủ" in client.get(reverse("reporting:draft_history", args=[campaign.pk])).content.decode()
        assert client.post(reverse("reporting:draft_name", args=[campaign.pk]), {"title": "a"}).status_code == 403
        assert client.post(reverse("reporting:draft_renew", args=[campaign.pk])).status_code == 403
        assert _act(client, draft, "table", "bo").status_code == 403

    def test_an_unknown_draft_or_block_is_not_found(self, campaign: Campaign, client: Client) -> None:
        for name in ("draft_renew", "draft_name"):
            assert client.post(reverse(f"reporting:{name}", args=[campaign.pk])).status_code == 404
        assert client.get(reverse("reporting:draft_history", args=[campaign.pk])).status_code == 404
        assert client.get(reverse("reporting:figure", args=[campaign.pk, 0, "C.03", "2025"])).status_code == 404


class TestBeginning:
    def test_the_way_to_begin(self, campaign: Campaign, client: Client, template: TemplateVersion) -> None:
        page = _page(client, campaign)
        assert "Chưa có dự thảo" in page
        assert f'<option value="{template.pk}" selected>' in page
        answer = client.post(reverse("reporting:draft_make", args=[campaign.pk]), {"master": template.pk}, follow=True)
        assert "Đã lập dự thảo báo cáo." in answer.content.decode()
        assert draft_of(campaign) is not None

    def test_the_tab_leads_here(self, campaign: Campaign, client: Client) -> None:
        page = client.get(reverse("reporting:campaign", args=[campaign.pk])).content.decode()
        assert reverse("reporting:draft", args=[campaign.pk]) in page


class TestPage:
    def test_figures_passages_and_who_is_missing(self, draft: Draft, campaign: Campaign, client: Client) -> None:
        page = _page(client, campaign)
        assert "so=2A%3AD.01%3A%2A&amp;doan=" in page
        for words in (
            ">18</a>", ">100,0%</a>", "vượt mục tiêu từ 50% trở lên", "<b>2/3</b> xã, phường đã nộp",
            "<b>Thiếu:</b> phường Hòa Lạc", "2/3 báo cáo đã duyệt", "Số chưa đủ, còn thiếu: phường Hòa Lạc", "2/2</b>", "1/2</b>",
        ):  # fmt: skip
            assert words in page, words

    def test_a_figure_opens(self, draft: Draft, campaign: Campaign, client: Client) -> None:
        page = _page(client, campaign, "?so=2A:C.03:*")
        for words in ("100,0% = 9 : 9", "tỷ lệ của tổng", "phường Hòa Lạc", "từ 50% trở lên", "Xem 3 xã, phường", 'id="so"'):
            assert words in page, words
        assert 'id="so"' not in _page(client, campaign, "?so=khac")

    def test_a_figure_of_several_blocks_opens_where_it_was_clicked(
        self, draft: Draft, campaign: Campaign, client: Client
    ) -> None:
        blocks = [one.pk for one in draft.blocks.filter(section__code="I") if "2A:C.03:*" in one.text or one.kind == "table"]
        assert len(blocks) > 1
        for pk in blocks:
            page = _page(client, campaign, f"?so=2A:C.03:*&doan={pk}")
            assert page.count('id="so"') == 1
            assert page.index(f'id="doan-{pk}"') < page.index('id="so"') < page.index('class="does"', page.index('id="so"'))
        assert _page(client, campaign, "?so=2A:C.03:*").count('id="so"') == 1

    def test_nobody_accepted_says_who_owes(self, campaign: Campaign, editor: Actor, client: Client) -> None:
        draft_for(campaign, editor)
        page = _page(client, campaign)
        assert "[CHƯA CÓ SỐ LIỆU – phường Hòa Lạc, xã An Bình, xã Suối Trong]" in page
        assert "Chưa đơn vị nào viết ở mục này." in page

    def test_a_chart_with_its_figures_as_text_and_the_way_to_its_units(
        self, draft: Draft, campaign: Campaign, client: Client
    ) -> None:
        page = _page(client, campaign)
        figure = reverse("reporting:figure", args=[campaign.pk, campaign.groups.get().pk, "C.03", "2025"])
        assert f'<a href="{figure}" aria-label="Năm 2025: 100,0%">' in page
        assert f'<a class="fig" href="{figure}">100,0%</a>' in page
        assert "Năm 2024: 100,0%; Năm 2025: 100,0%. Mục tiêu: từ 50% trở lên.</desc>" in page
        assert client.get(figure).status_code == 200
        page = _add(client, campaign, "bieu-do", **{"chi-tieu": "2A:D.01"}).content.decode()
        assert "Biểu đồ. Số lớp dạy bơi (lớp), theo báo cáo của UBND các xã, phường</figcaption>" in page
        assert 'aria-label="Cả kỳ: 18">' in page
        assert "không có chỉ tiêu này" in _add(client, campaign, "bieu-do", **{"chi-tieu": "X"}).content.decode()

    def test_a_chart_of_an_indicator_that_is_gone_says_so(self, draft: Draft, campaign: Campaign, client: Client) -> None:
        block = blocks_of(draft).get(kind="chart")
        block.setting["code"] = "X.01"
        block.save()
        assert "[KHÔNG CÓ CHỈ TIÊU 2A:X.01]" in _page(client, campaign)

    def test_each_units_own_words_and_who_says_nothing(
        self, draft: Draft, campaign: Campaign, communes: list[Unit], client: Client, actor_for: ActorFor
    ) -> None:
        page = _page(client, campaign)
        assert "lời văn gần giống nhau" in page
        for number, unit in enumerate(communes[:2], start=4):
            report = campaign.returns.get(unit=unit)
            address = reverse("reporting:review", args=[campaign.pk, report.pk])
            assert f'<li><a href="{address}">{unit.name[:1].upper()}{unit.name[1:]}</a>: “{ALIKE.format(number)}”</li>' in page
        assert "Không viết mục này" not in page
        assert "<b>Không viết mục này:</b> xã An Bình, xã Suối Trong." in _page(client, campaign, "?muc=II")

    def test_many_groups_come_page_by_page(
        self, draft: Draft, campaign: Campaign, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("dondoc.reporting.views.draft.TOLD", 1)
        assert OTHER not in _page(client, campaign)
        page = _page(client, campaign, "?muc=I&trang=2")
        assert f"“{OTHER}”" in page
        assert "?muc=I&amp;trang=1" in page

    def test_inserting(self, draft: Draft, campaign: Campaign, client: Client) -> None:
        told = told_in(campaign, section_codes(campaign, draft.master), "I")
        page = _add(client, campaign, "doan-cua-don-vi", key=told[0].key).content.decode()
        assert "Đã đưa vào báo cáo" in page
        assert "2/2 xã, phường nêu" in page
        assert "vừa sửa nội dung này" in _add(client, campaign, "doan-cua-don-vi", key="khac").content.decode()
        assert (
            "Theo {{2A:D.01:2025}}"
            not in _add(client, campaign, "doan", text="Theo {{2A:D.01:2025}} lớp.").content.decode().split("<textarea")[0]
        )
        assert ">[KHÔNG CÓ CHỈ TIÊU 2A:X:1]<" in _add(client, campaign, "doan", text="Có {{2A:X:1}}.").content.decode()
        assert "Ghi nội dung của đoạn." in _add(client, campaign, "doan", text=" ").content.decode()
        assert _add(client, campaign, "bieu", bieu="2A").content.decode().count('class="figs"') == 2

    def test_editing(self, draft: Draft, campaign: Campaign, client: Client, owner: Person) -> None:
        block = blocks_of(draft).filter(kind="figures")[0]
        page = _act(client, draft, "figures", "sua", text="Có {{2A:C.01:*}} trẻ em.", seen=seen_of(block)).content.decode()
        assert f"{owner.full_name} đã sửa" in page
        assert "Bản phần mềm viết" in page

    def test_the_second_editor_sees_both(
        self, draft: Draft, campaign: Campaign, client: Client, unit_leader: Person, log_in: LogIn
    ) -> None:
        seen = seen_of(blocks_of(draft).filter(kind="figures")[0])
        _act(client, draft, "figures", "sua", text="Bản một.", seen=seen)
        answer = _act(log_in(unit_leader), draft, "figures", "sua", text="Bản hai.", seen=seen)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Nguyễn Thị Chủ vừa sửa đoạn này" in page
        assert "<p>Bản một.</p>" in page
        assert ">Bản hai.</textarea>" in page
        assert page.count(" data-unwritten>") == 1
        assert " data-unwritten" not in _page(client, draft.campaign)
        block = blocks_of(draft).filter(kind="figures")[0]
        led = client.get(reverse("reporting:draft_act", args=[draft.campaign_id, block.pk, "sua"]) + "?muc=I&so=2A:D.01:*")
        assert led["Location"] == reverse("reporting:draft", args=[draft.campaign_id]) + "?muc=I&so=2A%3AD.01%3A%2A"
        now = seen_of(block)
        assert "Bản hai." in _act(log_in(unit_leader), draft, "figures", "sua", text="Bản hai.", seen=now).content.decode()

    def test_newer_words_stand_beside_the_editors(
        self, draft: Draft, campaign: Campaign, communes: list[Unit], client: Client, editor: Actor, actor_for: ActorFor
    ) -> None:
        told = told_in(campaign, section_codes(campaign, draft.master), "I")
        block = drafting.insert_told(actor=editor, draft=draft, section="I", key=told[0].key)
        _act(client, draft, "passage", "sua", text="Các xã mở lớp.", seen=seen_of(block))
        assert "Bản phần mềm viết" in _page(client, campaign)
        newer = ALIKE.format(4).replace("cho trẻ em", "cho các trẻ em")
        report_in(campaign, communes[2], actor_for, text=newer)
        campaign.returns.get(unit=communes[1]).passages.update(sent_text=newer)
        drafting.renew_draft(actor=editor, draft=draft, at=NOON)
        page = _page(client, campaign)
        for words in (
            "Có bản mới hơn từ báo cáo nộp sau",
            "<p>Các xã mở lớp.</p>",
            f"<p>{newer}</p>",
            "Dùng bản mới",
            "Giữ bản đã sửa",
        ):
            assert words in page, words
        page = _act(client, draft, "passage", "giu").content.decode()
        assert "Đã giữ bản đã sửa." in page
        assert "Có bản mới hơn" not in page

    def test_figures_in_newer_words_are_computed(self, draft: Draft, campaign: Campaign, client: Client) -> None:
        block = blocks_of(draft).filter(kind="figures")[1]
        address = reverse("reporting:draft_act", args=[campaign.pk, block.pk, "sua"])
        page = client.post(address, {"muc": "I", "text": "Không có số.", "seen": seen_of(block)}, follow=True).content.decode()
        newer = page[page.index("Bản phần mềm viết") :]
        assert newer.index(">18</a>") < newer.index("Dùng bản này")

    def test_naming_the_report(self, draft: Draft, campaign: Campaign, client: Client) -> None:
        address = reverse("reporting:draft_name", args=[campaign.pk])
        page = client.post(address, {"title": "Báo cáo năm", "seen": draft.title, "muc": "II"}, follow=True).content.decode()
        assert "<h1>Dự thảo Báo cáo năm</h1>" in page
        assert "Soạn mục II" in page
        late = client.post(address, {"title": "Báo cáo khác", "seen": draft.title}, follow=True).content.decode()
        assert "vừa đổi tên thành “Báo cáo năm”" in late

    def test_moving_and_removing(self, draft: Draft, client: Client) -> None:
        _act(client, draft, "table", "len")
        assert [block.kind for block in blocks_of(draft)] == ["figures", "chart", "table", "figures"]
        _act(client, draft, "table", "xuong")
        page = _act(client, draft, "table", "bo").content.decode()
        assert "1 đoạn đã bỏ" in page
        assert 'class="figs"' not in page
        assert 'class="figs"' in _act(client, draft, "table", "lay-lai").content.decode()

    def test_taking_new_figures(
        self, draft: Draft, campaign: Campaign, communes: list[Unit], client: Client, editor: Actor, actor_for: ActorFor
    ) -> None:
        accept(report_in(campaign, communes[2], actor_for, number=10), editor)
        answer = client.post(reverse("reporting:draft_renew", args=[campaign.pk]), {"muc": "I"}, follow=True)
        assert ">38</a>" in answer.content.decode()

    def test_the_cost_does_not_grow(
        self,
        draft: Draft,
        campaign: Campaign,
        communes: list[Unit],
        client: Client,
        editor: Actor,
        actor_for: ActorFor,
        django_assert_num_queries: Callable[..., Any],
    ) -> None:
        told = told_in(campaign, section_codes(campaign, draft.master), "I")
        drafting.insert_told(actor=editor, draft=draft, section="I", key=told[0].key)
        address = reverse("reporting:draft", args=[campaign.pk])
        client.get(address)
        with django_assert_num_queries(QUERIES):
            client.get(address)
        drafting.insert_told(actor=editor, draft=draft, section="I", key=told[1].key)
        drafting.add_text(actor=editor, draft=draft, section="I", text="Có {{2A:D.01:2024}} lớp.", at=NOON)
        report_in(campaign, communes[2], actor_for)
        with django_assert_num_queries(QUERIES):
            client.get(address)

    def test_the_history(
        self,
        draft: Draft,
        campaign: Campaign,
        client: Client,
        editor: Actor,
        unit_leader: Person,
        actor_for: ActorFor,
        django_assert_num_queries: Callable[..., Any],
    ) -> None:
        address = reverse("reporting:draft_history", args=[campaign.pk])
        assert f'href="{address}"' in _page(client, campaign)
        drafting.add_text(actor=editor, draft=draft, section="II", text="Đề nghị cấp kinh phí.", at=NOON)
        client.get(address)
        with django_assert_num_queries(HISTORY):
            client.get(address)
        leader = actor_for(unit_leader)
        block = drafting.add_text(actor=leader, draft=draft, section="II", text="Đề nghị <b>sớm</b>.", at=NOON)
        drafting.move_block(actor=leader, block=block, up=True)
        drafting.name_draft(actor=leader, draft=draft, title="Báo cáo năm", seen=draft.title)
        with django_assert_num_queries(HISTORY):
            page = client.get(address).content.decode()
        deeds = page[page.index("Lịch sử dự thảo</h2>") :]
        order = [
            "Đổi tên báo cáo của dự thảo",
            "“Báo cáo năm”",
            "Chuyển chỗ đoạn",
            "Viết thêm đoạn",
            "Lập dự thảo báo cáo tổng hợp",
        ]
        assert [deeds.index(words) for words in order] == sorted(deeds.index(words) for words in order)
        assert f'?muc=II#doan-{block.pk}">mục II. KIẾN NGHỊ</a>' in deeds
        assert "“Đề nghị &lt;b&gt;sớm&lt;/b&gt;.”" in deeds
        assert deeds.count(unit_leader.full_name) == 3


QUERIES = 22
HISTORY = 10


class TestUnitsBehindAFigure:
    def _figure(self, client: Client, campaign: Campaign, code: str, column: str, query: str = "") -> Any:
        return client.get(reverse("reporting:figure", args=[campaign.pk, campaign.groups.get().pk, code, column]) + query)

    def test_accepted_received_and_kinds_of_nothing(
        self, campaign: Campaign, communes: list[Unit], client: Client, editor: Actor, actor_for: ActorFor
    ) -> None:
        accept(report_in(campaign, communes[0], actor_for, D01_2025=Cell(nothing="no_data")), editor)
        report_in(campaign, communes[1], actor_for, number=7)
        page = self._figure(client, campaign, "D.01", "2025").content.decode()
        for words in ("Chưa có số liệu", "<b>chưa có (1/3 báo cáo)</b>", "7 (2/3 báo cáo)", "chưa duyệt", "chưa nộp"):
            assert words in page, words
        assert page.index("phường Hòa Lạc</a>") < page.index("xã An Bình</a>") < page.index("xã Suối Trong</a>")

    def test_a_ratio_shows_its_parts_over_all_columns(self, draft: Draft, campaign: Campaign, client: Client) -> None:
        page = self._figure(client, campaign, "C.03", "*").content.decode()
        assert "4 : 4" in page
        assert "5 : 5" in page
        assert "Cả kỳ" in page

    def test_as_a_table_file(self, draft: Draft, campaign: Campaign, client: Client) -> None:
        answer = self._figure(client, campaign, "D.01", "*", "?xuat=csv")
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        assert lines[0].split(";")[:3] == ["Đơn vị", "Trạng thái", "Đã duyệt"]
        assert [line.split(";")[:3] for line in lines[1:]] == [
            ["phường Hòa Lạc", "Chưa nhận", ""], ["xã An Bình", "Đã duyệt", "8"], ["xã Suối Trong", "Đã duyệt", "10"],
        ]  # fmt: skip

    @pytest.mark.parametrize(("code", "column"), [("X.01", "2025"), ("D.01", "1999")])
    def test_an_unknown_figure_is_not_found(self, code: str, column: str, campaign: Campaign, client: Client) -> None:
        assert self._figure(client, campaign, code, column).status_code == 404
