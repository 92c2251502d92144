"""The draft: what the program writes, what an editor does, and what a late report changes."""

from collections.abc import Callable
from datetime import timedelta
from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.reporting.enums import Nothing
from dondoc.reporting.models import Block, Campaign, Draft
from dondoc.reporting.queries import narratives
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.drafts import REMOVED, all_blocks, blocks_of, draft_of
from dondoc.reporting.queries.figures import known_figures, sources_of
from dondoc.reporting.queries.narratives import section_codes, told_in, used, writers_of
from dondoc.reporting.rules.cells import Cell
from dondoc.reporting.rules.drafts import plain_name, section_like, section_of_band, section_of_targets
from dondoc.reporting.rules.fields import Field, fields_in
from dondoc.reporting.rules.templates import IndicatorFacts, SectionFacts
from dondoc.reporting.services import drafting, reviewing
from dondoc.reporting.services.drafting import NEWER, Clash, seen_of
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.reporting.drafting import ALIKE, OTHER, accept, draft_for, report_in

ActorFor = Callable[..., Actor]
OUTLINE = (
    SectionFacts("P1", "KẾT QUẢ", asks=False, level=0),
    SectionFacts("II", "CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO"),
    SectionFacts("III", "KẾT QUẢ THỰC HIỆN MỤC TIÊU, CHỈ TIÊU"),
    SectionFacts("IV.1", "Công tác truyền thông, nâng cao nhận thức", level=2),
    SectionFacts("V", "KINH PHÍ"),
)


@pytest.fixture
def editor(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


def _texts(draft: Draft) -> list[tuple[str, str, str]]:
    return [(block.section.code, block.kind, block.text) for block in blocks_of(draft)]


class TestOutline:
    @pytest.mark.parametrize(
        ("band", "code"),
        [("A. Chỉ đạo", "II"), ("B. Truyền thông", "IV.1"), ("G. Kinh phí", "V"), ("D. Tố giác, tin báo", "III"), ("", "III")],
    )
    def test_the_section_of_a_band(self, band: str, code: str) -> None:
        assert section_of_band(band, OUTLINE) == code

    def test_without_a_section_of_targets_the_first_that_asks(self) -> None:
        assert section_of_targets([OUTLINE[0], OUTLINE[4]]) == "V"

    @pytest.mark.parametrize(
        ("section", "code"),
        [
            (SectionFacts("I", "Kinh phí"), "V"),
            (SectionFacts("II", "Việc khác"), "II"),
            (SectionFacts("9", "Công tác truyền thông"), "IV.1"),
        ],
    )
    def test_a_section_of_another_template_finds_its_place(self, section: SectionFacts, code: str) -> None:
        assert section_like(section, OUTLINE) == code

    @pytest.mark.parametrize(
        ("name", "plain"),
        [
            ("Xã có kế hoạch (có: 1, chưa có: 0)", "xã có kế hoạch"),
            ("Tỷ lệ cơ sở được kiểm tra (C.02 : C.01)", "tỷ lệ cơ sở được kiểm tra"),
            ("UBND xã (phường)", "UBND xã (phường)"),
        ],
    )
    def test_names_within_a_sentence(self, name: str, plain: str) -> None:
        assert plain_name(IndicatorFacts("A", name)) == plain


class TestMaking:
    def test_figures_and_charts_band_by_band_and_a_table(self, campaign: Campaign, editor: Actor) -> None:
        draft = draft_for(campaign, editor)
        assert _texts(draft) == [
            (
                "I",
                "figures",
                (
                    "Giai đoạn 2021 - 2025, theo báo cáo của UBND các xã, phường: số trẻ em: {{2A:C.01:*}} trẻ em; "
                    "số trẻ em biết bơi: {{2A:C.02:*}} trẻ em; tỷ lệ trẻ em biết bơi: {{2A:C.03:*}} ({{2A:C.03:*:muc-tieu}})."
                ),
            ),
            ("I", "chart", "Biểu đồ. Tỷ lệ trẻ em biết bơi (%), theo báo cáo của UBND các xã, phường"),
            ("I", "figures", "Giai đoạn 2021 - 2025, theo báo cáo của UBND các xã, phường: số lớp dạy bơi: {{2A:D.01:*}} lớp."),
            ("I", "table", "Biểu 2A. Biểu số liệu"),
        ]
        assert draft.title == "Báo cáo tổng kết Chương trình phòng, chống đuối nước"
        assert AuditEntry.objects.filter(verb="reporting.make_draft", subject_id=draft.pk, actor=editor.person).count() == 1

    def test_twice_is_one_draft(self, campaign: Campaign, editor: Actor) -> None:
        first, second = draft_for(campaign, editor), draft_for(campaign, editor)
        assert first.pk == second.pk
        assert len(_texts(second)) == 4

    def test_who_may(
        self, campaign: Campaign, colleague: Person, stranger: Person, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        for person in (colleague, stranger, commune_clerk):
            with pytest.raises(NotAllowed):
                draft_for(campaign, actor_for(person))
        assert draft_of(campaign) is None

    def test_known_totals_in_the_text(self, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor) -> None:
        for number, unit in enumerate(communes[:2], start=4):
            accept(report_in(campaign, unit, actor_for, number=number), editor)
        draft = draft_for(campaign, editor)
        fields = [one for block in blocks_of(draft) for one in fields_in(block.text)]
        known = known_figures(sources_of(campaign), fields)
        assert [known[one.key].words for one in fields if not one.against_target] == ["9", "9", "100,0%", "18"]
        assert known["2A:C.03:*"].verdict == "vượt mục tiêu từ 50% trở lên"
        assert known["2A:D.01:*"].owing == (communes[2].name,)

    def test_without_an_accepted_number_it_says_who_owes(self, campaign: Campaign, editor: Actor) -> None:
        known = known_figures(
            sources_of(campaign), [Field("2A", "D.01", "2025"), Field("2A", "X", "2025"), Field("2A", "D.01", "1")]
        )
        assert list(known) == ["2A:D.01:2025"]
        assert known["2A:D.01:2025"].words == "[CHƯA CÓ SỐ LIỆU – phường Hòa Lạc, xã An Bình, xã Suối Trong]"

    def test_kinds_of_nothing_are_words(
        self, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
    ) -> None:
        for unit in communes:
            kind = Nothing.NO_DATA if unit == communes[0] else Nothing.NONE
            accept(report_in(campaign, unit, actor_for, D01_2025=Cell(nothing=kind), D01_2024=Cell(nothing=Nothing.NONE)), editor)
        known = known_figures(sources_of(campaign), [Field("2A", "D.01", "2024"), Field("2A", "D.01", "2025")])
        assert known["2A:D.01:2024"].words == "không có"
        assert known["2A:D.01:2025"].words == "[CHƯA CÓ SỐ LIỆU – xã An Bình]"


class TestWhatUnitsWrote:
    def test_alike_passages_are_one(self, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor) -> None:
        for number, unit in enumerate(communes):
            report_in(campaign, unit, actor_for, text=ALIKE.format(number) + (f"\n{OTHER}" if number == 0 else ""))
        draft = draft_for(campaign, editor)
        codes = section_codes(campaign, draft.master)
        told = told_in(campaign, codes, "I")
        assert [(len(one.voices), one.text == OTHER) for one in told] == [(3, False), (1, True)]
        assert {code: len(reports) for code, reports in writers_of(campaign, codes).items()} == {"I": 3}
        assert [(voice.unit, text) for voice, text in told[0].own] == [
            (unit.name, ALIKE.format(number)) for number, unit in sorted(enumerate(communes), key=lambda one: one[1].search_text)
        ]
        block = drafting.insert_told(actor=editor, draft=draft, section="II", key=told[0].key, told="I")
        assert [source.report.unit.name for source in blocks_of(draft).get(pk=block.pk).sources.all()] == [
            "phường Hòa Lạc", "xã An Bình", "xã Suối Trong",
        ]  # fmt: skip
        assert used(told, blocks_of(draft)) == {told[0].key}

    def test_passages_are_compared_anew_only_when_somebodys_words_change(
        self,
        campaign: Campaign,
        communes: list[Unit],
        editor: Actor,
        actor_for: ActorFor,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        compared: list[int] = []
        plain = narratives.cluster
        monkeypatch.setattr(narratives, "cluster", lambda said: compared.append(len(said)) or plain(said))
        narratives._clusters.cache_clear()
        report_in(campaign, communes[0], actor_for)
        codes = section_codes(campaign, draft_for(campaign, editor).master)
        first = told_in(campaign, codes, "I")
        assert told_in(campaign, codes, "I") == first
        report_in(campaign, communes[1], actor_for, text=OTHER)
        assert {one.text for one in told_in(campaign, codes, "I")} == {ALIKE.format(3), OTHER}
        assert compared == [1, 2]

    def test_a_passage_that_is_gone_is_not_inserted(self, campaign: Campaign, editor: Actor) -> None:
        with pytest.raises(Refused, match="vừa sửa"):
            drafting.insert_told(actor=editor, draft=draft_for(campaign, editor), section="I", key="0" * 16)

    @pytest.mark.parametrize("order", list(permutations(range(3))))
    def test_any_order_of_returns_gives_the_same_draft(
        self, order: tuple[int, ...], campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
    ) -> None:
        for place in order:
            accept(report_in(campaign, communes[place], actor_for, text=ALIKE.format(place), number=place + 1), editor)
        draft = draft_for(campaign, editor)
        told = told_in(campaign, section_codes(campaign, draft.master), "I")
        drafting.insert_told(actor=editor, draft=draft, section="I", key=told[0].key)
        known = known_figures(sources_of(campaign), [Field("2A", "D.01", "*")])
        assert (_texts(draft)[-1], known["2A:D.01:*"].words) == (("I", "passage", ALIKE.format(0)), "12")


class TestEditing:
    @pytest.fixture
    def draft(self, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor) -> Draft:
        report_in(campaign, communes[0], actor_for)
        draft = draft_for(campaign, editor)
        told = told_in(campaign, section_codes(campaign, draft.master), "I")
        drafting.insert_told(actor=editor, draft=draft, section="I", key=told[0].key)
        return draft

    def _passage(self, draft: Draft) -> Block:
        return blocks_of(draft).select_related("draft").get(kind="passage")

    def _edit(self, actor: Actor, block: Block, text: str, seen: str = "") -> Block | Clash:
        return drafting.edit_block(actor=actor, block=block, text=text, seen=seen or seen_of(block), at=NOON)

    def test_a_late_return_renews_what_nobody_edited(
        self, draft: Draft, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
    ) -> None:
        for unit in communes[1:]:
            report_in(campaign, unit, actor_for, text=ALIKE.format(1).replace("tại nhà văn hóa", "ở nhà văn hóa"))
        drafting.renew_draft(actor=editor, draft=draft, at=NOON)
        block = self._passage(draft)
        assert block.text == block.made_text == ALIKE.format(1).replace("tại nhà văn hóa", "ở nhà văn hóa")
        assert (block.sources.count(), block.edited_by) == (3, None)

    def test_a_late_return_keeps_what_an_editor_wrote(
        self, draft: Draft, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
    ) -> None:
        self._edit(editor, self._passage(draft), "Các xã đã mở lớp dạy bơi.")
        first = blocks_of(draft).filter(kind="figures").first()
        assert first is not None
        self._edit(editor, first, "Toàn tỉnh có {{2A:C.01:*}} trẻ em.")
        for unit in communes[1:]:
            report_in(campaign, unit, actor_for, text=ALIKE.format(1).replace("tại nhà văn hóa", "ở nhà văn hóa"))
        drafting.renew_draft(actor=editor, draft=draft, at=NOON)
        block = self._passage(draft)
        assert (block.text, block.setting[NEWER], block.sources.count()) == ("Các xã đã mở lớp dạy bơi.", True, 3)
        assert "ở nhà văn hóa" in block.made_text
        assert block.edited_by == editor.person
        assert _texts(draft)[0][2] == "Toàn tỉnh có {{2A:C.01:*}} trẻ em."
        self._edit(editor, block, block.made_text)
        assert (self._passage(draft).edited_by, NEWER in self._passage(draft).setting) == (None, False)

    def test_more_passages_cost_no_more_statements(
        self, draft: Draft, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
    ) -> None:
        def renewed() -> int:
            with CaptureQueriesContext(connection) as queries:
                drafting.renew_draft(actor=editor, draft=draft, at=NOON)
            return len(queries)

        report_in(campaign, communes[1], actor_for, text=f"{ALIKE.format(1)}\n{OTHER}\nĐã cắm biển cảnh báo ở mọi ao, hồ.")
        renewed()
        report_in(campaign, communes[2], actor_for)
        once = renewed()
        codes = section_codes(campaign, draft.master)
        for one in told_in(campaign, codes, "I")[1:]:
            drafting.insert_told(actor=editor, draft=draft, section="I", key=one.key)
        campaign.returns.get(unit=communes[2]).passages.update(sent_text="")
        assert renewed() == once
        assert sorted(block.sources.count() for block in blocks_of(draft).filter(kind="passage")) == [1, 1, 2]

    def test_own_words_kept_are_not_asked_about_again(
        self, draft: Draft, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
    ) -> None:
        self._edit(editor, self._passage(draft), "Các xã đã mở lớp dạy bơi.")
        for unit in communes[1:]:
            report_in(campaign, unit, actor_for, text=ALIKE.format(1).replace("tại nhà văn hóa", "ở nhà văn hóa"))
        drafting.renew_draft(actor=editor, draft=draft, at=NOON)
        block = self._passage(draft)
        drafting.keep_words(actor=editor, block=block)
        drafting.keep_words(actor=editor, block=block)
        drafting.renew_draft(actor=editor, draft=draft, at=NOON)
        assert (self._passage(draft).text, NEWER in self._passage(draft).setting) == ("Các xã đã mở lớp dạy bơi.", False)
        assert AuditEntry.objects.filter(verb="reporting.keep_words", details__block=block.pk).count() == 1

    def test_the_name_of_the_report(self, draft: Draft, editor: Actor, unit_leader: Person, actor_for: ActorFor) -> None:
        first = draft.title
        drafting.name_draft(actor=editor, draft=draft, title=" Báo cáo  kết quả\nnăm 2025 ", seen=first)
        assert Draft.objects.get(pk=draft.pk).title == "Báo cáo kết quả năm 2025"
        entry = AuditEntry.objects.get(verb="reporting.name_draft", subject_id=draft.pk)
        assert entry.details == {"was": first, "now": "Báo cáo kết quả năm 2025"}
        leader = actor_for(unit_leader)
        with pytest.raises(Refused, match="vừa đổi tên thành “Báo cáo kết quả năm 2025”"):
            drafting.name_draft(actor=leader, draft=draft, title="Báo cáo khác", seen=first)
        drafting.name_draft(actor=leader, draft=draft, title="Báo cáo kết quả năm 2025", seen=first)

    @pytest.mark.parametrize(("title", "words"), [("  ", "Ghi tên báo cáo"), ("a" * 501, "dài 501 ký tự, nhiều nhất 500")])
    def test_a_name_that_cannot_be(self, title: str, words: str, draft: Draft, editor: Actor) -> None:
        with pytest.raises(Refused, match=words):
            drafting.name_draft(actor=editor, draft=draft, title=title, seen=draft.title)

    def test_the_second_of_two_editors_is_told(
        self, draft: Draft, editor: Actor, unit_leader: Person, actor_for: ActorFor
    ) -> None:
        block = self._passage(draft)
        seen = seen_of(block)
        self._edit(editor, block, "Bản một.", seen)
        clash = self._edit(actor_for(unit_leader), block, "Bản hai.", seen)
        assert clash == Clash("Bản một.", editor.person.full_name, NOON)
        assert self._passage(draft).text == "Bản một."
        assert isinstance(self._edit(actor_for(unit_leader), block, "Bản một.", seen), Block)

    def test_moved_removed_and_put_back(self, draft: Draft, editor: Actor) -> None:
        kinds = ["figures", "chart", "figures", "table", "passage"]
        assert [kind for _, kind, _ in _texts(draft)] == kinds
        block = self._passage(draft)
        drafting.move_block(actor=editor, block=block, up=True)
        assert [kind for _, kind, _ in _texts(draft)] == ["figures", "chart", "figures", "passage", "table"]
        drafting.move_block(actor=editor, block=block, up=False)
        drafting.move_block(actor=editor, block=block, up=False)
        assert [kind for _, kind, _ in _texts(draft)] == kinds
        table = blocks_of(draft).select_related("draft").get(kind="table")
        drafting.remove_block(actor=editor, block=table)
        drafting.renew_draft(actor=editor, draft=draft, at=NOON + timedelta(hours=1))
        assert [kind for _, kind, _ in _texts(draft)] == ["figures", "chart", "figures", "passage"]
        assert [one.pk for one in all_blocks(draft) if REMOVED in one.setting] == [table.pk]
        drafting.restore_block(actor=editor, block=table)
        assert [kind for _, kind, _ in _texts(draft)] == kinds

    def test_each_change_counts(self, draft: Draft, editor: Actor) -> None:
        before = Draft.objects.get(pk=draft.pk).revision
        block = drafting.add_text(actor=editor, draft=draft, section="II", text=" Kiến nghị. ", at=NOON)
        self._edit(editor, block, "Kiến nghị tỉnh.")
        drafting.add_table(actor=editor, draft=draft, section="II", table="2A", at=NOON)
        assert Draft.objects.get(pk=draft.pk).revision == before + 3
        assert _texts(draft)[-2:] == [("II", "own", "Kiến nghị tỉnh."), ("II", "table", "Biểu 2A. Biểu số liệu")]

    @pytest.mark.parametrize("act", ["empty text", "unknown table", "unknown section", "empty edit"])
    def test_what_is_refused(self, act: str, draft: Draft, editor: Actor) -> None:
        with pytest.raises(Refused):
            {
                "empty text": lambda: drafting.add_text(actor=editor, draft=draft, section="I", text=" ", at=NOON),
                "unknown table": lambda: drafting.add_table(actor=editor, draft=draft, section="I", table="9", at=NOON),
                "unknown section": lambda: drafting.add_text(actor=editor, draft=draft, section="9", text="a", at=NOON),
                "empty edit": lambda: self._edit(editor, self._passage(draft), " "),
            }[act]()

    def test_who_may(self, draft: Draft, colleague: Person, stranger: Person, commune_clerk: Person, actor_for: ActorFor) -> None:
        block = self._passage(draft)
        for person in (colleague, stranger, commune_clerk):
            actor = actor_for(person)
            for change in (
                lambda actor=actor: drafting.renew_draft(actor=actor, draft=draft, at=NOON),
                lambda actor=actor: drafting.add_text(actor=actor, draft=draft, section="I", text="a", at=NOON),
                lambda actor=actor: drafting.add_table(actor=actor, draft=draft, section="I", table="2A", at=NOON),
                lambda actor=actor: drafting.name_draft(actor=actor, draft=draft, title="a", seen=draft.title),
                lambda actor=actor: drafting.keep_words(actor=actor, block=block),
                lambda actor=actor: drafting.insert_told(actor=actor, draft=draft, section="I", key="a"),
                lambda actor=actor: self._edit(actor, block, "a"),
                lambda actor=actor: drafting.move_block(actor=actor, block=block, up=True),
                lambda actor=actor: drafting.remove_block(actor=actor, block=block),
                lambda actor=actor: drafting.restore_block(actor=actor, block=block),
            ):
                with pytest.raises(NotAllowed):
                    change()


def test_a_returned_report_no_longer_counts_but_its_words_stay(
    campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
) -> None:
    report = report_in(campaign, communes[0], actor_for)
    accept(report, editor)
    reviewing.return_(
        actor=editor, report=report, at=NOON, happened_on=TODAY, reason_code="missing", reason="Thiếu.", hand_in_by=TODAY
    )
    draft = draft_for(campaign, editor)
    known = known_figures(sources_of(campaign), [Field("2A", "D.01", "2025")])["2A:D.01:2025"]
    assert (known.accepted, known.received) == (None, 4)
    assert len(told_in(campaign, section_codes(campaign, draft.master), "I")) == 1
    assert facts(draft.master).code == "boi"
