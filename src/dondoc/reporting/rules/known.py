"""A figure that the platform knows already, with where it comes from."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Known:
    """``words`` and ``address`` say where the figure comes from."""

    number: Decimal
    words: str
    address: str
