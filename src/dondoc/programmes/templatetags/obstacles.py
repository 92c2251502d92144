"""Tags of the pages of obstacles."""

from django import template
from django.utils.safestring import SafeString

from dondoc.common.templatetags.house import badge
from dondoc.programmes.enums import ObstacleState
from dondoc.programmes.queries.obstacles import Listed, solver_name

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


register.filter("solver", solver_name)
