"""Of two people who change one task at once, the second is told."""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from dondoc.common.errors import Refused
from dondoc.programmes.models import Task
from dondoc.programmes.services.projecting import lock

Outcome = TypeVar("Outcome")


class Changed(Refused):
    """The task is no longer what the form was opened with; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Nhiệm vụ đã thay đổi từ khi mở biểu mẫu nên chưa ghi gì. Xem thay đổi rồi ghi lại.")


@transaction.atomic
def as_seen(*, task: Task, revision: int | None, change: Callable[[], Outcome]) -> Outcome:
    """Do ``change`` while nobody else can change the programme, unless the task has moved on from ``revision``.

    :raises Changed: it has; None compares nothing.
    """
    lock(task.programme_id)
    if revision is not None and not Task.objects.filter(pk=task.pk, revision=revision).exists():
        raise Changed
    return change()
