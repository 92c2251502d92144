"""Plan 208/KH-UBND from its own duties to the province's report: eighty units, their returns, the totals, the paper.

The play is played once, in a transaction that ends with the module; each test looks at one thing.
"""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from pypdfium2 import PdfDocument

from dondoc.common import pdf
from dondoc.reporting.enums import BlockKind, ReturnState, ValueOrigin
from dondoc.reporting.models import Block, Return, Submission, Value
from dondoc.reporting.queries.content import cells_of, texts_of
from dondoc.reporting.queries.totals import Totals, totals_of
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.matrix import Fill
from dondoc.reporting.shipped import shipped
from tests.dondoc.scenarios import plan_208 as on_stage
from tests.dondoc.scenarios.plan_208 import (
    AFTER_THE_DRAFT,
    AGAIN_BY,
    ASKED_OF_ONE,
    EXEMPT_AGENCY,
    LAST_GOOD,
    NEVER,
    ON_PAPER,
    ONE_DAY_LATE,
    RENEWED,
    RETURNED_FOR_GOOD,
    RETURNED_IN_TIME,
    RETURNED_LATE,
    REVIEWED,
    SILENT_AGENCY,
    TWO_DAYS_LATE,
    UNREVIEWED,
    Play,
    Reporter,
)
from tests.dondoc.scenarios.returns import Totals as Known
from tests.dondoc.scenarios.returns import says_shared
from tests.shared import needs_shared

pytestmark = [needs_shared, pytest.mark.django_db, pytest.mark.xdist_group("plan-208")]


@pytest.fixture(scope="module")
def play(stage: None) -> Play:
    return on_stage.play_through()


def now(one: Reporter) -> Return:
    return Return.objects.get(pk=one.report.pk)


class TestOpening:
    def test_the_duties_lead_there(self, play: Play) -> None:
        assert play.programme.duties.count() == 2
        assert play.seen["way"] in play.seen["tab"]
        assert play.seen["opened"].headers["Location"] == play.address

    def test_all_is_computed_but_the_agencies(self, play: Play) -> None:
        campaign = play.campaign
        assert (campaign.recipient.name, campaign.last_ok_on) == ("Sở Y tế", LAST_GOOD)
        assert campaign.deadline_text == "trước ngày 10/9/2025"
        assert campaign.title.startswith("Báo cáo tổng kết Chương trình phòng, chống mại dâm giai đoạn 2021 - 2025")
        assert campaign.period_name == "Giai đoạn 2021 - 2025"
        groups = {group.template.template.code: group.returns.count() for group in campaign.groups.all()}
        assert groups == {"pcmd-tong-ket-so": 15, "pcmd-tong-ket-xa": 65}

    def test_the_later_hop_is_that_of_the_task(self, play: Play) -> None:
        """*Tổng hợp, xây dựng dự thảo báo cáo … của tỉnh*, before 20/9/2025."""
        task = play.programme.tasks.get(text__startswith="Tổng hợp, xây dựng dự thảo báo cáo")
        assert f"t{task.pk}" in play.seen["proposed"]["hop"]
        assert task.last_ok_on == date(2025, 9, 19)


class TestHandingIn:
    def test_nothing_is_lost_on_any_way(self, play: Play) -> None:
        """What each unit handed in last is what it meant, cell by cell and text by text."""
        for one in [*play.communes, *play.agencies]:
            held = now(one)
            if held.received_on:
                assert cells_of(held, "sent_") == one.content.cells, one.name
                assert texts_of(held, "sent_") == one.content.texts, one.name
        assert Return.objects.filter(received_on__isnull=False).count() == 77

    def test_three_ways(self, play: Play) -> None:
        """Typed by 25 communes and 5 agencies, and by the one that began and never came; one form was filled in for its unit."""
        ways: dict[str, set[int]] = {}
        for origin, words, report in Value.objects.values_list("origin", "origin_words", "report").distinct():
            ways.setdefault(words if origin == ValueOrigin.UPLOADED else origin, set()).add(report)
        assert {way: len(reports) for way, reports in ways.items()} == {
            "typed": 31, "bao-cao.xlsx": 25, "bao-cao.docx": 21, "bao-cao.xlsx (cơ quan nhận nhập thay)": 1,
        }  # fmt: skip

    def test_words_in_a_cell_are_told_there_and_the_rest_is_saved(self, play: Play) -> None:
        said = play.seen["words"]
        assert said["saved"] == {"A.02:2025": "4|"}
        assert list(said["unsaved"]) == ["A.01:2025"]
        assert "“mười hai”" in said["unsaved"]["A.01:2025"]["problem"]

    def test_a_sum_that_does_not_fit_is_not_handed_in(self, play: Play) -> None:
        assert play.seen["state after check"] == ReturnState.EXPECTED
        assert "9 lớn hơn số ở dòng C.01 (5). Cơ sở được kiểm tra nhiều lần chỉ đếm một lần." in play.seen["check"]

    def test_anothers_file_is_refused(self, play: Play) -> None:
        answer = play.seen["another's file"]
        mine, other = (play.communes[on_stage.OFFERS_ANOTHERS_FILE + at].name for at in (0, 1))
        assert answer.status_code == 422
        assert f"Tệp là mẫu của {other}, không phải của {mine}." in answer.content.decode()

    def test_last_years_version_is_refused(self, play: Play) -> None:
        answer = play.seen["an old version"]
        assert answer.status_code == 422
        assert "Tệp là mẫu phiên bản 0, đợt này dùng phiên bản 1." in answer.content.decode()

    def test_words_in_excel_are_told_by_cell_and_nothing_is_half_saved(self, play: Play) -> None:
        answer = play.seen["words in Excel"]
        assert answer.status_code == 422
        assert "mười hai" in answer.content.decode()
        assert "A.01" in answer.content.decode()
        assert play.seen["cells after words in Excel"] == 0

    def test_the_paper_counts_from_the_day_it_came(self, play: Play) -> None:
        held = now(play.communes[ON_PAPER])
        assert (held.first_received_on, held.accepted_on) == (on_stage.RECEIVED_ON_PAPER, REVIEWED)
        assert Submission.objects.get(report=held).on_behalf

    def test_the_exempt_one_is_not_expected(self, play: Play) -> None:
        assert now(play.agencies[EXEMPT_AGENCY]).state == ReturnState.EXEMPT
        assert not Submission.objects.filter(report=play.agencies[EXEMPT_AGENCY].report).exists()


class TestFollowing:
    """Expected 65 and 14 (one is exempt); on time by the day of receipt, the last good day being 9/9."""

    @pytest.mark.parametrize(
        ("day", "received", "on_time"),
        [
            (LAST_GOOD, 60, 60),
            (LAST_GOOD + timedelta(days=1), 61, 60),
            (LAST_GOOD + timedelta(days=2), 62, 60),
            (REVIEWED, 63, 61),  # the paper came in time, and was entered after the deadline
            (RENEWED, 64, 61),
        ],
    )
    def test_the_communes(self, play: Play, day: date, received: int, on_time: int) -> None:
        counts, _ = play.seen[f"communes {day}"]
        assert (counts.expected, counts.received, counts.on_time) == (65, received, on_time)
        assert (counts.late, counts.missing) == (received - on_time, 65 - received)
        assert counts.received_share <= 100

    @pytest.mark.parametrize("day", [LAST_GOOD, RENEWED])
    def test_the_agencies(self, play: Play, day: date) -> None:
        counts, _ = play.seen[f"agencies {day}"]
        assert (counts.expected, counts.received, counts.on_time, counts.exempt) == (14, 13, 13, 1)

    @pytest.mark.parametrize(("number", "days"), [(ONE_DAY_LATE, 1), (TWO_DAYS_LATE, 2), (AFTER_THE_DRAFT, 8), (NEVER, 9)])
    def test_days_late(self, play: Play, number: int, days: int) -> None:
        assert self.row(play, RENEWED, number).late == days

    @pytest.mark.parametrize(("number", "days"), [(RETURNED_IN_TIME, 0), (RETURNED_LATE, 1), (RETURNED_FOR_GOOD, 1)])
    def test_what_was_given_back_has_its_own_day(self, play: Play, number: int, days: int) -> None:
        assert self.row(play, AGAIN_BY + timedelta(days=1), number).late_again == days

    def test_handing_in_again_changes_nothing_about_the_first_receipt(self, play: Play) -> None:
        for number in (RETURNED_IN_TIME, RETURNED_LATE, RETURNED_FOR_GOOD):
            held = now(play.communes[number])
            assert held.first_received_on
            assert held.first_received_on <= LAST_GOOD
        assert now(play.communes[RETURNED_LATE]).received_on == AGAIN_BY + timedelta(days=1)

    def test_a_section_and_a_table_of_who_is_in_are_full(self, play: Play) -> None:
        row = self.row(play, RENEWED, 0)
        assert {mark.fill for mark in row.marks} <= {Fill.FULL, Fill.NOT_ASKED}
        assert all(mark.done <= mark.asked or not mark.asked for mark in row.marks)

    def test_a_begun_report_is_not_received(self, play: Play) -> None:
        row = self.row(play, RENEWED, NEVER)
        assert (row.is_draft, row.report.first_received_on) == (True, None)
        assert row.marks[-1].done == 1

    @staticmethod
    def row(play: Play, day: date, number: int) -> Any:
        _, matrix = play.seen[f"communes {day}"]
        return next(row for row in matrix.rows if row.report.pk == play.communes[number].report.pk)


class TestReview:
    @pytest.mark.parametrize("number", [RETURNED_IN_TIME, RETURNED_LATE])
    def test_the_reviewer_sees_what_changed_alone(self, play: Play, number: int) -> None:
        page = play.seen[f"changes {number}"]
        assert "Đã rà soát lại toàn bộ số liệu." in page
        assert play.communes[number].content.texts["VI.1"] not in page

    def test_who_stands_where(self, play: Play) -> None:
        states = [now(one).state for one in play.communes]
        assert states[RETURNED_FOR_GOOD] == ReturnState.RETURNED
        assert {states[number] for number in UNREVIEWED} == {ReturnState.RECEIVED}
        assert states[NEVER] == ReturnState.EXPECTED
        assert states.count(ReturnState.ACCEPTED) == 60


NOT_ACCEPTED = {RETURNED_FOR_GOOD, *UNREVIEWED, NEVER}


def check(totals: Totals, known: Known, stage: str) -> None:
    """The program's figures of one stage are those that are known."""
    figures, over = getattr(totals, stage), getattr(totals, f"{stage}_over")
    assert {place: figure.number for place, figure in figures.items()} == known.cells
    assert over == known.over
    for place, counts in known.counts.items():
        tally = figures[place].tally
        assert (tally.numbers, tally.none, tally.not_applicable, tally.no_data) == counts, place


class TestTotals:
    def test_the_communes_accepted(self, play: Play) -> None:
        totals = totals_of(play.communes[0].report.group)
        check(totals, play.totals(play.communes, but=NOT_ACCEPTED), "accepted")

    def test_the_communes_received_beside_it(self, play: Play) -> None:
        """With the one that was given back, as it was handed in."""
        totals = totals_of(play.communes[0].report.group)
        check(totals, play.totals(play.communes, but={NEVER}), "received")

    def test_the_agencies(self, play: Play) -> None:
        totals = totals_of(play.agencies[0].report.group)
        known = play.totals(play.agencies, but={EXEMPT_AGENCY, SILENT_AGENCY})
        check(totals, known, "accepted")
        check(totals, known, "received")

    def test_before_anything_was_accepted(self, play: Play) -> None:
        before = play.seen["before"]["communes"]
        assert {figure.number for figure in before.accepted.values()} == {None}
        assert {figure.tally.units for figure in before.accepted.values()} == {0}
        assert before.received[Place("A.01", "2025")].tally.units == 63


class TestDraft:
    def test_what_many_communes_say_is_one_passage(self, play: Play) -> None:
        """Of communes and agencies that are in; those that mended theirs say something else now."""
        first = play.seen["told"][0]
        silent = {RETURNED_IN_TIME, RETURNED_LATE, AFTER_THE_DRAFT, NEVER}
        communes = {one.name for one in play.communes if says_shared(one.number) and one.number not in silent}
        agencies = {one.name for one in play.agencies[:EXEMPT_AGENCY] if says_shared(one.number)}
        assert {voice.unit for voice in first.voices} == communes | agencies
        assert first.text.startswith("Hệ thống truyền thanh")
        assert f'<b class="ct">{len(first.voices)}/76</b>' in play.seen["section"]

    def test_a_late_return_joins_the_passage(self, play: Play) -> None:
        """It says the same, so that the passage has one source more."""
        block = Block.objects.get(draft__campaign=play.campaign, kind=BlockKind.PASSAGE)
        units = set(block.sources.values_list("report__unit__name", flat=True))
        assert units == {voice.unit for voice in play.seen["told"][0].voices} | {play.communes[AFTER_THE_DRAFT].name}

    def test_the_editors_words_stay(self, play: Play) -> None:
        block = Block.objects.get(pk=play.seen["reworded"])
        assert block.text == on_stage.OWN_WORDS
        assert block.edited_by == play.health


@pytest.fixture(scope="module")
def paper(play: Play) -> Any:
    return WordDocument(BytesIO(play.seen["paper"]))


def plain(text: str) -> str:
    """Without what keeps words together, and without the numbers of notes."""
    return NOTE.sub("", text.replace("\u2060", "").replace("\u00a0", " "))


NOTE = re.compile(r"\[\d+\]")


def said(number: Decimal | None, decimals: int, *, percent: bool) -> str:
    """As offices print it: 1.234,5."""
    if number is None:
        return ""
    return f"{number:,.{decimals}f}".translate(str.maketrans(",.", ".,")) + ("%" if percent else "")


class TestPaper:
    def test_it_says_what_it_is_and_ends_as_it_should(self, paper: Any) -> None:
        lines = [plain(one.text) for one in paper.paragraphs if one.text.strip()]
        assert lines[0] == "BÁO CÁO"
        assert lines[1].startswith("Tổng kết Chương trình phòng, chống mại dâm giai đoạn 2021 - 2025")
        assert "báo cáo báo cáo" not in " ".join(lines).lower()
        (last,) = [line for line in lines if line.startswith("Trên đây là báo cáo")]
        assert last.endswith("của Sở Y tế./.")
        assert any("Kế hoạch số 208/KH-UBND ngày 07/8/2025" in line for line in lines)
        assert any("13/14 sở, ngành; 60/65 xã, phường" in line for line in lines)

    @pytest.mark.parametrize("table", ["1A", "2A"])
    def test_every_figure_of_a_table_is_the_known_one(self, play: Play, paper: Any, table: str) -> None:
        reporters, but = (play.communes, NOT_ACCEPTED) if table == "2A" else (play.agencies, {EXEMPT_AGENCY, SILENT_AGENCY})
        known = play.totals(reporters, but=but)
        (facts,) = reporters[0].facts.tables
        printed = rows_of(paper, {one.code for one in facts.indicators})
        wanted = {
            one.code: [
                said(number, one.decimals, percent=one.measure == "%")
                for number in [*(known.cells[Place(one.code, column.key)] for column in facts.columns), known.over[one.code]]
            ]
            for one in facts.indicators
            if one.code != ASKED_OF_ONE
        }
        assert {code: cells for code, cells in printed.items() if code != ASKED_OF_ONE} == wanted

    def test_who_owes_a_figure_is_named_where_it_is_missing(self, play: Play, paper: Any) -> None:
        mark = f"[CHƯA CÓ SỐ LIỆU – {play.agencies[SILENT_AGENCY].name}]"
        assert any(mark in plain(one.text) for one in paper.paragraphs)

    def test_a_late_return_is_in_it_and_the_editors_words_are(self, play: Play, paper: Any) -> None:
        """The figure in the editor's sentence moved with the return that came after."""
        text = " ".join(plain(one.text) for one in paper.paragraphs)
        first = " ".join(plain(one.text) for one in WordDocument(BytesIO(play.seen["first paper"])).paragraphs)
        for printed, but in ((text, NOT_ACCEPTED), (first, NOT_ACCEPTED | {AFTER_THE_DRAFT})):
            number = play.totals(play.communes, but=but).cells[Place("C.02", "2025")]
            assert f"Toàn tỉnh đã kiểm tra {said(number, 0, percent=False)} cơ sở; đề nghị giữ nhịp kiểm tra này." in printed
        assert text != first

    def test_the_sources_name_who_is_missing(self, play: Play, paper: Any) -> None:
        text = " ".join(plain(one.text) for one in paper.paragraphs)
        assert f"Chưa nhận: {play.communes[NEVER].name}." in text
        assert f"Chưa nhận: {play.agencies[SILENT_AGENCY].name}." in text

    @pytest.mark.skipif(not pdf.is_there(), reason="LibreOffice is not installed (apt-get install libreoffice-writer)")
    def test_it_prints(self, play: Play, tmp_path: Path) -> None:
        """No page is blank, and none is black; the pictures stay in the test's folder to be looked at."""
        document = PdfDocument(pdf.to_pdf(play.seen["paper"], seconds=240))
        assert 12 <= len(document) <= 30
        for number, page in enumerate(document, start=1):
            picture = page.render(scale=1).to_pil().convert("L")
            picture.save(tmp_path / f"{number:02}.png")
            ink = sum(picture.histogram()[:128]) / (picture.width * picture.height)
            assert 0.002 < ink < 0.4, number


def rows_of(paper: Any, codes: set[str]) -> dict[str, list[str]]:
    """Code → figures, of the table that has these rows."""
    for table in paper.tables:
        rows = {cells[0]: [plain(one) for one in cells[3:]] for row in table.rows if (cells := [one.text for one in row.cells])}
        if codes == rows.keys() & ALL_CODES:
            return {code: rows[code] for code in codes}
    raise AssertionError(codes)


ALL_CODES = {one.code for facts in shipped() for table in facts.tables for one in table.indicators}
