"""Lists of units, people and seats from a table with commas, semicolons or tabs: looked through first, then all or nothing.

Looking through runs the very services that the import runs and takes everything back, so both find the same faults.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from dondoc.common import audit, wording
from dondoc.common.errors import Refused
from dondoc.common.folding import searchable
from dondoc.units.enums import CommuneKind, Role, UnitKind
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from dondoc.units.services import people, seats, units
from dondoc.units.services.common import require_administrator

MAX_LINES = 1000
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    head: str
    example: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of list: its name, columns and what one line does. ``add`` gives the password made, or ""."""

    name: str
    columns: tuple[Column, ...]
    add: Callable[[Actor, Unit, Row], str]


@dataclass(slots=True)
class Line:
    number: int
    values: Row
    error: str = ""
    password: str = field(default="", repr=False)


@dataclass(slots=True)
class Imported:
    """``problem``: the table as a whole cannot be read. ``lines`` carry their own errors."""

    lines: list[Line]
    problem: str = ""

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.error]

    @property
    def ready(self) -> bool:
        return bool(self.lines) and not self.problem and not self.faulty


def look_through(*, actor: Actor, province: Unit, kind: str, text: str) -> Imported:
    """What an import would do, line by line; nothing is kept."""
    require_administrator(actor, province.pk)
    with transaction.atomic():
        found = _run(actor, province, kind, text)
        transaction.set_rollback(True)
    for line in found.lines:
        line.password = ""
    return found


@transaction.atomic
def take_in(*, actor: Actor, province: Unit, kind: str, text: str) -> Imported:
    """Import every line, or none.

    :raises Refused: a line has a fault; nothing was kept.
    """
    require_administrator(actor, province.pk)
    done = _run(actor, province, kind, text)
    if not done.ready:
        raise Refused(done.problem or f"Còn {len(done.faulty)} dòng có lỗi nên chưa nhập dòng nào. Sửa tệp rồi gửi lại.")
    audit.record("units.import", province, actor=actor.person, unit=province, table=kind, lines=len(done.lines))
    return done


def template(kind: str) -> str:
    """A table with its heads and one example line, for a spreadsheet program."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, delimiter=";")
    writer.writerow([column.head for column in TABLES[kind].columns])
    writer.writerow([column.example for column in TABLES[kind].columns])
    return "\ufeff" + sheet.getvalue()


def decoded(content: bytes) -> str:
    """The text of an uploaded table.

    :raises Refused: it is no text in UTF-8.
    """
    for encoding in ("utf-8-sig", "utf-16"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("Không đọc được chữ trong tệp. Lưu lại tệp dạng CSV UTF-8 rồi gửi lại.", "upload")


def _run(actor: Actor, province: Unit, kind: str, text: str) -> Imported:
    table = TABLES[kind]
    try:
        lines = _lines(table, text)
    except Refused as refusal:
        return Imported([], refusal.message)
    for line in lines:
        line.error = _missing(table, line)
        if line.error:
            continue
        try:
            with transaction.atomic():
                line.password = table.add(actor, province, line.values)
        except Refused as refusal:
            line.error = refusal.message
    return Imported(lines)


def _lines(table: Table, text: str) -> list[Line]:
    rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=_delimiter(text)) if any(map(str.strip, row))]
    if len(rows) < 2:
        raise Refused("Tệp chưa có dòng nào. Tải mẫu, điền từ dòng thứ hai rồi gửi lại.")
    if len(rows) - 1 > MAX_LINES:
        raise Refused(f"Tệp có {len(rows) - 1} dòng, mỗi lần nhận {MAX_LINES} dòng. Tách tệp rồi gửi lại.")
    known = {searchable(column.head): column.key for column in table.columns}
    heads = [known.get(searchable(head), "") for head in rows[0]]
    lacking = [column.head for column in table.columns if column.required and column.key not in heads]
    if lacking:
        raise Refused(f"Dòng đầu thiếu cột: {', '.join(lacking)}. Dùng đúng tên cột của mẫu.")
    return [
        Line(number, {key: cell.strip() for key, cell in zip(heads, row, strict=False) if key})
        for number, row in enumerate(rows[1:], start=2)
    ]


def _delimiter(text: str) -> str:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    return max(";,\t", key=first.count)


def _missing(table: Table, line: Line) -> str:
    heads = [column.head for column in table.columns if column.required and not line.values.get(column.key)]
    return f"Thiếu {', '.join(heads).lower()}." if heads else ""


# Cells


def _day(row: Row, key: str, default: date | None = None) -> date | None:
    text = row.get(key, "")
    if not text:
        return default
    day = wording.read_day(text)
    if day is None:
        raise Refused(f"“{text}” không phải là một ngày. Ghi ngày/tháng/năm, ví dụ 01/7/2025.", key)
    return day


def _choice(row: Row, key: str, choices: list[tuple[str, str]], what: str) -> str:
    text = searchable(row.get(key, ""))
    for value, label in choices:
        if text in {searchable(str(label)), value}:
            return value
    allowed = ", ".join(str(label) for _, label in choices)
    raise Refused(f"{what} “{row.get(key, '')}” không có trong danh sách: {allowed}.", key)


def _unit(row: Row, province: Unit, key: str = "unit") -> Unit:
    text = row.get(key, "")
    unit = Unit.objects.filter(province=province, code=text).first()
    if unit is not None:
        return unit
    named = list(Unit.objects.filter(province=province, valid_to__isnull=True, search_text__startswith=searchable(text))[:200])
    exact = [unit for unit in named if unit.name.casefold() == text.casefold()]
    if len(exact) != 1:
        raise Refused(f"Không có đơn vị nào của tỉnh mang mã hoặc tên “{text}”.", key)
    return exact[0]


def _seat(row: Row, province: Unit, actor: Actor) -> people.SeatFacts:
    return people.SeatFacts(
        unit=_unit(row, province),
        role=_choice(row, "role", list(Role.choices), "Vai trò"),
        position=row.get("position", ""),
        valid_from=_day(row, "valid_from") or actor.on,
        valid_to=_day(row, "valid_to"),
    )


# Lines


def _add_unit(actor: Actor, province: Unit, row: Row) -> str:
    kind = _choice(row, "kind", list(UnitKind.choices), "Loại")
    facts = units.UnitFacts(
        name=row["name"],
        kind=kind,
        short_name=row.get("short_name", ""),
        commune_kind=_choice(row, "commune_kind", list(CommuneKind.choices), "Loại xã") if kind == UnitKind.COMMUNE else "",
        code=row.get("code", ""),
        phone=row.get("phone", ""),
        email=row.get("email", ""),
        valid_from=_day(row, "valid_from"),
        legal_basis=row.get("legal_basis", ""),
        parent=_unit(row, province, "parent") if row.get("parent") else None,
        aliases=tuple(name.strip() for name in row.get("aliases", "").split("|") if name.strip()),
    )
    units.create_unit(actor=actor, province=province, facts=facts)
    return ""


def _add_person(actor: Actor, province: Unit, row: Row) -> str:
    facts = people.PersonFacts(row["username"], row["full_name"], row.get("email", ""), row.get("phone", ""))
    _, password = people.create_person(actor=actor, facts=facts, seat=_seat(row, province, actor))
    return password


def _add_seat(actor: Actor, province: Unit, row: Row) -> str:
    person = Person.objects.filter(username=row["username"].lower()).first()
    if person is None:
        raise Refused(f"Không có tài khoản “{row['username']}”.", "username")
    seats.add_membership(actor=actor, person=person, seat=_seat(row, province, actor))
    return ""


_SEAT = (
    Column("unit", "Mã hoặc tên đơn vị", "Sở Y tế", required=True),
    Column("role", "Vai trò", "Chuyên viên", required=True),
    Column("position", "Chức vụ", "Chuyên viên chính"),
    Column("valid_from", "Từ ngày", "01/7/2025"),
    Column("valid_to", "Đến ngày", ""),
)
TABLES: dict[str, Table] = {
    "don-vi": Table(
        "Đơn vị",
        (
            Column("code", "Mã", ""),
            Column("name", "Tên", "xã An Bình", required=True),
            Column("short_name", "Tên tắt", ""),
            Column("kind", "Loại", "Xã, phường, đặc khu", required=True),
            Column("commune_kind", "Xã hay phường", "xã"),
            Column("parent", "Cấp trên", ""),
            Column("phone", "Điện thoại", "0200 111 222"),
            Column("email", "Thư điện tử", "anbinh@minhhoa.gov.vn"),
            Column("valid_from", "Từ ngày", "01/7/2025"),
            Column("legal_basis", "Căn cứ", ""),
            Column("aliases", "Tên khác", ""),
        ),
        _add_unit,
    ),
    "nguoi": Table(
        "Người dùng",
        (
            Column("username", "Tên đăng nhập", "ha.nt", required=True),
            Column("full_name", "Họ và tên", "Nguyễn Thị Hà", required=True),
            Column("email", "Thư điện tử", "ha.nt@minhhoa.gov.vn"),
            Column("phone", "Điện thoại", "0912 345 678"),
            *_SEAT,
        ),
        _add_person,
    ),
    "cho-lam": Table("Chỗ làm", (Column("username", "Tên đăng nhập", "ha.nt", required=True), *_SEAT), _add_seat),
}
