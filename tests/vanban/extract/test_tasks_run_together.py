"""Tasks in an appendix whose table has lost its cells: the roles, the time and the places of each row."""

import datetime as dt

import pytest

from vanban.pipeline import read_text
from vanban.reading import DeadlineKind, Reading, Task
from vanban.spans import Span

PLAN = """KẾ HOẠCH
Phòng, chống thiên tai năm 2026

I. MỤC ĐÍCH
1. Chủ động ứng phó với mọi tình huống.

TM. ỦY BAN NHÂN DÂN

PHỤ LỤC
NHIỆM VỤ CỤ THỂ

STT | Tên nhiệm vụ cụ thể | Cơ quan chủ trì | Cơ quan phối hợp | Kết quả | Thời gian
1 Rà soát các điểm có nguy cơ sạt | Sở Công Các sở, ban, Bản đồ cảnh báo Thường
lở đất tại các khu dân cư Thương ngành liên quan xuyên
2 Xây dựng phương án di dời dân | Sở Nội vụ, Các sở, ban, Phương án 2026-
khỏi vùng ngập sâu khi có lũ Sở Tài chính ngành liên quan được duyệt 2028
3 Diễn tập ứng phó bão mạnh tại | Công an Các sở, ban, Báo cáo Hằng
các xã ven sông, ven suối tỉnh ngành liên quan kết quả năm
4 Kiểm tra phương tiện cứu hộ của | Sở Y tế Các sở, ban, Biên bản Hằng
các trạm y tế vùng sâu ngành liên quan năm
5 Tu sửa các hồ chứa nước đã xuống
cấp trước mùa mưa lũ chính vụ Các sở, ban, Hồ chứa an toàn Từ năm
ngành liên quan 2026
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_text(PLAN)


def task(reading: Reading, number: int) -> Task:
    return [held for held in reading.tasks if (held.section or "").startswith("PL")][number - 1]


@pytest.mark.parametrize(
    ("number", "lead"),
    [(1, ("Sở Công Thương",)), (2, ("Sở Nội vụ", "Sở Tài chính")), (3, ("Công an tỉnh",)), (5, ())],
)
def test_leads_are_put_together_from_their_slices(reading: Reading, number: int, lead: tuple[str, ...]) -> None:
    assert task(reading, number).lead == lead
    assert task(reading, number).coordinating == ("Các sở, ban, ngành liên quan",)


@pytest.mark.parametrize(
    ("number", "kind", "start"),
    [
        (1, DeadlineKind.ONGOING, None),
        (2, DeadlineKind.WITHIN, dt.date(2026, 1, 1)),
        (3, DeadlineKind.RECURRING, None),
        (5, DeadlineKind.ONGOING, dt.date(2026, 1, 1)),
    ],
)
def test_times_are_put_together_from_their_slices(
    reading: Reading, number: int, kind: DeadlineKind, start: dt.date | None
) -> None:
    deadline = task(reading, number).deadline
    assert deadline is not None
    assert (deadline.kind, deadline.start) == (kind, start)


def test_every_attribute_has_its_places_in_the_row(reading: Reading) -> None:
    held = task(reading, 2)
    assert held.text == "Xây dựng phương án di dời dân khỏi vùng ngập sâu khi có lũ"
    assert [span.of(PLAN) for span in held.spans["lead"]] == ["Sở Nội vụ,", "Sở Tài chính"]
    assert [span.of(PLAN) for span in held.spans["deadline"]] == ["2026-", "2028"]
    assert all(held.span.contains(span) for spans in held.spans.values() for span in spans)


def test_the_lines_of_the_table_are_not_read_as_sentences(reading: Reading) -> None:
    assert len([held for held in reading.tasks if Span(PLAN.index("STT"), len(PLAN)).contains(held.span)]) == 5


def test_an_agency_stands_where_its_name_begins(reading: Reading) -> None:
    places = {agency.name: agency.spans for agency in reading.agencies}
    assert places["Sở Công Thương"][0].of(PLAN) == "Sở Công"
