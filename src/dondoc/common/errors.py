"""Refusals that a person can do something about. ``message`` is Vietnamese and shown as it stands."""


class Refused(Exception):  # noqa: N818 - a refusal is no error of the program
    """The act is not possible now; nothing was changed. ``field``: the form field it concerns, else ""."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refused):
    """The person may not do this."""
