"""Vietnamese words for the verbs of the audit trail; each app names its own when it starts."""

from collections.abc import Mapping

_words: dict[str, str] = {"files.purge": "Xóa tệp"}


def name(words: Mapping[str, str]) -> None:
    """Give words to verbs: ``{"units.edit_unit": "Sửa đơn vị"}``."""
    _words.update(words)


def words_of(verb: str) -> str:
    """The words, or the verb itself where an app forgot to name it."""
    return _words.get(verb, verb)
