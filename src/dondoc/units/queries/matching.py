"""A name as a document writes it → the unit or the group that bears exactly this name. Never bent to a near one."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from dondoc.units.enums import UnitKind
from dondoc.units.models import Unit, UnitAlias, UnitGroup
from dondoc.units.queries.units import valid_on

Match = Unit | UnitGroup | None

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SPELLINGS = (
    (re.compile(r"\s*&\s*"), " và "),
    (re.compile(r"\bubnd\b"), "ủy ban nhân dân"),
    (re.compile(r"\bhđnd\b"), "hội đồng nhân dân"),
    (re.compile(r"\bchqs\b"), "chỉ huy quân sự"),
    (re.compile(r"\bđbqh\b"), "đại biểu quốc hội"),
    (re.compile(r"\b(?:ubmttq|ub mttq|mttq)(?: ?vn| việt nam)?\b"), "mặt trận tổ quốc việt nam"),
    (re.compile(r"\bmặt trận tổ quốc(?! việt nam)"), "mặt trận tổ quốc việt nam"),
    (re.compile(r"\bủy ban (?=mặt trận tổ quốc)"), ""),
    (re.compile(r"\bvp(?=\s)"), "văn phòng"),
    (re.compile(r"\btp\b"), "thành phố"),
    (re.compile(r"\s*[-–—]\s*"), " - "),
    (re.compile(r"[.;:,]+"), " "),
)
_OF_PROVINCE = re.compile(r"\s+(?:tỉnh|thành phố)$")


def folded(name: str) -> str:
    """One spelling for what offices write in several: case, where a tone stands (uỷ, ủy), UBND, &, commas, dashes, spaces."""
    text = " ".join(unicodedata.normalize("NFC", name).casefold().split())
    text = _toned(text)
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return " ".join(text.split())


def _toned(text: str) -> str:
    """Set the tones of oa, oe, uy on the first vowel where the syllable ends, as in ``ủy``, ``hóa``."""
    parts = unicodedata.normalize("NFD", text)
    parts = re.sub(rf"(?<!q)([ou])([aey])([{_TONES}])(?=$|[^\w\u0300-\u036f])", r"\1\3\2", parts)
    return unicodedata.normalize("NFC", parts)


def _keys(name: str, province_names: frozenset[str]) -> list[str]:
    """The name, and the name without the province that it may end with ("… tỉnh Lạng Sơn", "… tỉnh")."""
    whole = folded(name)
    keys = [whole]
    keys.extend(whole.removesuffix(name).rstrip() for name in province_names if whole.endswith(f" {name}"))
    keys.extend(shorter for key in list(keys) if (shorter := _OF_PROVINCE.sub("", key)) != key)
    return list(dict.fromkeys(keys))


def match_unit(name: str, province: Unit, on: date) -> Match:
    """The unit or group of the province that bears the name on that day; None where none does, or more than one."""
    return match_many([name], province, on)[name]


def match_many(names: Iterable[str], province: Unit, on: date) -> dict[str, Match]:
    """:func:`match_unit` for each of the names, in three queries however many they are."""
    province_names = _names_of_province(province)
    index = _index(province, on, province_names)
    return {name: _one(name, index, province_names) for name in names}


def _one(name: str, index: dict[str, dict[tuple[type, int], Unit | UnitGroup]], province_names: frozenset[str]) -> Match:
    for key in _keys(name, province_names):
        bearers = index.get(key, {})
        if len(bearers) == 1:
            return next(iter(bearers.values()))
        if bearers:
            return None
    return None


def _names_of_province(province: Unit) -> frozenset[str]:
    whole = folded(province.name)
    bare = re.sub(r"^(?:tỉnh|thành phố)\s+", "", whole)
    return frozenset({whole, bare})


def _index(province: Unit, on: date, province_names: frozenset[str]) -> dict[str, dict[tuple[type, int], Unit | UnitGroup]]:
    index: dict[str, dict[tuple[type, int], Unit | UnitGroup]] = {}
    units = {unit.pk: unit for unit in Unit.objects.filter(valid_on(on), province=province)}
    entries: list[tuple[str, Unit | UnitGroup]] = []
    for unit in units.values():
        entries.extend((name, unit) for name in _written_names(unit))
    aliases = UnitAlias.objects.filter(unit__province=province).values_list("unit_id", "name")
    entries.extend((name, units[unit_id]) for unit_id, name in aliases if unit_id in units)
    for group in UnitGroup.objects.filter(province=province):
        entries.extend((name, group) for name in (group.name, *group.aliases))
    for name, bearer in entries:
        for key in _keys(name, province_names):
            index.setdefault(key, {})[type(bearer), bearer.pk] = bearer
    return index


def _written_names(unit: Unit) -> list[str]:
    names = [unit.name, unit.short_name] if unit.short_name else [unit.name]
    if unit.kind == UnitKind.COMMUNE:
        names.extend((f"Ủy ban nhân dân {unit.name}", f"UBND {unit.name}"))
    return names
