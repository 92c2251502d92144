"""The invented province with its communes and the agencies that every province has."""

import unicodedata

from dondoc.demo.people import COMMUNES, PROVINCE_CODE, PROVINCE_NAME, SINCE
from dondoc.units.enums import CommuneKind, UnitKind
from dondoc.units.models import Unit
from dondoc.units.services.loading import load_agencies


def add_province() -> dict[str, Unit]:
    """The units, by lexicon id, and the communes by code (``xa-an-binh``)."""
    province = Unit.objects.create(code=PROVINCE_CODE, name=PROVINCE_NAME, kind=UnitKind.PROVINCE)
    load_agencies(province)
    agencies = Unit.objects.filter(province=province).exclude(lexicon_id="")
    units = {unit.lexicon_id: unit for unit in agencies}
    communes = (_commune(province, kind, name, number) for number, (kind, name) in enumerate(COMMUNES, 1))
    return units | {unit.code.partition(":")[2]: unit for unit in communes}


def _commune(province: Unit, kind: CommuneKind, name: str, number: int) -> Unit:
    return Unit.objects.create(
        code=f"{PROVINCE_CODE}:{_code(kind, name)}",
        name=f"{kind.label} {name}",
        kind=UnitKind.COMMUNE,
        commune_kind=kind,
        province=province,
        parent=province,
        phone=f"0200 3555 {number:03d}",
        valid_from=SINCE,
    )


def _code(kind: CommuneKind, name: str) -> str:
    """An Bình, xã → ``xa-an-binh``."""
    bare = unicodedata.normalize("NFD", f"{kind.label} {name}".lower().replace("đ", "d"))
    return "".join(char for char in bare if not unicodedata.combining(char)).replace(" ", "-")
