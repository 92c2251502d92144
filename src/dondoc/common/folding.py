"""Vietnamese text in a form to search by: no marks, no capitals, single spaces."""

import unicodedata


def searchable(*texts: str) -> str:
    """``"Sở Y tế", "SYT"`` → ``"so y te syt"``."""
    joined = " ".join(text for text in texts if text).casefold().replace("đ", "d")
    bare = "".join(letter for letter in unicodedata.normalize("NFD", joined) if not unicodedata.combining(letter))
    return " ".join(bare.split())
