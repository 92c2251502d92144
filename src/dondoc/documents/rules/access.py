"""Who may do what with a document."""

from typing import TYPE_CHECKING

from dondoc.units.enums import Role
from dondoc.units.rules import Actor

if TYPE_CHECKING:
    from dondoc.documents.models import Document

WORKING_ROLES = (Role.CLERK, Role.SPECIALIST, Role.UNIT_LEADER, Role.PROVINCIAL_OFFICE, Role.ADMINISTRATOR)

NOT_YOURS = "Chỉ đơn vị đã nộp và Văn phòng UBND tỉnh được xác nhận, sửa nội dung văn bản này."
NO_SEAT = "Tài khoản này chưa được phân công ở đơn vị nào nên chưa nộp được văn bản. Đề nghị quản trị viên của tỉnh phân công."


def may_hand_in(actor: Actor, unit_id: int, province_id: int) -> bool:
    """Those who work in the unit; the provincial office for every unit of its province."""
    return actor.has_role(*WORKING_ROLES, unit_id=unit_id) or actor.leads_province(province_id)


def may_review(actor: Actor, document: "Document") -> bool:
    """Those who work in the unit that handed it in; the provincial office for all documents of its province."""
    return actor.has_role(*WORKING_ROLES, unit_id=document.unit_id) or actor.leads_province(document.province_id)
