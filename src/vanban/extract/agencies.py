"""The agencies and groups that a document names in a role: once each, with every place of the role."""

from collections.abc import Iterable

from vanban.extract.tasks.draft import shown
from vanban.lexicon.agencies import AgencyMention
from vanban.lexicon.folding import fold
from vanban.reading import Agency


def collect_agencies(mentions: Iterable[AgencyMention]) -> list[Agency]:
    """Each agency of ``mentions`` once, in the order of its first place."""
    held: dict[str, list[AgencyMention]] = {}
    for mention in sorted(mentions, key=lambda mention: mention.span):
        held.setdefault(fold(mention.name), []).append(mention)
    return [
        Agency(shown(places[0].name), places[0].id, places[0].kind, tuple(dict.fromkeys(place.span for place in places)))
        for places in held.values()
    ]
