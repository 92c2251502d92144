"""Running text: every token that no rule has decided is read by the channel and the language model together."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from vanban.lexicon.folding import fold
from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.quality import is_syllable
from vanban.text.restore.candidates import Candidates, Readings
from vanban.text.restore.capitals import Capitals
from vanban.text.restore.case import like
from vanban.text.restore.decode import Choice, decode
from vanban.text.restore.hints import Hints
from vanban.text.restore.language import BOUNDARY, NUMBER, SPECIAL, UNKNOWN, LanguageModel
from vanban.text.restore.lattice import Case, Costs, Ids, LatticeBuilder, Mark
from vanban.text.restore.memory import Word, remembered
from vanban.text.restore.phrases import LOST, boosts
from vanban.text.restore.tokens import Kind, Token

ACRONYM_SURE: Final = 0.95
KEPT_COST: Final = 18.0
"""Nats to leave a word that is no syllable as it stands, a foreign word or a name: more than any likely damage of a syllable."""
NO_SYLLABLE: Final = 6.0
"""Nats more to take small letters that are no syllable (bt, t) for an acronym."""
DIGIT_COST: Final = 1.0
"""Nats to take a lone digit for a letter."""
LONE_SURE: Final = 0.8
"""A word of which one sign is left is never certain."""
JUNK_COST: Final = 27.0
"""Nats to leave a word with junk inside as it stands."""
BROKEN_COST: Final = 4.0
"""Nats to take two tokens for one that was broken in two."""
BROKEN_LENGTH: Final = 8
"""So long is the longest syllable with a junk sign."""
BROKEN_PIECE: Final = 3
"""The shorter piece of a broken word has so many signs or fewer."""


Told = dict[int, dict[int, float]]
"""Token → syllable → cost, where names or the document itself speak for it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What running text is read with. ``write``: a syllable of the model in the document's own tone-mark style."""

    model: LanguageModel
    candidates: Candidates
    write: Callable[[str], str]
    hints: Hints = Hints()  # noqa: RUF009 - frozen


def read_prose(tokens: Sequence[Token], reader: Reader) -> list[Mend]:
    """The mends of all tokens that no rule has decided."""
    if not tokens:
        return []
    _prepare(tokens, reader.candidates)
    told = _told(tokens, reader)
    owners, choices = _decoded(tokens, reader, told)
    again = _told_again(tokens, owners, choices, reader, told)
    if again:
        owners, choices = _decoded(tokens, reader, again)
    mends: list[Mend] = []
    for choice, chance in zip(choices, _capital_chances(choices), strict=True):
        touched = owners[choice.position : choice.position + choice.width]
        if all(tokens[index].kind in {Kind.WORD, Kind.NUMBER} for index in touched):
            mends.extend(_mended([tokens[index] for index in touched], choice, chance, reader))
    mends += [
        Mend(one.span, one.was, one.now, MendKind.SYMBOL, ACRONYM_SURE) for one in tokens if one.kind is Kind.KEPT and one.now
    ]
    return mends


def _decoded(tokens: Sequence[Token], reader: Reader, told: Told) -> tuple[list[int], list[Choice]]:
    """The best reading of all tokens, and for each position of the lattice the token that it belongs to."""
    builder = LatticeBuilder()
    owners: list[int] = []
    for index, token in enumerate(tokens):
        if token.opens:
            builder.end()
        before = tokens[index - 1] if index and not token.opens else None
        owners.extend([index] * _add(builder, token, before, reader, told.get(index, {})))
    return owners, decode(builder.build(), reader.model)


def _told_again(tokens: Sequence[Token], owners: Sequence[int], choices: Sequence[Choice], reader: Reader, told: Told) -> Told:
    """``told`` with what the document's certain places say about its doubtful words; empty where they say nothing."""
    words: list[Word] = []
    places: list[int] = []
    for choice in choices:
        token = tokens[owners[choice.position]]
        if token.opens or token.mark is Mark.STOP:
            words.append(("", 1.0))
            places.append(-1)
        single = len(choice.syllables) == 1 == choice.width and choice.syllables[0] >= SPECIAL
        sure = choice.posterior if len(token.was) > 1 else min(choice.posterior, LONE_SURE)
        words.append((reader.model.syllables[choice.syllables[0]] if single else "", sure))
        places.append(owners[choice.position])
    found = {places[at]: said for at, said in remembered(words).items()}
    again: Told = dict(told)
    for index, said in found.items():
        token = tokens[index]
        if token.kind not in {Kind.WORD, Kind.NUMBER}:
            continue
        readings = reader.candidates.of(token.was)
        costs = dict(zip(readings.ids.tolist(), readings.costs.tolist(), strict=True)) | again.get(index, {})
        ids = {reader.model.ids[word]: bonus for word, bonus in said.items()}
        lost = LOST if len(token.was) == 1 else KEPT_COST
        again[index] = again.get(index, {}) | {one: costs.get(one, lost) - bonus for one, bonus in ids.items()}
    return again if found else {}


def _capital_chances(choices: Sequence[Choice]) -> list[float]:
    """For each choice, how likely its first syllable has a capital, by its neighbours."""
    first = np.array([choice.syllables[0] if choice.syllables else BOUNDARY for choice in choices], np.int32)
    last = np.array([choice.syllables[-1] if choice.syllables else BOUNDARY for choice in choices], np.int32)
    before = np.concatenate((np.array([BOUNDARY], np.int32), last[:-1]))
    after = np.array([choice.syllables[1] if len(choice.syllables) > 1 else BOUNDARY for choice in choices], np.int32)
    after = np.where(after == BOUNDARY, np.append(first[1:], np.int32(BOUNDARY)), after)
    chances: list[float] = Capitals.load().probability(before, first, after).tolist()
    return chances


def _prepare(tokens: Sequence[Token], candidates: Candidates) -> None:
    """Reads everything that candidates will be asked for at once, which is much faster than one by one."""
    words = {token.was for token in tokens if token.kind is Kind.WORD or (token.kind is Kind.NUMBER and len(token.was) == 1)}
    beside = [(one.was, two.was) for one, two in pairwise(tokens) if not two.opens and _may_be_one(one, two)]
    candidates.prepare(words, beside)


def _told(tokens: Sequence[Token], reader: Reader) -> Told:
    """What known names say: token → id → cost."""
    readings: list[dict[str, float]] = []
    for token in tokens:
        known = reader.candidates.of(token.was) if token.kind is Kind.WORD else None
        words = [reader.model.syllables[one] for one in known.ids.tolist()] if known else []
        readings.append(dict(zip(words, known.costs.tolist(), strict=True)) if known else {})
    told: Told = {}
    for boost in boosts(tokens, readings, reader.hints):
        syllable = reader.model.id_of(boost.word)
        if syllable is not None and tokens[boost.index].kind is Kind.WORD:
            told.setdefault(boost.index, {})[syllable] = boost.cost
    return told


def _add(builder: LatticeBuilder, token: Token, before: Token | None, reader: Reader, told: Mapping[int, float]) -> int:
    """Puts a token into the lattice; how many positions it has there. ``told``: costs of syllables that names speak for."""
    if token.kind is Kind.DECIDED:
        words = token.now.split()
        for number, word in enumerate(words):
            builder.fixed(_known(word, reader.model), token.mark if number == 0 else Mark.NONE)
        return len(words)
    if token.kind is Kind.KEPT:
        builder.fixed(_known(token.now or token.was, reader.model), token.mark)
        return 1
    if token.kind is Kind.NUMBER and len(token.was) > 1:
        builder.fixed(NUMBER, token.mark)
        return 1
    reading = reader.candidates.of(token.was)
    ids, costs = _weighed(token, reading, reader.model, told)
    if token.kind is Kind.NUMBER:
        builder.add(np.append(ids, np.int32(NUMBER)), np.append(costs + DIGIT_COST, np.float32(0)), (), token.mark)
        return 1
    builder.add(
        np.append(ids, np.int32(UNKNOWN)),
        np.append(costs, np.float32(KEPT_COST if token.was.isalpha() else JUNK_COST)),
        reading.pairs,
        token.mark,
        _case(token),
    )
    if before is not None and _may_be_one(before, token):
        broken = reader.candidates.joined(before.was, token.was)
        if broken is not None:
            builder.merge(broken[0], broken[1] + np.float32(BROKEN_COST))
    return 1


def _weighed(token: Token, reading: Readings, model: LanguageModel, told: Mapping[int, float]) -> tuple[Ids, Costs]:
    """The readings of a word: those that a known name speaks for cheaper, small letters that are no syllable dearer."""
    ids, costs = reading.ids, reading.costs
    itself = model.id_of(fold(token.was)) if token.was.islower() and not is_syllable(token.was) else None
    if itself is None and not told:
        return ids, costs
    costs = costs.copy()
    if itself is not None:
        costs[ids == itself] += NO_SYLLABLE
    for syllable, cost in told.items():
        place = np.flatnonzero(ids == syllable)
        if len(place):
            costs[place[0]] = cost
        else:
            ids, costs = np.append(ids, np.int32(syllable)), np.append(costs, np.float32(cost))
    return ids, costs


def _case(token: Token) -> Case:
    """How the token begins, unless it stands among capitals or damage hides it."""
    first = token.was[:1]
    if token.capitals or not first.isalpha():
        return Case.UNKNOWN
    return Case.CAPITAL if first.isupper() else Case.SMALL


def _may_be_one(before: Token, token: Token) -> bool:
    """Whether two tokens may be one word that was broken in two: one of them is no syllable of its own."""
    if (
        before.kind is not Kind.WORD
        or token.kind is not Kind.WORD
        or token.mark
        or len(before.was) + len(token.was) > BROKEN_LENGTH
        or (token.was[:1].isupper() and token.was[1:2].islower())  # a capital begins a word, mostly on the next line
    ):
        return False
    return min(len(before.was), len(token.was)) <= BROKEN_PIECE and not (_plausible(before.was) and _plausible(token.was))


def _plausible(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and is_syllable(word)


def _known(word: str, model: LanguageModel) -> int:
    """The id of a word that is certain."""
    if any(sign.isdigit() for sign in word):
        return NUMBER
    found = model.id_of(fold(word))
    return UNKNOWN if found is None else found


def _mended(touched: Sequence[Token], choice: Choice, chance: float, reader: Reader) -> Iterator[Mend]:
    """What a choice changes in the tokens that it reads; ``chance``: that a capital stands here."""
    first, last = touched[0], touched[-1]
    if choice.syllables in {(UNKNOWN,), (NUMBER,)}:
        return
    words = " ".join(reader.write(reader.model.syllables[one]) for one in choice.syllables)
    was = first.was if first is last else f"{first.was} {last.was}"
    now = like(was, words, capitals=first.capitals, chance=chance, begins=first.opens or first.mark is Mark.STOP)
    if first.glued:
        now = f" {now}"
    if now != was:
        kind = MendKind.NUMBER if first.kind is Kind.NUMBER else MendKind.WORD
        if first.glued or len(choice.syllables) != choice.width:
            kind = MendKind.SPACING if choice.syllables else MendKind.JUNK
        yield Mend(Span(first.span.start, last.span.end), was, now, kind, round(choice.posterior, 3))


def reader_for(text: str, hints: Hints) -> Reader:
    """The reader for a document; its tone-mark style is told by its own undamaged words, else it is that of the model."""
    late = len(_LATE.findall(text)) > len(_EARLY.findall(text))
    model = LanguageModel.load()
    return Reader(model, Candidates.load(), _written_late if late else _as_it_is, hints)


_EARLY = re.compile(r"(?i)(?:[òóỏõọ][ae]|[ùúủũụ]y)(?![^\W\d_])")
_LATE = re.compile(r"(?i)(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])")
_MARKED = "àáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ"
_PLAIN, _TONES = "aeiouy", 5


def _as_it_is(syllable: str) -> str:
    return syllable


def _written_late(syllable: str) -> str:
    """hòa → hoà, ủy → uỷ; others stay."""
    found = _EARLY.search(syllable)
    if not found:
        return syllable
    place, tone = divmod(_MARKED.index(found[0][0]), _TONES)
    return f"{syllable[: found.start()]}{_PLAIN[place]}{_MARKED[_PLAIN.index(found[0][1]) * _TONES + tone]}"
