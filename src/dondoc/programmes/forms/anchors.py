"""Forms of events that deadlines wait for."""

from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import AnchorEvent


class NameEventForm(forms.Form):
    name = forms.CharField(
        label="Tên sự kiện",
        max_length=255,
        help_text="Ghi như văn bản viết: nhiệm vụ có những từ này trong thời hạn sẽ chờ sự kiện.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_what_is_missing(self)


class DateEventForm(forms.Form):
    """Without a day: it is not known after all."""

    happened_on = DayField(label="Ngày của sự kiện", required=False)
    legal_basis = forms.CharField(label="Căn cứ", max_length=255, required=False)
    reason = forms.CharField(
        label="Lý do sửa", required=False, help_text="Chỉ ghi khi sửa ngày đã ghi.", widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, event: AnchorEvent, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"happened_on": event.happened_on, "legal_basis": event.legal_basis}
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].around = today  # type: ignore[attr-defined]
        if event.happened_on is None:
            del self.fields["reason"]
        say_what_is_missing(self)


class TieForm(forms.Form):
    """An event that is known, or a new one; neither: the task waits for none."""

    event = forms.ModelChoiceField(
        label="Sự kiện đã có", queryset=AnchorEvent.objects.none(), required=False, empty_label="Không chờ sự kiện nào"
    )
    name = forms.CharField(label="Hoặc sự kiện mới", max_length=255, required=False)

    def __init__(self, *args: Any, events: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = events  # type: ignore[attr-defined]
