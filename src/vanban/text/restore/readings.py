"""Two readings of one page image → one: word by word, the language model chooses between them and mends what both got wrong."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from vanban.lexicon.folding import fold
from vanban.reading import MendKind
from vanban.text.quality import is_syllable
from vanban.text.restore.alignment import Place, Word, aligned, parts, ranked
from vanban.text.restore.lone_capitals import with_small_letters
from vanban.text.restore.quarters import with_quarters

if TYPE_CHECKING:
    from vanban.text.restore.candidates import Candidates
    from vanban.text.restore.decode import Choice
    from vanban.text.restore.language import LanguageModel
    from vanban.text.restore.lattice import Mark

AGREED: Final = 1.0
"""How much more the channel's cost counts where both readings have the same word."""
TRUST: Final = 2.0
"""Nats that the whole confidence of a reading is worth."""
TOGETHER: Final = 0.5
"""Nats that two readings of one opinion are worth beyond that."""
HAT_TONE: Final = 1.5
"""Nats at most to lose or mistake the tone over â, ê, ô, ă: the small mark on the hat is what a scan loses first."""
PLAIN_TONE: Final = 5.0
"""Nats at most to mistake the tone over another vowel."""
FOREIGN: Final = 14.0
"""Nats to keep a word that is no syllable, where both readings have it; and half of it for one alone."""
CHANGE: Final = 0.7
"""How sure the language model must be of a word that neither reading has."""
CHOICE: Final = 0.5
SHORT_SURE: Final = 0.5
"""Confidence from which an acronym stands as it was read."""
BOTH: Final = 0.6
"""Confidence at least of a word that both readings have."""
_NOUGHT = re.compile(r"(?<![^\W\d_])[ØøOo](?=\d)|(?<=\d)[ØøO](?=[\d,.;:/)]|$)")
_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_HATS = frozenset("\u0302\u0306")
_VOWELS = frozenset("aeiouy")
_STOPS = frozenset(".:;!?")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of the better reading, and what it is to say: ``now`` differs from ``was`` where it was mended.

    ``confidence``: the reading's own; ``sure``: the chance that ``now`` is right.
    """

    was: str
    now: str
    box: tuple[int, int, int, int]
    confidence: float
    line: tuple[int, int, int]
    kind: MendKind = MendKind.WORD
    sure: float = 1.0


def combined(readings: Sequence[Sequence[Word]]) -> list[ReadWord]:
    """The words of the better one of one or two readings of a page, in its order, each with what the other one and the language model say."""
    if not readings or not readings[0]:
        return []
    better, other = ranked(readings)
    places = aligned(better, other)
    return with_quarters(with_small_letters(_decided(places)), [place.other or "" for place in places])


@dataclass(frozen=True, slots=True)
class _Tools:
    model: "LanguageModel"
    candidates: "Candidates"

    def near(self, core: str) -> dict[int, float]:
        """Syllable → cost of what a word may be, with a lost or mistaken tone cheap."""
        found = self.candidates.of(core)
        costs = dict(zip(found.ids.tolist(), found.costs.tolist(), strict=True))
        for one, most in self._tones(core):
            costs[one] = min(costs.get(one, most), most)
        return costs

    def _tones(self, core: str) -> list[tuple[int, float]]:
        from vanban.text.restore.language import spelled  # noqa: PLC0415 -- numpy and the language model

        parts = unicodedata.normalize("NFD", core.lower())
        bare = "".join(sign for sign in parts if sign not in _TONES)
        most = HAT_TONE if _HATS & set(bare) else PLAIN_TONE
        found = []
        for place in [index + 1 for index, sign in enumerate(bare) if sign in _VOWELS]:
            after = place + (bare[place : place + 1] in _HATS)
            for tone in ("", *_TONES):
                one = self.model.id_of(spelled(unicodedata.normalize("NFC", bare[:after] + tone + bare[after:])))
                if one is not None:
                    found.append((one, most))
        return found


def _decided(places: Sequence[Place]) -> list[ReadWord]:
    from vanban.text.restore.candidates import Candidates  # noqa: PLC0415 -- numpy and the language model
    from vanban.text.restore.decode import decode  # noqa: PLC0415
    from vanban.text.restore.language import LanguageModel  # noqa: PLC0415
    from vanban.text.restore.lattice import LatticeBuilder  # noqa: PLC0415

    tools = _Tools(LanguageModel.load(), Candidates.load("vie"))
    tools.candidates.prepare({core for place in places for core in _cores(place) if core.isalpha()})
    builder = LatticeBuilder()
    before = ""
    for place in places:
        _add(builder, place, _mark(before, place.word.text), tools)
        before = place.word.text
    builder.end()
    if not places:
        return []
    choices = decode(builder.build(), tools.model)
    return [_read(place, choice, tools) for place, choice in zip(places, choices, strict=True)]


def _cores(place: Place) -> list[str]:
    """The words in question, without marks; those of the other reading where it has one word as well."""
    found = [parts(place.word.text)[1]]
    if place.other and " " not in place.other:
        found.append(parts(place.other)[1])
    return [core for core in found if core]


def _mark(before: str, text: str) -> "Mark":
    from vanban.text.restore.lattice import Mark  # noqa: PLC0415

    if before[-1:] in _STOPS or text[:1] in {"-", "+", "•"} or re.fullmatch(r"\w{1,2}[.)]", before):
        return Mark.STOP
    return Mark.PAUSE if parts(before)[2] or parts(text)[0] else Mark.NONE


def _add(builder: object, place: Place, mark: "Mark", tools: _Tools) -> None:
    """One position of the lattice: the syllables that either reading may be, or what is not to be changed."""
    import numpy as np  # noqa: PLC0415 -- slow import

    from vanban.text.restore.language import NUMBER, UNKNOWN  # noqa: PLC0415
    from vanban.text.restore.lattice import LatticeBuilder  # noqa: PLC0415

    assert isinstance(builder, LatticeBuilder)  # noqa: S101 -- for the type checker
    costs = _costs(place, tools)
    if costs:
        ids = np.fromiter(costs, np.int32)
        builder.add(ids, np.fromiter(costs.values(), np.float32), (), mark)
        return
    core = parts(place.word.text)[1]
    builder.fixed(NUMBER if any(map(str.isdigit, core)) else UNKNOWN, mark)


def _costs(place: Place, tools: _Tools) -> dict[int, float]:
    """Syllable → cost; empty for what is no word of letters."""
    from vanban.text.restore.language import UNKNOWN, spelled  # noqa: PLC0415

    cores = _cores(place)
    if not cores or not all(core.isalpha() for core in cores):
        return {}
    agree = len(cores) > 1 and fold(cores[0]) == fold(cores[1])
    seen = [(core, sure) for core, sure in zip(cores, (place.word.confidence, place.other_sure), strict=False)]
    total = _summed(
        [(tools.near(core), 1.0) for core, _ in seen[:1]] if agree or len(seen) == 1 else [(tools.near(c), 0.6) for c, _ in seen]
    )
    weight = AGREED if agree else 1.0
    total = {one: cost * weight for one, cost in total.items()}
    for core, sure in seen:
        known = tools.model.id_of(spelled(core))
        key = known if known is not None else UNKNOWN
        foreign = 0.0 if known is not None else FOREIGN * (1.0 if agree else 0.5) * (0.3 if is_kept(core) else 1.0)
        own = foreign - TRUST * sure - (TOGETHER if agree else 0.0)
        total[key] = min(total.get(key, own), own)
    least = min(total.values())
    return {one: cost - least for one, cost in total.items()}


def _summed(readings: Sequence[tuple[dict[int, float], float]]) -> dict[int, float]:
    """The costs of several readings of one word together; a syllable that one of them does not tell costs more than its dearest."""
    total: dict[int, float] = {}
    for one in {key for costs, _ in readings for key in costs}:
        total[one] = sum(weight * costs.get(one, max(costs.values(), default=0.0) + 3.0) for costs, weight in readings)
    return total


def is_kept(core: str) -> bool:
    """Whether a word may well be none that the model knows: an acronym, a name."""
    return core.isupper() or (core[:1].isupper() and is_syllable(core)) or any(sign.isupper() for sign in core[1:])


def _read(place: Place, choice: "Choice", tools: _Tools) -> ReadWord:
    from vanban.text.restore.language import SPECIAL, spelled  # noqa: PLC0415

    word = place.word
    seen = _seen_sure(place)
    as_was = ReadWord(word.text, word.text, word.box, seen, word.line, sure=max(seen, choice.posterior))
    cores = _cores(place)
    if not cores or not all(core.isalpha() for core in cores) or not choice.syllables:
        return _read_other(place, as_was)
    if cores[0].isupper() and not is_syllable(cores[0]) and word.confidence > SHORT_SURE:
        return as_was  # an acronym, of which neither channel nor language model can judge
    chosen = choice.syllables[0]
    syllable = tools.model.syllables[chosen]
    texts = (word.text, place.other or "")
    for core, text in zip(cores, texts, strict=False):
        known = tools.model.id_of(spelled(core))
        same = spelled(core) == syllable if chosen >= SPECIAL else known is None
        if same:
            if core == cores[0]:
                return as_was
            return _changed(as_was, _around(word.text, text, core), choice.posterior) if choice.posterior > CHOICE else as_was
    if chosen < SPECIAL or choice.posterior < CHANGE:
        return as_was
    return _changed(as_was, _around(word.text, word.text, _like(cores[0], syllable)), choice.posterior)


def _seen_sure(place: Place) -> float:
    """How sure a word's readings are of it: two that say the same bear one another out."""
    if place.other != place.word.text:
        return place.word.confidence
    return max(place.word.confidence, place.other_sure, BOTH)


def _like(core: str, syllable: str) -> str:
    """``syllable`` with the capitals of ``core``."""
    if len(core) > 1 and core.isupper():
        return syllable.upper()
    return syllable[:1].upper() + syllable[1:] if core[:1].isupper() else syllable


def _around(was: str, marks: str, core: str) -> str:
    """``core`` between the marks of ``was``, or those of the other reading where ``was`` has none."""
    before, _, after = parts(was)
    other_before, _, other_after = parts(marks)
    return f"{before or (other_before if was != marks and len(other_before) == 1 else '')}{core}{after or other_after}"


def _changed(word: ReadWord, now: str, sure: float, kind: MendKind = MendKind.WORD) -> ReadWord:
    return replace(word, now=unicodedata.normalize("NFC", now), sure=sure, kind=kind)


def _read_other(place: Place, as_was: ReadWord) -> ReadWord:
    """Numbers, symbols and signs: the more confident reading, where both have some; the other is told as a mend."""
    other, was = place.other or "", place.word.text
    better = other and other != was and _is_better(place, other)
    now = other if better else was
    figures = any(map(str.isdigit, now))
    plain = _NOUGHT.sub("0", now) if figures else now
    if plain == was:
        return as_was
    kind = MendKind.NUMBER if figures else MendKind.SYMBOL if "/" in was + other else MendKind.WORD
    return _changed(as_was, plain, place.other_sure if better else place.word.confidence, kind)


def _is_better(place: Place, other: str) -> bool:
    """Whether the other reading of what is no word is to be taken."""
    was = place.word.text
    if len(other.split()) > 1 and not any(map(str.isdigit, was + other)):
        return False
    return place.other_sure > place.word.confidence and SequenceMatcher(None, was, other).ratio() >= 0.4
