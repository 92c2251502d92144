"""What this app puts on the pages of others: the way from a document to its programme."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from dondoc.common import deeds, slots
from dondoc.documents.enums import DocumentState
from dondoc.documents.models import Document
from dondoc.programmes.enums import EventKind, ObstacleEventKind
from dondoc.programmes.queries.programmes import programme_of_plan, visible_programmes
from dondoc.programmes.queries.urging import overdue_debts, steered_programmes
from dondoc.programmes.rules.rights import may_open
from dondoc.units.access import actor
from dondoc.units.models import Unit


def _actions(request: HttpRequest, document: Document) -> str:
    """Xem chương trình, or Mở chương trình for those who may."""
    programme = visible_programmes(actor(request)).filter(papers__document=document).first()
    opens = (
        programme is None
        and document.state == DocumentState.READ
        and may_open(actor(request), document)
        and programme_of_plan(document) is None
    )
    if programme is None and not opens:
        return ""
    return render_to_string("programmes/_document_actions.html", {"programme": programme, "document": document}, request=request)


def _debts(request: HttpRequest, unit: Unit) -> str:
    """What the unit has not handed in of the programmes that the person steers, and the letter about it."""
    who = actor(request)
    if not steered_programmes(who).exists():
        return ""
    debts = [(debt, (who.on - debt.last_ok_on).days) for debt in overdue_debts(who, unit_ids=[unit.pk])]
    return render_to_string("programmes/_unit_debts.html", {"debts": debts, "unit": unit}, request=request) if debts else ""


def _tab(request: HttpRequest, here: str) -> str:
    """Beside the tabs of an administrator's pages."""
    return render_to_string("programmes/_events_tab.html", {"here": here}, request=request)


slots.fill("documents.actions", _actions)
slots.fill("units.tabs", _tab)
slots.fill("units.detail", _debts)
deeds.name(
    {
        "programmes.open": "Mở chương trình",
        "programmes.urge": "Soạn công văn đôn đốc",
        "programmes.add_items": "Thêm mục vừa xác nhận",
        "programmes.edit": "Sửa thông tin chương trình",
        "programmes.close": "Kết thúc chương trình",
        "programmes.reopen": "Mở lại chương trình",
        "programmes.open_periods": "Mở kỳ của nhiệm vụ định kỳ",
        "programmes.name_event": "Ghi sự kiện làm mốc",
        "programmes.date_event": "Ghi ngày của sự kiện",
        "programmes.tie_task": "Gắn sự kiện làm mốc",
        "programmes.set_schedule": "Đặt kỳ của nhiệm vụ",
        "programmes.stop_schedule": "Dừng lặp lại nhiệm vụ",
        "programmes.join_document": "Thêm văn bản vào chương trình",
        "programmes.supersede": "Ghi nhiệm vụ thay thế",
        "programmes.link": "Gộp thành một nghĩa vụ",
        "programmes.unlink": "Tách nghĩa vụ",
        "programmes.define_target": "Ghi định nghĩa chỉ tiêu",
        "programmes.change_target": "Điều chỉnh chỉ tiêu",
        "programmes.add_milestones": "Thêm mốc của chỉ tiêu",
        "programmes.join_targets": "Gộp các năm của một chỉ tiêu",
        "programmes.part_targets": "Tách chỉ tiêu",
        "programmes.measure": "Ghi số đo",
        "programmes.accept_figures": "Duyệt số đo",
        "programmes.return_figure": "Trả lại số đo",
        "programmes.add_task": "Thêm nhiệm vụ",
        "programmes.add_origin": "Ghi nguồn giao việc",
        "programmes.change_kind": "Đổi loại nhiệm vụ",
        "programmes.set_unit": "Gắn đơn vị",
        "programmes.name_answerer": "Giao chịu trách nhiệm chính",
        "programmes.choose_parts": "Chọn đơn vị của nhóm",
        **{f"programmes.{kind.value}": str(kind.label) for kind in EventKind},
        **{f"programmes.obstacle_{kind.value}": f"Vướng mắc: {kind.label.lower()}" for kind in ObstacleEventKind},
    }
)
