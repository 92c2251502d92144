"""Báo cáo nhanh: how the tasks of all programmes stand, for the chairman, in official form.

Each part of the report is a function of :data:`PARTS`: it is given the scope and says its heading with what stands below it, or
nothing. What another subject has to tell is one more function there.
"""

from collections.abc import Callable, Sequence
from datetime import date

from dondoc.common import wording
from dondoc.common.official import Band, Block, Column, Heading, Paper, Paragraph, Recipients, Row, Table
from dondoc.programmes.official.urging import paper_words, place_of
from dondoc.programmes.queries.listing import Entry
from dondoc.programmes.queries.obstacles import waiting_for_province, with_names
from dondoc.programmes.queries.statistics import Counters
from dondoc.programmes.queries.summary import (
    AGENCIES_SHOWN,
    GROUPS_SHOWN,
    TASKS_SHOWN,
    Scope,
    incomplete_groups,
    late_agencies,
    long_overdue,
    sum_of,
)
from dondoc.programmes.queries.targets_course import off_course
from dondoc.units.letterhead import letterhead_of
from dondoc.units.models import Unit

SUBJECT = "Tình hình thực hiện nhiệm vụ trong các chương trình, kế hoạch đến ngày {}"
NONE = "Không có."


def paper_of(scope: Scope, entries: Sequence[Entry], *, from_unit: Unit) -> Paper:
    """``entries``: the scope's programmes; ``from_unit`` comes with its province. Number, day and signer's name are left open."""
    head = letterhead_of(from_unit)
    return Paper(
        form=head.form,
        superior=head.superior,
        issuer=head.issuer,
        number=None,
        symbol=head.symbol("BC"),
        place=head.place,
        on=scope.today,
        kind="Báo cáo",
        subject=SUBJECT.format(wording.day(scope.today)),
        addressees=(f"Chủ tịch Ủy ban nhân dân {scope.province.name}", f"Các Phó Chủ tịch Ủy ban nhân dân {scope.province.name}"),
        body=tuple(_body(scope, entries, head.issuer)),
        recipients=Recipients(("Như trên", "Lãnh đạo Văn phòng"), "VT, TH"),
        signature=head.signature,
    )


def _body(scope: Scope, entries: Sequence[Entry], issuer: str) -> list[Block]:
    day = wording.day(scope.today)
    blocks: list[Block] = [
        Paragraph(f"{issuer} báo cáo nhanh tình hình thực hiện nhiệm vụ của {_count(len(entries))} chương trình, kế hoạch đang theo dõi, tính đến ngày {day}, như sau:")
    ]  # fmt: skip
    for part in PARTS:
        blocks += part(scope, entries)
    blocks.append(Paragraph(f"{issuer} kính báo cáo đồng chí Chủ tịch, các đồng chí Phó Chủ tịch xem xét, chỉ đạo."))
    return blocks


def _count(number: int) -> str:
    return f"{number:02d}"


def figures(_scope: Scope, entries: Sequence[Entry]) -> list[Block]:
    """Exactly the published breakdown; a group's task is one."""
    held = sum_of(entry.figures for entry in entries)
    dated = (
        f"- Có thời hạn: {_n(held.dated)}, trong đó hoàn thành đúng, trước hạn {_n(held.done_on_time)}; hoàn thành trễ hạn "
        f"{_n(held.done_late)}; đang giải quyết trong hạn {_n(held.within)}; đang giải quyết quá hạn {_n(held.overdue)} (quá hạn "
        f"trên 30 ngày {_n(held.long_overdue)});"
    )
    undated = (
        f"- Không có thời hạn: {_n(held.undated)}, trong đó đang giải quyết {_n(held.undated_open)} (quá 3 tháng chưa báo cáo "
        f"{_n(held.silent)}); hoàn thành {_n(held.undated_done)};"
    )
    lines = (
        f"Tổng số nhiệm vụ được giao: {_n(held.total)}. Nhiệm vụ giao cho một nhóm đơn vị tính là một nhiệm vụ.",
        dated,
        undated,
        f"- Tạm dừng {_n(held.suspended)}; dừng theo dõi {_n(held.cancelled)}.",
    )
    return [Heading(1, "Số liệu chung"), *(Paragraph(line) for line in lines)]


def programmes(_scope: Scope, entries: Sequence[Entry]) -> list[Block]:
    """A row a programme, those most in need first, and the sum."""
    columns = (
        Column("STT", 0.07, "centre"),
        Column("Chương trình, kế hoạch", 0.35),
        Column("Tổng số", 0.09, "centre"),
        Column("Đúng hạn", 0.1, "centre", "Hoàn thành"),
        Column("Trễ hạn", 0.09, "centre", "Hoàn thành"),
        Column("Trong hạn", 0.1, "centre", "Đang giải quyết"),
        Column("Quá hạn", 0.1, "centre", "Đang giải quyết"),
        Column("Trên 30 ngày", 0.1, "centre", "Đang giải quyết"),
    )
    rows: list[Row] = [(str(number), _name(entry), *_cells(entry.figures)) for number, entry in enumerate(entries, start=1)]
    rows.append(("", "Cộng", *_cells(sum_of(entry.figures for entry in entries))))
    return [Heading(1, "Theo chương trình, kế hoạch"), Table(columns, tuple(rows))]


def _name(entry: Entry) -> str:
    code = entry.plan.document.code if entry.plan else ""
    title = entry.programme.title
    title = title[:1].upper() + title[1:]
    return f"{title} ({code})" if code else title


def _cells(held: Counters) -> tuple[str, ...]:
    shown = (held.total, held.done_on_time, held.done_late, held.within, held.overdue, held.long_overdue)
    return tuple(_n(number) for number in shown)


def agencies(scope: Scope, _entries: Sequence[Entry]) -> list[Block]:
    """Those with most that is overdue. A unit's part of a group's task counts as its own."""
    heading = Heading(1, "Cơ quan, đơn vị còn nhiều nhiệm vụ quá hạn")
    late = late_agencies(scope)
    if not late:
        return [heading, Paragraph(NONE)]
    columns = (
        Column("STT", 0.08, "centre"),
        Column("Cơ quan, đơn vị", 0.47),
        Column("Quá hạn", 0.15, "centre"),
        Column("Trên 30 ngày", 0.15, "centre"),
        Column("Lâu nhất (ngày)", 0.15, "centre"),
    )
    rows = tuple(
        (str(number), one.name, _n(one.overdue), _n(one.long), _n(one.longest))
        for number, one in enumerate(late[:AGENCIES_SHOWN], start=1)
    )
    told = f"Có {_count(len(late))} cơ quan, đơn vị còn nhiệm vụ hoặc phần việc được giao đã quá hạn"
    more = f"; {_count(AGENCIES_SHOWN)} nơi nhiều nhất:" if len(late) > AGENCIES_SHOWN else ":"
    return [heading, Paragraph(told + more), Table(columns, rows)]


def long_tasks(scope: Scope, entries: Sequence[Entry]) -> list[Block]:
    """Each with its agency and the days, under its paper."""
    heading = Heading(1, "Nhiệm vụ quá hạn trên 30 ngày")
    held = long_overdue(scope)
    if not held:
        return [heading, Paragraph(NONE)]
    columns = (
        Column("STT", 0.07, "centre"),
        Column("Nhiệm vụ", 0.43),
        Column("Cơ quan chủ trì", 0.22),
        Column("Hạn cuối", 0.16, "centre"),
        Column("Quá hạn (ngày)", 0.12, "centre"),
    )
    rows: list[Row | Band] = []
    papers = dict.fromkeys(paper_words(one.task) for one in held)
    number = 0
    for paper in papers:
        rows.append(Band(paper))
        for one in held:
            if paper_words(one.task) == paper:
                number += 1
                source = f" ({place_of(one.task)})" if place_of(one.task) else ""
                leads = "; ".join(one.leads) or "Chưa giao chủ trì"
                rows.append((str(number), one.task.text + source, leads, _day(one.task.last_ok_on), _n(one.days)))
    total = sum_of(entry.figures for entry in entries).long_overdue
    shown = (
        [Paragraph(f"Có {_count(total)} nhiệm vụ; {_count(len(held))} nhiệm vụ quá hạn lâu nhất:")] if total > TASKS_SHOWN else []
    )
    return [heading, *shown, Table(columns, tuple(rows))]


def groups(scope: Scope, _entries: Sequence[Entry]) -> list[Block]:
    """Tasks given to many at once, with the names of those who are missing."""
    heading = Heading(1, "Nhiệm vụ giao cho nhiều đơn vị, còn đơn vị chưa thực hiện")
    held = incomplete_groups(scope)
    if not held:
        return [heading, Paragraph(NONE)]
    columns = (
        Column("STT", 0.07, "centre"),
        Column("Nhiệm vụ", 0.45),
        Column("Đã xong", 0.12, "centre"),
        Column("Đơn vị còn thiếu", 0.36),
    )
    rows = tuple(
        (str(number), f"{one.task.text} ({paper_words(one.task)})", f"{one.done}/{one.total}", ", ".join(one.missing))
        for number, one in enumerate(held, start=1)
    )
    told = [Paragraph(f"{_count(GROUPS_SHOWN)} nhiệm vụ quá hạn lâu nhất:")] if len(held) == GROUPS_SHOWN else []
    return [heading, *told, Table(columns, rows)]


def targets(scope: Scope, _entries: Sequence[Entry]) -> list[Block]:
    """Those that do not keep their plan, the worst first."""
    heading = Heading(1, "Chỉ tiêu chậm, lệch so với kế hoạch")
    held = [one for one in off_course(scope.actor, scope.today) if one.programme_id in scope.programme_ids]
    if not held:
        return [heading, Paragraph(NONE)]
    columns = (
        Column("STT", 0.07, "centre"),
        Column("Chỉ tiêu", 0.41),
        Column("Hiện nay", 0.12, "centre"),
        Column("Theo kế hoạch", 0.13, "centre"),
        Column("Phải đạt", 0.15, "centre"),
        Column("Đánh giá", 0.12, "centre"),
    )
    rows = tuple(
        (str(number), one.indicator, one.value, one.planned, f"{one.asked} ({one.by})", one.course_words)
        for number, one in enumerate(held, start=1)
    )
    return [heading, Table(columns, rows)]


def obstacles(scope: Scope, _entries: Sequence[Entry]) -> list[Block]:
    """What waits for the province's leaders, the oldest first."""
    heading = Heading(1, "Khó khăn, vướng mắc chờ ý kiến của UBND tỉnh")
    held = with_names(waiting_for_province(scope.actor)).filter(programme__in=scope.programme_ids)
    columns = (
        Column("STT", 0.07, "centre"),
        Column("Đơn vị", 0.18),
        Column("Khó khăn, vướng mắc", 0.33),
        Column("Đề nghị", 0.3),
        Column("Chờ (ngày)", 0.12, "centre"),
    )
    rows = tuple(
        (str(number), one.unit.name, one.text, one.asked, _n((scope.today - one.waits_since).days if one.waits_since else 0))
        for number, one in enumerate(held, start=1)
    )
    return [heading, Table(columns, rows) if rows else Paragraph(NONE)]


def _n(number: int) -> str:
    return wording.number(number)


def _day(day: date | None) -> str:
    return wording.day(day) if day else ""


PARTS: tuple[Callable[[Scope, Sequence[Entry]], list[Block]], ...] = (
    figures,
    programmes,
    agencies,
    long_tasks,
    groups,
    targets,
    obstacles,
)
