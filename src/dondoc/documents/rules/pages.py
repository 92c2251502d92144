"""What was done with the pages of a document, as a reader is told it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

KEEP, RESTORE, IMAGE, UNREAD = "keep", "restore", "image", "unread"
_WORDS = {
    KEEP: "giữ nguyên lớp chữ",
    RESTORE: "phục hồi lớp chữ",
    IMAGE: "đọc từ ảnh",
    UNREAD: "không đọc được",
}
STRONG = frozenset({"number", "date", "symbol", "name", "heading"})
UNMARKED = frozenset({"encoding", "junk"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pages one after the other with which the same was done, for the same reason; ``quality``: lowest and highest."""

    first: int
    last: int
    decision: str
    reason: str
    quality: tuple[float, float]

    @property
    def pages(self) -> str:
        return f"Trang {self.first}" if self.first == self.last else f"Trang {self.first}-{self.last}"

    @property
    def words(self) -> str:
        return _WORDS.get(self.decision, _WORDS[KEEP])

    @property
    def share(self) -> str:
        """The share of good syllables in the page's own layer, where that says something."""
        if self.decision in {UNREAD, KEEP} or self.quality == (1.0, 1.0):
            return ""
        low, high = (int(100 * edge) for edge in self.quality)
        return f"{low}%" if low == high else f"{low}-{high}%"


@dataclass(frozen=True, slots=True)
class Told:
    """The whole: stretches of pages, how much was mended, which pages are missing."""

    stretches: tuple[Stretch, ...]
    mends: int
    strong: int
    unread: tuple[int, ...]

    @property
    def worth_telling(self) -> bool:
        """A document whose own text was kept whole is shown as it always was."""
        return bool(self.mends or any(stretch.decision != KEEP for stretch in self.stretches))

    @property
    def unread_words(self) -> str:
        return ", ".join(map(str, self.unread))


def told(pages: Sequence[dict[str, Any]], mends: Sequence[Sequence[Any]]) -> Told:
    """What happened to ``pages`` and how many ``mends`` changed more than the code of the letters."""
    held = sorted(pages, key=lambda page: page["number"])
    runs = [list(run) for _, run in groupby(held, key=lambda page: (decision_of(page), page.get("reason") or ""))]
    visible = [mend for mend in mends if mend[4] not in UNMARKED]
    return Told(
        tuple(_stretch(run) for run in runs),
        len(visible),
        sum(mend[4] in STRONG for mend in visible),
        tuple(page["number"] for page in held if decision_of(page) == UNREAD),
    )


def decision_of(page: dict[str, Any]) -> str:
    """Readings of before pages were judged kept what they found."""
    return str(page.get("decision") or KEEP)


def _stretch(run: list[dict[str, Any]]) -> Stretch:
    shares = [float(page.get("quality", 1.0)) for page in run]
    return Stretch(
        run[0]["number"], run[-1]["number"], decision_of(run[0]), str(run[0].get("reason") or ""), (min(shares), max(shares))
    )


def page_at(pages: Sequence[dict[str, Any]], offset: int) -> int:
    """The number of the page on which an offset of the text stands; 1 where the file has no pages."""
    numbers = [page["number"] for page in pages if page["span"][0] <= offset]
    return int(numbers[-1]) if numbers else 1
