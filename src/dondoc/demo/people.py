"""The invented province's communes and people."""

from dataclasses import dataclass
from datetime import date

from dondoc.units.enums import CommuneKind, Role
from dondoc.units.models import Membership, Person, Unit

PASSWORD = "minhhoa-2026"  # noqa: S105 - printed for whoever tries the demonstration; of no use elsewhere
SINCE = date(2025, 7, 1)

PROVINCE_CODE = "minh-hoa"
PROVINCE_NAME = "tỉnh Minh Họa"

COMMUNES: tuple[tuple[CommuneKind, str], ...] = (
    (CommuneKind.WARD, "Hòa Lạc"),
    (CommuneKind.WARD, "Bến Đá"),
    (CommuneKind.WARD, "Cầu Tre"),
    (CommuneKind.RURAL, "An Bình"),
    (CommuneKind.RURAL, "Suối Trong"),
    (CommuneKind.RURAL, "Đồng Xanh"),
    (CommuneKind.RURAL, "Bản Lim"),
    (CommuneKind.RURAL, "Nà Sim"),
    (CommuneKind.RURAL, "Khe Vàng"),
    (CommuneKind.RURAL, "Thạch Tuyền"),
    (CommuneKind.RURAL, "Mường Thảo"),
    (CommuneKind.RURAL, "Phiêng Hoa"),
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone of the invented province. ``unit``: a lexicon id, or a commune's code."""

    username: str
    full_name: str
    unit: str
    role: Role
    position: str


PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("vanphong", "Lê Thu Hà", "vp-ubnd", Role.PROVINCIAL_OFFICE, "Chuyên viên Văn phòng UBND tỉnh"),
    DemoPerson("soyte", "Hoàng Minh Ngọc", "syt", Role.SPECIALIST, "Chuyên viên Sở Y tế"),
    DemoPerson("lanhdao", "Nông Thế Bình", "syt", Role.UNIT_LEADER, "Phó Giám đốc Sở Y tế"),
    DemoPerson("phochutich", "Vũ Quang Thái", "ubnd-tinh", Role.UNIT_LEADER, "Phó Chủ tịch UBND tỉnh"),
    DemoPerson("vanthu", "Đinh Thị Thảo", "vp-ubnd", Role.CLERK, "Văn thư Văn phòng UBND tỉnh"),
    DemoPerson("sovh", "Trịnh Hải Yến", "svhttdl", Role.SPECIALIST, "Chuyên viên Sở Văn hóa, Thể thao và Du lịch"),
    DemoPerson("anbinh", "Vi Thị Lan", "xa-an-binh", Role.CLERK, "Công chức Văn phòng xã An Bình"),
    DemoPerson("banlim", "Lò Văn Thịnh", "xa-ban-lim", Role.CLERK, "Công chức Văn phòng xã Bản Lim"),
    DemoPerson("tinhuy", "Phan Đức Long", "vptu", Role.SPECIALIST, "Chuyên viên Văn phòng Tỉnh ủy"),
    DemoPerson("quantri", "Tô Quang Huy", "vp-ubnd", Role.ADMINISTRATOR, "Quản trị hệ thống"),
)


def add_people(units: dict[str, Unit]) -> dict[str, Person]:
    """The people with their log-ins, in the ``units`` of the same keys."""
    made = {}
    for one in PEOPLE:
        person = Person.objects.create_user(one.username, PASSWORD, full_name=one.full_name)
        Membership.objects.create(person=person, unit=units[one.unit], role=one.role, position=one.position, valid_from=SINCE)
        made[one.username] = person
    return made
