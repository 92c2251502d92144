"""Forms of the giver's word on many units at once, and of closing."""

from dondoc.programmes.forms.events import AcceptForm


class CloseForm(AcceptForm):
    day_label = "Ngày đóng nhiệm vụ"
