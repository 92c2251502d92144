"""The form of a task that comes from a letter or a meeting."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from dondoc.common.forms import DayField
from dondoc.files.forms import AttachmentField
from dondoc.programmes.enums import OriginKind, TaskKind
from dondoc.programmes.forms.required import say_what_is_missing
from dondoc.programmes.models import Origin
from dondoc.programmes.queries.bearers import Options
from dondoc.programmes.rules.naming import name_of_origin

_OF_NEW_ORIGIN = ("origin_kind", "title", "said_on", "words")


class AddTaskForm(forms.Form):
    """Where it comes from (one that is known, or a new one), what is asked, of whom, by when."""

    origin = forms.TypedChoiceField(label="Nguồn", required=False)
    origin_kind = forms.ChoiceField(label="Loại nguồn", choices=OriginKind.choices)
    code = forms.CharField(label="Số, ký hiệu", required=False, max_length=80)
    title = forms.CharField(label="Tên cuộc họp, trích yếu văn bản", required=False, max_length=255)
    said_by = forms.CharField(label="Người giao", required=False, max_length=255)
    said_on = DayField(label="Ngày giao", required=False)
    words = forms.CharField(
        label="Lời giao việc, nguyên văn", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000
    )
    evidence = AttachmentField(label="Tệp thông báo kết luận, công văn")

    text = forms.CharField(label="Nội dung nhiệm vụ", widget=forms.Textarea(attrs={"rows": 3}), max_length=5000)
    result = forms.CharField(label="Sản phẩm phải có", required=False, max_length=1000)
    kind = forms.ChoiceField(
        label="Loại nhiệm vụ", required=False, choices=[("", "Theo lời văn của nhiệm vụ"), *TaskKind.choices]
    )
    lead = forms.ChoiceField(label="Cơ quan chủ trì")
    more_leads = forms.MultipleChoiceField(
        label="Cùng chủ trì", required=False, help_text="Cơ quan chủ trì chọn ở trên chịu trách nhiệm chính."
    )
    coordinating = forms.MultipleChoiceField(label="Cơ quan phối hợp", required=False)
    supervising = forms.ChoiceField(label="Theo dõi, chỉ đạo", required=False)

    due_on = DayField(label="Thời hạn", required=False)
    exclusive = forms.ChoiceField(label="Tính hạn", required=False, choices=[("", "đến hết ngày này"), ("1", "trước ngày này")])
    deadline_text = forms.CharField(
        label="Lời văn thời hạn",
        required=False,
        max_length=255,
        help_text="Để trống thì ghi theo ngày, ví dụ “trước ngày 10/9/2025”.",
    )

    def __init__(self, *args: Any, origins: Sequence[Origin], bearers: Options, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.around = today
        self.held = {str(one.pk): one for one in origins}
        known = [(pk, f"{name_of_origin(one.kind, one.code, one.said_on)}: {one.title}"[:120]) for pk, one in self.held.items()]
        self._choose("origin", [("", "Nguồn mới, ghi ở dưới"), *known])
        self.fields["origin"].coerce = self.held.get  # type: ignore[attr-defined]
        self.fields["origin"].empty_value = None  # type: ignore[attr-defined]
        self._choose("lead", [("", "Chọn cơ quan hoặc nhóm"), *bearers])
        self._choose("supervising", [("", "Không ghi"), *bearers])
        for name in ("more_leads", "coordinating"):
            self._choose(name, list(bearers))
            self.fields[name].widget.attrs["size"] = 6
        for name in _OF_NEW_ORIGIN:
            self.fields[name].required = str(self["origin"].value() or "") not in self.held
        say_what_is_missing(self)

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
