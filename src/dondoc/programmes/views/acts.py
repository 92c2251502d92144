"""What may be done on a task's page: for each act its form, its service, and when it makes sense."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dondoc.programmes import services
from dondoc.programmes.enums import EventKind
from dondoc.programmes.forms import events as forms
from dondoc.programmes.forms import extensions
from dondoc.programmes.models import Part, Task

When = Callable[[Task, Sequence[Part]], bool]


@dataclass(frozen=True, slots=True)
class Act:
    """``side``: "unit" for those who do the work, "giver" for those who gave it. ``parts``: which units it may concern."""

    key: str
    words: str
    icon: str
    said: str
    side: str
    form: type[forms.EventForm]
    service: Callable[..., Any]
    fits: When
    parts: Callable[[Part], bool] | None = None
    whole: bool = True


def _open(task: Task, _parts: Sequence[Part]) -> bool:
    return not task.done_on and not task.paused and not task.superseded_on


def _part_open(part: Part) -> bool:
    return not part.done_on and not part.excused


def _may_ask(task: Task, parts: Sequence[Part]) -> bool:
    if parts:
        return _open(task, parts) and any(map(_part_may_ask, parts))
    return _open(task, parts) and task.last_ok_on is not None and task.asking_until is None


def _part_may_ask(part: Part) -> bool:
    return _part_open(part) and part.last_ok_on is not None and part.asking_until is None


def _part_answered(part: Part) -> bool:
    return bool(part.done_on or part.stage == EventKind.DELIVERED)


def _handed_in(task: Task, parts: Sequence[Part]) -> bool:
    return bool(task.done_on or task.stage == EventKind.DELIVERED) if not parts else any(map(_part_answered, parts))


ACTS = (
    Act("tien-do", "Ghi tiến độ", "progress", "Đã ghi tiến độ", "unit", forms.ProgressForm, services.record_progress,
        _open, _part_open),
    Act("bao-xong", "Báo hoàn thành", "circle-check", "Đã báo hoàn thành", "unit", forms.DeliverForm, services.deliver,
        _open, _part_open),
    Act("xac-nhan", "Xác nhận hoàn thành", "check", "Đã xác nhận hoàn thành", "giver", forms.AcceptForm, services.accept,
        _open, _part_open),
    Act("tra-lai", "Trả lại", "arrow-back-up", "Đã trả lại", "giver", forms.ReturnForm, services.return_,
        _handed_in, _part_answered),
    Act("xin-gia-han", "Đề nghị gia hạn", "calendar-question", "Đã gửi đề nghị gia hạn", "unit", extensions.AskForm,
        services.ask_extension, _may_ask, _part_may_ask),
    Act("gia-han", "Gia hạn", "calendar-plus", "Đã gia hạn", "giver", extensions.ExtendForm, services.extend,
        lambda task, parts: _open(task, parts) and not task.rrule),
    Act("gia-han-don-vi", "Gia hạn cho một đơn vị", "calendar-plus", "Đã gia hạn", "giver", extensions.ExtendForm,
        services.extend, lambda task, parts: _open(task, parts) and any(map(_part_open, parts)), _part_open, whole=False),
    Act("tam-dung", "Tạm dừng", "player-pause", "Đã tạm dừng", "giver", forms.StopForm, services.suspend,
        _open),
    Act("dung", "Dừng theo dõi", "ban", "Đã dừng theo dõi", "giver", forms.StopForm, services.cancel,
        _open),
    Act("mien", "Miễn cho một đơn vị", "user-minus", "Đã miễn", "giver", forms.StopForm, services.cancel,
        lambda task, parts: _open(task, parts) and any(map(_part_open, parts)), _part_open, whole=False),
    Act("bo-mien", "Bỏ miễn cho đơn vị", "user-plus", "Đã bỏ miễn", "giver", forms.StopForm, services.resume,
        lambda _task, parts: any(part.excused for part in parts), lambda part: part.excused, whole=False),
    Act("tiep-tuc", "Tiếp tục theo dõi", "player-play", "Đã tiếp tục theo dõi", "giver", forms.StopForm, services.resume,
        lambda task, _parts: bool(task.paused)),
    Act("mo-lai", "Mở lại", "refresh", "Đã mở lại", "giver", forms.ReopenForm, services.reopen,
        lambda task, parts: bool(task.done_on) if not parts else any(part.done_on for part in parts),
        lambda part: part.done_on is not None),
)  # fmt: skip
BY_KEY = {act.key: act for act in ACTS}
