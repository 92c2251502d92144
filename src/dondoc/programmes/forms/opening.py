"""Forms of opening and of further documents."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.documents.models import Document
from dondoc.documents.places import name_of_section
from dondoc.programmes.enums import DocumentRole
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import Task
from dondoc.units.models import Unit


class OpenForm(forms.Form):
    """Title and lead of a programme; the links stand beside it."""

    title = forms.CharField(label="Tên chương trình", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    lead_unit = forms.ModelChoiceField(label="Cơ quan chủ trì chương trình", queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["lead_unit"].empty_label = "Chọn cơ quan"  # type: ignore[attr-defined]
        say_what_is_missing(self)


class JoinForm(forms.Form):
    """Which document, as what, from when."""

    document = forms.ModelChoiceField(label="Văn bản", queryset=Document.objects.none(), empty_label="Chọn văn bản")
    role = forms.ChoiceField(
        label="Vai trò trong chương trình",
        choices=[(role.value, role.label) for role in DocumentRole if role != DocumentRole.PLAN],
    )
    effective_on = DayField(label="Có hiệu lực từ ngày")

    def __init__(self, *args: Any, documents: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"effective_on": today}, **kwargs})
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        self.fields["effective_on"].around = today  # type: ignore[attr-defined]
        say_what_is_missing(self)


class SupersedeForm(forms.Form):
    """The newer task, the one whose place it takes, the day."""

    task = forms.TypedChoiceField(label="Nhiệm vụ mới")
    earlier = forms.TypedChoiceField(label="Thay cho nhiệm vụ")
    on = DayField(label="Từ ngày")

    def __init__(self, *args: Any, newer: Sequence[Task], earlier: Sequence[Task], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"on": today}, **kwargs})
        for name, tasks in (("task", newer), ("earlier", earlier)):
            held = {str(one.pk): one for one in tasks}
            field = self.fields[name]
            field.choices = [("", "Chọn nhiệm vụ"), *((pk, _words(one)) for pk, one in held.items())]  # type: ignore[attr-defined]
            field.coerce = held.get  # type: ignore[attr-defined]
        self.fields["on"].around = today  # type: ignore[attr-defined]
        say_what_is_missing(self)


def _words(task: Task) -> str:
    place = f"{name_of_section(task.section)}: " if task.section else ""
    return f"{place}{task.text[:110]}{'…' if len(task.text) > 110 else ''}"
