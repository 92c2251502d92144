"""The likeliest reading of a lattice: a beam over many sentences at once, and how sure each of its readings is.

A stop divides the lattice into pieces that do not bear on one another (what follows a ``BOUNDARY`` depends on nothing before).
All pieces of a batch advance together, token by token, so that numpy works on thousands of hypotheses at a time.  Hypotheses
with the same three last words are one (a node); the edges that reach a node are kept, for the posteriors.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vanban.text.restore.capitals import Capitals
from vanban.text.restore.language import BOUNDARY, SPECIAL, WORD_BITS, Contexts, Ids, LanguageModel, Scores
from vanban.text.restore.lattice import NOTHING, Case, Lattice, Mark
from vanban.text.restore.tables import Keys
from vanban.text.restore.windows import owners, pieces, windows

Indices = NDArray[np.int64]
_HISTORY: Final = (1 << (3 * WORD_BITS)) - 1
"""Three words are the whole of a history; it is one key, the last word lowest."""
_LAST: Final = (1 << WORD_BITS) - 1
_BEGIN: Final = BOUNDARY
"""Boundaries alone: their id is 0."""
_BATCH: Final = 4096
"""Tokens decoded together: enough for numpy, little enough for a cache."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one arc of the best path reads."""

    position: int
    """The first token that it reads."""
    width: int
    """How many tokens it reads: 1 or 2."""
    syllables: tuple[int, ...]
    """Ids: none (junk), one or two."""
    posterior: float
    """Share of the probability of all readings of the piece that have these syllables for these tokens, 0 to 1."""
    arc: int
    """Its index in the lattice."""


@dataclass(frozen=True, slots=True)
class Settings:
    beam: int = 16
    """Hypotheses kept for each piece and position."""
    margin: float = 11.0
    """Nats below the best hypothesis at which another is dropped."""
    hopeless: float = 14.0
    """The same, before the language model is asked about the last word."""
    language: float = 1.0
    """Weight of the language model's nats against those of the channel."""
    pause: float = 0.2
    """Share of words after a pause that do not depend on what stands before it."""
    case: float = 1.0
    """Weight of what the case of a token tells."""
    mistaken: float = 0.02
    """Share of tokens whose case is damaged."""


def decode(lattice: Lattice, model: LanguageModel, settings: Settings = Settings()) -> list[Choice]:
    """The best path through each sentence, in order of position; every token is read by exactly one choice."""
    cut = windows(lattice)
    searched = lattice if cut is None else cut.lattice
    posteriors = np.zeros(len(searched.first), np.float64)
    chosen = [np.empty(0, np.int64)]
    for starts, lengths in _batches(searched):
        chosen.append(_Search(searched, model, settings, starts, lengths).run(posteriors))
    arcs = np.sort(np.concatenate(chosen))
    sure = np.minimum(posteriors, 1)
    if cut is None:
        return _choices(lattice, arcs, sure[arcs])
    arcs = arcs[cut.kept[owners(searched, arcs)]]
    return _choices(lattice, cut.arcs[arcs], sure[arcs])


def _choices(lattice: Lattice, arcs: Indices, sure: NDArray[np.float64]) -> list[Choice]:
    columns = (owners(lattice, arcs), lattice.width[arcs], lattice.first[arcs], lattice.second[arcs], sure, arcs)
    return [
        Choice(at, width, (one, two) if two != NOTHING else (one,) if one != NOTHING else (), share, arc)
        for at, width, one, two, share, arc in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _batches(lattice: Lattice) -> Iterator[tuple[Indices, Indices]]:
    """First positions and lengths of the pieces, those of like length together."""
    ends = pieces(lattice)
    starts, lengths = ends[:-1], np.diff(ends)
    order = np.argsort(lengths, kind="stable")
    batch = np.cumsum(lengths[order]) // _BATCH
    for chosen in np.split(order, np.flatnonzero(np.diff(batch)) + 1):
        if len(chosen):
            yield starts[chosen], lengths[chosen]


@dataclass(slots=True)
class _Edges:
    """Ways to a position, one a row; ``best`` and ``total`` are logs: of the best path by this edge, of all paths by it."""

    piece: Indices
    source: Indices
    arc: Indices
    history: Keys
    best: Scores
    total: Scores

    def take(self, rows: Indices | NDArray[np.bool_]) -> "_Edges":
        return _Edges(self.piece[rows], self.source[rows], self.arc[rows], self.history[rows], self.best[rows], self.total[rows])

    def join(self, other: "_Edges") -> "_Edges":
        names = ("piece", "source", "arc", "history", "best", "total")
        return _Edges(*(np.concatenate((getattr(self, name), getattr(other, name))) for name in names))


@dataclass(slots=True)
class _Nodes:
    """Hypotheses at a position, one a row, those of a piece together; ``first`` is the number of the first."""

    first: int
    piece: Indices
    history: Keys
    best: Scores
    total: Scores


@dataclass(slots=True)
class _Step:
    """What the way back needs: for each edge kept its node, source, arc and share of its node's probability; a node's best edge."""

    node: Indices
    source: Indices
    arc: Indices
    share: NDArray[np.float64]
    best: Indices


@dataclass(slots=True)
class _Search:
    lattice: Lattice
    model: LanguageModel
    settings: Settings
    starts: Indices
    lengths: Indices
    steps: list[_Step] = field(default_factory=list)
    later: _Edges | None = None
    count: int = 0
    ends: Indices = field(init=False)

    def run(self, posteriors: NDArray[np.float64]) -> Indices:
        """The arcs of the best paths; adds every arc's posterior to ``posteriors``."""
        pieces = len(self.starts)
        zeros = np.zeros(pieces, np.float32)
        nodes = _Nodes(0, np.arange(pieces), np.full(pieces, _BEGIN), zeros, zeros)
        self.count, self.ends = pieces, np.empty(pieces, np.int64)
        for at in range(int(self.lengths.max())):
            nodes = self._settle(self._expand(nodes, at), at + 1)
        self._share(posteriors)
        return self._trace()

    def _expand(self, nodes: _Nodes, at: int) -> _Edges:
        """Every arc from every hypothesis that stands at token ``at`` of its piece; keeps those that read two tokens for later."""
        alive = np.flatnonzero(self.lengths[nodes.piece] > at)
        position = self.starts[nodes.piece[alive]] + at
        rows, arc = self._pairs(nodes, alive, position)
        gain = -self.lattice.costs[arc]
        words, history = self.lattice.first[arc], nodes.history[rows]
        position = self.starts[nodes.piece[rows]] + at
        self._weigh_case(words, self.lattice.cases[position], history & _LAST, gain)
        paid = gain.copy()
        history = self._read(words, self.model.contexts(nodes.history), rows, history, gain)
        self._pause(words, np.flatnonzero(self.lattice.marks[position] == Mark.PAUSE), paid, gain)
        second = self.lattice.second[arc]
        pairs = np.flatnonzero(second != NOTHING)
        if len(pairs):
            contexts = self.model.contexts(history[pairs])
            history[pairs] = self._read(second[pairs], contexts, np.arange(len(pairs)), history[pairs], part := gain[pairs])
            gain[pairs] = part
        edges = _Edges(nodes.piece[rows], nodes.first + rows, arc, history, nodes.best[rows] + gain, nodes.total[rows] + gain)
        return self._in_time(edges)

    def _pairs(self, nodes: _Nodes, alive: Indices, position: Indices) -> tuple[Indices, Indices]:
        """Each hypothesis with each arc of its position, but the hopeless ones: indices of nodes and arcs."""
        begin = self.lattice.offsets[position].astype(np.int64)
        sizes = self.lattice.offsets[position + 1] - begin
        rows = np.repeat(alive, sizes)
        arc = np.arange(len(rows)) + np.repeat(begin - np.cumsum(sizes) + sizes, sizes)
        hope = nodes.best[rows] - self.lattice.costs[arc]
        piece = nodes.piece[rows]
        peaks = np.full(len(self.starts), -np.inf, np.float32)
        np.maximum.at(peaks, piece, np.where(self.lattice.width[arc] > 1, np.float32(-np.inf), hope))
        kept = np.flatnonzero(hope >= peaks[piece] - np.float32(self.settings.hopeless))
        return rows[kept], arc[kept]

    def _in_time(self, edges: _Edges) -> _Edges:
        """The edges that end at the next token, those that were kept for it among them; keeps those that end one later."""
        wide = self.lattice.width[edges.arc] > 1
        now, later = edges, None
        if wide.any():
            now, later = edges.take(~wide), edges.take(wide)
        if self.later is not None:
            now = now.join(self.later)
        self.later = later
        return now

    def _weigh_case(self, words: Ids, cases: NDArray[np.uint8], before: Keys, gain: Scores) -> None:
        """Adds what the case of each token tells of its word; the first word of a sentence may have either.  In place."""
        told = np.flatnonzero((cases != Case.UNKNOWN) & (before != BOUNDARY) & (words >= SPECIAL))
        if len(told) and self.settings.case:
            logs = Capitals.load().log_cases(before[told], words[told], cases[told] == Case.CAPITAL, self.settings.mistaken)
            gain[told] += self.settings.case * logs

    def _read(self, words: Ids, contexts: Contexts, rows: Indices, history: Keys, gain: Scores) -> Keys:
        """Adds to ``gain``, in place, what the language model says of the words; the histories with these words."""
        said = words != NOTHING
        if said.all():
            gain += self.settings.language * self.model.after(contexts, rows, words)
            return ((history << WORD_BITS) | words) & _HISTORY
        some = np.flatnonzero(said)
        gain[some] += self.settings.language * self.model.after(contexts, rows[some], words[some])
        return np.where(said, ((history << WORD_BITS) | np.maximum(words, 0)) & _HISTORY, history)

    def _pause(self, words: Ids, paused: Indices, paid: Scores, gain: Scores) -> None:
        """After a pause a word may also follow as if it began a sentence; ``paid`` is the gain without its word.  In place."""
        paused = paused[words[paused] != NOTHING]
        if len(paused) and self.settings.pause:
            anew = self.settings.language * self.model.opening[words[paused]]
            share = np.float32(np.log(self.settings.pause))
            gain[paused] = np.logaddexp(gain[paused] + np.float32(np.log1p(-self.settings.pause)), paid[paused] + anew + share)

    def _settle(self, edges: _Edges, at: int) -> _Nodes:
        """The hypotheses that the edges reach: unlikely ones dropped, those with one history joined, the best kept."""
        self._stop(edges, at)
        peaks = np.full(len(self.starts), -np.inf, np.float32)
        np.maximum.at(peaks, edges.piece, edges.best)
        edges = edges.take(np.flatnonzero(edges.best > peaks[edges.piece] - self.settings.margin))
        state = (edges.piece << (3 * WORD_BITS)) | edges.history
        order = np.lexsort((-edges.best, state))
        edges, state = edges.take(order), state[order]
        first = np.flatnonzero(np.concatenate((np.array([True]), state[1:] != state[:-1])))
        kept = self._best_of_each(edges.piece[first], edges.best[first])
        number = np.full(len(first), -1, np.int64)
        number[kept] = self.count + np.arange(len(kept))
        total = np.logaddexp.reduceat(edges.total, first)
        sizes = np.diff(np.append(first, len(state)))
        node = np.repeat(number, sizes)
        share = np.exp((edges.total - np.repeat(total, sizes)).astype(np.float64))
        held = node >= 0
        self.steps.append(
            _Step(node[held], edges.source[held], edges.arc[held], share[held], first[kept] - np.cumsum(~held)[first[kept]])
        )
        nodes = _Nodes(self.count, edges.piece[first[kept]], edges.history[first[kept]], edges.best[first[kept]], total[kept])
        over = self.lengths[nodes.piece] == at
        self.ends[nodes.piece[over]] = self.count + np.flatnonzero(over)
        self.count += len(kept)
        return nodes

    def _stop(self, edges: _Edges, at: int) -> None:
        """Ends the sentence of the edges that reach a stop or the end of their piece; in place."""
        position = self.starts[edges.piece] + at
        over = self.lengths[edges.piece] <= at
        over |= self.lattice.marks[np.minimum(position, self.lattice.positions - 1)] == Mark.STOP
        ended = np.flatnonzero(over)
        if len(ended):
            contexts = self.model.contexts(edges.history[ended])
            gain = self.settings.language * self.model.after(
                contexts, np.arange(len(ended)), np.full(len(ended), BOUNDARY, np.int32)
            )
            edges.best[ended] += gain
            edges.total[ended] += gain
            edges.history[ended] = _BEGIN

    def _best_of_each(self, piece: Indices, best: Scores) -> Indices:
        """The hypotheses of the beam: for each piece (pieces ascend) its best, in their order."""
        order = np.lexsort((-best, piece))
        begins = np.concatenate((np.array([True]), piece[1:] != piece[:-1]))
        rank = np.arange(len(piece)) - np.flatnonzero(begins)[np.cumsum(begins) - 1]
        return np.sort(order[rank < self.settings.beam])

    def _share(self, posteriors: NDArray[np.float64]) -> None:
        """Lets the probability 1 of each piece's end flow back over the edges; an arc's posterior is what flows through it."""
        flow = np.zeros(self.count)
        flow[self.ends] = 1.0
        for step in reversed(self.steps):
            through = step.share * flow[step.node]
            np.add.at(flow, step.source, through)
            np.add.at(posteriors, step.arc, through)

    def _trace(self) -> Indices:
        pieces = len(self.starts)
        sources = np.concatenate([step.source[step.best] for step in self.steps])
        arcs = np.concatenate([step.arc[step.best] for step in self.steps])
        found = []
        node = self.ends
        while len(node):
            found.append(arcs[node - pieces])
            node = sources[node - pieces]
            node = node[node >= pieces]
        return np.concatenate(found)
