"""What may be done on a task's page: for each act its form, its service, and when it makes sense."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms as django_forms

from dondoc.common import clock
from dondoc.programmes import services
from dondoc.programmes.enums import AssignmentRole, EventKind, ProgrammeState, TaskKind
from dondoc.programmes.forms import events as forms
from dondoc.programmes.forms import extensions, receiving
from dondoc.programmes.models import Assignment, Part, Programme, Task
from dondoc.programmes.rules.rights import may_report
from dondoc.units.models import Person
from dondoc.units.queries import seated
from dondoc.units.rules import Actor

When = Callable[[Task, Sequence[Part]], bool]


@dataclass(frozen=True, slots=True)
class Scene:
    """Who looks at which task. ``giver``: they may steer the programme."""

    actor: Actor
    programme: Programme
    task: Task
    assignments: Sequence[Assignment]
    giver: bool
    parts: list[Part] = field(init=False)
    own_units: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        leads = [one for one in self.assignments if one.role == AssignmentRole.LEAD]
        parts = [part for one in leads for part in one.parts.all()]
        units = {one.unit_id for one in leads if one.unit_id} | {part.unit_id for part in parts}
        object.__setattr__(self, "parts", parts)
        object.__setattr__(self, "own_units", frozenset(units & self.actor.unit_ids))


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done.

    ``side``: "unit" for those who do the work and the giver on their behalf, "own" for those who do the work alone, "giver" for
    those who gave it. ``parts``: which units it may concern. ``more``: what else its form has to know.
    """

    key: str
    words: str
    icon: str
    said: str
    side: str
    form: Callable[..., django_forms.Form]
    service: Callable[..., Any]
    fits: When
    parts: Callable[[Part], bool] | None = None
    whole: bool = True
    more: Callable[[Scene], dict[str, Any]] = lambda _scene: {}


def may(scene: Scene, act: Act) -> bool:
    """Whether the person stands on the side whose act it is."""
    if act.side == "giver":
        return scene.giver
    return may_report(scene.actor, scene.own_units) or (act.side == "unit" and scene.giver)


def choices_of(scene: Scene, act: Act, kept: str = "") -> list[Part]:
    """The units that this person may choose in the form; none where the act concerns the whole task.

    ``kept``: the one that was chosen already stays, though something has happened to it since.
    """
    if act.parts is None:
        return []
    parts = [part for part in scene.parts if act.parts(part) or str(part.pk) == kept]
    if scene.giver and act.side != "own":
        return parts
    return [part for part in parts if part.unit_id in scene.own_units]


def form_of(scene: Scene, act: Act, choices: Sequence[Part], *bound: Any) -> django_forms.Form:
    return act.form(*bound, today=clock.today(), parts=choices, prefix=act.key, **act.more(scene))


def offered(scene: Scene, act: Act) -> django_forms.Form | None:
    """Its form, where it makes sense for this person now."""
    if scene.programme.state == ProgrammeState.CLOSED or not may(scene, act) or not act.fits(scene.task, scene.parts):
        return None
    choices = choices_of(scene, act)
    needs_part = act.parts is not None and scene.parts
    if (needs_part or not act.whole) and not choices:
        return None
    return form_of(scene, act, choices)


def _open(task: Task, _parts: Sequence[Part]) -> bool:
    return not task.done_on and not task.paused and not task.superseded_on


def _part_open(part: Part) -> bool:
    return not part.done_on and not part.excused


def _unseen(task: Task, parts: Sequence[Part]) -> bool:
    if parts:
        return _open(task, parts) and any(map(_part_unseen, parts))
    return _open(task, parts) and _not_taken(task)


def _part_unseen(part: Part) -> bool:
    return _part_open(part) and _not_taken(part)


def _not_taken(one: Task | Part) -> bool:
    return one.received_on is None or one.stage == EventKind.DECLINED


def _declinable(task: Task, parts: Sequence[Part]) -> bool:
    if parts:
        return _open(task, parts) and any(map(_part_declinable, parts))
    return _open(task, parts) and not task.stage


def _part_declinable(part: Part) -> bool:
    return _part_open(part) and not part.stage


def _declined(task: Task, parts: Sequence[Part]) -> bool:
    return task.stage == EventKind.DECLINED or any(map(_part_declined, parts))


def _part_declined(part: Part) -> bool:
    return part.stage == EventKind.DECLINED


def _deliverable(task: Task, parts: Sequence[Part]) -> bool:
    """Of what is given to be known nothing is handed in."""
    return _open(task, parts) and task.kind != TaskKind.INFORM


def _untouched(task: Task, parts: Sequence[Part]) -> bool:
    return _open(task, parts) and not any(one.done_on or one.stage for one in (task, *parts))


def _colleagues(scene: Scene) -> dict[str, Any]:
    """Those who work in the asker's unit today, and whom it is with now."""
    people = set().union(*seated(scene.own_units, scene.actor.on).values())
    return {"people": list(Person.objects.filter(pk__in=people).order_by("search_text"))}


def _kind(scene: Scene) -> dict[str, Any]:
    return {"kind": scene.task.kind}


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
    Act("tiep-nhan", "Tiếp nhận", "inbox", "Đã tiếp nhận", "unit", forms.ReceiveForm, services.receive,
        _unseen, _part_unseen),
    Act("tien-do", "Ghi tiến độ", "progress", "Đã ghi tiến độ", "unit", forms.ProgressForm, services.record_progress,
        _open, _part_open),
    Act("bao-xong", "Báo hoàn thành", "circle-check", "Đã báo hoàn thành", "unit", forms.DeliverForm, services.deliver,
        _deliverable, _part_open, more=_kind),
    Act("giao-nguoi", "Giao người thực hiện", "user-share", "Đã giao người thực hiện", "own", receiving.HandOnForm,
        services.hand_on, _open, _part_open, more=_colleagues),
    Act("khong-nhan", "Đề nghị không nhận", "hand-stop", "Đã gửi đề nghị không nhận", "own", receiving.DeclineForm,
        services.decline, _declinable, _part_declinable),
    Act("giu-nguyen", "Giữ nguyên việc đã giao", "hand-stop", "Đã trả lời: giữ nguyên việc đã giao", "giver",
        receiving.InsistForm, services.insist, _declined, _part_declined),
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
    Act("loai", "Đổi loại nhiệm vụ", "tag", "Đã đổi loại nhiệm vụ", "giver", receiving.KindForm, services.change_kind,
        _untouched, more=_kind),
)  # fmt: skip
BY_KEY = {act.key: act for act in ACTS}
