"""Groups of units and their members on a day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from dondoc.common import wording
from dondoc.common.forms import attempt
from dondoc.units import queries
from dondoc.units.access import actor
from dondoc.units.enums import GroupRule
from dondoc.units.forms.units import GroupForm, LastDayForm, MembersForm
from dondoc.units.models import GroupMember, UnitGroup
from dondoc.units.services import groups as services
from dondoc.units.views.common import administrator, provinces_for
from dondoc.units.views.units import form_page


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    asking = actor(request)
    groups = list(queries.visible_groups(asking))
    members = queries.members_of_groups(groups, asking.on)
    rows = [{"group": group, "count": len(members[group.pk])} for group in groups]
    return render(request, "units/groups.html", {"rows": rows})


def _visible(request: HttpRequest, pk: int) -> UnitGroup:
    return get_object_or_404(queries.visible_groups(actor(request)), pk=pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    asking = actor(request)
    group = _visible(request, pk)
    on = wording.read_day(request.GET.get("ngay", ""), asking.on) or asking.on
    listed = {}
    if group.rule == GroupRule.LISTED:
        listed = {member.unit_id: member for member in group.listed.filter(queries.valid_on(on))}
    units = [(unit, listed.get(unit.pk)) for unit in queries.members(group, on)]
    facts = {"group": group, "units": units, "on": on, "administers": asking.administers(group.province_id)}
    return render(request, "units/group.html", facts)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    asking = administrator(request)
    provinces = provinces_for(request, asking)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        group = attempt(form, lambda: services.create_group(actor=asking, province=provinces.chosen, facts=form.facts()))
        if group is not None:
            messages.success(request, f"Đã thêm nhóm {group.name}.")
            return redirect("units:group", group.pk)
    return form_page(request, form, title="Thêm nhóm", submit="Thêm nhóm", back="units:groups", provinces=provinces)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    group = _visible(request, pk)
    asking = administrator(request)
    form = GroupForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.edit_group(actor=asking, group=group, facts=form.facts()))
        if done is not None:
            messages.success(request, f"Đã sửa nhóm {group.name}.")
            return redirect("units:group", group.pk)
    return form_page(request, form, title=f"Sửa nhóm {group.name}", submit="Ghi", back="units:group", back_pk=group.pk)


@require_http_methods(["GET", "POST"])
def add_members(request: HttpRequest, pk: int) -> HttpResponse:
    group = _visible(request, pk)
    asking = administrator(request)
    form = MembersForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        count = attempt(
            form,
            lambda: services.add_members(actor=asking, group=group, units=list(data["units"]), valid_from=data["valid_from"]),
        )
        if count is not None:
            messages.success(request, f"Đã thêm {count} đơn vị vào nhóm.")
            return redirect("units:group", group.pk)
    title = f"Thêm thành viên: {group.name}"
    return form_page(request, form, title=title, submit="Thêm vào nhóm", back="units:group", back_pk=group.pk)


@require_http_methods(["GET", "POST"])
def end_member(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    group = _visible(request, pk)
    asking = administrator(request)
    member = get_object_or_404(GroupMember.objects.select_related("unit", "group"), pk=member_pk, group=group)
    form = LastDayForm(request.POST or None, initial={"on": asking.on})
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: services.end_member(actor=asking, member=member, on=form.cleaned_data["on"]))
        if not form.errors:
            messages.success(request, f"{member.unit.name} ra khỏi nhóm sau ngày {wording.day(form.cleaned_data['on'])}.")
            return redirect("units:group", group.pk)
    title = f"Đưa {member.unit.name} ra khỏi nhóm"
    return form_page(request, form, title=title, submit="Đưa ra khỏi nhóm", back="units:group", back_pk=group.pk)
