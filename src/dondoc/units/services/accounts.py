"""A person's own password."""

from django.db import transaction

from dondoc.common import audit
from dondoc.common.errors import Refused
from dondoc.units.models import Person


@transaction.atomic
def change_password(*, person: Person, new_password: str) -> None:
    """Set the password that the person chose; a one-time password ends here."""
    if person.check_password(new_password):
        raise Refused("Mật khẩu mới giống mật khẩu đang dùng. Chọn mật khẩu khác.", "new_password1")
    person.set_password(new_password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    audit.record("units.change_password", person, actor=person)
