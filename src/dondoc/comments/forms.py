"""What a person says: the text, and whom it is to be brought before. What may be said is decided by the services."""

from collections.abc import Sequence
from typing import Any

from django import forms

from dondoc.units.models import Person


class CommentForm(forms.Form):
    """``people`` may be chosen from a plain list; ``meant`` is what a script remembers of the suggestions that were taken."""

    text = forms.CharField(
        label="Ý kiến", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 3, "data-mention": ""})
    )
    people = forms.TypedMultipleChoiceField(
        label="Nhắc tới",
        required=False,
        coerce=int,
        help_text="Giữ Ctrl để chọn nhiều người. Người được nhắc tới nhận thông báo.",
    )
    meant = forms.TypedMultipleChoiceField(required=False, coerce=int, widget=forms.MultipleHiddenInput)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, name: str, choices: Sequence[Person] | None = None, **kwargs: Any) -> None:
        """``name`` tells its fields from those of other threads on the page; ``choices``: the plain list of people."""
        super().__init__(data, auto_id=f"{name}-%s", **kwargs)
        self.fields["meant"].choices = [(pk, pk) for pk in self._sent("meant")]  # type: ignore[attr-defined]
        self.list_people(choices or ())
        self.listed = choices is not None

    def list_people(self, people: Sequence[Person]) -> None:
        """Offer them; what was sent stays chosen though it is not among them: the service says what is wrong with it."""
        self.listed = True
        known = [(person.pk, described(person)) for person in people]
        shown = {str(pk) for pk, _ in known}
        sent = [(pk, "người đã chọn") for pk in self._sent("people") if pk not in shown]
        self.fields["people"].choices = known + sent  # type: ignore[attr-defined]

    def _sent(self, name: str) -> list[str]:
        values = self.data.getlist(name) if hasattr(self.data, "getlist") else self.data.get(name, [])
        return [value for value in values if value.isdecimal()]

    @property
    def passage(self) -> tuple[int, int] | None:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        return (start, end) if start is not None and end is not None and start < end else None


def described(person: Person) -> str:
    """*Nguyễn Thị Thu, Sở Y tế*."""
    units = dict.fromkeys(seat.unit.name for seat in getattr(person, "seats_now", ()))
    return ", ".join([person.full_name, *units])
