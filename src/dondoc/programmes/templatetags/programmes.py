"""Tags of the pages of programmes."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from dondoc.programmes.models import Assignment, Origin, TargetVersion
from dondoc.programmes.queries.bearers import Options
from dondoc.programmes.queries.targets import value_of
from dondoc.programmes.rules.naming import name_of_origin

register = template.Library()


@register.filter
def target_value(version: TargetVersion) -> str:
    """What a version of a target asks for, in words."""
    return value_of(version)


@register.filter
def origin_name(origin: Origin) -> str:
    """What the chip of a letter or meeting says."""
    return name_of_origin(origin.kind, origin.code, origin.said_on)


@register.filter
def dialled(phone: str) -> str:
    """A telephone number as it is dialled: digits, and the plus of a country."""
    return "".join(letter for letter in phone if letter.isdigit() or letter == "+")


@register.simple_tag
def bearer_select(assignment: Assignment, options: Options, renamed: Any = None) -> SafeString:
    """A select of units and groups: what was chosen but not written, else who bears the name now."""
    held = f"u{assignment.unit_id}" if assignment.unit_id else f"g{assignment.group_id}" if assignment.group_id else ""
    chosen = renamed.value if renamed and renamed.assignment_id == assignment.pk else held
    groups = format_html_join(
        "", '<optgroup label="{}">{}</optgroup>', ((label, _options(rows, chosen)) for label, rows in options)
    )
    return format_html(
        '<select name="bearer" aria-label="Đơn vị của “{}”"><option value="">chưa gắn với đơn vị</option>{}</select>',
        assignment.name,
        groups,
    )


def _options(rows: list[tuple[str, str]], chosen: str) -> SafeString:
    marked = ((value, mark_safe(" selected") if value == chosen else "", name) for value, name in rows)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)
