"""Readers of the environment that fail loudly. A secret may stand in a file: NAME_FILE instead of NAME."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable's text, or that of the file that ``NAME_FILE`` names."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={path!r} cannot be read: {error}") from error
    return os.environ.get(name, default)


def boolean(name: str, *, default: bool = False) -> bool:
    """1/0, true/false, yes/no."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes"}:
        return True
    if value in {"0", "false", "no"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither 1 nor 0")


def integer(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number") from error


def names(name: str, default: str = "") -> list[str]:
    """A list with commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]
