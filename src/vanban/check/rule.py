"""A rule of the clerk's checklist, and what it is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vanban.outline import Outline
from vanban.reading import MendKind, Reading, Severity, TextOrigin
from vanban.sources.detect import SHEET_KINDS
from vanban.spans import Span

_READABLE = 0.85  # clean texts have over 0.95 of well-formed syllables, layers of bad OCR under 0.7


@dataclass(frozen=True, slots=True)
class Case:
    """One document under review: what was read, and its outline with blocks and appendices."""

    reading: Reading
    outline: Outline

    @property
    def text(self) -> str:
        """The text that all places point into."""
        return self.reading.text

    @property
    def read_from_image(self) -> bool:
        """Whether the characters come from OCR, good or bad, so that a wrong number may be the machine's."""
        source = self.reading.source
        kinds = {mend.kind for mend in self.reading.mends}
        if source.text_origin is TextOrigin.RESTORED and kinds == {MendKind.ENCODING}:
            return False  # letter for letter, nothing was guessed
        return source.text_origin != TextOrigin.DIGITAL or source.quality < _READABLE

    @property
    def is_sheet(self) -> bool:
        """Whether it is a list in a workbook without number or symbol, of which no formal parts are to be asked."""
        metadata = self.reading.metadata
        return self.reading.source.media_type in SHEET_KINDS and not (metadata.number or metadata.symbol)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a rule found: what to tell, and where. ``severity`` where it differs from the rule's own."""

    message: str
    span: Span | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """``id`` is stable; ``source`` names the rule of the field (domain checklist, decree); at most ``limit`` findings are told."""

    id: str
    severity: Severity
    check: Callable[[Case], Iterator[Found]]
    source: str
    limit: int = 5
    doubtful_from_image: bool = False


def day(value: object) -> str:
    """A date as officers write it: 05/3/2025 (a zero before days under 10 and before months 1 and 2)."""
    year, month, number = str(value).split("-")
    return f"{number}/{month if month in {'01', '02'} else int(month)}/{year}"


def shorten(text: str, length: int = 80) -> str:
    """``text`` on one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + "…"
