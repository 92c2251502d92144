"""What the words of a damaged layer may have been: the readings of the restorer's channel, as prices."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from vanban.lexicon.folding import fold
from vanban.outline.run_together.glued import glued
from vanban.outline.run_together.layer import Token
from vanban.outline.run_together.vocabulary import Heard

_MARKS = " .,;:!?“”\"'‘’()[]{}|—–-"
_LEAST = 0.1
_A_NAT = 0.1
_DEAREST = 0.95
_TOGETHER = 6.0
_LONGEST = 12
_PAIR = 0.15


def heard(tokens: Iterable[Token]) -> Mapping[str, Heard]:
    """For the raw form of each token what it may have been; a word of the vocabulary that is no syllable is never heard."""
    from vanban.text.restore.candidates import Candidates  # noqa: PLC0415 -- numpy and the model, only for damaged text

    held = Candidates.load()
    known = held.model.syllables
    raws = sorted({token.raw for token in tokens})
    words = {raw: _word(raw) for raw in raws}
    asked = sorted({word for word in words.values() if 1 < len(word) <= _LONGEST and sum(map(str.isalpha, word)) > 1})
    found: dict[str, Heard] = {}
    for word, reading in zip(asked, held.of_all(asked), strict=True):
        single = {
            fold(known[at]): price
            for at, cost in zip(reading.ids.tolist(), reading.costs.tolist(), strict=True)
            if (price := _price(cost)) is not None
        }
        pairs = {
            (fold(known[first]), fold(known[second])): price + _PAIR
            for first, second, nats in reading.pairs
            if (price := _price(nats - _TOGETHER)) is not None
        }
        found[word] = Heard(single, pairs)
    return {raw: found[word] for raw, word in words.items() if word in found}


def with_names(may: Mapping[str, Heard], names: Sequence[tuple[str, ...]]) -> Mapping[str, Heard]:
    """``may``, and for each token the beginnings of ``names`` that it may be, run together."""
    words = {raw: _word(raw) for raw in may}
    found = glued(words.values(), names)
    return {raw: replace(held, glued=found[words[raw]]) if words[raw] in found else held for raw, held in may.items()}


def _word(raw: str) -> str:
    """``raw`` without the spaces in it and the marks about it and inside."""
    return re.sub(r"[\s,;.:‘’\"]", "", raw.strip(_MARKS))


def _price(nats: float) -> float | None:
    """A cost of the channel as a price of the weaver; None where the words of running text are cheaper."""
    price = _LEAST + _A_NAT * nats
    return price if price < _DEAREST else None
