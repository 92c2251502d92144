"""Deadlines that wait for an event: which one the words mean, and the days that follow from its day."""

import re
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from dondoc.common.folding import searchable
from dondoc.programmes.rules.deadlines import after

_PUNCTUATION = re.compile(r"[^\w/ ]+")
_PAPER = r"(?:van ban|cong van|ke hoach|quyet dinh|chi thi|nghi quyet|thong bao|giay moi|yeu cau)"
_RECEIPT = re.compile(rf"^(?:ngay |khi |ke tu )*(?:don vi |co quan )?nhan (?:duoc )?{_PAPER}(?: nay)?$")
# Words that say "when asked", "as laid down", "soon": there is no one day to enter for all whom they concern.
_NO_EVENT = re.compile(
    r"^(?:dot xuat|khi co yeu cau|khi can thiet|khi duoc yeu cau|theo |(?:bao dam |dam bao |dung |trong )*"
    r"(?:thoi gian|thoi han|tien do|ke hoach|han) (?:da |duoc )*(?:quy dinh|de ra|yeu cau|giao)|kip thoi|khan truong|som|ngay$|"
    r"(?:can )?lam ngay|(?:truoc )?it nhat|\d)"
)
_BEFORE = re.compile(r"^truoc (?!.*\b(?:va|,) sau\b)")
_AFTER = re.compile(r"^(?:ngay )?(?:sau|ke tu|tu)\b(?!.*\bden\b)")


class Days(NamedTuple):
    """The days that follow from an event's: the first, the last named, and whether the words exclude that one."""

    starts_on: date | None = None
    due_on: date | None = None
    exclusive: bool = False


def plain(words: str) -> str:
    """Folded, without punctuation."""
    return " ".join(_PUNCTUATION.sub(" ", searchable(words)).split())


def is_receipt(anchor: str) -> bool:
    """*Ngày nhận được văn bản*: each unit has its own day."""
    return _RECEIPT.match(plain(anchor)) is not None


def is_event(anchor: str) -> bool:
    """Whether the words mean something that happens once, on a day that can be entered."""
    words = plain(anchor)
    return len(words) > 3 and not is_receipt(anchor) and _NO_EVENT.match(words) is None


def names(name: str, words: str) -> bool:
    """Whether ``words`` speak of the event of that name."""
    return re.search(rf"\b{re.escape(plain(name))}\b", plain(words)) is not None


def days_of(happened_on: date, words: str, offset: str, *, holidays: Collection[date] = ()) -> Days:
    """*30 ngày sau khi …* counts from the event; *trước …* ends the day before; *đến khi …* that day; *sau khi …* begins then."""
    folded = plain(words)
    if offset:
        return Days(None, after(happened_on, offset, holidays=holidays), exclusive=False)
    if _BEFORE.match(folded):
        return Days(None, happened_on, exclusive=True)
    if _AFTER.match(folded):
        return Days(happened_on)
    return Days(None, happened_on)
