"""What one report owes under several names is one obligation.

Plan 208 names the report of the communes three times: as a reporting duty ("UBND các xã, phường xây dựng báo cáo …, gửi về
Sở Y tế trước ngày 10/9"), as a task of theirs ("xây dựng, hoàn thiện báo cáo tổng kết") and as their share of a step of
the schedule that several bodies lead. A task and a duty are proposed to be one obligation where all three hold:

1. *The same body owes both*: one lead of the task is a reporter of the duty: the same unit, the same group, or, where
   neither is known, the same name as written. Only that lead's share is linked, so that a task led by two groups may
   belong to two obligations.
2. *Both are the same report*: the task asks to make or send a "báo cáo", and where both say which ("tổng kết", "sơ kết",
   "năm", "6 tháng" …) they say the same.
3. *Their deadlines agree*: the last good days are equal, or one of them is not known ("thời gian quy định").

A share is linked to one duty, the first that fits. The opener confirms or drops each proposal. Of an obligation's tasks one
is counted: that with a deadline, then that with the most leads, then the first in the document.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dondoc.common.folding import searchable

# A verb that makes or sends it, or "báo cáo" itself near the beginning: "UBND các xã, phường báo cáo kết quả …".
_REPORT = re.compile(r"\b(?:xay dung|hoan thien|lap|gui|nop|thuc hien|tong hop|viet)\b.*\bbao cao\b|^(?:\S+ ){0,7}bao cao\b")
_SUBJECT = re.compile(r"\bbao cao (tong ket|so ket|dinh ky|chuyen de|dot xuat|nam|6 thang|9 thang|quy|thang|ket qua|danh gia)\b")


@dataclass(frozen=True, slots=True)
class Party:
    """Who owes: ``key`` is "unit:7", "group:3" or "name:so y te"; ``ref`` leads back to the row it was made of."""

    ref: int
    key: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A task or a duty, seen as something that is owed."""

    ref: int
    text: str
    parties: tuple[Party, ...]
    last_ok_on: date | None


@dataclass(frozen=True, slots=True)
class Link:
    """Propose that the share ``party`` of ``task`` and ``duty`` are one obligation."""

    duty: int
    task: int
    party: int


def party_key(*, unit_id: int | None, group_id: int | None, name: str) -> str:
    if unit_id is not None:
        return f"unit:{unit_id}"
    return f"group:{group_id}" if group_id is not None else f"name:{searchable(name)}"


def is_report(text: str) -> bool:
    """Whether the words ask to make or send a report."""
    return bool(_REPORT.search(searchable(text)))


def propose(duties: Sequence[Claim], tasks: Sequence[Claim]) -> list[Link]:
    """The links that the rule finds, each share once."""
    links: list[Link] = []
    taken: set[int] = set()
    for duty in duties:
        for task in tasks:
            if not _same_report(duty, task):
                continue
            for party in _shared(task, duty):
                if party.ref not in taken:
                    taken.add(party.ref)
                    links.append(Link(duty=duty.ref, task=task.ref, party=party.ref))
    return links


def _shared(task: Claim, duty: Claim) -> list[Party]:
    reporters = {party.key for party in duty.parties}
    return [party for party in task.parties if party.key in reporters]


def _same_report(duty: Claim, task: Claim) -> bool:
    if duty.last_ok_on and task.last_ok_on and duty.last_ok_on != task.last_ok_on:
        return False
    text = searchable(task.text)
    if not _REPORT.search(text):
        return False
    ours, theirs = _subjects(searchable(duty.text)), _subjects(text)
    return not ours or not theirs or bool(ours & theirs)


def _subjects(text: str) -> frozenset[str]:
    return frozenset(_SUBJECT.findall(text))


def head_of(tasks: Iterable[Claim]) -> int:
    """The task that is counted for an obligation."""
    return min(enumerate(tasks), key=lambda pair: (pair[1].last_ok_on is None, -len(pair[1].parties), pair[0]))[1].ref
