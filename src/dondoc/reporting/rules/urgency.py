"""How much a unit's report presses on a day: the order of *Báo cáo phải nộp*."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from dondoc.common import wording
from dondoc.programmes.rules.states import SOON_DAYS
from dondoc.reporting.enums import CampaignState, ReturnState


class Lane(IntEnum):
    OVERDUE, RETURNED, SOON, RUNNING, HANDED_IN, ACCEPTED, ASIDE = range(7)

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def is_owed(self) -> bool:
        return self <= Lane.RUNNING


_WORDS = {
    Lane.OVERDUE: "Quá hạn",
    Lane.RETURNED: "Trả lại để bổ sung",
    Lane.SOON: "Sắp đến hạn",
    Lane.RUNNING: "Đang chuẩn bị",
    Lane.HANDED_IN: "Đã nộp, chờ duyệt",
    Lane.ACCEPTED: "Đã duyệt",
    Lane.ASIDE: "Không phải nộp",
}


@dataclass(frozen=True, slots=True)
class Press:
    """``key`` and ``icon``: of the badge that says ``words``. ``due_on``: the day that counts now."""

    lane: Lane
    key: str
    words: str
    icon: str
    due_on: date


def press_of(*, state: str, campaign_state: str, last_ok_on: date, hand_in_by: date | None, filled: int, on: date) -> Press:
    """Where a report stands for the unit that owes it. A returned one is late by its own day."""
    if state in _SETTLED:
        lane, key, words, icon = _SETTLED[ReturnState(state)]
        return Press(lane, key, words, icon, last_ok_on)
    if campaign_state == CampaignState.CLOSED:
        return Press(Lane.ASIDE, "idle", "Đợt đã đóng, chưa nộp", "lock", last_ok_on)
    due = hand_in_by if state == ReturnState.RETURNED and hand_in_by else last_ok_on
    if on > due:
        return Press(Lane.OVERDUE, "over", f"Quá hạn {(on - due).days} ngày", "alert-triangle", due)
    if state == ReturnState.RETURNED:
        return Press(Lane.RETURNED, "soon", f"Trả lại, hạn {wording.short_day(due)}", "arrow-back-up", due)
    lane = Lane.SOON if (due - on).days <= SOON_DAYS else Lane.RUNNING
    key = "soon" if lane == Lane.SOON else "idle"
    if state == ReturnState.APPROVING:
        return Press(lane, "run", "Chờ lãnh đạo đơn vị duyệt", "eye", due)
    words = wording.distance(due, on).capitalize() if lane == Lane.SOON else "Đang nhập" if filled else "Chưa nhập"
    return Press(lane, key, words, "clock-exclamation" if lane == Lane.SOON else "pencil", due)


_SETTLED = {
    ReturnState.RECEIVED: (Lane.HANDED_IN, "run", "Chờ duyệt", "eye"),
    ReturnState.ACCEPTED: (Lane.ACCEPTED, "done", "Đã duyệt", "circle-check"),
    ReturnState.EXEMPT: (Lane.ASIDE, "none", "Được miễn", "infinity"),
}
