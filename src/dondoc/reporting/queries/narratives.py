"""What units wrote, section by section of the draft's master: how many, and what many of them say in nearly the same words."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from dondoc.reporting.models import Block, Campaign, Passage, Section, TemplateVersion
from dondoc.reporting.queries.content import facts
from dondoc.reporting.queries.totals import IN
from dondoc.reporting.rules.drafts import section_like
from dondoc.reporting.rules.likeness import Cluster, Said, cluster, split

KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Voice:
    """A unit behind a passage, and the report that it is from."""

    unit: str
    report: int


@dataclass(frozen=True, slots=True)
class Told:
    """What some units say. ``key`` names it as long as no unit's words change; ``own``: each unit's own words, by its name."""

    key: str
    text: str
    passages: frozenset[int]
    own: tuple[tuple[Voice, str], ...]

    @property
    def texts(self) -> frozenset[str]:
        return frozenset(text for _, text in self.own)

    @property
    def voices(self) -> list[Voice]:
        return list(dict.fromkeys(voice for voice, _ in self.own))


def section_codes(campaign: Campaign, master: TemplateVersion) -> dict[int, str]:
    """Number of a section of any template of the campaign → code of the master's section that it goes into."""
    outline = facts(master).sections
    codes: dict[int, str] = {}
    versions = TemplateVersion.objects.filter(campaign_groups__campaign=campaign).select_related("template").distinct()
    for version in versions:
        own = {one.code: section_like(one, outline) for one in facts(version).sections if one.asks}
        rows = Section.objects.filter(version=version, asks=True).values_list("pk", "code")
        codes.update({pk: own[code] for pk, code in rows if code in own})
    return codes


def writers_of(campaign: Campaign, codes: Mapping[int, str]) -> dict[str, set[int]]:
    """Code of a master's section → the reports that say something for it."""
    writers: dict[str, set[int]] = {}
    for section, report in _handed_in(campaign).values_list("section", "report"):
        if section in codes:
            writers.setdefault(codes[section], set()).add(report)
    return writers


def told_in(campaign: Campaign, codes: Mapping[int, str], code: str) -> list[Told]:
    """What units wrote for one section, what most of them say first."""
    sections = [section for section, goes_into in codes.items() if goes_into == code]
    rows = list(
        _handed_in(campaign)
        .filter(section__in=sections)
        .values_list("pk", "report", "report__unit__name", "sent_text")
        .order_by("report__unit__search_text", "pk")
    )
    voices = {pk: Voice(name, report) for pk, report, name, _ in rows}
    order = {voice: place for place, voice in enumerate(dict.fromkeys(voices.values()))}
    said = [Said(str(report), piece, pk) for pk, report, _, text in rows for piece in split(text)]
    return [
        Told(
            key=key_of(one.text),
            text=one.text,
            passages=frozenset(said.source for said in one.said),
            own=tuple(sorted(((voices[said.source], said.text) for said in one.said), key=lambda own: order[own[0]])),
        )
        for one in _clusters(tuple(said))
    ]


@lru_cache(maxsize=8)
def _clusters(said: tuple[Said, ...]) -> tuple[Cluster, ...]:
    """Kept as long as no unit's words change: an editor who works on a section does not wait for the comparison again."""
    return tuple(cluster(said))


def key_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:KEY_LENGTH]


def used(told: Sequence[Told], blocks: Iterable[Block]) -> set[str]:
    """Keys of what stands in the draft already."""
    texts = {text for block in blocks for text in block.setting.get("texts", ())}
    return {one.key for one in told if one.texts & texts}


def _handed_in(campaign: Campaign) -> QuerySet[Passage]:
    rows = Passage.objects.filter(report__campaign=campaign, report__state__in=IN)
    return rows.exclude(sent_text="")
