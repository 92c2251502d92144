"""A damaged document: rules that know its form decide their places, the language model reads the rest."""

from collections.abc import Sequence
from typing import Final

from vanban.reading import Mend
from vanban.spans import Span
from vanban.text.restore.dates import date_mends
from vanban.text.restore.decided import Rule, decided_by
from vanban.text.restore.hints import Hints
from vanban.text.restore.junk import junk_mends
from vanban.text.restore.letterhead import letterhead_mends
from vanban.text.restore.lines import Damaged, lines_of
from vanban.text.restore.numerals import congress_mends, heading_mends
from vanban.text.restore.prose import read_prose, reader_for
from vanban.text.restore.quarters import quarter_mends
from vanban.text.restore.signers import signer_mends
from vanban.text.restore.symbols import symbol_mends
from vanban.text.restore.tokens import tokenise
from vanban.text.verdict import verdict

MOSTLY_MARKED: Final = 0.4
"""Share of marked vowels: clean texts have 0.59 to 0.70, layers of a reader without Vietnamese letters 0.2 at most."""
RULES: Final[tuple[Rule, ...]] = (
    symbol_mends,
    date_mends,
    letterhead_mends,
    congress_mends,
    quarter_mends,
    heading_mends,
    signer_mends,
    junk_mends,
)
"""In the order in which they may claim a place."""


def mends_of(text: str, stretches: Sequence[Span], hints: Hints) -> list[Mend]:
    """See :func:`vanban.text.restore.restore`."""
    page = Damaged(text, lines_of(text, stretches), hints)
    decided = decided_by(RULES, page)
    prose = read_prose(tokenise(page, decided), reader_for(text, hints, _profile(text, stretches)))
    mends = sorted((*decided, *prose), key=lambda mend: mend.span)
    return [mend for mend in mends if mend.was != mend.now]


def _profile(text: str, stretches: Sequence[Span]) -> str:
    """The channel for the damage: where most vowels bear their marks a reader of Vietnamese has erred, else one of another language."""
    return "vie" if verdict("".join(stretch.of(text) for stretch in stretches)).marked > MOSTLY_MARKED else "eng"
