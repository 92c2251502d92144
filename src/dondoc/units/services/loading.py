"""Fills in what is public knowledge: the provinces and communes of 01/7/2025, the agencies and groups of a province.

Each load adds what is missing and alters nothing that stands, so that it may be run again.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import vietnam_provinces
from django.db import transaction

from dondoc.common import audit
from dondoc.units.enums import CommuneKind, GroupRule, UnitKind
from dondoc.units.models import GroupMember, Predecessor, Unit, UnitAlias, UnitGroup

DATA = Path(__file__).resolve().parents[1] / "data"
TWO_TIERS = date(2025, 7, 1)
LAST_OF_THREE = date(2025, 6, 30)
CODES_BASIS = "Quyết định số 19/2025/QĐ-TTg"
MERGER_BASIS = "Nghị quyết số 202/2025/QH15 ngày 12/6/2025"
COMMUNES_BASIS = {
    "11": "Nghị quyết số 1661/NQ-UBTVQH15 ngày 16/6/2025",
    "20": "Nghị quyết số 1672/NQ-UBTVQH15 ngày 16/6/2025",
}
COMMUNE_KINDS = {"xã": CommuneKind.RURAL, "phường": CommuneKind.WARD, "đặc khu": CommuneKind.SPECIAL}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many records were added."""

    units: int
    groups: int = 0


@transaction.atomic
def load_units(only: Iterable[str] = ()) -> Loaded:
    """Add the provinces (all, or those with the official codes in ``only``), their communes and what they took over."""
    wanted = set(only)
    divisions = [d for d in _divisions() if not wanted or _province_code(d) in wanted]
    provinces = _add([_province(division) for division in divisions])
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=[_province_code(d) for d in divisions])}
    communes = _add([commune for d in divisions for commune in _communes(d, known[_province_code(d)])])
    former = _add_former_provinces(known.values())
    total = provinces + communes + former
    if total:
        audit.record("units.load_units", next(iter(known.values())), actor=None, added=total)
    return Loaded(units=total)


@cache
def _divisions() -> list[dict[str, object]]:
    loaded: list[dict[str, object]] = json.loads(Path(vietnam_provinces.NESTED_DIVISIONS_JSON_PATH).read_text(encoding="utf-8"))
    return loaded


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _province_code(division: dict[str, object]) -> str:
    return f"{division['code']:02d}"


def _bare_name(division: dict[str, object]) -> str:
    return str(division["name"]).removeprefix("Thành phố ")


def _province(division: dict[str, object]) -> Unit:
    rank = "tỉnh" if division["division_type"] == "tỉnh" else "thành phố"
    merged = _bare_name(division) in {row["successor"] for row in _rows("former_provinces.tsv")}
    return Unit(
        code=_province_code(division),
        name=f"{rank} {_bare_name(division)}",
        kind=UnitKind.PROVINCE,
        valid_from=TWO_TIERS if merged else None,
        legal_basis=MERGER_BASIS if merged else "",
    )


def _communes(division: dict[str, object], province: Unit) -> Iterator[Unit]:
    wards = division["wards"]
    if not isinstance(wards, list):
        raise TypeError(f"the package's data has another form: {division['name']} has no list of wards")
    for ward in wards:
        kind = ward["division_type"]
        yield Unit(
            code=f"{ward['code']:05d}",
            name=kind + ward["name"][len(kind) :],
            kind=UnitKind.COMMUNE,
            commune_kind=COMMUNE_KINDS[kind],
            province=province,
            parent=province,
            valid_from=TWO_TIERS,
            legal_basis=COMMUNES_BASIS.get(province.code, CODES_BASIS),
        )


def _add(units: list[Unit]) -> int:
    """Insert those whose code is new."""
    known = set(Unit.objects.filter(kind__in={unit.kind for unit in units}).values_list("code", flat=True))
    fresh = [unit for unit in units if unit.code not in known]
    for unit in fresh:
        unit.fold()
    Unit.objects.bulk_create(fresh, batch_size=1000)
    return len(fresh)


def _add_former_provinces(provinces: Iterable[Unit]) -> int:
    by_name = {unit.name.split(" ", 1)[1].removeprefix("phố "): unit for unit in provinces}
    rows = [row for row in _rows("former_provinces.tsv") if row["successor"] in by_name]
    added = _add([_former(row) for row in rows])
    former = {unit.code: unit for unit in Unit.objects.filter(code__startswith="cu:")}
    Predecessor.objects.bulk_create(
        [
            Predecessor(
                unit=by_name[row["successor"]], predecessor=former[_former_code(row)], on=TWO_TIERS, legal_basis=MERGER_BASIS
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    return added


def _former_code(row: dict[str, str]) -> str:
    return "cu:" + row["name"]


def _former(row: dict[str, str]) -> Unit:
    return Unit(
        code=_former_code(row),
        name=f"{row['rank']} {row['name']}",
        kind=UnitKind.PROVINCE,
        valid_to=LAST_OF_THREE,
        legal_basis=MERGER_BASIS,
    )


@transaction.atomic
def load_agencies(province: Unit, extra: Iterable[str] = ()) -> Loaded:
    """Add the agencies that every province has, those that this one is known to have and those named in ``extra`` (lexicon ids),
    with their other names and predecessors; then the groups that documents give work to."""  # noqa: D205, D209
    wanted = set(extra)
    rows = [row for row in _rows("agencies.tsv") if _has(province, row, wanted)]
    added = _add([_agency(row, province) for row in rows])
    agencies = {unit.lexicon_id: unit for unit in Unit.objects.filter(province=province).exclude(lexicon_id="")}
    _add_aliases(rows, agencies, province)
    _add_predecessors(rows, agencies)
    groups = _add_groups(province, agencies)
    if added or groups:
        audit.record("units.load_agencies", province, actor=None, unit=province, units=added, groups=groups)
    return Loaded(units=added, groups=groups)


def _has(province: Unit, row: dict[str, str], wanted: set[str]) -> bool:
    return row["where"] == "*" or province.code in row["where"].split(";") or row["id"] in wanted


def _worded(pattern: str, province: Unit) -> str:
    """Fill in what differs between a tỉnh and a thành phố."""
    city = province.name.startswith("thành phố")
    words = {
        "{tỉnh}": "thành phố" if city else "tỉnh",
        "{Tỉnh ủy}": "Thành ủy" if city else "Tỉnh ủy",
        "{Tỉnh đoàn}": "Thành đoàn" if city else "Tỉnh đoàn",
    }
    for mark, word in words.items():
        pattern = pattern.replace(mark, word)
    return pattern


def _agency(row: dict[str, str], province: Unit) -> Unit:
    return Unit(
        code=f"{province.code}:{row['id']}",
        lexicon_id=row["id"],
        name=_worded(row["name"], province),
        short_name=_worded(row["short_name"], province),
        kind=UnitKind(row["kind"]),
        province=province,
        parent=province,
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
    )


def _add_aliases(rows: list[dict[str, str]], agencies: dict[str, Unit], province: Unit) -> None:
    aliases = [
        UnitAlias(unit=agencies[row["id"]], name=_worded(name, province))
        for row in rows
        for name in filter(None, row["aliases"].split(";"))
        if row["id"] in agencies
    ]
    UnitAlias.objects.bulk_create(aliases, ignore_conflicts=True)


def _add_predecessors(rows: list[dict[str, str]], agencies: dict[str, Unit]) -> None:
    links = [
        Predecessor(
            unit=agencies[row["successor"]],
            predecessor=agencies[row["id"]],
            on=date.fromordinal(date.fromisoformat(row["valid_to"]).toordinal() + 1),
        )
        for row in rows
        if row["successor"] in agencies and row["id"] in agencies
    ]
    Predecessor.objects.bulk_create(links, ignore_conflicts=True)


def _add_groups(province: Unit, agencies: dict[str, Unit]) -> int:
    known = set(UnitGroup.objects.filter(province=province).values_list("code", flat=True))
    fresh = [row for row in _rows("groups.tsv") if row["code"] not in known]
    for row in fresh:
        group = UnitGroup.objects.create(
            code=row["code"],
            name=_worded(row["name"], province),
            province=province,
            rule=GroupRule(row["rule"]),
            kinds=[kind for kind in row["kinds"].split(";") if kind],
            aliases=[name for name in row["aliases"].split(";") if name],
        )
        listed = [agencies[key] for key in row["members"].split(";") if key in agencies]
        GroupMember.objects.bulk_create([GroupMember(group=group, unit=unit) for unit in listed])
    return len(fresh)
