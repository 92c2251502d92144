"""Tags and filters that every page may use without loading them."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page, Paginator
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dondoc.common import clock, deeds, navigation, slots, wording
from dondoc.common.models import AuditEntry

register = template.Library()

BADGE_ICONS = {
    "none": "infinity",
    "idle": "circle-dashed",
    "run": "progress",
    "soon": "clock-exclamation",
    "over": "alert-triangle",
    "done": "circle-check",
    "late": "clock-check",
    "ask": "calendar-question",
}

# About the width on the page in points, so that hatching keeps its form.
STRIP_WIDTH, STRIP_GAP = 240, 1.5

_SYMBOL = re.compile(r"\d+[\d\w./-]*/[\w&Đđ-]+(?:/[\w&Đđ-]+)*")


# Words


@register.filter
def day(value: date | datetime | None) -> str:
    """09/9/2025."""
    return wording.day(value) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """09/9."""
    return wording.short_day(value) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Thứ Sáu, 12/9/2025."""
    return wording.weekday(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """09/9/2025 16:20."""
    return wording.moment(value) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """16:20."""
    return wording.clock_time(value) if value else ""


@register.filter
def distance(due: date | None, on: date | None = None) -> str:
    """còn 7 ngày, hôm nay, quá hạn 3 ngày; counted from today where no day is given."""
    return wording.distance(due, on or clock.today()) if due else ""


@register.filter
def number(value: Decimal | float | None, decimals: int | None = None) -> str:
    """1.234,5; nothing for None, which is not zero."""
    return "" if value is None or value == "" else wording.number(value, decimals)


@register.filter
def percent(value: Decimal | float | None, decimals: int | None = None) -> str:
    """91,2%."""
    return "" if value is None or value == "" else wording.percent(value, decimals)


@register.filter
def bytes_size(value: int | None) -> str:
    """1,2 MB."""
    return "" if value is None else wording.size(value)


@register.filter
def initials(full_name: str) -> str:
    return wording.initials(full_name)


@register.filter
def capital(value: object) -> str:
    """The first letter as a capital, the rest as written: xã An Bình → Xã An Bình."""
    text = str(value)
    return text[:1].upper() + text[1:]


@register.filter
def unbroken(value: str) -> SafeString:
    """Keep symbols (72-NQ/TW) and periods (2021 - 2025) in one piece when a line wraps."""
    text = wording.joined(str(value))
    pieces: list[tuple[str, str]] = []
    end = 0
    for found in _SYMBOL.finditer(text):
        pieces.append((text[end : found.start()], found.group()))
        end = found.end()
    return format_html("{}{}", format_html_join("", '{}<span class="nw">{}</span>', pieces), text[end:])


@register.filter
def deed(entry: AuditEntry) -> str:
    """What an entry of the audit trail says was done."""
    return deeds.words_of(entry.verb)


# Pieces


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """An outline from the sprite, hidden from screen readers: the word beside it says what it means."""
    return _icon(name, classes)


@lru_cache(maxsize=512)
def _icon(name: str, classes: str) -> SafeString:
    """Made once: the sprite's address does not change while the program runs."""
    return format_html('<svg class="i {}" aria-hidden="true"><use href="{}#{}"></use></svg>', classes, static("icons.svg"), name)


@register.simple_tag
def badge(key: str, text: object, icon_name: str = "") -> SafeString:
    """A state: colour, icon and word. Keys: none, idle, run, soon, over, done, late, ask."""
    return format_html('<span class="st {}">{}{}</span>', key, icon(icon_name or BADGE_ICONS[key]), text)


@register.simple_tag
def source(text: object, url: str = "") -> SafeString:
    """The slip of paper that something comes from; opens the document at the passage."""
    if not url:
        return format_html('<span class="src">{}</span>', text)
    return format_html('<a class="src" href="{}">{}</a>', url, text)


@register.simple_tag
def confidence(value: float | None) -> SafeString:
    """Three blocks, a word and a number: Chắc from 90, Khá from 60, else Thấp."""
    if value is None:
        return SafeString("")
    key, word = ("hi", "Chắc") if value >= 0.9 else ("mid", "Khá") if value >= 0.6 else ("lo", "Thấp")
    return format_html(
        '<span class="conf {}"><i aria-hidden="true"><b></b><b></b><b></b></i>{} {}</span>', key, word, int(value * 100)
    )


@register.simple_tag
def bar(value: int, total: int, label: str = "") -> SafeString:
    """How much is done, as a native progress element."""
    return format_html(
        '<progress class="bar {}" value="{}" max="{}" aria-label="{}">{}/{}</progress>',
        "done" if total and value >= total else "",
        value,
        max(total, 1),
        label or "Tiến độ",
        value,
        total,
    )


@register.simple_tag
def strip(**parts: int) -> SafeString:
    """The parts of a group in one strip: ``{% strip done=60 late=4 over=1 %}``; missing ones (over) are hatched."""
    total = sum(parts.values())
    if not total:
        return SafeString("")
    pieces = []
    x = 0.0
    for key, count in parts.items():
        if count:
            width = STRIP_WIDTH * count / total
            pieces.append((key, f"{x:.2f}", f"{max(width - STRIP_GAP, width * 0.5):.2f}"))
            x += width
    rects = format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="9"></rect>', pieces)
    return format_html(
        '<svg class="strip" viewBox="0 0 {} 9" preserveAspectRatio="none" aria-hidden="true">{}</svg>', STRIP_WIDTH, rects
    )


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str, subject: Any = None) -> SafeString:
    """What upper apps put here."""
    return mark_safe("".join(slots.render(name, context["request"], subject)))  # noqa: S308 - fillers give safe HTML


@register.simple_tag(takes_context=True)
def places(context: RequestContext) -> list[navigation.Shown]:
    """The places of the top bar that exist and that this person may enter."""
    return navigation.shown(context["request"])


@register.simple_tag
def today() -> date:
    return clock.today()


@register.simple_tag
def right_now() -> datetime:
    return clock.now()


@register.simple_tag
def page_numbers(page: Page[Any]) -> Iterable[int | str]:
    """Page numbers with … where some are left out."""
    paginator: Paginator[Any] = page.paginator
    return paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
