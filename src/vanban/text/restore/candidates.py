"""The likeliest syllables of a damaged token, each with its cost.

A token in capitals is read as a word in capitals, else as one in small letters or with a capital first, whichever is cheaper
for each syllable: a capital or a small letter may itself be damage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vanban.text.quality import is_syllable
from vanban.text.restore.channel import Channel, plain_signs
from vanban.text.restore.language import SPECIAL, LanguageModel
from vanban.text.restore.lattice import Costs, Ids, Pair
from vanban.text.restore.spelling import Ends, taken_apart

MOST = 32
"""Syllables kept for a token."""
LONGEST = 12
"""Signs; a longer token has no syllable's reading (no syllable has more than 7 letters)."""
_BEYOND = 14.0
"""Nats over the best at which a syllable is left out."""
_RARE = 0.5
"""How much of a syllable's own rareness counts when the likeliest are chosen; the costs themselves leave it out."""
_TOGETHER = 6.0
"""Cost of two words without a space between them."""
_GLUED_FROM = 9.0
"""A token whose best syllable costs at least this may be two."""
_GLUED_EACH = 3
_LONGEST_ONSET = 5
"""Signs that an onset may be read as."""
_BATCH = 64


class Readings(NamedTuple):
    """What a token may be, likely first."""

    ids: Ids
    costs: Costs
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """The syllables written in one way: their onsets and rimes as ends of strings, and their places among them."""

    onsets: Ends
    rimes: Ends
    onset_at: NDArray[np.int64]
    """int64[2, onsets]: each onset's places among the ends of ``onsets`` (written backwards), in small letters and capital first."""
    rime_at: NDArray[np.int64]
    """int64[2, rimes]: likewise; two of one kind where a rime never begins a word."""
    cells: NDArray[np.int64]
    """int64[syllables]: onset * rimes + rime."""


@dataclass(slots=True)
class Candidates:
    channel: Channel
    backwards: Channel
    ids: Ids
    """int32[syllables]: ids of the language model, of words that are syllables."""
    rareness: Costs
    """float32[syllables]: part of -log P(syllable), for choosing."""
    others: dict[str, int]
    """Words of the model that are no syllables: only themselves are read as them."""
    lower: _Case
    """In small letters, or with a capital first."""
    upper: _Case
    _known: dict[str, Readings] = field(default_factory=dict)
    _single: dict[str, Readings] = field(default_factory=dict)

    @staticmethod
    def load(profile: str = "eng") -> "Candidates":
        """The candidates of one kind of damage; shared, since they remember tokens."""
        return Candidates.mixed(((profile, 1.0),))

    @staticmethod
    @lru_cache(maxsize=4)
    def mixed(weights: tuple[tuple[str, float], ...]) -> "Candidates":
        """The candidates of several kinds of damage at once, each with its share."""
        return of_channel(Channel.mixed(weights), LanguageModel.load())

    def of(self, token: str) -> Readings:
        """The readings of one token, at least one."""
        return self.of_all((token,))[0]

    def of_all(self, tokens: Sequence[str]) -> list[Readings]:
        """The readings of each token; much faster than one at a time."""
        plain = [plain_signs(token) for token in tokens]
        missing = sorted({token for token in plain if token not in self._known}, key=lambda token: (len(token), token))
        self._read_singles(missing)
        doubtful = [token for token in missing if len(token) > 3 and self._single[token].costs[0] >= _GLUED_FROM]
        self._read_singles(
            sorted({piece for token in doubtful for one in _cuts(token) for piece in one}, key=lambda piece: (len(piece), piece))
        )
        for token in missing:
            self._known[token] = self._single[token]
        for token in doubtful:
            single = self._single[token]
            self._known[token] = Readings(single.ids, single.costs, self._pairs(token))
        return [self._known[token] for token in plain]

    def _read_singles(self, tokens: Iterable[str]) -> None:
        """Reads tokens, shorter ones first, as one syllable each."""
        groups: dict[tuple[int, bool], list[str]] = {}
        for token in tokens:
            if token not in self._single:
                groups.setdefault((min(len(token), LONGEST), is_shouted(token)), []).append(token)
        for (length, shouted), group in groups.items():
            for start in range(0, len(group), _BATCH):
                batch = group[start : start + _BATCH]
                self._read_batch(batch, [token[:length] for token in batch], shouted=shouted)

    def _read_batch(self, tokens: Sequence[str], cut: Sequence[str], *, shouted: bool) -> None:
        costs = self._costs(cut, self.upper if shouted else self.lower)
        worth = costs + self.rareness
        most = min(MOST, worth.shape[1] - 1)
        chosen = np.argpartition(worth, most, axis=1)[:, :most]
        for row, token in enumerate(tokens):
            self._single[token] = self._reading(token, chosen[row], costs[row, chosen[row]])

    def _reading(self, token: str, chosen: NDArray[np.int64], costs: Costs) -> Readings:
        order = np.argsort(costs, kind="stable")
        order = order[costs[order] <= costs[order[0]] + _BEYOND]
        ids, costs = self.ids[chosen[order]], costs[order]
        other = self.others.get(token.lower())
        if other is not None:
            ids, costs = np.append(ids, np.int32(other)), np.append(costs, self._same(token))
            order = np.argsort(costs, kind="stable")
            ids, costs = ids[order], costs[order]
        return Readings(ids, costs.astype(np.float32))

    def _same(self, token: str) -> np.float32:
        """Cost of a token that is what it was."""
        columns = [self.channel.true.get(letter, -1) for letter in token]
        return np.float32(self.channel.costs[self.channel.indices(token), columns].sum())

    def _costs(self, tokens: Sequence[str], case: _Case) -> Costs:
        """float32[tokens, syllables]: the cost of each token as each syllable written in one way."""
        length = len(tokens[0])
        rimes = _either(case.rimes.read(tokens, self.channel), case.rime_at)
        onsets = _either(case.onsets.read([token[::-1] for token in tokens], self.backwards), case.onset_at)
        found = np.empty((len(tokens), len(case.cells)), np.float32)
        best = np.empty((onsets.shape[2], rimes.shape[2]), np.float32)
        scratch = np.empty_like(best)
        for row in range(len(tokens)):
            np.add(onsets[length, row, :, None], rimes[0, row], out=best)
            for cut in range(1, min(length, _LONGEST_ONSET) + 1):
                np.add(onsets[length - cut, row, :, None], rimes[cut, row], out=scratch)
                np.minimum(best, scratch, out=best)
            found[row] = best.ravel()[case.cells]
        return found

    def _pairs(self, token: str) -> tuple[Pair, ...]:
        """The likeliest pairs of syllables that the token may be glued from."""
        found: dict[tuple[int, int], float] = {}
        for left, right in _cuts(token):
            one, other = self._single[left], self._single[right]
            for first, cost in zip(one.ids[:_GLUED_EACH].tolist(), one.costs[:_GLUED_EACH].tolist(), strict=True):
                for second, more in zip(other.ids[:_GLUED_EACH].tolist(), other.costs[:_GLUED_EACH].tolist(), strict=True):
                    total = cost + more + _TOGETHER
                    found[first, second] = min(total, found.get((first, second), total))
        ranked = sorted(found.items(), key=lambda item: item[1])[:MOST]
        return tuple((first, second, cost) for (first, second), cost in ranked)


def is_shouted(token: str) -> bool:
    """Whether a token is written in capitals, more or less: at least two, and as many as its small letters."""
    high = sum(sign.isupper() for sign in token)
    return high >= 2 and high >= sum(sign.islower() for sign in token)


def _cuts(token: str) -> list[tuple[str, str]]:
    """The token in two, each way that leaves something for both."""
    return [(token[:cut], token[cut:]) for cut in range(1, len(token)) if cut <= LONGEST and len(token) - cut <= LONGEST]


def of_channel(channel: Channel, model: LanguageModel) -> Candidates:
    """The candidates by a channel and the syllables of a model."""
    words = [(at, word) for at, word in enumerate(model.syllables) if at >= SPECIAL]
    syllables = [(at, word) for at, word in words if is_syllable(word)]
    taken = {at for at, _ in syllables}
    ids = np.array([at for at, _ in syllables], np.int32)
    backwards = channel.backwards()
    parts = [taken_apart(word) for _, word in syllables]
    return Candidates(
        channel=channel,
        backwards=backwards,
        ids=ids,
        rareness=np.asarray(-_RARE * model.unigrams[ids], np.float32),
        others={word: at for at, word in words if at not in taken},
        lower=_case(
            [((onset, onset.capitalize()), (rime, rime if onset else rime.capitalize())) for onset, rime in parts],
            channel,
            backwards,
        ),
        upper=_case([((onset.upper(),) * 2, (rime.upper(),) * 2) for onset, rime in parts], channel, backwards),
    )


Ways = tuple[str, str]
"""A part of a syllable in two ways of writing it."""


def _case(parts: Sequence[tuple[Ways, Ways]], channel: Channel, backwards: Channel) -> _Case:
    onsets = {onset: at for at, onset in enumerate(sorted({onset for onset, _ in parts}))}
    rimes = {rime: at for at, rime in enumerate(sorted({rime for _, rime in parts}))}
    onset_ends = Ends.of([way[::-1] for onset in onsets for way in onset], backwards)
    rime_ends = Ends.of([way for rime in rimes for way in rime], channel)
    return _Case(
        onset_ends,
        rime_ends,
        np.array([[onset_ends.tails[onset[way][::-1]] for onset in onsets] for way in (0, 1)]),
        np.array([[rime_ends.tails[rime[way]] for rime in rimes] for way in (0, 1)]),
        np.array([onsets[onset] * len(rimes) + rimes[rime] for onset, rime in parts]),
    )


def _either(costs: Costs, at: NDArray[np.int64]) -> Costs:
    """The cheaper of the two ways of writing each part."""
    return np.minimum(costs[:, :, at[0]], costs[:, :, at[1]])
