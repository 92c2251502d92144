"""Tags of the pages of programmes."""

from django import template

from dondoc.programmes.models import TargetVersion
from dondoc.programmes.queries.targets import value_of

register = template.Library()


@register.filter
def target_value(version: TargetVersion) -> str:
    """What a version of a target asks for, in words."""
    return value_of(version)
