"""What this app puts on every page: its place in the top bar; and the words of what is done in it."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from dondoc.common import deeds, navigation, slots
from dondoc.programmes.models import Duty
from dondoc.reporting.enums import ReturnEventKind
from dondoc.reporting.queries.opening import campaigns_of
from dondoc.reporting.queries.visible import received_campaigns
from dondoc.reporting.rules.rights import may_open_any, may_receive
from dondoc.reporting.services import practice
from dondoc.reporting.services.handing import wants_leader
from dondoc.units import access
from dondoc.units.enums import UnitKind
from dondoc.units.models import Unit


def _has_a_seat(request: HttpRequest) -> bool:
    return bool(access.actor(request).seats)


def _duty(request: HttpRequest, duty: Duty) -> str:
    """The campaigns of a reporting duty, and the way to open one."""
    actor = access.actor(request)
    may_open = may_receive(actor, duty.recipient) if duty.recipient else may_open_any(actor)
    campaigns = list(campaigns_of(duty).filter(pk__in=received_campaigns(actor).values("pk"))[:4])
    if not may_open and not campaigns:
        return ""
    context = {"duty": duty, "campaigns": campaigns, "may_open": may_open}
    return render_to_string("reporting/_duty.html", context, request=request)


def _practice(request: HttpRequest, unit: Unit) -> str:
    """How the unit hands in its reports, for its leader and the administrator."""
    actor = access.actor(request)
    if unit.kind == UnitKind.PROVINCE or not practice.may_set(actor, unit):
        return ""
    names = [one.person.full_name for one in practice.submitters(unit, actor.on)]
    context = {"unit": unit, "names": names, "leader_approves": wants_leader(unit)}
    return render_to_string("reporting/_practice.html", context, request=request)


slots.fill("programmes.duty", _duty)
slots.fill("units.detail", _practice)
navigation.add(navigation.Place("reporting", "Báo cáo", "/bao-cao/", "clipboard-text", "b", _has_a_seat))
deeds.name(
    {
        "reporting.make_template": "Lập mẫu báo cáo",
        "reporting.next_version": "Soạn bản mới của mẫu báo cáo",
        "reporting.rewrite_template": "Sửa bản soạn mẫu báo cáo",
        "reporting.issue_template": "Đưa mẫu báo cáo vào dùng",
        "reporting.discard_template": "Bỏ bản soạn mẫu báo cáo",
        "reporting.open_campaign": "Mở đợt báo cáo",
        "reporting.add_unit": "Thêm đơn vị vào đợt",
        "reporting.move_deadline": "Đổi hạn nộp",
        "reporting.close_campaign": "Đóng đợt báo cáo",
        "reporting.reopen_campaign": "Mở lại đợt báo cáo",
        "reporting.urge": "Nhắc nộp báo cáo",
        "reporting.schedule": "Đặt tự mở theo kỳ",
        "reporting.stop_schedule": "Thôi tự mở theo kỳ",
        "reporting.remark": "Ghi ý kiến khi duyệt báo cáo",
        "reporting.uploaded": "Nhập số liệu từ tệp của đơn vị",
        "reporting.settle_remark": "Ghi ý kiến đã được giải quyết",
        "reporting.set_practice": "Đặt cách nộp báo cáo",
        "reporting.name_submitter": "Phân công người nộp báo cáo",
        "reporting.end_submitter": "Thôi phân công người nộp báo cáo",
        "reporting.make_draft": "Lập dự thảo báo cáo tổng hợp",
        "reporting.renew_draft": "Lấy số mới vào dự thảo",
        "reporting.insert_told": "Chèn đoạn của các đơn vị vào dự thảo",
        "reporting.add_text": "Viết thêm đoạn vào dự thảo",
        "reporting.add_table": "Chèn bảng vào dự thảo",
        "reporting.add_chart": "Chèn biểu đồ vào dự thảo",
        "reporting.name_draft": "Đổi tên báo cáo của dự thảo",
        "reporting.keep_words": "Giữ bản đã sửa của đoạn",
        "reporting.edit_block": "Sửa đoạn của dự thảo",
        "reporting.move_block": "Chuyển chỗ đoạn của dự thảo",
        "reporting.remove_block": "Bỏ đoạn khỏi dự thảo",
        "reporting.restore_block": "Lấy lại đoạn đã bỏ",
        **{f"reporting.{kind.value}": f"Báo cáo: {kind.label.lower()}" for kind in ReturnEventKind},
    }
)
