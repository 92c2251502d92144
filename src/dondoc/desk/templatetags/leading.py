"""Pictures of the leaders' page: how the tasks of a programme stand, and how much an agency is late."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dondoc.programmes.queries.listing import Entry

register = template.Library()

WIDTH, HEIGHT, GAP = 206.0, 20, 1.0
NARROWEST = 10.0
LEGIBLE = 14.0
"""Points: below the first a segment cannot be hit with a finger, below the second a number does not fit."""

# Class, field of the counters, filter of the board, words.
_SEGMENTS = (
    ("done", "done_on_time", "dung-han", "hoàn thành đúng hạn"),
    ("late", "done_late", "tre-han", "trễ hạn"),
    ("run", "within", "trong-han", "trong hạn"),
    ("idle", "undated_open", "khong-thoi-han", "không thời hạn"),
    ("over", "overdue", "qua-han", "quá hạn"),
)


@register.simple_tag
def standing_bar(entry: Entry, most: int) -> SafeString:
    """The published breakdown as one bar, each part a link to its rows; ``most``: the tasks of the largest programme."""
    counts = [(*segment, getattr(entry.figures, segment[1])) for segment in _SEGMENTS]
    shown = [(key, state, words, count) for key, _, state, words, count in counts if count]
    if not shown:
        return format_html('<span class="sm mut">{}</span>', "chưa có nhiệm vụ đang theo dõi")
    board = reverse("programmes:board", args=[entry.programme.pk])
    room = WIDTH - len(shown) * (NARROWEST + GAP)
    pieces = []
    x = 0.0
    for key, state, words, count in shown:
        width = NARROWEST + room * count / max(most, 1)
        label = str(count) if width >= LEGIBLE + 4 * (len(str(count)) - 1) else ""
        pieces.append(
            (f"{board}?trang-thai={state}", f"{count} {words}", key, f"{x:.1f}", f"{width:.1f}", HEIGHT, key, f"{x + width / 2:.1f}", label)
        )  # fmt: skip
        x += width + GAP
    parts = format_html_join(
        "",
        '<a href="{}" aria-label="{}"><rect class="{}" x="{}" y="0" width="{}" height="{}" rx="2"></rect>'
        '<text class="{}" x="{}" y="14.5">{}</text></a>',
        pieces,
    )
    return format_html('<svg class="pb" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>', WIDTH, HEIGHT, WIDTH, HEIGHT, parts)


@register.simple_tag
def late_bar(count: int, most: int) -> SafeString:
    """How many of an agency's tasks are late, beside those of the latest."""
    width = max(6.0, 48.0 * count / max(most, 1))
    return format_html(
        '<svg class="lb" viewBox="0 0 48 12" width="48" height="12" aria-hidden="true"><rect width="{}" height="12" rx="2"></rect></svg>',
        f"{width:.1f}",
    )
