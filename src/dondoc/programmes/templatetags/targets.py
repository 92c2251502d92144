"""Tags of the pages of targets."""

from datetime import date

from django import template
from django.forms import BoundField

from dondoc.common import wording
from dondoc.programmes.enums import FigureKind, RollUp
from dondoc.programmes.models import Target
from dondoc.programmes.queries.targets import Asked

register = template.Library()


@register.filter
def measured_by(target: Target) -> str:
    """Who measures: the group, the unit, or the programme's lead."""
    if target.measured_by_group:
        return target.measured_by_group.name
    unit = target.measured_by_unit or target.programme.lead_unit
    return unit.name if unit else "chưa giao"


@register.filter
def how_words(asked: Asked) -> str:
    """How the figure of the province comes about."""
    target = asked.target
    if asked.how == RollUp.RATIO:
        return f"tỷ lệ của tổng: {target.numerator} chia {target.denominator}"
    return str(RollUp(asked.how).label).lower()


_HELP = {
    "": "số ở trên",
    FigureKind.ZERO: "có theo dõi, kết quả bằng 0",
    FigureKind.NONE: "địa bàn không có đối tượng này",
    FigureKind.NOT_APPLICABLE: "không giao cho đơn vị",
    FigureKind.NOT_REPORTED: "còn nợ, sẽ ghi sau",
}


@register.filter
def kind_help(kind: str) -> str:
    """What each kind of nothing means, in a few words."""
    return _HELP.get(kind, "")


@register.filter
def shown_value(field: BoundField) -> str:
    """What a form's field holds, in words: the label of a choice, yes or no of a box."""
    value = field.value()
    if isinstance(value, bool):
        return "có" if value else "không"
    choices = getattr(field.field, "choices", ())
    flat = [pair for one in choices for pair in (one[1] if isinstance(one[1], list | tuple) else [one])]
    named = {str(key): str(words) for key, words in flat}
    if str(value) in named:
        return named[str(value)]
    return wording.day(value) if isinstance(value, date) else "trống" if value in {None, ""} else str(value)
