"""A language model of a few made-up words, small enough to enumerate."""

import numpy as np

from tools.training import language_counts
from tools.training.language_pack import pack
from vanban.text.restore.language import SPECIAL, Ids, LanguageModel, unpack

WORDS = ["a", "b", "c", "d"]
SIZE = len(WORDS) + SPECIAL


def ids_of(text: str) -> Ids:
    """A letter a word, ``.`` a boundary, ``1`` a number, ``?`` an unknown word."""
    return np.array([".1?".index(sign) if sign in ".1?" else SPECIAL + WORDS.index(sign) for sign in text], np.int32)


def toy_model(text: str = ".abcd.abca.abdd.bca.bcd1a.dd?ab.cab.abc.", order: int = 4) -> LanguageModel:
    orders = language_counts.prune(language_counts.estimate(ids_of(text), order, SIZE), [0.0, -99.0, -99.0, -99.0])
    return unpack(pack(orders, WORDS))
