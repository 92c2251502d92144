"""Interpolated modified Kneser-Ney probabilities of n-grams, by sorting keys.

An n-gram is one int64 key, 13 bits a word, the last word lowest; so an order's keys sorted stand grouped by context.
Source: Chen and Goodman (1998), "An empirical study of smoothing techniques for language modeling"; the pruning is Seymore and
Rosenfeld (1996), "Scalable backoff language models".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vanban.text.restore.language import BOUNDARY

BITS = 13
_WORD = (1 << BITS) - 1
Keys = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(slots=True)
class Order:
    """The n-grams of one order: keys ascending, counts, and log-probabilities once they are known."""

    keys: Keys
    counts: NDArray[np.int64]
    log: Floats
    backoff: Floats
    """Log of the share that the n-gram, as a context, leaves to the order below."""


def count(ids: NDArray[np.int32], order: int) -> tuple[Keys, NDArray[np.int64]]:
    """The n-grams of a stream of ids with their counts; before the first word of a sentence stand boundaries alone."""
    history = np.zeros(len(ids), np.int64)
    since = _since_boundary(ids)
    for back in range(order - 1, 0, -1):
        earlier = np.concatenate((np.full(back, BOUNDARY, np.int64), ids[:-back].astype(np.int64)))
        history = (history << BITS) | np.where(since >= back, earlier, BOUNDARY)
    keys = np.concatenate(((history << BITS) | ids, np.zeros(1, np.int64)))  # boundaries alone are a context too
    return _grouped(keys, np.ones(len(keys), np.int64))


def _since_boundary(ids: NDArray[np.int32]) -> NDArray[np.int64]:
    """How many words of its sentence stand before each."""
    at = np.arange(len(ids))
    last = np.maximum.accumulate(np.where(ids == BOUNDARY, at, -1))
    before = np.concatenate((np.array([-1]), last[:-1]))
    return np.asarray(at - before - 1, np.int64)


def _grouped(keys: Keys, counts: NDArray[np.int64]) -> tuple[Keys, NDArray[np.int64]]:
    """Keys once each, ascending, their counts summed."""
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    first = np.flatnonzero(np.concatenate((np.array([True]), keys[1:] != keys[:-1])))
    return keys[first], np.add.reduceat(counts, first)


def continuation(keys: Keys, counts: NDArray[np.int64], order: int) -> tuple[Keys, NDArray[np.int64]]:
    """The n-grams one shorter: how many words stand before each; plain counts where a sentence begins with it."""
    short = keys & ((np.int64(1) << (BITS * (order - 1))) - 1)
    begins = (short >> (BITS * (order - 2))) == BOUNDARY if order > 2 else np.zeros(len(keys), np.bool_)
    return _grouped(short, np.where(begins, counts, 1))


def discounts(counts: NDArray[np.int64]) -> Floats:
    """What is taken from counts of 0, 1, 2 and 3 or more."""
    ones = [max(1, int((counts == n).sum())) for n in (1, 2, 3, 4)]
    share = ones[0] / (ones[0] + 2 * ones[1])
    taken = [n - (n + 1) * share * ones[n] / ones[n - 1] for n in (1, 2, 3)]
    return np.array([0.0, *(min(max(value, 0.1), n - 0.05) for n, value in zip((1, 2, 3), taken, strict=True))])


def groups(keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each context begins among the keys, and the context of each key (an index of the former)."""
    contexts = keys >> BITS
    new = np.concatenate((np.array([True]), contexts[1:] != contexts[:-1]))
    return np.flatnonzero(new), np.cumsum(new) - 1


def estimate(streams: NDArray[np.int32], order: int, size: int) -> list[Order]:
    """Orders 1 to ``order`` with their probabilities, unpruned; ``size`` ids in all."""
    keys, counts = count(streams, order)
    ladder = [(keys, counts)]
    for n in range(order, 1, -1):
        ladder.append(continuation(*ladder[-1], n))
    ladder.reverse()
    orders = [_unigrams(*ladder[0], size)]
    for n in range(2, order + 1):
        orders.append(_interpolated(*ladder[n - 1], orders[-1], n))
    return orders


def _unigrams(keys: Keys, counts: NDArray[np.int64], size: int) -> Order:
    every = np.full(size, 0.5)
    every[keys] += counts
    return Order(
        np.arange(size, dtype=np.int64),
        np.bincount(keys, counts, size).astype(np.int64),
        np.log(every / every.sum()),
        np.zeros(size),
    )


def _interpolated(keys: Keys, counts: NDArray[np.int64], below: Order, order: int) -> Order:
    starts, group = groups(keys)
    totals = np.add.reduceat(counts, starts)
    taken = discounts(counts)[np.minimum(counts, 3)]
    left = np.add.reduceat(taken, starts) / totals
    lower = np.exp(below.log[find(below.keys, keys & ((np.int64(1) << (BITS * (order - 1))) - 1))])
    share = (counts - taken) / totals[group] + left[group] * lower
    at = find(below.keys, keys[starts] >> BITS)
    below.backoff[at] = np.log(left)
    return Order(keys, counts, np.log(share), np.zeros(len(keys)))


def find(keys: Keys, wanted: Keys) -> NDArray[np.int64]:
    """Where the wanted keys, all of which are there, stand."""
    at = np.searchsorted(keys, wanted)
    if not np.array_equal(keys[np.minimum(at, len(keys) - 1)], wanted):
        raise ValueError("an n-gram's shorter form was not counted")
    return at


def contained(keys: Keys, wanted: Keys) -> NDArray[np.bool_]:
    """Which of the wanted are there."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.asarray(keys[at] == wanted)


def suffix(keys: Keys, order: int) -> Keys:
    """The n-grams without their first word."""
    return keys & ((np.int64(1) << (BITS * (order - 1))) - 1)


def prune(orders: list[Order], least: list[float]) -> list[Order]:
    """The n-grams that tell more than their shorter forms: count times the gain in log-probability is at least ``least`` of the order."""
    keep = [np.ones(len(orders[0].keys), np.bool_)]
    for n in range(2, len(orders) + 1):
        here, below = orders[n - 1], orders[n - 2]
        context = below.backoff[find(below.keys, here.keys >> BITS)]
        shorter = below.log[find(below.keys, suffix(here.keys, n))]
        keep.append(here.counts * (here.log - context - shorter) > least[n - 1])
    for n in range(len(orders), 2, -1):
        kept = orders[n - 1].keys[keep[n - 1]]
        keep[n - 2] |= contained(np.unique(suffix(kept, n)), orders[n - 2].keys)
        keep[n - 2] |= contained(np.unique(kept >> BITS), orders[n - 2].keys)
    pruned = [Order(o.keys[k], o.counts[k], o.log[k], np.zeros(int(k.sum()))) for o, k in zip(orders, keep, strict=True)]
    for n in range(2, len(pruned) + 1):
        _leave(pruned[n - 1], pruned[n - 2], n)
    return pruned


def _leave(here: Order, below: Order, order: int) -> None:
    """Sets the backoffs of the order below so that each context's probabilities sum to one."""
    starts, _ = groups(here.keys)
    kept = np.add.reduceat(np.exp(here.log), starts)
    shorter = np.add.reduceat(np.exp(below.log[find(below.keys, suffix(here.keys, order))]), starts)
    at = find(below.keys, here.keys[starts] >> BITS)
    below.backoff[at] = np.log(np.maximum(1e-4, 1 - kept)) - np.log(np.maximum(1e-4, 1 - shorter))
