from dondoc.common.errors import NotAllowed
from dondoc.units.rules import Actor


def require_administrator(actor: Actor, province_id: int) -> None:
    """Units, groups and people of a province are kept by its administrators."""
    if not actor.administers(province_id):
        raise NotAllowed("Chỉ người quản trị của tỉnh được sửa đơn vị và người dùng của tỉnh.")
