"""The columns of a programme's exported lists."""

from datetime import date

from dondoc.common.exporting import Column
from dondoc.programmes.queries.rows import Row


def columns(day: date) -> tuple[Column[Row], ...]:
    """Of a board as of ``day``."""
    return (
        Column("Nguồn", lambda one: one.source, width=20),
        Column("Nhiệm vụ", lambda one: one.text, width=70),
        Column("Cơ quan chủ trì", lambda one: "\n".join(lead.name for lead in one.leads), width=34),
        Column("Phối hợp", lambda one: one.coordinating, width=34),
        Column("Thời hạn", lambda one: one.deadline, width=22),
        Column("Hạn cuối", lambda one: one.last_ok_on, width=14),
        Column("Trạng thái", lambda one: "; ".join(badge.text for badge in (one.badge, *one.extras)), width=26),
        Column("Số ngày quá hạn", lambda one: _days_late(one, day), width=12),
        Column("Hoàn thành ngày", lambda one: one.done_on, width=14),
        Column("Đơn vị đã xong", lambda one: one.share.all_done if one.share else None, width=12),
        Column("Tổng số đơn vị", lambda one: one.share.total if one.share else None, width=12),
        Column("Đơn vị còn thiếu", lambda one: one.missing, width=40),
        Column("Tiến độ (%)", lambda one: one.percent, width=12),
        Column("Tiến độ, sản phẩm", lambda one: one.progress, width=50),
    )


def _days_late(row: Row, day: date) -> int | None:
    return (day - row.last_ok_on).days if row.key == "over" and row.last_ok_on else None
