"""What a province sets for rules that law or practice may move."""

from datetime import date

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import NotAllowed, Refused
from dondoc.units.enums import ParameterKey
from dondoc.units.models import Parameter, Unit
from dondoc.units.parameters import checked
from dondoc.units.queries.parameters import forget, held
from dondoc.units.rules import Actor


@transaction.atomic
def set_parameter(
    *, actor: Actor, province: Unit, key: ParameterKey, value: str, effective_from: date, legal_basis: str
) -> Parameter:
    """Confirm or change a value from a day on, by its basis. What held before stays in the table."""
    if not actor.administers(province.pk):
        raise NotAllowed("Chỉ người quản trị của tỉnh được đặt thông số của tỉnh.")
    values = checked(key, value)
    if not legal_basis.strip():
        raise Refused("Ghi căn cứ: số, ký hiệu, ngày của quyết định hoặc quy chế.", field="legal_basis")
    before = held(key, province.pk, effective_from)
    row = Parameter.objects.create(
        province=province,
        key=key,
        value=",".join(map(str, values)),
        effective_from=effective_from,
        legal_basis=legal_basis.strip(),
        verified_on=actor.on,
    )
    audit.record(
        "units.set_parameter",
        province,
        actor=actor.person,
        unit=province,
        reason=row.legal_basis,
        parameter=key.value,
        before=list(before.values),
        values=list(values),
        effective_from=effective_from.isoformat(),
    )
    transaction.on_commit(forget)
    return row
