"""What a file says goes into the draft: all of it or nothing, and nothing of another person is written over."""

import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dondoc.common.errors import NotAllowed, Refused
from dondoc.common.models import AuditEntry
from dondoc.reporting.enums import ReturnState, ValueOrigin
from dondoc.reporting.models import Campaign, Passage, Return, Value
from dondoc.reporting.queries.content import cells_of, texts_of
from dondoc.reporting.rules.cells import Cell, Place, asked
from dondoc.reporting.rules.known import Known
from dondoc.reporting.services import filling, opening, reviewing, uploading
from dondoc.reporting.services.collecting import collect
from dondoc.reporting.services.uploading import Uploaded
from dondoc.reporting.unit_files import guarding
from dondoc.reporting.unit_files.contents import FileFault, Filled, FilledCell, FilledText, Stamp, mark_of
from dondoc.reporting.unit_files.excel import to_xlsx
from dondoc.reporting.unit_files.reading import read_form
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.units import person_in
from tests.dondoc.reporting.conftest import POOLS, fill, hand_in
from tests.dondoc.reporting.workbooks import SHEET, form, saved, workbook

ActorFor = Callable[..., Actor]
LATER = NOON + timedelta(hours=2)
C01, C02, C03, D01 = (Place(code, "2025") for code in ("C.01", "C.02", "C.03", "D.01"))


def stamp(report: Return) -> Stamp:
    return form(report).stamp


def given(report: Return, *cells: FilledCell, texts: tuple[FilledText, ...] = (), faults: tuple[FileFault, ...] = ()) -> Filled:
    return Filled(stamp(report), cells, texts, faults)


def cell(place: Place, typed: str | Decimal, seen: str = "|", why: str = "") -> FilledCell:
    return FilledCell(place, typed, why, f"trang Biểu 2A ({place.code})", seen)


def text(words: str, seen: str = "", section: str = "I") -> FilledText:
    return FilledText(section, words, f"trang Đề cương (mục {section})", mark_of(seen))


@pytest.fixture
def clerk(commune_clerk: Person, actor_for: ActorFor) -> Actor:
    return actor_for(commune_clerk)


@pytest.fixture
def second(report: Return, actor_for: ActorFor) -> Actor:
    """Another clerk of the same commune."""
    return actor_for(person_in(report.unit, username="vanthuhai", full_name="Lò Thị Hai"))


def upload(actor: Actor, report: Return, filled: Filled, **more: Any) -> Uploaded:
    return uploading.upload(actor=actor, report=report, filled=filled, at=LATER, file_name="an-binh.xlsx", **more)


class TestWriting:
    def test_numbers_marks_reasons_and_texts(self, report: Return, clerk: Actor) -> None:
        filled = given(
            report,
            cell(C01, Decimal("12.5")),
            cell(C02, " 1.234,5 "),
            cell(D01, "…", why="chờ  số của\ncông an"),
            cell(C03, "", why="làm tròn"),
            texts=(text("Dòng một  \r\nDòng hai\n\n"),),
        )
        done = upload(clerk, report, filled)
        assert (done.cells, done.texts, done.is_clean) == (4, 1, True)
        assert cells_of(report) == {
            C01: Cell(Decimal("12.5")),
            C02: Cell(Decimal("1234.5")),
            D01: Cell(nothing="no_data", explanation="chờ số của công an"),
            C03: Cell(explanation="làm tròn"),
        }
        assert texts_of(report) == {"I": "Dòng một\nDòng hai"}
        row = Value.objects.get(indicator__code="C.01")
        assert (row.origin, row.origin_words, row.changed_at) == (ValueOrigin.UPLOADED, "an-binh.xlsx", LATER)
        report.refresh_from_db()
        assert report.filled == 4

    def test_it_stands_in_the_trail(self, report: Return, clerk: Actor) -> None:
        upload(clerk, report, given(report, cell(C01, "5")))
        entry = AuditEntry.objects.get(verb="reporting.uploaded")
        assert entry.details["file"] == "an-binh.xlsx"
        assert entry.details["cells"] == 1

    def test_what_was_not_touched_is_left_alone(self, report: Return, clerk: Actor, second: Actor) -> None:
        """An empty cell of the file does not empty the draft, nor does an old figure come back."""
        fill(report, clerk)
        made = given(report, cell(C01, "", seen="|"), cell(C02, Decimal(9), seen="9|"), texts=(text("", seen=""),))
        done = upload(second, report, made)
        assert (done.cells, done.texts, done.is_clean) == (0, 0, True)
        assert cells_of(report)[C01] == cells_of(report)[C02] == Cell(Decimal(4))
        assert texts_of(report)["I"] == "Đã mở lớp dạy bơi."

    def test_what_was_cleared_in_the_file_is_cleared(self, report: Return, clerk: Actor) -> None:
        fill(report, clerk)
        done = upload(clerk, report, given(report, cell(C01, "", seen="4|"), texts=(text("", seen="Đã mở lớp dạy bơi."),)))
        assert (done.cells, done.texts) == (1, 1)
        assert C01 not in cells_of(report)
        assert texts_of(report) == {}

    def test_twice_is_once(self, report: Return, clerk: Actor) -> None:
        filled = given(report, cell(C01, "5"), texts=(text("Kết quả"),))
        upload(clerk, report, filled)
        done = upload(clerk, report, filled)
        assert (done.cells, done.texts, done.is_clean) == (0, 0, True)

    def test_a_mended_file_replaces_what_it_said(self, report: Return, clerk: Actor, second: Actor) -> None:
        upload(clerk, report, given(report, cell(C01, "5")))
        assert upload(clerk, report, given(report, cell(C01, "6"))).is_clean
        assert cells_of(report)[C01] == Cell(Decimal(6))
        assert upload(second, report, given(report, cell(C01, "7"))).differing == 1
        assert cells_of(report)[C01] == Cell(Decimal(6))

    def test_the_number_of_queries_does_not_grow_with_cells(self, report: Return, clerk: Actor) -> None:
        places = [place for _, _, place in asked(POOLS)]
        upload(clerk, report, given(report, *(cell(one, "1") for one in places)))
        counts = []
        for number in (1, 3):
            made = given(report, *(cell(one, f"{number}0") for one in places[:number]))
            with CaptureQueriesContext(connection) as queries:
                upload(clerk, report, made)
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestKnownFigures:
    """The form came with a figure that the platform knows already."""

    @pytest.fixture(autouse=True)
    def known(self, monkeypatch: pytest.MonkeyPatch) -> None:
        figure = Known(Decimal(9), "Theo dõi nhiệm vụ", "/thong-ke/")
        monkeypatch.setattr(uploading, "known_of", lambda _report, _on: {C01: figure})

    def test_left_as_it_came_it_keeps_its_source(self, report: Return, clerk: Actor) -> None:
        assert upload(clerk, report, given(report, cell(C01, Decimal(9)))).cells == 1
        row = Value.objects.get()
        assert (row.number, row.origin, row.origin_words, row.origin_address) == (9, "known", "Theo dõi nhiệm vụ", "/thong-ke/")

    def test_mended_it_is_the_units_own(self, report: Return, clerk: Actor) -> None:
        upload(clerk, report, given(report, cell(C01, Decimal(8))))
        assert Value.objects.get().origin == ValueOrigin.UPLOADED

    def test_it_gives_way_to_what_was_typed_meanwhile(self, report: Return, clerk: Actor, second: Actor) -> None:
        """Nobody wrote it into the file, so it is no clash either."""
        filling.save_cells(actor=clerk, report=report, entries=[filling.Entry(C01, Cell(Decimal(7)))], at=NOON)
        assert upload(second, report, given(report, cell(C01, Decimal(9)))).is_clean
        assert cells_of(report)[C01] == Cell(Decimal(7))


class TestFaults:
    def test_nothing_is_half_written(self, report: Return, clerk: Actor) -> None:
        made = given(report, cell(C01, "5"), cell(C02, "nhiều"), texts=(text("Kết quả"),), faults=(FileFault("Biểu 3", "Thiếu"),))
        done = upload(clerk, report, made)
        assert (done.cells, done.texts, done.written) == (1, 1, False)
        assert [one.where for one in done.faults] == ["Biểu 3", "trang Biểu 2A (C.02)"]
        assert "không phải là một số" in done.faults[1].words
        assert not Value.objects.exists()
        assert not Passage.objects.exists()

    def test_the_good_ones_when_the_person_says_so(self, report: Return, clerk: Actor) -> None:
        done = upload(clerk, report, given(report, cell(C01, "5"), cell(C02, "nhiều")), good_only=True)
        assert (done.written, done.is_clean, len(done.faults)) == (True, False, 1)
        assert cells_of(report) == {C01: Cell(Decimal(5))}

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("1.234", "có thể là 1234 hoặc 1,234"),
            (Decimal("0.123456"), "nhiều nhất 4 chữ số"),
            (Decimal(10) ** 16, "quá nhiều chữ số"),
            (Decimal(10) ** 15, "Số quá lớn. Kiểm tra đơn vị tính."),
            ("123456789012,3456", "Số có quá 15 chữ số. Làm tròn số"),
            ("khoảng 5", "không phải là một số"),
        ],
    )
    def test_figures_that_the_page_would_not_take_either(
        self, report: Return, clerk: Actor, typed: str | Decimal, words: str
    ) -> None:
        [fault] = upload(clerk, report, given(report, cell(C01, typed))).faults
        assert words in fault.words
        assert fault.place == C01

    def test_a_cell_that_nobody_asks(self, report: Return, clerk: Actor) -> None:
        [fault] = upload(clerk, report, given(report, cell(Place("Z.99", "2025"), "5"))).faults
        assert "Mẫu không hỏi ô này" in fault.words


class TestTwoAtOnce:
    def test_each_ones_cells_stand_and_the_clash_is_told(self, report: Return, clerk: Actor, second: Actor) -> None:
        """Both took the form empty; the first typed on the page since."""
        made = given(report, cell(C01, "5"), cell(C02, "3"), texts=(text("Của tôi"), text("Kiến nghị", section="II")))
        filling.save_cells(actor=clerk, report=report, entries=[filling.Entry(C01, Cell(Decimal(7)))], at=NOON)
        filling.save_text(actor=clerk, report=report, section="I", text="Của chị Xã", at=NOON)
        done = upload(second, report, made)
        assert (done.cells, done.texts, done.written) == (1, 1, True)
        [one], [other] = done.clashes, done.text_clashes
        assert (one.place, one.mine, one.theirs, one.by) == (C01, "5", "7", "Hoàng Thị Xã")
        assert (other.section, other.mine, other.theirs) == ("I", "Của tôi", "Của chị Xã")
        assert cells_of(report) == {C01: Cell(Decimal(7)), C02: Cell(Decimal(3))}
        assert texts_of(report) == {"I": "Của chị Xã", "II": "Kiến nghị"}

    def test_the_person_may_take_the_files(self, report: Return, clerk: Actor, second: Actor) -> None:
        made = given(report, cell(C01, "5"), texts=(text("Của tôi"),))
        filling.save_cells(actor=clerk, report=report, entries=[filling.Entry(C01, Cell(Decimal(7)))], at=NOON)
        filling.save_text(actor=clerk, report=report, section="I", text="Của chị Xã", at=NOON)
        told = upload(second, report, made)
        taking = told.choices
        assert upload(second, report, made, good_only=True, taking=taking).is_clean
        assert cells_of(report)[C01] == Cell(Decimal(5))
        assert texts_of(report)["I"] == "Của tôi"

    def test_what_was_written_after_the_choice_is_asked_about_anew(self, report: Return, clerk: Actor, second: Actor) -> None:
        made = given(report, cell(C01, "5"), texts=(text("Của tôi"),))
        filling.save_cells(actor=clerk, report=report, entries=[filling.Entry(C01, Cell(Decimal(7)))], at=NOON)
        filling.save_text(actor=clerk, report=report, section="I", text="Của chị Xã", at=NOON)
        told = upload(second, report, made)
        taking = told.choices
        filling.save_cells(actor=clerk, report=report, entries=[filling.Entry(C01, Cell(Decimal(8)))], at=NOON)
        filling.save_text(actor=clerk, report=report, section="I", text="Của chị Xã, đã sửa", at=NOON)
        again = upload(second, report, made, good_only=True, taking=taking)
        assert ([one.theirs for one in again.clashes], again.differing) == (["8"], 2)
        assert (cells_of(report)[C01].number, texts_of(report)["I"]) == (8, "Của chị Xã, đã sửa")

    def test_what_one_typed_oneself_on_the_page_since_is_no_less_safe(self, report: Return, clerk: Actor) -> None:
        filling.save_cells(actor=clerk, report=report, entries=[filling.Entry(C01, Cell(Decimal(7)))], at=NOON)
        assert upload(clerk, report, given(report, cell(C01, "5"))).differing == 1
        assert cells_of(report)[C01] == Cell(Decimal(7))

    def test_saying_the_same_is_no_clash(self, report: Return, clerk: Actor, second: Actor) -> None:
        filling.save_cells(actor=clerk, report=report, entries=[filling.Entry(C01, Cell(Decimal(7)))], at=NOON)
        assert upload(second, report, given(report, cell(C01, "7"))).is_clean


class TestWhoseFile:
    @pytest.fixture
    def other(self, campaign: Campaign, communes: list[Unit]) -> Return:
        return Return.objects.get(campaign=campaign, unit=communes[1])

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"unit": 999_999, "unit_name": "xã Suối Trong"}, "Tệp là mẫu của xã Suối Trong, không phải của xã An Bình"),
            ({"version": 3}, "Tệp là mẫu phiên bản 3, đợt này dùng phiên bản 1. Tải mẫu mới"),
            ({"template": "mau-khac"}, "Tệp làm theo mẫu báo cáo khác"),
            ({"report": 999_999}, "Tệp là mẫu của đợt báo cáo khác"),
        ],
    )
    def test_another_ones_is_refused(self, report: Return, clerk: Actor, change: dict[str, Any], words: str) -> None:
        filled = given(report, cell(C01, "5"))
        with pytest.raises(Refused, match=words):
            upload(clerk, report, replace(filled, stamp=replace(filled.stamp, **change)))
        assert not Value.objects.exists()

    def test_who_may(self, report: Return, owner: Person, colleague: Person, stranger: Person, actor_for: ActorFor) -> None:
        filled = given(report, cell(C01, "5"))
        for person in (colleague, stranger):
            with pytest.raises(NotAllowed):
                upload(actor_for(person), report, filled)
            with pytest.raises(NotAllowed):
                upload(actor_for(person), report, filled, on_behalf=True)
        with pytest.raises(NotAllowed):
            upload(actor_for(owner), report, filled)
        assert upload(actor_for(owner), report, filled, on_behalf=True).is_clean
        assert Value.objects.get().origin_words == "an-binh.xlsx (cơ quan nhận nhập thay)"

    def test_after_the_close(self, report: Return, campaign: Campaign, clerk: Actor, owner: Person, actor_for: ActorFor) -> None:
        opening.close_campaign(actor=actor_for(owner), campaign=campaign)
        with pytest.raises(Refused, match="Đợt báo cáo đã đóng"):
            upload(clerk, report, given(report, cell(C01, "5")))

    def test_after_it_was_handed_in_and_accepted(
        self, report: Return, commune_clerk: Person, owner: Person, actor_for: ActorFor
    ) -> None:
        hand_in(report, commune_clerk, actor_for)
        made = given(report, cell(C01, "5", seen="4|"))
        with pytest.raises(Refused, match="đã nộp, đang chờ duyệt"):
            upload(actor_for(commune_clerk), report, made)
        reviewing.accept(actor=actor_for(owner), report=report, at=NOON, happened_on=TODAY)
        with pytest.raises(Refused, match="đã được duyệt, số liệu đã khóa"):
            upload(actor_for(commune_clerk), report, made)
        assert cells_of(report)[C01] == Cell(Decimal(4))


class TestManyAtOnce:
    @pytest.fixture
    def receiver(self, owner: Person, actor_for: ActorFor) -> Actor:
        return actor_for(owner)

    def data(self, report: Return, number: int = 4, **cells: Any) -> bytes:
        """The unit's form, filled in all over."""
        book = workbook(form(report))
        for row in (6, 7, 10):
            book[SHEET][f"D{row}"] = book[SHEET][f"E{row}"] = number
        for address, value in cells.items():
            book[SHEET][address] = value
        book["Đề cương"]["C5"] = f"Kết quả của {report.unit.name}"
        return saved(book)

    def test_none_is_lost_and_none_stops_another(self, campaign: Campaign, receiver: Actor) -> None:
        one, two, three = campaign.returns.order_by("unit__code").select_related("unit")
        files = [
            ("1.xlsx", self.data(one)), ("hong.xlsx", b"PK\x03\x04 khong phai zip"), ("2.xlsx", self.data(two, E6="nhiều")),
            ("3.xlsx", self.data(three, E7=9)),
        ]  # fmt: skip
        lines = [
            collect(actor=receiver, campaign=campaign, name=name, data=data, at=NOON, received_on=TODAY) for name, data in files
        ]
        assert [one.handed_in for one in lines] == [True, False, False, False]
        assert "Tệp hỏng" in lines[1].problem
        assert [fault.place for fault in lines[2].done.faults] == [C01]
        assert "1 chỗ phải sửa" in lines[3].problem
        assert [bool(cells_of(report)) for report in (one, two, three)] == [True, False, True]
        one.refresh_from_db()
        assert (one.state, one.first_received_on) == (ReturnState.RECEIVED, TODAY)
        assert one.submissions.get().on_behalf

    def test_without_a_day_nothing_is_handed_in(self, campaign: Campaign, report: Return, receiver: Actor) -> None:
        line = collect(actor=receiver, campaign=campaign, name="1.xlsx", data=self.data(report), at=NOON)
        assert (line.done.cells, line.done.texts, line.handed_in, line.problem) == (6, 1, False, "")
        report.refresh_from_db()
        assert report.state == ReturnState.EXPECTED

    def test_what_the_unit_typed_since_stands(self, campaign: Campaign, report: Return, receiver: Actor, clerk: Actor) -> None:
        data = self.data(report)
        fill(report, clerk, 5)
        line = collect(actor=receiver, campaign=campaign, name="1.xlsx", data=data, at=LATER, received_on=TODAY)
        assert (line.done.differing, line.handed_in) == (7, False)
        assert cells_of(report)[C01] == Cell(Decimal(5))

    def test_two_files_of_one_unit(self, campaign: Campaign, report: Return, receiver: Actor) -> None:
        first, other = self.data(report, 4), self.data(report, 5)
        collect(actor=receiver, campaign=campaign, name="1.xlsx", data=first, at=NOON)
        line = collect(actor=receiver, campaign=campaign, name="2.xlsx", data=other, at=LATER)
        assert line.done.differing == 6
        assert cells_of(report)[C01] == Cell(Decimal(4))

    def test_a_unit_that_owes_nothing_here(
        self, campaign: Campaign, report: Return, receiver: Actor, owner: Person, actor_for: ActorFor
    ) -> None:
        data = self.data(report)
        campaign.returns.filter(pk=report.pk).delete()
        line = collect(actor=receiver, campaign=campaign, name="1.xlsx", data=data, at=NOON)
        assert line.problem == "xã An Bình không phải nộp báo cáo trong đợt này."

    def test_only_those_who_receive(
        self, campaign: Campaign, report: Return, clerk: Actor, colleague: Person, actor_for: ActorFor
    ) -> None:
        for actor in (clerk, actor_for(colleague)):
            with pytest.raises(NotAllowed):
                collect(actor=actor, campaign=campaign, name="1.xlsx", data=self.data(report), at=NOON)


def packed(**parts: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as held:
        for name, body in parts.items():
            held.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return target.getvalue()


def types(of: str) -> bytes:
    return f'<Types><Override PartName="/x" ContentType="application/{of}"/></Types>'.encode()


SHEET_TYPE = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def book(kind: str, method: int = ZIP_DEFLATED, **parts: bytes) -> bytes:
    """A zip that says to be of this kind, with more parts: ``xl__workbook_DOT_xml``."""
    target = BytesIO()
    with ZipFile(target, "w", method) as held:
        held.writestr("[Content_Types].xml", types(kind))
        for name, body in parts.items():
            held.writestr(name.replace("__", "/").replace("_DOT_", "."), body)
    return target.getvalue()


def bad_files() -> Iterator[tuple[str, bytes, str]]:
    old = guarding.OLE + bytes(600)
    yield "empty", b"", "Tệp rỗng"
    yield "text", b"ma;so\n1;2", "không phải Excel .xlsx hay Word .docx"
    yield "html that is called .xls", b"<html><table></table></html>", "không phải Excel .xlsx hay Word .docx"
    yield "pdf", b"%PDF-1.7 ...", "Tệp là PDF"
    yield "old", old + "Workbook".encode("utf-16-le"), r"Excel, Word cũ \(\.xls, \.doc\)"
    yield "password", old + "EncryptedPackage".encode("utf-16-le"), "Tệp có mật khẩu. Mở tệp, bỏ mật khẩu"
    yield "broken zip", b"PK\x03\x04" + bytes(50), "Tệp hỏng"
    yield "macros", book("vnd.ms-excel.sheet.macroEnabled.main+xml"), "Tệp có macro .*dạng .xlsx"
    yield "macros under another name", book(SHEET_TYPE, xl__vbaProject_DOT_bin=b"x"), "Tệp có macro .*dạng .xlsx"
    yield "binary", book("vnd.ms-excel.sheet.binary.macroEnabled.main"), r"nhị phân \(\.xlsb\)"
    yield "pictures", book("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), "không phải Excel"
    yield "zip", packed(an_xml=b"<a/>"), "Tệp là tệp nén .zip"
    yield "opendocument", packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), r"OpenDocument \(\.ods, \.odt\)"
    yield "entities", book(SHEET_TYPE, xl__workbook_DOT_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "Tệp hỏng"
    yield (
        "entities of a part that is not called XML",
        book(SHEET_TYPE, xl__a_DOT_png=b"\xef\xbb\xbf\n<!DOCTYPE a><a/>"),
        "Tệp hỏng",
    )
    yield "a workbook without anything", book(SHEET_TYPE), "Tệp hỏng"
    whole = book(SHEET_TYPE)
    yield "spoilt within", whole.replace(whole[49:59], b"\xff" * 10, 1), "Tệp hỏng"
    yield "packed as none is", book(SHEET_TYPE, ZIP_LZMA), "Tệp hỏng"


@pytest.mark.parametrize(("data", "words"), [pytest.param(data, words, id=name) for name, data, words in bad_files()])
def test_each_thing_that_is_no_form_is_told_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        read_form(data)
    assert refused.value.field == "upload"


def test_what_would_grow_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "MAX_UNPACKED", 10_000)
    monkeypatch.setattr(guarding, "MAX_XML", 1_000)
    with pytest.raises(Refused, match="giải nén ra quá lớn"):
        read_form(book(SHEET_TYPE, xl__big_DOT_bin=bytes(10_001)))
    with pytest.raises(Refused, match="quá nhiều ô"):
        read_form(book(SHEET_TYPE, xl__sheet_DOT_png=b"<" + b" " * 1_000))


def test_a_part_that_is_larger_than_it_says_is_unpacked_no_further() -> None:
    whole, said = bytearray(book(SHEET_TYPE, xl__big_DOT_xml=bytes(80 * 1024 * 1024))), 1_000
    listed = whole.rfind(b"PK\x01\x02")
    whole[listed + 16 : listed + 20] = zlib.crc32(bytes(said)).to_bytes(4, "little")
    whole[listed + 24 : listed + 28] = said.to_bytes(4, "little")
    tracemalloc.start()
    with pytest.raises(Refused, match="Tệp hỏng"):
        read_form(bytes(whole))
    assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    tracemalloc.stop()


def test_a_large_file_is_not_even_opened() -> None:
    with pytest.raises(Refused, match="50 MB, mẫu báo cáo chỉ nhận đến 20 MB"):
        guarding.check_size(50 * 1024 * 1024)
    guarding.check_size(guarding.MAX_BYTES)


def test_a_reader_that_breaks_is_a_damaged_file(report: Return, monkeypatch: pytest.MonkeyPatch) -> None:
    data = to_xlsx(form(report))
    monkeypatch.setattr("dondoc.reporting.unit_files.reading.READERS", {guarding.Kind.EXCEL: lambda _: 1 / 0})
    with pytest.raises(Refused, match="Tệp hỏng"):
        read_form(data)
