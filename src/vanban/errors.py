"""Errors that a person who hands in a file can do something about.

Every message is Vietnamese and says what happened and what to do, in that order; it is shown as it stands.
"""


class ReadingError(Exception):
    """A file that cannot be read. ``code`` is stable, for programs; ``message`` is Vietnamese, for people."""

    code = "unreadable"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class EmptyFileError(ReadingError):
    """Nothing to read: no bytes, or no letters in them."""

    code = "empty"


class UnsupportedFileError(ReadingError):
    """Not a kind of document that can be read."""

    code = "unsupported"


class DamagedFileError(ReadingError):
    """The file says it is of a known kind, and is not whole."""

    code = "damaged"


class EncryptedFileError(ReadingError):
    """The file is locked with a password."""

    code = "encrypted"


class TooLargeError(ReadingError):
    """Over a limit of :class:`vanban.options.Options`: bytes, pages or unpacked size."""

    code = "too-large"


class EncodingError(ReadingError):
    """A text file whose bytes are not UTF-8 (nor UTF-16 with a mark)."""

    code = "encoding"


class SecretDocumentError(ReadingError):
    """A secrecy mark (MẬT, TỐI MẬT, TUYỆT MẬT): such a document must not be kept here.

    Source: Law on the Protection of State Secrets 117/2025/QH15; domain rule 9.5.
    """

    code = "secret"


class NeedsImageReadingError(ReadingError):
    """The pages hold pictures and no text that can be trusted: they must be read as images."""

    code = "needs-ocr"


class CancelledError(ReadingError):
    """The caller asked to stop."""

    code = "cancelled"
