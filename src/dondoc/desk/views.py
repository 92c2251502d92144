from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dondoc.desk import queries
from dondoc.units import access
from dondoc.units.enums import Role


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Việc của tôi: what my units owe, what waits for their word, the programmes that they look after."""
    actor = access.actor(request)
    waiting, waiting_total = queries.waiting_for(actor)
    context = {
        "actor": actor,
        "who": _who([seat.unit_name for seat in actor.seats]),
        "owed": queries.owed_by(actor),
        "reports": queries.reports_of(actor),
        "waiting": waiting,
        "waiting_total": waiting_total,
        "to_review": queries.to_review(actor),
        "entries": queries.programmes_of(actor),
        "leads": actor.has_role(Role.UNIT_LEADER),
        "several_units": len(actor.unit_ids) > 1,
    }
    return render(request, "desk/home.html", context)


def _who(names: list[str]) -> str:
    distinct = list(dict.fromkeys(name for name in names if name))
    return ", ".join(distinct)
