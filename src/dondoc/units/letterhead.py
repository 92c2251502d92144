"""How a unit's papers begin and end: whose name stands at the head, the symbol, the place, who signs.

Decree 30/2020/NĐ-CP, appendix I (state agencies) and Guidance 36-HD/VPTW (party agencies). What a unit's own rules say differently
is changed in the file by hand.
"""

from dataclasses import dataclass

from dondoc.common.official import Form, Signature
from dondoc.units.enums import UnitKind
from dondoc.units.models import Unit

_COLLECTIVE = (UnitKind.COMMUNE, UnitKind.PEOPLES_COMMITTEE, UnitKind.PROVINCE)
_POSTS = {
    UnitKind.OFFICE: "Chánh Văn phòng",
    UnitKind.COMMUNE: "Chủ tịch",
    UnitKind.PEOPLES_COMMITTEE: "Chủ tịch",
    UnitKind.PROVINCE: "Chủ tịch",
    UnitKind.DEPARTMENT: "Giám đốc",
    UnitKind.PARTY: "Chánh Văn phòng",
}
_HEAD = "Thủ trưởng"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """``code`` is the unit's part of a symbol (UBND, SYT); ``place`` stands before the date."""

    form: Form
    superior: str
    issuer: str
    code: str
    place: str
    signature: Signature

    def symbol(self, kind: str) -> str:
        """``KH-UBND``, of the party ``KH/VPTU``; ``kind`` is the abbreviation of the paper's type."""
        return f"{kind}{'/' if self.form == Form.PARTY else '-'}{self.code}"


def letterhead_of(unit: Unit) -> Letterhead:
    """From what is known of the unit; ``unit.province`` is read."""
    province = unit.province or unit
    is_party = unit.kind == UnitKind.PARTY
    collective = unit.kind in _COLLECTIVE
    return Letterhead(
        form=Form.PARTY if is_party else Form.STATE,
        superior=_superior(unit, province),
        issuer=f"Ủy ban nhân dân {unit.name}" if collective and not unit.name.startswith(("Ủy ban", "UBND")) else unit.name,
        code=_code(unit),
        place=_bare(unit.name if unit.kind == UnitKind.COMMUNE else province.name),
        signature=signature_of(unit),
    )


def signature_of(unit: Unit, *, post: str = "", name: str = "") -> Signature:
    """A people's committee signs for the body (TM.), an agency by its head (Decree 30, article 13)."""
    authority: tuple[str, ...] = ()
    if unit.kind in _COLLECTIVE:
        authority = ("TM. ỦY BAN NHÂN DÂN",)
    elif unit.kind == UnitKind.PARTY and not unit.name.startswith("Văn phòng"):
        authority = (f"T/M {unit.name.upper()}",)
    return Signature(authority, post or _POSTS.get(UnitKind(unit.kind), _HEAD), name)


def _superior(unit: Unit, province: Unit) -> str:
    if unit.kind in _COLLECTIVE:
        return ""
    if unit.kind == UnitKind.PARTY:
        return f"{_bare_kind(province.name)} ủy {_bare(province.name)}"
    return f"Ủy ban nhân dân {province.name}"


def _code(unit: Unit) -> str:
    """UBND, VP, SYT: a short name of several words ("VP UBND tỉnh") is none of a symbol."""
    if unit.kind in _COLLECTIVE:
        return "UBND"
    if unit.kind == UnitKind.OFFICE:
        return "VP"
    return unit.short_name if unit.short_name and " " not in unit.short_name else _initials(unit.name)


def _bare_kind(name: str) -> str:
    return "Thành" if name.startswith("thành phố") else "Tỉnh"


def _bare(name: str) -> str:
    """xã An Bình → An Bình."""
    for kind in ("thành phố ", "tỉnh ", "phường ", "xã ", "đặc khu "):
        if name.lower().startswith(kind):
            return name[len(kind) :]
    return name


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace(",", " ").split() if word not in {"và", "tỉnh"}).upper()
