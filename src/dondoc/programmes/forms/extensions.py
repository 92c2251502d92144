"""Forms of a request for more time, and of the word on it."""

from django import forms

from dondoc.common.forms import DayField
from dondoc.programmes.enums import ExtensionReason, ExtensionRefusal
from dondoc.programmes.forms.events import EventForm, ReasonedForm


def _text(label: str, rows: int = 3, *, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}))


class AskForm(EventForm):
    """A request as an office writes it: by when, why, what is done, its own letter."""

    day_label = "Ngày đề nghị"
    new_due_on = DayField(label="Đề nghị lùi hạn đến hết ngày")
    objective = _text("Nguyên nhân khách quan", help_text="Nêu ít nhất một trong hai loại nguyên nhân.")
    subjective = _text("Nguyên nhân chủ quan")
    progress = _text("Kết quả đã thực hiện đến nay", required=True)
    percent = forms.IntegerField(label="Tỷ lệ hoàn thành (%)", required=False, min_value=0, max_value=100)
    late_explanation = _text(
        "Giải trình việc đề nghị sau khi hết hạn", rows=2, help_text="Chỉ ghi khi ngày đề nghị sau hạn cuối đang có."
    )
    product_code = forms.CharField(label="Số, ký hiệu văn bản đề nghị", required=False, max_length=80)
    product_date = DayField(label="Ngày văn bản đề nghị", required=False)
    evidence = forms.FileField(label="Tệp văn bản đề nghị", required=False)


class ExtendForm(ReasonedForm):
    """The giver moves the day without being asked, as directed from above."""

    day_label = "Ngày quyết định"
    reasons = ExtensionReason.choices
    new_due_on = DayField(label="Hạn cuối mới")
    late_reason = _text("Lý do gia hạn sau khi hết hạn", rows=2, help_text="Chỉ ghi khi ngày quyết định sau hạn cuối đang có.")
    product_code = forms.CharField(label="Số, ký hiệu văn bản đồng ý gia hạn", required=False, max_length=80)
    product_date = DayField(label="Ngày văn bản đồng ý", required=False)
    evidence = forms.FileField(label="Tệp văn bản đồng ý", required=False)


class GrantForm(EventForm):
    """Agreed, to the proposed day or another."""

    day_label = "Ngày quyết định"
    new_due_on = DayField(label="Hạn cuối mới")
    note = _text("Ý kiến", rows=2, help_text="Bắt buộc khi hạn mới khác ngày đơn vị đề nghị.")
    product_code = forms.CharField(label="Số, ký hiệu văn bản đồng ý", required=False, max_length=80)
    product_date = DayField(label="Ngày văn bản đồng ý", required=False)
    evidence = forms.FileField(label="Tệp văn bản đồng ý", required=False)


class RefuseForm(ReasonedForm):
    """Not agreed, and why."""

    day_label = "Ngày quyết định"
    reasons = ExtensionRefusal.choices
    product_code = forms.CharField(label="Số, ký hiệu văn bản trả lời", required=False, max_length=80)
    product_date = DayField(label="Ngày văn bản trả lời", required=False)
    evidence = forms.FileField(label="Tệp văn bản trả lời", required=False)


class WithdrawForm(EventForm):
    """The unit takes its request back."""

    day_label = "Ngày rút"
    note = _text("Ghi chú", rows=2)
