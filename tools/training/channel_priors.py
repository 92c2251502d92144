"""What scanners' readers are known to do to Vietnamese letters, before any page is seen: look-alikes, marks lost and misread.

Sources: the confusions that the pairs of ``tools.training.pages`` show, and those of other engines' layers (``g1a1`` for giai,
``Chu’O’ng`` for Chương, ``S&`` for Sở), told here as general habits.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

ONSETS = "bcdđghklmnpqrstvx"
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
MARKED = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES)
LETTERS = ONSETS + MARKED + "fjwz"
TRUE = LETTERS + LETTERS.upper()
"""Letters of the true text."""
OBSERVED = (
    "".join(chr(code) for code in range(0x21, 0x7F))
    + "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿšžœßÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝ¢£¥€§©®°¬¿¡«»·±µ¶"
)
"""Signs that a reader without Vietnamese letters writes; Vietnamese ones stand beside them in light damage."""

# Shapes: for a letter without its tone, what else it is read as, likely first.
_SHAPES = {
    "a": "á a 4 d o e @ & à",
    "ă": "a ä ã à 4 d å i &",
    "â": "a á 4 i d é & 6 ã",
    "b": "b h 6 l 8 t",
    "c": "c e ¢ o ( €",
    "d": "d đ a cl 4 o",
    "đ": "d đ 4 a 8 6 ä b t",
    "e": "e c o é ¢ 6",
    "ê": "é e ê 6 ¢ & i 8 ë",
    "f": "f t r",
    "g": "g q 9 s y",
    "h": "h b li n ln fi il",
    "i": "i l 1 I | ! j í t r ï",
    "j": "j i",
    "k": "k l< h lc",
    "l": "l 1 I | i ! t",
    "m": "m rn n in ni tn rm nm ım iu",
    "n": "n ri u m h r 1l rt",
    "o": "o 0 c e 6 a ó Q",
    "ô": "6 o ô 0 é ö 8 d & b",
    "ơ": "o 0 ¢ & o' O' 6 a g e d cr or",
    "p": "p n f",
    "q": "q g 9",
    "r": "r n t i f",
    "s": "s 5 S 8",
    "t": "t l i f r 1 (",
    "u": "u ú ii n w v a li",
    "ư": "u w tr ir v u' i ti ur U' t ii ut im n",
    "v": "v y V w",
    "x": "x X",
    "y": "y v ý Y",
    "w": "w",
    "z": "z 2",
    "A": "A 4 Á a",
    "Ă": "A Ã 4 Ä",
    "Â": "A 4 Ã",
    "B": "B 8 E R b",
    "C": "C c G (",
    "D": "D Đ B O b",
    "Đ": "D P B b DP Ð Pp D' d E bD DD",
    "E": "E É F B e",
    "Ê": "E É Ê",
    "G": "G C 6 g",
    "H": "H I-I N h ll",
    "I": "I l 1 | i !",
    "K": "K k",
    "L": "L I l",
    "M": "M m",
    "N": "N n",
    "O": "O 0 o Q 6",
    "Ô": "O 0 6 o Q",
    "Ơ": "O O' 0 o Q G",
    "P": "P p F",
    "Q": "Q O q",
    "R": "R B r",
    "S": "S s 5 8 $",
    "T": "T t 7 1",
    "U": "U Ú u V",
    "Ư": "U U' Ú W Ur u V",
    "V": "V v Y",
    "X": "X x",
    "Y": "Y y V",
}
_BIGRAMS = {
    "rn": "m",
    "cl": "d",
    "th": "ih lh tli",
    "ươ": "uo wo wé u'o' ud uc ué we uw w",
    "ườ": "wo wé ud ué",
    "ưở": "wo wé ud ué",
    "nh": "rth uh",
    "ch": "cli",
}
_FIGURES = "034689&"
"""What a vowel under marks may look like to any reader."""
_WHOLE, _SHAPE, _VOWEL, _ANY, _LOST = 0.45, 0.4, 0.06, 0.03, 0.02


def parts(letter: str) -> tuple[str, str]:
    """A letter without its tone, and the tone: ``ế`` → ``ê``, acute."""
    pieces = unicodedata.normalize("NFD", letter)
    tone = "".join(sign for sign in pieces[1:] if sign in TONES)
    return unicodedata.normalize("NFC", "".join(sign for sign in pieces if sign not in TONES or not sign)), tone


def plain(letter: str) -> str:
    """A letter without any mark: ``ế`` → ``e``, ``đ`` → ``d``."""
    return unicodedata.normalize("NFD", letter.replace("đ", "d").replace("Đ", "D"))[:1]


def is_vowel(letter: str) -> bool:
    return plain(letter).lower() in "aeiouy"


@lru_cache(maxsize=512)
def shares(letter: str) -> dict[str, float]:
    """How a true letter is read, shares that sum to about one; ``""`` stands for a letter lost."""
    found = {"": _LOST}
    for read, share in _known(letter):
        found[read] = found.get(read, 0) + share
    signs = OBSERVED + (MARKED if letter.islower() else MARKED.upper())
    near = [sign for sign in signs if is_vowel(sign) or sign in _FIGURES] if is_vowel(letter) else []
    any_sign = _ANY if near else _ANY + _VOWEL
    for sign in near:
        found[sign] = found.get(sign, 0) + _VOWEL / len(near)
    for sign in signs:
        found[sign] = found.get(sign, 0) + any_sign / len(signs)
    return found


def _known(letter: str) -> Iterator[tuple[str, float]]:
    yield letter, _WHOLE / 3 if letter != plain(letter) else _WHOLE
    if letter != plain(letter):
        yield plain(letter), _WHOLE * 2 / 3
    base = parts(letter)[0]
    shapes = _SHAPES.get(base, plain(letter)).split()
    weights = [1 / (2 + rank) for rank in range(len(shapes))]
    for shape, weight in zip(shapes, weights, strict=True):
        yield shape, _SHAPE * 0.75 * weight / sum(weights)
    same = [sign for sign in (*OBSERVED, *MARKED, *MARKED.upper()) if plain(sign) == plain(letter)]
    for sign in same:
        yield sign, _SHAPE * 0.1 / len(same)
    other = letter.swapcase()
    if len(other) == 1:
        yield plain(other), _SHAPE * 0.1
    for sign in "'\"`":
        yield plain(letter) + sign, _SHAPE * 0.05 / 3


def bigrams() -> Iterator[tuple[str, str]]:
    """Two letters read as one shape."""
    for pair, shapes in _BIGRAMS.items():
        yield from ((pair, shape) for shape in shapes.split())
