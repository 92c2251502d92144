"""Tags of the pages of campaigns."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dondoc.common import wording
from dondoc.common.templatetags.house import badge
from dondoc.programmes.templatetags.programmes import dialled
from dondoc.reporting.enums import ReturnState
from dondoc.reporting.queries.following import Row
from dondoc.reporting.rules.matrix import Fill, Mark

register = template.Library()
register.filter(dialled)

_BADGES = {
    ReturnState.EXPECTED: ("idle", "Chưa nhận", ""),
    ReturnState.APPROVING: ("idle", "Đơn vị đang duyệt", "eye"),
    ReturnState.RECEIVED: ("run", "Chờ duyệt", "eye"),
    ReturnState.RETURNED: ("soon", "Trả lại", "arrow-back-up"),
    ReturnState.ACCEPTED: ("done", "Đã duyệt", ""),
    ReturnState.EXEMPT: ("none", "Được miễn", ""),
}


@register.filter
@lru_cache(maxsize=2048)
def fill_mark(mark: Mark) -> SafeString:
    """A block that tells how much is there; its words for readers of the screen, and where something is missing how much."""
    figure = f"{mark.done}/{mark.asked}" if mark.asked > 1 and mark.fill != Fill.FULL else ""
    return format_html(
        '<i class="fill f-{}" aria-hidden="true" title="{}"></i><span class="vh">{} </span>{}',
        mark.fill,
        f"{mark.words} {figure}".strip(),
        mark.words,
        format_html("<small>{}</small>", figure) if figure else "",
    )


@register.filter
def standing(row: Row) -> SafeString:
    """The state of a report as its receiver sees it; late ones say so."""
    report = row.report
    key, words, icon = _BADGES[ReturnState(report.state)]
    if report.state == ReturnState.RETURNED and report.hand_in_by:
        key = "over" if row.late_again else key
        words = f"Trả lại, hạn {wording.short_day(report.hand_in_by)}"
        words += f", quá {row.late_again} ngày" if row.late_again else ""
    elif row.is_draft and row.late:
        key, icon = "over", "alert-triangle"
    return badge(key, words, icon)
