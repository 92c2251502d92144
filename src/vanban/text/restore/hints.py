"""What is known about a damaged text from outside."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hints:
    """The ``province`` ("Lạng Sơn") and more ``names`` of agencies."""

    province: str | None = None
    names: tuple[str, ...] = ()
