"""The signer's name, alone on its line or at the end of one in the signature block: ``Dwong Xuan Huyén`` → Dương Xuân Huyên.

Surnames and given names: the lists in ``lexicon/data/personal_names.tsv``, put together by hand from common Vietnamese names and
those of the northern mountain provinces. A syllable that none of them explains stays as it is: a name is not invented.
"""

import re
from functools import lru_cache
from typing import Final

from vanban.lexicon.folding import fold
from vanban.lexicon.tables import rows
from vanban.reading import Mend, MendKind
from vanban.spans import Span
from vanban.text.restore.candidates import Candidates
from vanban.text.restore.language import LanguageModel
from vanban.text.restore.letterhead import foot_lines
from vanban.text.restore.lines import Damaged

SURE: Final = 0.8
STRANGE: Final = 4.0
"""Nats for a syllable that is no usual name."""
FAR: Final = 9.0
"""Nats over which a syllable is left as it stands."""
_NAME = re.compile(r"(?:^|[;.:][ \t]+|[ \t]{2,})(?P<name>[^\W\d_]['’\w]*(?:[ \t]+[^\W\d_]['’\w]*){1,4})[ \t]*[.,;]?$")


@lru_cache(maxsize=2)
def names(part: str) -> frozenset[str]:
    """The syllables of surnames or of given names (``surname``, ``given``), folded."""
    return frozenset(fold(name) for row in rows("personal_names") if row["part"] == part for name in row["syllables"].split(";"))


def signer_mends(page: Damaged) -> list[Mend]:
    """A mend for each name in the signature block, whether it changes it or not; in order."""
    mends: list[Mend] = []
    for line in foot_lines(page):
        found = _NAME.search(page.written(line))
        if not found or line.capitals or any(not word[0].isupper() for word in found["name"].split()):
            continue
        words = list(re.finditer(r"\S+", found["name"]))
        start = line.span.start + found.start("name")
        read = [_syllable(word[0], "surname" if index == 0 else "given") for index, word in enumerate(words)]
        if read[0] is None or len(words) < 3 - (line.span.start == start):
            continue
        was = found["name"]
        now = " ".join(name or word[0] for word, name in zip(words, read, strict=True))
        mends.append(Mend(Span(start, start + len(was)), was, now, MendKind.NAME, SURE))
    return mends


def _syllable(word: str, part: str) -> str | None:
    """The name that ``word`` is likeliest to be; None where none explains it."""
    model, reading = LanguageModel.load(), Candidates.load().of(word)
    known = names(part)
    costs = {
        model.syllables[one]: cost + (0.0 if model.syllables[one] in known else STRANGE)
        for one, cost in zip(reading.ids.tolist(), reading.costs.tolist(), strict=True)
    }
    best = min(costs, key=lambda name: costs[name], default="")
    if not best or costs[best] > FAR or (part == "surname" and best not in known):
        return None
    return best.capitalize()
