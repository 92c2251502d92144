from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from dondoc.common import wording
from dondoc.programmes.models import Programme, Target, TargetVersion

_COMPARATORS = {
    ">=": "ít nhất ",
    ">": "trên ",
    "<=": "không quá ",
    "<": "dưới ",
    "=": "",
    "increase": "tăng ",
    "decrease": "giảm ",
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A target with the version that holds on a day and those that held before, the newest first."""

    target: Target
    version: TargetVersion | None
    earlier: list[TargetVersion]

    @property
    def value(self) -> str:
        return value_of(self.version) if self.version else ""


def targets_of(programme: Programme, on: date) -> list[Measured]:
    versions = TargetVersion.objects.select_related("decided_by").order_by("-effective_from", "-pk")
    targets = programme.targets.select_related("item").prefetch_related(Prefetch("versions", queryset=versions))
    return [_measured(target, on) for target in targets]


def _measured(target: Target, on: date) -> Measured:
    held = [version for version in target.versions.all() if version.effective_from <= on]
    return Measured(target, held[0] if held else None, held[1:])


def value_of(version: TargetVersion) -> str:
    """*ít nhất 50%*, *8 - 9%*, *tăng 1,5 cm*; a goal without a figure says so."""
    if version.value is None:
        return "không nêu số"
    figures = wording.number(version.value)
    if version.value_high is not None:
        figures = f"{figures} - {wording.number(version.value_high)}"
    words = "" if version.comparator == "range" else _COMPARATORS.get(version.comparator, "")
    unit = version.measure if version.measure.startswith("%") else f" {version.measure}" if version.measure else ""
    return f"{words}{figures}{unit}"
