"""Bars of units, always from 0: reached, not reached, waiting for the giver's word, and hatched where there is no figure."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dondoc.programmes.charts.svg import joined

WIDTH, HEIGHT = 200.0, 10.0


def draw(value: Decimal | None, most: Decimal, kind: str, goal: Decimal | None = None) -> SafeString:
    """One bar as wide as its place; the figure stands beside it in words. ``kind``: done, not, wait, none (hatched)."""
    full = float(most) or 1.0
    width = WIDTH if value is None else max(min(float(abs(value)) / full, 1) * WIDTH, 1.5)
    parts = [format_html('<rect class="{}" x="0" y="0" width="{}" height="{}"></rect>', kind, f"{width:.1f}", f"{HEIGHT:g}")]
    if goal is not None and 0 <= goal <= most:
        x = float(goal) / full * WIDTH
        parts.append(
            format_html(
                '<rect class="edge" x="{}" y="0" width="1.5" height="{}"></rect>', f"{max(x - 1.5, 0):.1f}", f"{HEIGHT:g}"
            )
        )
    return format_html(
        '<svg class="ubar" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        f"{WIDTH:g}", f"{HEIGHT:g}", joined(parts),
    )  # fmt: skip
