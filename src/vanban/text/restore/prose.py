"""Running text: every token that no rule has decided is read by the channel and the language model together."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from vanban.lexicon.folding import fold
from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.quality import is_syllable
from vanban.text.restore.candidates import Candidates
from vanban.text.restore.capitals import Capitals
from vanban.text.restore.case import like
from vanban.text.restore.decode import Choice, decode
from vanban.text.restore.hints import Hints
from vanban.text.restore.language import BOUNDARY, NUMBER, SPECIAL, UNKNOWN, LanguageModel
from vanban.text.restore.lattice import LatticeBuilder, Mark
from vanban.text.restore.memory import Word, remembered
from vanban.text.restore.phrases import LOST, boosts
from vanban.text.restore.positions import KEPT_COST, Positions, is_read
from vanban.text.restore.tokens import Kind, Token

ACRONYM_SURE: Final = 0.95
MUCH_OFTENER: Final = 3
"""How much oftener a document must write hoà than hòa to be taken at its word: damage makes either of the other."""
CAREFUL: Final = 0.7
"""Of a reader of Vietnamese, which is right in most words."""
LONE_SURE: Final = 0.8
"""A word of which one sign is left is never certain."""

Told = Mapping[int, Mapping[int, float]]
"""Token → syllable → cost, where names or the document itself speak for it."""
Read = tuple[Sequence[int], Choice]
"""The tokens that a choice reads, by their places among all, and the choice."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What running text is read with. ``write``: a syllable of the model in the document's own tone-mark style.

    ``least``: a well-formed syllable stays where what it would be changed to is less sure than this.
    """

    positions: Positions
    write: Callable[[str], str]
    hints: Hints = Hints()  # noqa: RUF009 - frozen
    least: float = 0.0

    @property
    def model(self) -> LanguageModel:
        return self.positions.model


def read_prose(tokens: Sequence[Token], reader: Reader) -> list[Mend]:
    """The mends of all tokens that no rule has decided."""
    if not tokens:
        return []
    reader.positions.prepare(tokens)
    told = _told(tokens, reader)
    sentences = _sentences(tokens)
    read = _decoded(tokens, sentences, reader, told)
    again = _told_again(tokens, read, reader, told)
    doubtful = [index for index, sentence in enumerate(sentences) if any(at in again for at in sentence)]
    for index, better in zip(
        doubtful, _decoded(tokens, [sentences[index] for index in doubtful], reader, {**told, **again}), strict=True
    ):
        read[index] = better
    mends: list[Mend] = []
    everything = [one for sentence in read for one in sentence]
    for (touched, choice), chance in zip(everything, _capital_chances([choice for _, choice in everything]), strict=True):
        if all(is_read(tokens[at]) for at in touched):
            mends.extend(_mended([tokens[at] for at in touched], choice, chance, reader))
    mends += [
        Mend(one.span, one.was, one.now, MendKind.SYMBOL, ACRONYM_SURE) for one in tokens if one.kind is Kind.KEPT and one.now
    ]
    return mends


def _sentences(tokens: Sequence[Token]) -> list[range]:
    """The places of the tokens of each sentence, which bears on no other."""
    starts = [index for index, token in enumerate(tokens) if token.opens or token.mark is Mark.STOP or index == 0]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)]


def _decoded(tokens: Sequence[Token], sentences: Sequence[range], reader: Reader, told: Told) -> list[list[Read]]:
    """The best reading of each sentence."""
    if not sentences:
        return []
    builder = LatticeBuilder()
    owners: list[int] = []
    for sentence in sentences:
        builder.end()
        for index in sentence:
            before = tokens[index - 1] if index > sentence.start else None
            owners.extend([index] * reader.positions.add(builder, tokens[index], before, told.get(index, {})))
    of = {index: number for number, sentence in enumerate(sentences) for index in sentence}
    read: list[list[Read]] = [[] for _ in sentences]
    for choice in decode(builder.build(), reader.model):
        touched = owners[choice.position : choice.position + choice.width]
        read[of[touched[0]]].append((touched, choice))
    return read


def _told(tokens: Sequence[Token], reader: Reader) -> Told:
    """What known names say."""
    told: dict[int, dict[int, float]] = {}
    for boost in boosts(tokens, reader.positions.readings(tokens), reader.hints):
        syllable = reader.model.id_of(boost.word)
        if syllable is not None and tokens[boost.index].kind is Kind.WORD:
            told.setdefault(boost.index, {})[syllable] = boost.cost
    return told


def _told_again(tokens: Sequence[Token], read: Sequence[Sequence[Read]], reader: Reader, told: Told) -> Told:
    """What the document's certain places say about its doubtful words, with what was told about them before."""
    words: list[Word] = []
    places: list[int] = []
    for touched, choice in (one for sentence in read for one in sentence):
        token = tokens[touched[0]]
        if token.opens or token.mark is Mark.STOP:
            words.append(("", 1.0))
            places.append(-1)
        single = len(choice.syllables) == 1 == choice.width and choice.syllables[0] >= SPECIAL
        sure = choice.posterior if len(token.was) > 1 else min(choice.posterior, LONE_SURE)
        words.append((reader.model.syllables[choice.syllables[0]] if single else "", sure))
        places.append(touched[0])
    again: dict[int, Mapping[int, float]] = {}
    for at, said in remembered(words).items():
        index = places[at]
        if is_read(tokens[index]):
            readings = reader.positions.candidates.of(tokens[index].was)
            costs = dict(zip(readings.ids.tolist(), readings.costs.tolist(), strict=True)) | dict(told.get(index, {}))
            lost = LOST if len(tokens[index].was) == 1 else KEPT_COST
            ids = {reader.model.ids[word]: bonus for word, bonus in said.items()}
            again[index] = {**told.get(index, {}), **{one: costs.get(one, lost) - bonus for one, bonus in ids.items()}}
    return again


def _capital_chances(choices: Sequence[Choice]) -> list[float]:
    """For each choice, how likely its first syllable has a capital, by its neighbours."""
    first = np.array([choice.syllables[0] if choice.syllables else BOUNDARY for choice in choices], np.int32)
    last = np.array([choice.syllables[-1] if choice.syllables else BOUNDARY for choice in choices], np.int32)
    before = np.concatenate((np.array([BOUNDARY], np.int32), last[:-1]))
    after = np.array([choice.syllables[1] if len(choice.syllables) > 1 else BOUNDARY for choice in choices], np.int32)
    after = np.where(after == BOUNDARY, np.append(first[1:], np.int32(BOUNDARY)), after)
    chances: list[float] = Capitals.load().probability(before, first, after).tolist()
    return chances


def _mended(touched: Sequence[Token], choice: Choice, chance: float, reader: Reader) -> Iterator[Mend]:
    """What a choice changes in the tokens that it reads; ``chance``: that a capital stands here."""
    first, last = touched[0], touched[-1]
    if choice.syllables in {(UNKNOWN,), (NUMBER,)}:
        return
    if choice.posterior < reader.least and is_syllable(first.was):
        return
    words = " ".join(reader.write(reader.model.syllables[one]) for one in choice.syllables)
    was = first.was if first is last else f"{first.was} {last.was}"
    now = like(was, words, capitals=first.capitals, chance=chance, begins=first.opens or first.mark is Mark.STOP)
    if not all(map(is_syllable, words.split())):
        now = was if fold(was) == words else words.upper()
    if first.glued:
        now = f" {now}"
    if now != was:
        kind = MendKind.NUMBER if first.kind is Kind.NUMBER else MendKind.WORD
        if first.glued or len(choice.syllables) != choice.width:
            kind = MendKind.SPACING if choice.syllables else MendKind.JUNK
        yield Mend(Span(first.span.start, last.span.end), was, now, kind, round(choice.posterior, 3))


def reader_for(text: str, hints: Hints, profile: str) -> Reader:
    """The reader for a document with damage of the kind ``profile``; its tone-mark style is told by its own undamaged words, else it is that of the model."""
    late = len(_LATE.findall(text)) > MUCH_OFTENER * (1 + len(_EARLY.findall(text)))
    model = LanguageModel.load()
    return Reader(
        Positions(model, Candidates.load(profile)),
        _written_late if late else _as_it_is,
        hints,
        CAREFUL if profile == "vie" else 0.0,
    )


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
