"""The whole way: from a file or a text to a reading."""

from datetime import date
from pathlib import Path

import pytest

from tests.vanban.sources.make_pdf import PdfPage, pdf
from vanban.errors import CancelledError, EmptyFileError, SecretDocumentError
from vanban.options import Options
from vanban.pipeline import STAGES, read, read_text
from vanban.reading import AgencyKind, DeadlineKind, Severity

PLAN = """ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LẠNG SƠN                  Độc lập - Tự do - Hạnh phúc

Số: 45/KH-UBND             Lạng Sơn, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
Phát triển thư viện số giai đoạn 2026 - 2028

Thực hiện Quyết định số 12/QĐ-TTg ngày 05/01/2026 của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. TỔ CHỨC THỰC HIỆN
1. Sở Nội vụ
- Chủ trì, phối hợp với Sở Tài chính rà soát quy chế, hoàn thành trước ngày 15/6.
2. UBND các xã, phường
- Gửi báo cáo kết quả về Sở Nội vụ trước ngày 10/9/2026./.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH


Lê Văn Hòa
"""


def test_a_text_is_understood_as_a_whole() -> None:
    reading = read_text(PLAN, file="ke-hoach.txt")
    assert (reading.metadata.code, reading.metadata.date) == ("45/KH-UBND", date(2026, 3, 12))
    assert [heading.path for heading in reading.outline] == ["I", "I.1", "I.2"]
    assert [citation.code for citation in reading.citations] == ["12/QĐ-TTg"]
    assert [task.lead for task in reading.tasks] == [("Sở Nội vụ",), ("UBND các xã, phường",)]
    assert [duty.recipient for duty in reading.duties] == ["Sở Nội vụ"]
    assert reading.source.file == "ke-hoach.txt"
    assert reading.source.quality > 0.9


def test_each_agency_stands_once_with_all_its_places() -> None:
    agencies = {agency.name: agency for agency in read_text(PLAN).agencies}
    assert set(agencies) == {"Sở Nội vụ", "Sở Tài chính", "UBND các xã, phường"}
    assert (agencies["Sở Nội vụ"].id, len(agencies["Sở Nội vụ"].spans)) == ("snv", 2)
    assert agencies["UBND các xã, phường"].kind is AgencyKind.GROUP


def test_a_day_without_a_year_takes_it_from_the_document_or_the_caller() -> None:
    undated = PLAN.replace("ngày 12 tháng 3 năm 2026", "ngày     tháng     năm")
    ends = [
        read_text(text, options).tasks[0].deadline
        for text, options in ((PLAN, Options()), (undated, Options(date=date(2027, 1, 5))))
    ]
    assert [(due.kind, due.end) for due in ends if due] == [
        (DeadlineKind.BY, date(2026, 6, 15)),
        (DeadlineKind.BY, date(2027, 6, 15)),
    ]  # fmt: skip


def test_names_that_only_the_caller_knows() -> None:
    text = PLAN.replace("2. UBND các xã, phường", "2. Tổ Đọc sách lưu động")
    reading = read_text(text, Options(names=("Tổ Đọc sách lưu động",)))
    assert reading.tasks[1].lead == ("Tổ Đọc sách lưu động",)


def test_the_same_text_as_a_file_and_as_a_string(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    assert read(path) == read_text(PLAN, file="ke-hoach.txt")


def test_the_caller_hears_of_the_stages_and_can_stop(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    heard: list[str] = []
    read(path, on_progress=lambda stage, done, total: heard.append(stage))
    assert tuple(dict.fromkeys(heard)) == STAGES

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "tasks":
            raise CancelledError("Đã dừng theo yêu cầu.")

    with pytest.raises(CancelledError):
        read(path, on_progress=stop)


def test_a_secrecy_mark_stops_the_reading() -> None:
    with pytest.raises(SecretDocumentError, match="TỐI MẬT"):
        read_text(PLAN.replace("Số: 45/KH-UBND", "TỐI MẬT\n\nSố: 45/KH-UBND"))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trong.txt"
    path.write_text(" \n", encoding="utf-8")
    with pytest.raises(EmptyFileError):
        read(path)


def test_spans_lead_back_to_the_text_of_the_file() -> None:
    reading = read_text(PLAN.replace("Sở Tài chính", "Sở Tài chi\u0301nh").replace("rà soát", "rà\u00a0soát"))
    task = reading.tasks[0]
    assert "Tài chi\u0301nh rà\u00a0soát" in reading.offsets.to_old(task.span).of(reading.raw)


def test_a_barred_table_gives_a_task_a_row() -> None:
    table = "\n| TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành |\n|---|---|---|---|---|\n| 1 | Số hóa tài liệu địa chí | Sở Nội vụ | Sở Y tế, Công an tỉnh | Quý III/2026 |\n"
    task = read_text(PLAN.replace("Nơi nhận:", f"PHỤ LỤC\n{table}\nNơi nhận:")).tasks[-1]
    assert (task.text, task.lead, task.coordinating) == ("Số hóa tài liệu địa chí", ("Sở Nội vụ",), ("Sở Y tế", "Công an tỉnh"))
    assert task.deadline is not None
    assert task.deadline.end == date(2026, 9, 30)


def test_pages_of_pictures_are_named(tmp_path: Path) -> None:
    lines = ["Sở Nội vụ rà soát quy chế trước ngày 15/6/2026.", "Các xã gửi báo cáo về Sở Nội vụ hằng quý."]
    file = pdf(tmp_path / "a.pdf", PdfPage().lines(700, *lines), PdfPage(picture=True), PdfPage().lines(700, "Hết."))
    findings = read(file, Options(read_images=False)).findings
    (told,) = [finding for finding in findings if finding.rule == "pages-not-read"]
    assert told.message.startswith("Trang 2 chỉ có ảnh")
    assert told.severity is Severity.VERIFY
