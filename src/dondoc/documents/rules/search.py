"""The text that a document is found by."""

import unicodedata

from dondoc.common.folding import searchable


def plain_words(text: str) -> str:
    """Lower case, one composition of the letters, single spaces; diacritics kept."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def search_text(*texts: str) -> str:
    """The words as they are and, on a second line, without diacritics: a word is looked for in both."""
    joined = " ".join(text for text in texts if text)
    return f"{plain_words(joined)}\n{searchable(joined)}"


def search_words(query: str) -> list[str]:
    """The words that a text must hold, each as it was typed: with diacritics they must agree."""
    return plain_words(query).split()
