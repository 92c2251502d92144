"""Charts of the draft: which are made, what their bars say, how they are drawn, and who may add one."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.reporting.enums import BlockKind, Method, Nothing
from dondoc.reporting.models import Block, Campaign, Draft
from dondoc.reporting.queries.charts import chart_of, fields_of_chart
from dondoc.reporting.queries.drafts import blocks_of
from dondoc.reporting.queries.figures import known_figures, sources_of
from dondoc.reporting.rules.cells import Cell
from dondoc.reporting.rules.charts import Bar, Chart, chart_fields, charted, charts_itself
from dondoc.reporting.rules.templates import ColumnFacts, IndicatorFacts, TableFacts
from dondoc.reporting.services import drafting
from dondoc.reporting.views.drawn import HEIGHT, draw, wrapped
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.reporting.drafting import accept, draft_for, report_in

ActorFor = Callable[..., Actor]
YEARS = tuple(ColumnFacts(str(year), f"Năm {year}") for year in (2024, 2025))


def table(*indicators: IndicatorFacts, columns: tuple[ColumnFacts, ...] = YEARS) -> TableFacts:
    return TableFacts("2A", "Biểu", columns, indicators)


def indicator(code: str = "A.01", **facts: object) -> IndicatorFacts:
    return IndicatorFacts(code, "Số lớp", **facts)  # type: ignore[arg-type] # the test's own


class TestWhichBars:
    def test_columns_and_all_of_them_where_that_is_another_figure(self) -> None:
        summed, last = indicator(), indicator("A.02", across_periods=Method.LATEST)
        share = indicator("A.03", across_units=Method.RATIO, across_periods=Method.RATIO, numerator="A.01", denominator="A.01")
        lasting = indicator("A.04", across_units=Method.RATIO, across_periods=Method.RATIO, numerator="A.02", denominator="A.02")
        rows = table(summed, last, share, lasting)
        assert [[field.column for _, field in chart_fields(rows, one)] for one in rows.indicators] == [
            ["2024", "2025", "*"], ["2024", "2025"], ["2024", "2025", "*"], ["2024", "2025"],
        ]  # fmt: skip
        assert [label for label, _ in chart_fields(rows, summed)] == ["Năm 2024", "Năm 2025", "Cả kỳ"]

    @pytest.mark.parametrize(
        ("one", "columns", "expected"),
        [
            (indicator(target_value=Decimal(5)), YEARS, True),
            (indicator(), YEARS, False),
            (indicator(target_value=Decimal(5)), YEARS[:1], False),
            (indicator(target_value=Decimal(5), across_units=Method.NONE), YEARS, False),
        ],
    )
    def test_which_the_program_draws(self, one: IndicatorFacts, columns: tuple[ColumnFacts, ...], *, expected: bool) -> None:
        assert charts_itself(table(one, columns=columns), one) is expected

    def test_what_is_not_put_together_is_not_drawn(self) -> None:
        assert charted(table(indicator(), indicator("A.02", across_units=Method.NONE))) == [indicator()]

    def test_in_words(self) -> None:
        bars = (Bar("Năm 2024", Decimal(80), "80%"), Bar("Năm 2025", None, "chưa có", Nothing.NO_DATA))
        assert Chart("Tỷ lệ", "%", bars, Decimal(60), "từ 60% trở lên").words == (
            "Năm 2024: 80%; Năm 2025: chưa có. Mục tiêu: từ 60% trở lên."
        )
        assert Chart("Tỷ lệ", "%", bars).words == "Năm 2024: 80%; Năm 2025: chưa có."


class TestDrawing:
    def _rects(self, chart: Chart) -> list[tuple[str, float, float]]:
        """Class, top and height of the bars of the wide drawing."""
        found = re.findall(r'<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)" class="(\w+)">', draw(chart, {}, "a"))
        return [(css, float(top), float(height)) for top, height, css in found[: len(found) // 2]]

    def test_the_kinds_of_nothing_are_told_apart(self) -> None:
        bars = (
            Bar("2021", Decimal(8), "8"), Bar("2022", Decimal(0), "0"), Bar("2023", None, "chưa có", Nothing.NO_DATA),
            Bar("2024", None, "không có", Nothing.NONE), Bar("2025", None, "không áp dụng", Nothing.NOT_APPLICABLE),
        )  # fmt: skip
        chart = Chart("Số lớp", "lớp", bars)
        rects = self._rects(chart)
        assert [css for css, _, _ in rects] == ["actual", "actual", "missing"]
        assert rects[0][2] > rects[2][2] > rects[1][2] == 1.5
        drawn = draw(chart, {}, "a")
        assert 'class="owed" text-anchor="middle">chưa' in drawn
        assert 'class="nil" text-anchor="middle">không' in drawn

    def test_bars_stand_on_zero_and_keep_their_proportions(self) -> None:
        bars = (Bar("2024", Decimal(50), "50"), Bar("2025", Decimal(100), "100"))
        (_, top, height), (_, other_top, other) = self._rects(Chart("a", "", bars))
        assert top + height == pytest.approx(other_top + other, abs=0.2)
        assert other == pytest.approx(2 * height, abs=0.2)

    def test_the_target_is_a_line_with_its_words(self) -> None:
        drawn = draw(Chart("a", "%", (Bar("2024", Decimal(10), "10%"),), Decimal(60), "từ 60% trở lên"), {}, "a")
        assert drawn.count('class="target"') == 3
        for words in (">Mục tiêu</text>", ">từ 60%</text>", ">Mục tiêu từ 60% trở lên</text>"):
            assert words in drawn
        assert 'class="target"' not in draw(Chart("a", "%", (Bar("2024", Decimal(10), "10%"),)), {}, "a")

    @pytest.mark.parametrize(("number", "above"), [(58, True), (60, True), (30, False), (90, False)])
    def test_a_number_that_the_target_would_cross_stands_above_its_line(self, number: int, *, above: bool) -> None:
        chart = Chart("a", "", (Bar("2024", Decimal(number), "so"), Bar("2025", Decimal(100), "100")), Decimal(60), "từ 60")
        drawn = draw(chart, {}, "a")
        (target,), (words,) = (
            {float(y) for y in re.findall(pattern, drawn)}
            for pattern in (r'<line x1="44.0" y1="([\d.]+)"[^>]+class="target"', r'y="([\d.]+)" class="mark-words"[^>]+>so<')
        )
        assert (words == pytest.approx(target - 5, abs=0.1)) is above

    def test_on_a_telephone_there_is_room_for_every_number(self) -> None:
        many = Chart("a", "", tuple(Bar(str(year), Decimal(1234567), "1.234.567") for year in range(2019, 2026)))
        few = Chart("a", "", many.bars[:2])
        widths = [re.findall(r'viewBox="0 0 (\d+)', draw(one, {}, "a")) for one in (many, few)]
        assert [int(wide) for wide, _ in widths] == [620, 620]
        assert int(widths[0][1]) > int(widths[1][1]) == 330

    def test_what_others_wrote_is_text(self) -> None:
        drawn = draw(Chart("<b>", "<i>", (Bar("<a>", Decimal(1), "1", key="k"),)), {"k": "/so/?a=1&b=2"}, "a")
        assert "<b>" not in drawn
        assert '<a href="/so/?a=1&amp;b=2" aria-label="&lt;a&gt;: 1">' in drawn

    @given(st.lists(st.none() | st.decimals(0, 10**9, places=1), max_size=12), st.none() | st.decimals(0, 10**9, places=1))
    def test_nothing_stands_outside(self, numbers: list[Decimal | None], target: Decimal | None) -> None:
        bars = tuple(
            Bar(f"Năm {place}", one, str(one), "" if one is not None else "no_data") for place, one in enumerate(numbers)
        )
        for _, top, height in self._rects(Chart("a", "", bars, target, "từ")):
            assert 0 <= top <= top + height <= HEIGHT

    def test_words_in_rows(self) -> None:
        assert wrapped("6 tháng đầu năm", 60) == ["6 tháng", "đầu năm"]
        assert wrapped("Nghiêngngả", 10) == ["Nghiêngngả"]
        assert wrapped("", 10) == []


@pytest.fixture
def editor(owner: Person, actor_for: ActorFor) -> Actor:
    return actor_for(owner)


def _charts(draft: Draft) -> list[Block]:
    return list(blocks_of(draft).filter(kind=BlockKind.CHART).select_related("draft"))


def _chart(campaign: Campaign, draft: Draft) -> Chart:
    sources, block = sources_of(campaign), _charts(draft)[-1]
    found = chart_of(block, sources, known_figures(sources, fields_of_chart(block, sources)))
    assert found is not None
    return found


class TestOfADraft:
    def test_one_for_each_target(self, campaign: Campaign, editor: Actor) -> None:
        (block,) = _charts(draft_for(campaign, editor))
        assert block.setting == {"made": True, "table": "2A", "band": "C. Trẻ em", "code": "C.03"}

    def test_accepted_figures_alone_are_bars(
        self, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
    ) -> None:
        accept(report_in(campaign, communes[0], actor_for, C02_2024=Cell(Decimal(1))), editor)
        report_in(campaign, communes[1], actor_for, number=9)
        chart = _chart(campaign, draft_for(campaign, editor))
        assert (chart.title, chart.measure, chart.target, chart.target_words) == (
            "Tỷ lệ trẻ em biết bơi", "%", Decimal(50), "từ 50% trở lên",
        )  # fmt: skip
        assert [(bar.label, bar.number, bar.words, bar.key) for bar in chart.bars] == [
            ("Năm 2024", Decimal("25.0"), "25,0%", "2A:C.03:2024"), ("Năm 2025", Decimal("100.0"), "100,0%", "2A:C.03:2025"),
        ]  # fmt: skip

    def test_four_kinds_of_nothing(self, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor) -> None:
        draft = draft_for(campaign, editor)
        drafting.add_chart(actor=editor, draft=draft, section="I", table="2A", code="D.01", at=NOON)
        assert {bar.words for bar in _chart(campaign, draft).bars} == {"chưa có"}
        none, unasked = Cell(nothing=Nothing.NONE), Cell(nothing=Nothing.NOT_APPLICABLE)
        for unit in communes:
            accept(report_in(campaign, unit, actor_for, D01_2024=none, D01_2025=unasked), editor)
        bars = _chart(campaign, draft).bars
        assert [(bar.number, bar.words, bar.nothing) for bar in bars] == [
            (None, "không có", Nothing.NONE), (None, "không áp dụng", Nothing.NOT_APPLICABLE), (None, "không có", Nothing.NONE),
        ]  # fmt: skip

    def test_zero_is_a_bar_and_a_ratio_over_nothing_none(
        self, campaign: Campaign, communes: list[Unit], editor: Actor, actor_for: ActorFor
    ) -> None:
        zero = Cell(Decimal(0))
        for unit in communes:
            accept(report_in(campaign, unit, actor_for, C02_2024=zero, C01_2025=zero, C02_2025=zero), editor)
        bars = _chart(campaign, draft_for(campaign, editor)).bars
        assert [(bar.number, bar.words) for bar in bars] == [(Decimal(0), "0,0%"), (None, "không tính được")]

    def test_added_moved_removed_put_back_and_renewed(self, campaign: Campaign, editor: Actor) -> None:
        draft = draft_for(campaign, editor)
        block = drafting.add_chart(actor=editor, draft=draft, section="II", table="2A", code="D.01", at=NOON)
        assert block.text == "Biểu đồ. Số lớp dạy bơi (lớp), theo báo cáo của UBND các xã, phường"
        assert AuditEntry.objects.filter(verb="reporting.add_chart", subject_id=draft.pk, details__block=block.pk).count() == 1
        made = _charts(draft)[0]
        drafting.move_block(actor=editor, block=made, up=True)
        drafting.remove_block(actor=editor, block=block)
        drafting.renew_draft(actor=editor, draft=draft, at=NOON)
        assert [one.kind for one in blocks_of(draft)] == ["chart", "figures", "figures", "table"]
        drafting.restore_block(actor=editor, block=block)
        assert [one.setting["code"] for one in _charts(draft)] == ["C.03", "D.01"]

    def test_a_chart_that_was_not_there_comes_behind_its_figures(self, campaign: Campaign, editor: Actor) -> None:
        draft = draft_for(campaign, editor)
        _charts(draft)[0].delete()
        drafting.renew_draft(actor=editor, draft=draft, at=NOON)
        assert [one.kind for one in blocks_of(draft)] == ["figures", "chart", "figures", "table"]

    def test_an_indicator_that_is_gone_draws_nothing(self, campaign: Campaign, editor: Actor) -> None:
        draft = draft_for(campaign, editor)
        block, sources = _charts(draft)[0], sources_of(campaign)
        block.setting["code"] = "X.01"
        assert (chart_of(block, sources, {}), fields_of_chart(block, sources)) == (None, [])
        assert chart_of(blocks_of(draft)[0], sources, {}) is None

    @pytest.mark.parametrize(("table", "code"), [("2A", "X.01"), ("9", "C.03"), ("", "")])
    def test_an_unknown_indicator_is_refused(self, table: str, code: str, campaign: Campaign, editor: Actor) -> None:
        draft = draft_for(campaign, editor)
        with pytest.raises(Refused, match="không có chỉ tiêu này"):
            drafting.add_chart(actor=editor, draft=draft, section="I", table=table, code=code, at=NOON)

    def test_who_may(
        self, campaign: Campaign, editor: Actor, colleague: Person, stranger: Person, commune_clerk: Person, actor_for: ActorFor
    ) -> None:
        draft = draft_for(campaign, editor)
        for person in (colleague, stranger, commune_clerk):
            with pytest.raises(NotAllowed):
                drafting.add_chart(actor=actor_for(person), draft=draft, section="I", table="2A", code="C.03", at=NOON)
        assert len(_charts(draft)) == 1
