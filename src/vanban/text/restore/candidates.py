"""The likeliest syllables of a damaged token, each with its cost.

A token in capitals is read as a word in capitals, else as one in small letters or with a capital first, whichever is cheaper
for each syllable: a capital or a small letter may itself be damage.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import RLock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vanban.text.quality import is_syllable
from vanban.text.restore.channel import FORBIDDEN, Channel, plain_signs
from vanban.text.restore.common import CommonTokens
from vanban.text.restore.language import SPECIAL, LanguageModel
from vanban.text.restore.lattice import Costs, Ids, Pair
from vanban.text.restore.spelling import Ends, taken_apart

MOST = 32
"""Syllables kept for a token."""
LONGEST = 12
"""Signs; a longer token has no syllable's reading (no syllable has more than 7 letters)."""
_BEYOND = 12.0
"""Nats over the best, by the channel alone, at which a syllable is left out."""
_HOPELESS = 40.0
"""Nats from which only the best syllable is kept: no damage explains the token."""
_RARE = 1.0
"""How much of a syllable's own rareness counts when the likeliest are chosen; the costs themselves leave it out."""
_WORTH = 10.0
"""Nats over the best, rareness counted, at which a syllable is left out."""
_TOGETHER = 6.0
"""Cost of two words without a space between them."""
_GLUED_FROM = 9.0
"""A token whose best syllable costs at least this may be two."""
_GLUED_CUTS, _GLUED_EACH, _GLUED = 3, 12, 12
"""Places at which it is cut, syllables of each side, and pairs kept."""
_LONGEST_ONSET = 5
"""Signs that an onset may be read as."""
_BATCH = 64
_FILLING = "\0"
REMEMBERED = 40_000
"""Tokens whose readings are kept, those of some dozens of documents; about 20 MB."""
_LONGEST_JOINED, _JOINED_AT_MOST = 9, 16.0
_VOWELS = re.compile(r"(?i)[aeiouyà-åè-ïò-öù-ýÿăĩũơưạ-ỹ]+")
_LIKE_VOWELS = re.compile(r"(?i)[aeiouyà-åè-ïò-öù-ýÿăĩũơưạ-ỹ0469&€@¢]+")
"""A syllable has its vowels in one place."""
_NUCLEI = re.compile(r"(?i)[aeiouyà-åè-ïò-öù-ýÿăĩũơưạ-ỹ0-9&¢€$@§']+")
_MOST_NUCLEI, _MOST_FIGURES = 3, 3


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
    onset_of: NDArray[np.int64]
    """int64[syllables]: the onset of each of ``Candidates.ids``."""
    rime_of: NDArray[np.int64]

    def costs(self, before: Costs, after: Costs) -> Costs:
        """The costs float32[tokens, syllables] of reading each token as each syllable, cut where that is cheapest.

        ``before`` are the costs float32[cuts, tokens, ends] of reading a token up to each cut, ``after`` those from there on.
        """
        best = np.full((before.shape[1], len(self.onset_of)), np.inf, np.float32)
        for left, right in zip(_either(before, self.onset_at), _either(after, self.rime_at), strict=True):
            cut = np.take(left, self.onset_of, axis=1)
            cut += np.take(right, self.rime_of, axis=1)
            np.minimum(best, cut, out=best)
        return best


@dataclass(slots=True)
class Candidates:
    channel: Channel
    backwards: Channel
    model: LanguageModel
    ids: Ids
    """int32[syllables]: ids of the language model, of words that are syllables."""
    rareness: Costs
    """float32[syllables]: part of -log P(syllable), for choosing."""
    others: dict[str, int]
    """Words of the model that are no syllables: only themselves are read as them."""
    lower: _Case
    """In small letters, or with a capital first."""
    upper: _Case
    common: CommonTokens = field(default_factory=CommonTokens)
    """What need not be looked for."""
    _known: dict[str, Readings] = field(default_factory=dict)
    _single: dict[str, Readings] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)
    """What is remembered is shared by all threads."""

    @staticmethod
    def load(profile: str = "eng") -> "Candidates":
        """The candidates of one kind of damage; shared, since they remember tokens."""
        return Candidates.mixed(((profile, 1.0),))

    @staticmethod
    @lru_cache(maxsize=4)
    def mixed(weights: tuple[tuple[str, float], ...]) -> "Candidates":
        """The candidates of several kinds of damage at once, each with its share."""
        common = CommonTokens.load(weights[0][0]) if len(weights) == 1 else CommonTokens()
        return of_channel(Channel.mixed(weights), LanguageModel.load(), common)

    def of(self, token: str) -> Readings:
        """The readings of one token, at least one."""
        known = self._known.get(plain_signs(token))
        return self.of_all((token,))[0] if known is None else known

    def of_all(self, tokens: Sequence[str]) -> list[Readings]:
        """The readings of each token; much faster than one at a time."""
        plain = [plain_signs(token) for token in tokens]
        with self._lock:
            self._read(sorted({token for token in plain if token not in self._known}))
            return [self._known[token] for token in plain]

    def _read(self, missing: Sequence[str]) -> None:
        """Reads tokens that are not known."""
        if len(self._single) + len(missing) > REMEMBERED:
            self._single.clear()
        self._read_singles(missing)
        doubtful = [token for token in missing if self._single[token].costs[0] >= _GLUED_FROM and _cuts(token)]
        self._read_singles(sorted({piece for token in doubtful for one in _cuts(token) for piece in one}))
        for token in missing:
            self._known[token] = self._single[token]
        for token in doubtful:
            single = self._single[token]
            self._known[token] = Readings(single.ids, single.costs, self._pairs(token))

    def forget(self) -> None:
        """Forgets all tokens that were read."""
        with self._lock:
            self._known.clear()
            self._single.clear()

    def joined(self, left: str, right: str) -> tuple[Ids, Costs] | None:
        """The syllables that two tokens may be together, a syllable broken in two; none where that is not likely at all."""
        if not _may_be_one(left, right):
            return None
        token = plain_signs(left + right)
        with self._lock:
            if token not in self._single:
                self._read_singles((token,))
            found = self._single[token]
        return (found.ids, found.costs) if found.costs[0] < _JOINED_AT_MOST else None

    def prepare(self, tokens: Iterable[str], neighbours: Iterable[tuple[str, str]] = ()) -> None:
        """Reads the tokens of a document, and neighbours as one, all at once, so that asking for them later costs little."""
        with self._lock:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            self.of_all(sorted(tokens))
            self._read_singles(sorted({plain_signs(left + right) for left, right in neighbours if _may_be_one(left, right)}))

    def _read_singles(self, tokens: Iterable[str]) -> None:
        """Reads tokens as one syllable each."""
        groups: tuple[list[str], list[str]] = [], []
        for token in tokens:
            if token in self._single:
                continue
            common = self.common.find(token)
            if common is None:
                groups[is_shouted(token)].append(token)
            else:
                self._single[token] = Readings(*common)
        for group, case in zip(groups, (self.lower, self.upper), strict=True):
            group.sort(key=len)
            for start in range(0, len(group), _BATCH):
                self._read_batch(group[start : start + _BATCH], case)

    def _read_batch(self, tokens: Sequence[str], case: _Case) -> None:
        """Reads tokens of like length; shorter ones are filled up where reading ends: what is read there is not looked at."""
        lengths = np.array([min(len(token), LONGEST) for token in tokens])
        width = int(lengths.max())
        rimes = case.rimes.read([token[:width].rjust(width, _FILLING) for token in tokens], self.channel)
        first = min(width, _LONGEST_ONSET)
        onsets = case.onsets.read([token[:first][::-1].rjust(first, _FILLING) for token in tokens], self.backwards)
        cuts = np.arange(first + 1)[:, None]
        over = cuts > lengths
        after = rimes[np.where(over, 0, width - lengths + cuts), np.arange(len(tokens))]
        after[over] = FORBIDDEN
        self._single.update(zip(tokens, self._chosen(tokens, case.costs(onsets[::-1], after)), strict=True))

    def _chosen(self, tokens: Sequence[str], costs: Costs) -> Iterator[Readings]:
        """The readings of each token that are worth keeping, by the costs of all syllables."""
        best = costs.min(1, keepdims=True)
        near = costs <= np.minimum(best + np.float32(_BEYOND), np.maximum(best, np.float32(_HOPELESS)))
        worth = np.where(near, costs + self.rareness, np.float32(np.inf))
        rows, places = np.nonzero(worth <= worth.min(1, keepdims=True) + np.float32(_WORTH))
        order = np.lexsort((worth[rows, places], rows))
        rows, places = rows[order], places[order]
        ends = np.searchsorted(rows, np.arange(1, len(tokens) + 1))
        starts = np.concatenate((np.zeros(1, np.int64), ends[:-1]))
        kept = np.arange(len(rows)) - starts[rows] < MOST
        rows, places = rows[kept], places[kept]
        order = np.lexsort((costs[rows, places], rows))
        ids, cost = self.ids[places[order]], costs[rows, places][order]
        ends = np.searchsorted(rows, np.arange(1, len(tokens) + 1))
        for token, start, end in zip(tokens, [0, *ends[:-1]], ends, strict=True):
            yield self._with_itself(token, ids[start:end], cost[start:end])

    def _with_itself(self, token: str, ids: Ids, costs: Costs) -> Readings:
        """With the token itself among the readings, where it is a word that is no syllable."""
        other = self.others.get(token.lower())
        if other is None:
            return Readings(ids, costs)
        same = self._same(token)
        at = int(np.searchsorted(costs, same, side="right"))
        return Readings(np.insert(ids, at, np.int32(other)), np.insert(costs, at, same))

    def _same(self, token: str) -> np.float32:
        """Cost of a token that is what it was."""
        columns = [self.channel.true.get(letter, -1) for letter in token]
        return np.float32(self.channel.costs[self.channel.indices(token), columns].sum())

    def _pairs(self, token: str) -> tuple[Pair, ...]:
        """The likeliest pairs of syllables that the token may be glued from."""
        cuts = sorted(_cuts(token), key=lambda cut: self._single[cut[0]].costs[0] + self._single[cut[1]].costs[0])[:_GLUED_CUTS]
        firsts, seconds, costs = [], [], []
        for left, right in cuts:
            one, other = self._single[left], self._single[right]
            firsts.append(np.repeat(one.ids[:_GLUED_EACH], len(other.ids[:_GLUED_EACH])))
            seconds.append(np.tile(other.ids[:_GLUED_EACH], len(one.ids[:_GLUED_EACH])))
            costs.append(np.add.outer(one.costs[:_GLUED_EACH], other.costs[:_GLUED_EACH]).ravel() + np.float32(_TOGETHER))
        first, second, cost = np.concatenate(firsts), np.concatenate(seconds), np.concatenate(costs)
        start = np.zeros_like(first)
        worth = cost - self.model.score(start, start, first, second) - self.model.unigrams[first]
        found: dict[tuple[int, int], float] = {}
        for at in np.argsort(worth)[: 2 * _GLUED].tolist():
            pair = int(first[at]), int(second[at])
            found[pair] = min(float(cost[at]), found.get(pair, np.inf))
        return tuple((one, two, total) for (one, two), total in found.items())[:_GLUED]


def is_shouted(token: str) -> bool:
    """Whether a token is written in capitals, more or less: at least two, and as many as its small letters."""
    high = sum(sign.isupper() for sign in token)
    return high >= 2 and high >= sum(sign.islower() for sign in token)


def _may_be_one(left: str, right: str) -> bool:
    """Whether two tokens have a syllable's form together, and one of them not alone: no vowel, a lone letter, a strange sign."""
    token = left + right
    if len(token) > _LONGEST_JOINED or len(_LIKE_VOWELS.findall(token)) > 1:
        return False
    return any(len(piece) == 1 or not piece.isalpha() or not _VOWELS.search(piece) for piece in (left, right))


def _cuts(token: str) -> list[tuple[str, str]]:
    """The token in two, each way that leaves a vowel, or what may be one, to both; none for a longer run of words, or a date."""
    if sum(sign.isdigit() for sign in token) > _MOST_FIGURES:
        return []
    groups = [group.span() for group in _NUCLEI.finditer(token)]
    if not 2 <= len(groups) <= _MOST_NUCLEI:
        return []
    return [
        (token[:cut], token[cut:])
        for cut in range(groups[0][1], groups[-1][0] + 1)
        if cut <= LONGEST and len(token) - cut <= LONGEST
    ]


def of_channel(channel: Channel, model: LanguageModel, common: CommonTokens | None = None) -> Candidates:
    """The candidates by a channel and the syllables of a model; ``common``: readings known beforehand."""
    words = [(at, word) for at, word in enumerate(model.syllables) if at >= SPECIAL]
    syllables = [(at, word) for at, word in words if is_syllable(word)]
    taken = {at for at, _ in syllables}
    ids = np.array([at for at, _ in syllables], np.int32)
    backwards = channel.backwards()
    parts = [taken_apart(word) for _, word in syllables]
    return Candidates(
        channel=channel,
        backwards=backwards,
        model=model,
        ids=ids,
        rareness=np.asarray(-_RARE * model.unigrams[ids], np.float32),
        others={word: at for at, word in words if at not in taken},
        lower=_case(
            [((onset, onset.capitalize()), (rime, rime if onset else rime.capitalize())) for onset, rime in parts],
            channel,
            backwards,
        ),
        upper=_case([((onset.upper(),) * 2, (rime.upper(),) * 2) for onset, rime in parts], channel, backwards),
        common=common or CommonTokens(),
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
        np.array([onsets[onset] for onset, _ in parts]),
        np.array([rimes[rime] for _, rime in parts]),
    )


def _either(costs: Costs, at: NDArray[np.int64]) -> Costs:
    """The cheaper of the two ways of writing each part."""
    return np.minimum(costs[:, :, at[0]], costs[:, :, at[1]])
