"""Tags of the pages of obstacles."""

from django import template
from django.utils.safestring import SafeString

from dondoc.common.templatetags.house import badge
from dondoc.programmes.enums import ObstacleState
from dondoc.programmes.queries.obstacles import Listed

register = template.Library()

_BADGES = {
    ObstacleState.WAITING: ("soon", "clock-exclamation"),
    ObstacleState.ANSWERED: ("run", "message-2"),
    ObstacleState.SOLVED: ("done", "circle-check"),
    ObstacleState.WITHDRAWN: ("none", "ban"),
}


@register.filter
def obstacle_badge(one: Listed) -> SafeString:
    """Its state; red where it has waited too long."""
    key, icon = _BADGES[one.course.state]
    return badge("over" if one.is_long else key, one.course.state.label, icon)


@register.filter
def solver(one: Listed) -> str:
    """The name of the unit that it waits for, or the words for the province's leaders and higher levels."""
    unit = one.obstacle.solver_unit
    if unit is not None and unit.pk == one.course.solver_unit_id:
        return unit.name
    return str(one.course.solver.label)
