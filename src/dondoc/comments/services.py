"""Saying something, putting it right, taking it back; whoever is named is told once."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from dondoc.comments import queries
from dondoc.comments.models import Comment
from dondoc.comments.rules import LONGEST, MOST_PEOPLE, QUOTED, Attempt, attempts, cleaned, is_own, may_edit, with_people
from dondoc.comments.subjects import Subject, kind_of, seen
from dondoc.common import audit, wording
from dondoc.common.errors import NotAllowed, Refused
from dondoc.notices import services as notices
from dondoc.notices.services import Occasion
from dondoc.units.access import actor_of
from dondoc.units.models import Person
from dondoc.units.rules import Actor

NOT_IN_SIGHT = "Chỉ người được xem nội dung này mới trao đổi ở đây được."
NOT_YOURS = "Chỉ người viết được sửa hoặc xóa ý kiến của mình."
TOO_LATE = "Đã quá 15 phút nên ý kiến này không sửa được nữa. Ghi thêm một ý kiến mới, hoặc xóa ý kiến này."
GONE = "Ý kiến này đã được xóa."
CANNOT_SEE = "Có người được nhắc tới không xem được nội dung này. Bỏ chọn người đó ở ô Nhắc tới rồi gửi lại."


def add(
    *,
    actor: Actor,
    kind: str,
    key: int,
    text: str,
    at: datetime,
    people: Collection[int] = (),
    meant: Collection[int] = (),
    passage: tuple[int, int] | None = None,
) -> Comment:
    """Say ``text`` of a thing.

    ``people``: whom to mention besides those that the text names; ``meant``: which of several namesakes the text means;
    ``passage``: of which stretch of the thing's text it is said.

    :raises NotAllowed: the actor may not see the thing.
    :raises Refused: too long or empty, or somebody named may not see it.
    """
    subject = _in_sight(actor, kind, key)
    words, named = _read(actor, subject, text, people, meant)
    with transaction.atomic():
        comment = Comment.objects.create(
            kind=kind,
            key=key,
            within=subject.within,
            place=subject.place[:160],
            quote=_quote(subject, passage),
            start=passage[0] if passage else None,
            author=actor.person,
            unit_id=next((seat.unit_id for seat in actor.seats), None),
            text=words,
            made_at=at,
        )
        comment.people.set(named)
        audit.record("comments.add", comment, actor=actor.person, unit=comment.unit)
        _tell(actor, subject, comment, named, at)
    return comment


def edit(
    *, actor: Actor, comment: Comment, text: str, at: datetime, people: Collection[int] = (), meant: Collection[int] = ()
) -> Comment:
    """Put one's own words right. Those who are named only now are told; nobody is told twice.

    :raises NotAllowed: somebody else wrote it, or the actor may not see the thing any more.
    :raises Refused: a quarter of an hour has passed; or what :func:`add` refuses.
    """
    subject = _in_sight(actor, comment.kind, comment.key)
    with transaction.atomic():
        held = _own(actor, comment)
        if not may_edit(held, actor, at):
            raise Refused(TOO_LATE, field="text")
        held.text, named = _read(actor, subject, text, people, meant)
        held.edited_at = at
        held.save(update_fields=("text", "edited_at"))
        held.people.set(named)
        audit.record("comments.edit", held, actor=actor.person, unit=held.unit)
        _tell(actor, subject, held, named, at)
    return held


def remove(*, actor: Actor, comment: Comment, at: datetime) -> Comment:
    """Take one's own words back: they are gone, the place where they stood remains."""
    _in_sight(actor, comment.kind, comment.key)
    with transaction.atomic():
        held = _own(actor, comment)
        held.text = held.quote = ""
        held.removed_at = at
        held.save(update_fields=("text", "quote", "removed_at"))
        held.people.clear()
        audit.record("comments.remove", held, actor=actor.person, unit=held.unit)
    return held


def _in_sight(actor: Actor, kind: str, key: int) -> Subject:
    subject = seen(actor, kind, key)
    if subject is None:
        raise NotAllowed(NOT_IN_SIGHT)
    return subject


def _own(actor: Actor, comment: Comment) -> Comment:
    """The comment as it is now, locked."""
    held = Comment.objects.select_for_update(of=("self",)).select_related("unit").get(pk=comment.pk)
    if held.author_id != actor.person.pk:
        raise NotAllowed(NOT_YOURS)
    if not is_own(held, actor):
        raise Refused(GONE)
    return held


def _quote(subject: Subject, passage: tuple[int, int] | None) -> str:
    kind = kind_of(subject.kind)
    if passage is None or kind is None or kind.quote is None:
        return subject.quote[:QUOTED]
    words = " ".join(kind.quote(subject.key, *passage).split())
    if not words:
        raise Refused("Đoạn đã chọn không có trong văn bản. Bôi đen lại đoạn cần trao đổi.", field="text")
    return words if len(words) <= QUOTED else f"{words[:QUOTED].rsplit(' ', 1)[0]} …"


def _read(actor: Actor, subject: Subject, text: str, people: Collection[int], meant: Collection[int]) -> tuple[str, list[Person]]:
    """The text as it is kept, and who is mentioned in or beside it."""
    words = cleaned(text)
    if not words:
        raise Refused("Chưa có nội dung. Ghi ý kiến rồi gửi.", field="text")
    if len(words) > LONGEST:
        length, most = wording.number(len(words)), wording.number(LONGEST)
        raise Refused(f"Ý kiến dài {length} ký tự, nhiều nhất {most}. Rút gọn, hoặc chia thành nhiều ý kiến.", field="text")
    chosen = _chosen(actor, subject, people)
    known = queries.named(subject, actor.on, {name for attempt in attempts(words) for name, _ in attempt.names})
    mentioned = {person.pk: person for person in chosen}

    def choose(attempt: Attempt) -> tuple[int, int]:
        person, end = _meant(attempt, known, {*meant, *people})
        mentioned[person.pk] = person
        return person.pk, end

    kept = with_people(words, choose)
    if len(mentioned) > MOST_PEOPLE:
        raise Refused(f"Nhắc tới {len(mentioned)} người, nhiều nhất {MOST_PEOPLE}. Bỏ bớt người.", field="people")
    if not all(seen(actor_of(person, actor.on), subject.kind, subject.key) for person in mentioned.values()):
        raise Refused(CANNOT_SEE, field="people")
    return kept, list(mentioned.values())


def _chosen(actor: Actor, subject: Subject, people: Collection[int]) -> list[Person]:
    held = list(queries.people_who_see(subject, actor.on).filter(pk__in=people)) if people else []
    if len(held) < len(set(people)):
        raise Refused(CANNOT_SEE, field="people")
    return held


def _meant(attempt: Attempt, known: dict[str, list[Person]], meant: Collection[int]) -> tuple[Person, int]:
    for name, end in attempt.names:
        people = known.get(name, [])
        if len(people) == 1:
            return people[0], end
        said = [person for person in people if person.pk in meant]
        if len(said) == 1:
            return said[0], end
        if people:
            raise Refused(f"Có {len(people)} người tên {name} được xem nội dung này. Chọn người ở ô Nhắc tới.", field="people")
    typed = attempt.names[0][0]
    raise Refused(
        f"Không có ai tên “{typed}” được xem nội dung này. Chọn tên trong gợi ý, hoặc bỏ dấu @ trước tên.", field="text"
    )


def _tell(actor: Actor, subject: Subject, comment: Comment, people: Collection[Person], at: datetime) -> None:
    occasion = Occasion(
        key=f"comment-{comment.pk}",
        text=f"{actor.person.full_name} nhắc tới đồng chí trong {subject.title}",
        address=f"{subject.talk}#y-kien-{comment.pk}",
    )
    told = [(person.pk, occasion) for person in people if person.pk != actor.person.pk]
    notices.tell(told, on=actor.on, at=at)
