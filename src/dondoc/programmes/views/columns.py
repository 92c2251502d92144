"""The columns of a programme's exported lists."""

from datetime import date

from dondoc.common.exporting import Column
from dondoc.documents.places import name_of
from dondoc.programmes.queries.duties import Owed
from dondoc.programmes.queries.rows import Row

DUTY_COLUMNS: tuple[Column[Owed], ...] = (
    Column("Nguồn", lambda one: name_of(one.duty.item), width=20),
    Column("Báo cáo", lambda one: one.duty.text, width=70),
    Column("Đơn vị báo cáo", lambda one: "\n".join(reporter.name for reporter in one.duty.reporters.all()), width=34),
    Column("Nơi nhận", lambda one: one.duty.recipient_name, width=30),
    Column("Thời hạn", lambda one: one.duty.deadline_text, width=24),
    Column("Hạn cuối", lambda one: one.duty.last_ok_on or one.next_on, width=14),
    Column("Mẫu", lambda one: ", ".join(one.duty.templates), width=24),
    Column("Số liệu", lambda one: one.duty.cutoff, width=24),
    Column("Đã có", lambda one: one.done if one.total else None, width=10),
    Column("Phải có", lambda one: one.total or None, width=10),
)


def columns(day: date) -> tuple[Column[Row], ...]:
    """Of a board as of ``day``."""
    return (
        Column("Nguồn", lambda one: one.source, width=20),
        Column("Nhiệm vụ", lambda one: one.text, width=70),
        Column("Cơ quan chủ trì", lambda one: "\n".join(lead.name for lead in one.leads), width=34),
        Column("Phối hợp", lambda one: one.coordinating, width=34),
        Column("Thời hạn", lambda one: one.deadline, width=22),
        Column("Hạn đầu", lambda one: one.first_ok_on, width=14),
        Column("Hạn cuối", lambda one: one.last_ok_on, width=14),
        Column("Trạng thái", lambda one: "; ".join(badge.text for badge in (one.badge, *one.extras)), width=26),
        Column("Số ngày quá hạn", lambda one: _days_late(one, day), width=12),
        Column("Trễ so với hạn đầu (ngày)", lambda one: one.late_by_first, width=12),
        Column("Hoàn thành ngày", lambda one: one.done_on, width=14),
        Column("Đơn vị đã xong", lambda one: one.share.all_done if one.share else None, width=12),
        Column("Tổng số đơn vị", lambda one: one.share.total if one.share else None, width=12),
        Column("Đơn vị còn thiếu", lambda one: one.missing, width=40),
        Column("Tiến độ (%)", lambda one: one.percent, width=12),
        Column("Tiến độ, sản phẩm", lambda one: one.progress, width=50),
    )


def _days_late(row: Row, day: date) -> int | None:
    return (day - row.last_ok_on).days if row.key == "over" and row.last_ok_on else None
