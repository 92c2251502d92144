"""Numbers to be reached: comparator, value, unit, baseline, horizon (domain rules 5; the contract's ``targets``)."""

from vanban.extract.targets.build import find_targets

__all__ = ["find_targets"]
