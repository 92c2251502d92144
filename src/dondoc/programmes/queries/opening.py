"""What a programme can be opened from: the confirmed items of a document, those not yet seen, and what they name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from dondoc.documents.enums import ItemKind, ItemState
from dondoc.documents.models import Document, Item
from dondoc.programmes.models import Duty, Programme, Target, Task
from dondoc.programmes.rules.deadlines import term_of
from dondoc.programmes.rules.links import Claim, Link, Party, party_key, propose
from dondoc.programmes.rules.naming import words
from dondoc.units.models import Unit, UnitGroup
from dondoc.units.queries import Match

KINDS = (ItemKind.TASK, ItemKind.TARGET, ItemKind.DUTY)
# A lead's place within its task, so that one number names a share before there are rows.
_SHARES = 1000


def confirmed_items(document: Document, programme: Programme | None = None) -> QuerySet[Item]:
    """Tasks, targets and duties that a person confirmed, less those that the programme already has."""
    items = Item.objects.filter(
        document=document, kind__in=KINDS, state__in=(ItemState.ACCEPTED, ItemState.CORRECTED), orphaned=False
    )
    if programme is not None:
        for model in (Task, Target, Duty):
            items = items.exclude(pk__in=model.objects.filter(programme=programme).values("item"))
    return items.order_by("position", "pk")


def unseen(document: Document) -> dict[str, int]:
    """How many items of each kind nobody has looked at."""
    rows = Item.objects.filter(document=document, kind__in=KINDS, state=ItemState.PROPOSED, orphaned=False)
    counts = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: counts.get(kind, 0) for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A link that the opener confirms or drops. ``key`` stands in the form."""

    key: str
    duty: Item
    task: Item
    name: str


def proposals(items: Sequence[Item], matches: Mapping[str, Match], document: Document) -> list[Proposal]:
    """The links of :mod:`dondoc.programmes.rules.links` among items that are not rows yet."""
    by_pk = {item.pk: item for item in items}
    duties = [_claim(item, "reporters", matches, document) for item in items if item.kind == ItemKind.DUTY]
    tasks = [_claim(item, "lead", matches, document) for item in items if item.kind == ItemKind.TASK]
    return [
        Proposal(key_of(link), by_pk[link.duty], by_pk[link.task], words(by_pk[link.task].content, "lead")[share_of(link)])
        for link in propose(duties, tasks)
    ]


def key_of(link: Link) -> str:
    return f"{link.duty}-{link.task}-{share_of(link)}"


def share_of(link: Link) -> int:
    return link.party % _SHARES


def _claim(item: Item, field: str, matches: Mapping[str, Match], document: Document) -> Claim:
    parties = tuple(
        Party(item.pk * _SHARES + place, _key(name, matches.get(name))) for place, name in enumerate(words(item.content, field))
    )
    term = term_of(item.content.get("deadline"), issued_on=document.issued_on)  # type: ignore[arg-type]
    return Claim(item.pk, str(item.content.get("text") or ""), parties, term.last_ok_on)


def _key(name: str, match: Match) -> str:
    return party_key(
        unit_id=match.pk if isinstance(match, Unit) else None,
        group_id=match.pk if isinstance(match, UnitGroup) else None,
        name=name,
    )


def likely_lead(items: Sequence[Item], matches: Mapping[str, Match]) -> Unit | None:
    """The unit that leads most of the tasks: who probably leads the programme."""
    led: dict[int, tuple[int, Unit]] = {}
    for item in items:
        if item.kind != ItemKind.TASK:
            continue
        for name in words(item.content, "lead"):
            match = matches.get(name)
            if isinstance(match, Unit):
                led[match.pk] = (led.get(match.pk, (0, match))[0] + 1, match)
    return max(led.values(), key=lambda pair: pair[0])[1] if led else None
