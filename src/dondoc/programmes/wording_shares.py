"""Parts of a group's task in the words and colours of the house."""

from dondoc.programmes.rules.shares import ShareState
from dondoc.programmes.wording import DECLINED, WAITING, Badge

_BADGES = {
    ShareState.DECLINED: DECLINED,
    ShareState.RETURNED: Badge("soon", "arrow-back-up", "Trả lại"),
    ShareState.WAITING: WAITING,
    ShareState.WORKING: Badge("run", "progress", "Đang thực hiện"),
    ShareState.RECEIVED: Badge("run", "inbox", "Đã tiếp nhận"),
    ShareState.UNTOUCHED: Badge("idle", "circle-dashed", "Chưa tiếp nhận"),
    ShareState.DONE_LATE: Badge("late", "clock-check", "Hoàn thành trễ hạn"),
    ShareState.DONE_ON_TIME: Badge("done", "circle-check", "Hoàn thành đúng hạn"),
    ShareState.DONE: Badge("done", "circle-check", "Hoàn thành"),
    ShareState.EXCUSED: Badge("none", "ban", "Được miễn"),
}
SHARE_WORDS = {ShareState.OVERDUE: "Quá hạn", **{state: badge.text for state, badge in _BADGES.items()}}


def share_badge(state: ShareState, days: int) -> Badge:
    return Badge("over", "alert-triangle", f"Quá hạn {days} ngày") if state == ShareState.OVERDUE else _BADGES[state]
