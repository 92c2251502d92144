"""The quick report for the province's leaders, in one click."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dondoc.common.downloading import hand_out_made
from dondoc.common.errors import NotAllowed
from dondoc.common.official import DOCX, to_docx
from dondoc.programmes.official.summary import paper_of
from dondoc.programmes.queries.summary import scope_of
from dondoc.programmes.rules.rights import provinces_led
from dondoc.units import access
from dondoc.units.models import Unit
from dondoc.units.queries import valid_on
from dondoc.units.rules import Actor

OFFICE = "vp-ubnd"
NOT_FOR_YOU = "Báo cáo nhanh dành cho lãnh đạo tỉnh và Văn phòng UBND tỉnh."


@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    actor = access.actor(request)
    led = provinces_led(actor)
    if not led:
        raise NotAllowed(NOT_FOR_YOU)
    province = Unit.objects.get(pk=min(led))
    scope, entries = scope_of(actor, province)
    paper = paper_of(scope, entries, from_unit=_office(province, actor))
    return hand_out_made(to_docx(paper), "Báo cáo nhanh nhiệm vụ", "docx", DOCX)


def _office(province: Unit, actor: Actor) -> Unit:
    """The provincial office reports, whoever presses; where the list of units has none, the actor's own unit does."""
    units = Unit.objects.filter(valid_on(actor.on)).select_related("province")
    office = units.filter(province=province, lexicon_id=OFFICE).first()
    return office or units.filter(pk__in=actor.unit_ids).order_by("pk")[0]
