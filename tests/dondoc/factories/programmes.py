"""Plans with confirmed items, programmes, tasks; and one programme of thousands of tasks for measuring.

``plan`` writes an invented text, a line an item, so that every item has its place. Items come from :func:`task`,
:func:`target` and :func:`duty`, whose keyword arguments are fields of the contract.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from dondoc.documents.enums import DocumentState, ItemKind, ItemState
from dondoc.documents.models import Document, DocumentReading, Item
from dondoc.programmes.enums import AssignmentRole, DocumentRole, EventKind
from dondoc.programmes.models import Assignment, Part, Programme, ProgrammeDocument, Task, TaskEvent
from dondoc.programmes.rules.deadlines import term_of
from dondoc.units.models import Person, Unit, UnitGroup
from tests.dondoc.factories.common import NOON, TODAY

ISSUED = date(2025, 8, 7)


def by(day: str, text: str = "", *, exclusive: bool = True) -> dict[str, Any]:
    """*Trước ngày …*, as the contract has it."""
    return _deadline("by", text or f"trước ngày {day}", end=day, exclusive=exclusive)


def within(start: str, end: str, text: str) -> dict[str, Any]:
    return _deadline("within", text, start=start, end=end)


def ongoing() -> dict[str, Any]:
    return _deadline("ongoing", "thường xuyên")


def recurring(rrule: str, text: str) -> dict[str, Any]:
    return _deadline("recurring", text, rrule=rrule)


def relative(offset: str, anchor: str, text: str) -> dict[str, Any]:
    return _deadline("relative", text, offset=offset, anchor=anchor)


def _deadline(kind: str, text: str, **facts: Any) -> dict[str, Any]:
    empty = {"start": None, "end": None, "exclusive": False, "rrule": None, "anchor": None, "offset": None}
    return {"text": text, "kind": kind, **empty, **facts}


def task(text: str, *, lead: Sequence[str] = (), section: str = "", **content: Any) -> tuple[str, dict[str, Any]]:
    usual: dict[str, Any] = {"coordinating": [], "supervising": [], "deadline": None, "result": None}
    return ItemKind.TASK, {**usual, "text": text, "lead": list(lead), "section": section, **content}


def target(text: str, *, indicator: str, **content: Any) -> tuple[str, dict[str, Any]]:
    usual: dict[str, Any] = {
        "comparator": ">=", "value": None, "value_high": None, "unit": None, "baseline": None, "horizon": None
    }  # fmt: skip
    return ItemKind.TARGET, {**usual, "text": text, "indicator": indicator, **content}


def duty(text: str, *, reporters: Sequence[str], **content: Any) -> tuple[str, dict[str, Any]]:
    usual: dict[str, Any] = {"recipient": None, "deadline": None, "template": [], "period": None, "cutoff": None}
    return ItemKind.DUTY, {**usual, "text": text, "reporters": list(reporters), **content}


def plan(
    unit: Unit,
    person: Person,
    items: Sequence[tuple[str, dict[str, Any]]] = (),
    *,
    state: str = ItemState.ACCEPTED,
    **facts: Any,
) -> Document:
    """A plan that the unit handed in, read, with these items in one state."""
    usual: dict[str, Any] = {
        "province": unit.province or unit,
        "name": "ke-hoach.pdf",
        "state": DocumentState.READ,
        "type": "KH",
        "code": "208/KH-UBND",
        "title": "Tổng kết Chương trình phòng, chống đuối nước giai đoạn 2021 - 2025",
        "issued_on": ISSUED,
        "uploaded_by": person,
        "uploaded_at": NOON,
    }
    document = Document.objects.create(unit=unit, **{**usual, **facts})
    opening = "KẾ HOẠCH\nCăn cứ Luật Trẻ em.\n"
    text = opening + "".join(f"{content['text']}\n" for _, content in items) + "Nơi nhận: như trên."
    reading = DocumentReading.objects.create(
        document=document, number=1, reader_version="mau", made_at=NOON, text=text, raw=text, contract={}
    )
    add_items(document, reading, items, state=state)
    return document


def add_items(
    document: Document,
    reading: DocumentReading,
    items: Sequence[tuple[str, dict[str, Any]]],
    *,
    state: str = ItemState.ACCEPTED,
) -> list[Item]:
    """Rows for items whose text stands in the reading."""
    first = document.items.count()
    made = []
    for place, (kind, content) in enumerate(items, start=first):
        start = max(reading.text.find(str(content["text"])), 0)
        made.append(
            Item(
                document=document,
                reading=reading,
                key=uuid4(),
                kind=kind,
                position=place,
                span_start=start,
                span_end=start + len(str(content["text"])),
                section=str(content.get("section") or ""),
                confidence=0.95,
                read=content,
                state=state,
            )
        )
    return Item.objects.bulk_create(made)


def programme_of(document: Document, person: Person, *, lead_unit: Unit | None = None, **facts: Any) -> Programme:
    """A programme with its plan and no tasks."""
    programme = Programme.objects.create(
        province=document.province,
        title=facts.pop("title", document.title),
        lead_unit=lead_unit or document.unit,
        opened_by=person,
        opened_at=NOON,
        **facts,
    )
    ProgrammeDocument.objects.create(
        programme=programme, document=document, role=DocumentRole.PLAN, effective_on=document.issued_on
    )
    return programme


def add_task(
    programme: Programme,
    text: str = "Rà soát bể bơi trên địa bàn",
    *,
    lead: Unit | UnitGroup | str | None = None,
    members: Sequence[Unit] = (),
    deadline: dict[str, Any] | None = None,
    section: str = "III.1",
    **facts: Any,
) -> Task:
    """A task as opening makes it, with one lead; ``members`` are the parts of a leading group."""
    document = programme.papers.get(role=DocumentRole.PLAN).document
    content = task(text, section=section, deadline=deadline)
    item = add_items(document, document.readings.get(), [content])[0]
    term = term_of(deadline, issued_on=document.issued_on)
    usual: dict[str, Any] = {
        "deadline_text": term.deadline_text,
        "deadline_kind": term.deadline_kind,
        "due_on": term.due_on,
        "exclusive": term.exclusive,
        "last_ok_on": term.last_ok_on,
        "given_on": document.issued_on or TODAY,
    }
    made = Task.objects.create(
        programme=programme, item=item, text=text, section=section, position=item.position, **{**usual, **facts}
    )
    if lead is not None:
        add_lead(made, lead, members)
    return made


def add_lead(task: Task, lead: Unit | UnitGroup | str, members: Sequence[Unit] = (), *, answers: bool = False) -> Assignment:
    assignment = Assignment.objects.create(
        task=task,
        role=AssignmentRole.LEAD,
        position=task.assignments.count(),
        name=str(lead),
        unit=lead if isinstance(lead, Unit) else None,
        group=lead if isinstance(lead, UnitGroup) else None,
        answers=answers,
    )
    Part.objects.bulk_create([Part(assignment=assignment, unit=unit, last_ok_on=task.last_ok_on) for unit in members])
    return assignment


def happened(task: Task, kind: str, on: date, person: Person, *, part: Part | None = None, **facts: Any) -> TaskEvent:
    """An event as a service would write it; projections are not touched."""
    recorded_at = facts.pop("recorded_at", datetime.combine(on, NOON.timetz()))
    return TaskEvent.objects.create(
        task=task, part=part, kind=kind, happened_on=on, recorded_at=recorded_at, recorded_by=person, **facts
    )


def large_programme(
    document: Document, person: Person, leads: Sequence[Unit], count: int = 10_000, *, today: date = TODAY
) -> Programme:
    """``count`` tasks in one programme: half with a deadline around ``today``, some done, some with a word from the unit."""
    programme = programme_of(document, person, title=f"Chương trình có {count} nhiệm vụ")
    reading = document.readings.get()
    given_on = document.issued_on or today - timedelta(days=400)
    contents = [
        task(
            f"Nhiệm vụ {number}: rà soát, lập danh mục, tổ chức thực hiện nội dung số {number} trên địa bàn tỉnh và báo cáo "
            "kết quả theo quy định",
            section=f"{('I', 'II', 'III', 'IV', 'V')[number % 5]}.{number % 9 + 1}.{'abcd'[number % 4]}",
        )
        for number in range(count)
    ]
    items = add_items(document, reading, contents)
    tasks = [_large_task(programme, item, number, given_on, today) for number, item in enumerate(items)]
    Task.objects.bulk_create(tasks, batch_size=1000)
    Assignment.objects.bulk_create(
        [
            Assignment(
                task=made,
                role=AssignmentRole.LEAD,
                name=leads[number % len(leads)].name,
                unit=leads[number % len(leads)],
            )
            for number, made in enumerate(tasks)
            if number % 20
        ],
        batch_size=1000,
    )
    TaskEvent.objects.bulk_create([event for made in tasks for event in _large_events(made, person, today)], batch_size=1000)
    return programme


def _large_task(programme: Programme, item: Item, number: int, given_on: date, today: date) -> Task:
    due = today + timedelta(days=number % 120 - 45) if number % 2 else None
    done = min(due or today, today) - timedelta(days=number % 11 - 3) if number % 3 == 0 else None
    done = min(done, today) if done else None
    reported = done or (today - timedelta(days=number % 200) if number % 7 == 0 else None)
    return Task(
        programme=programme,
        item=item,
        text=str(item.content["text"]),
        section=item.section,
        position=number,
        given_on=given_on,
        deadline_text=f"trước ngày {due:%d/%m/%Y}" if due else "thường xuyên",
        deadline_kind="by" if due else "ongoing",
        due_on=due + timedelta(days=1) if due else None,
        exclusive=due is not None,
        last_ok_on=due,
        done_on=done,
        reported_on=reported,
        progress_note="Đã có kế hoạch" if reported else "",
    )


def _large_events(made: Task, person: Person, today: date) -> list[TaskEvent]:
    if made.reported_on is None:
        return []
    kind = EventKind.DELIVERED if made.done_on else EventKind.PROGRESS
    return [
        TaskEvent(
            task=made,
            kind=kind,
            happened_on=made.reported_on,
            recorded_at=NOON,
            recorded_by=person,
            note=made.progress_note,
            product_code=f"{made.position + 1}/BC-SYT" if made.done_on else "",
            product_date=made.done_on,
        )
    ]
