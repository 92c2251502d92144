"""Invented provinces with their offices, departments and communes, and the people in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from dondoc.units.enums import CommuneKind, GroupRule, Role, UnitKind
from dondoc.units.models import Membership, Person, Unit, UnitGroup
from tools.bench.country.scale import Scale
from tools.bench.country.tables import Table

SINCE = date(2023, 1, 1)
_FIRST = (
    "An",
    "Bình",
    "Cẩm",
    "Đại",
    "Giang",
    "Hòa",
    "Khánh",
    "Liên",
    "Minh",
    "Ngọc",
    "Phú",
    "Quang",
    "Sơn",
    "Tân",
    "Thanh",
    "Vĩnh",
)
_SECOND = ("Lạc", "Hưng", "Thạch", "Mỹ", "Trạch", "Xuân", "Hải", "Lâm", "Phong", "Tiến", "Thịnh", "Đức", "Nguyên", "Hà", "Yên")
_FIELDS = (
    "Y tế", "Nội vụ", "Tài chính", "Xây dựng", "Công Thương", "Tư pháp", "Giáo dục và Đào tạo", "Khoa học và Công nghệ",
    "Nông nghiệp và Môi trường", "Văn hóa, Thể thao và Du lịch", "Dân tộc và Tôn giáo", "Ngoại vụ",
)  # fmt: skip


@dataclass(slots=True)
class Province:
    """A province's keys: of its units, its groups and one person of each unit."""

    pk: int
    name: str
    office: int
    committee: int
    departments: list[int] = field(default_factory=list)
    communes: list[int] = field(default_factory=list)
    groups: dict[str, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)


class Units:
    """Adds provinces, the last of all a person who sits in the office of each."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self.units, self.groups, self.people, self.seats = (Table(model) for model in (Unit, UnitGroup, Person, Membership))
        self.tables: Sequence[Table] = (self.units, self.groups, self.people, self.seats)

    def all(self) -> list[Province]:
        made = [self._province(number) for number in range(self.scale.provinces)]
        country = self._person("toanquoc", "Nguyễn Văn Toàn Quốc")
        for province in made:
            self.seats.add(person_id=country, unit_id=province.office, role=Role.PROVINCIAL_OFFICE, valid_from=SINCE)
        return made

    def _province(self, number: int) -> Province:
        name = f"tỉnh {_invented(number)} Giả"
        pk = self._unit(name, UnitKind.PROVINCE, None)
        office = self._unit("Văn phòng UBND tỉnh", UnitKind.OFFICE, pk)
        made = Province(pk, name, office, self._unit("UBND tỉnh", UnitKind.PEOPLES_COMMITTEE, pk))
        self._seat(made, office, Role.PROVINCIAL_OFFICE, f"vanphong{number}")
        self._seat(made, made.committee, Role.UNIT_LEADER, f"phochutich{number}")
        for place in range(self.scale.departments):
            words = _FIELDS[place] if place < len(_FIELDS) else f"Chuyên ngành {place + 1}"
            made.departments.append(self._unit(f"Sở {words}", UnitKind.DEPARTMENT, pk, made.names))
            self._seat(made, made.departments[-1], Role.SPECIALIST, f"so{number}-{place}")
        for place in range(self.scale.share(self.scale.communes, number, self.scale.provinces)):
            made.communes.append(self._unit(f"xã {_invented(place)}", UnitKind.COMMUNE, pk, made.names))
            self._seat(made, made.communes[-1], Role.CLERK, f"xa{number}-{place}")
        for rule, name in ((GroupRule.ALL_COMMUNES, "UBND các xã, phường"), (GroupRule.ALL_DEPARTMENTS, "Các sở, ban, ngành")):
            made.groups[rule] = self.groups.add(code=rule.value, name=name, province_id=pk, rule=rule)
        return made

    def _unit(self, name: str, kind: UnitKind, province: int | None, names: dict[int, str] | None = None) -> int:
        unit = Unit(name=name)
        unit.fold()
        pk = self.units.add(
            code=f"mau:{self.units.count + 1}",
            name=name,
            kind=kind,
            commune_kind=CommuneKind.RURAL if kind == UnitKind.COMMUNE else "",
            province_id=province,
            parent_id=province,
            search_text=unit.search_text,
            valid_from=SINCE,
        )
        if names is not None:
            names[pk] = name
        return pk

    def _person(self, username: str, name: str) -> int:
        return self.people.add(username=username, full_name=name, password="!", search_text=username)  # noqa: S106 - cannot log in

    def _seat(self, province: Province, unit: int, role: Role, username: str) -> None:
        province.people[unit] = self._person(username, f"Nguyễn Thị {_invented(self.people.count)}")
        self.seats.add(person_id=province.people[unit], unit_id=unit, role=role, valid_from=SINCE)


def _invented(number: int) -> str:
    round_, place = divmod(number, len(_FIRST) * len(_SECOND))
    words = f"{_FIRST[place % len(_FIRST)]} {_SECOND[place // len(_FIRST)]}"
    return f"{words} {round_ + 1}" if round_ else words
