"""Finds the secrecy mark of a document, which must then not be kept here.

The mark is a stamp of its own, MẬT, TỐI MẬT or TUYỆT MẬT, near the top (under the number), or a line "Độ mật: Mật".
Words such as "bí mật nhà nước" or "bảo mật" in a sentence are none. Source: Law on the Protection of State Secrets
117/2025/QH15; Decree 30/2020, annex I (place of the mark).
"""

import re

from vanban.spans import Span

TOP_LINES = 40  # lines with words in which the stamp of a first page stands
TOP_CHARACTERS = 2500

# Names of the patterns and an example of each:
#   stamp      "MẬT" alone on its line, boxed "[TỐI MẬT]" or beside the line of the number "Số: 12/BC-UBND    TUYỆT MẬT"
#   level      "Độ mật: Mật", "Mức độ mật: Tối mật", "Dấu chỉ độ mật: TUYỆT MẬT"
_GRADE = r"(?:(?:TUYỆT|TỐI)[ \t]+)?MẬT"
_STAMP = re.compile(
    rf"(?m)^[ \t]*(?:Số[ \t]*:?[^\n]{{0,40}}[ \t|]{{2,}})?[\[(|*]?[ \t]*(?P<mark>{_GRADE})[ \t]*[\])|*]?[ \t.]*(?:\|[^\n]*)?$"
)
_LEVEL = re.compile(
    r"(?i)(?:^|\n)[ \t|]*(?:mức[ \t]+|dấu[ \t]+(?:chỉ[ \t]+)?|cấp[ \t]+)?độ[ \t]+mật[ \t]*:[ \t]*(?P<mark>(?:(?:tuyệt|tối)[ \t]+)?mật)\b"
)


def find_secrecy_mark(text: str) -> Span | None:
    """The place of the secrecy mark in normalised ``text``, None where the document bears none."""
    top = text[: _top(text)]
    for pattern in (_STAMP, _LEVEL):
        found = pattern.search(top)
        if found:
            return Span(*found.span("mark"))
    return None


def _top(text: str) -> int:
    """Where the top of the document ends."""
    seen = offset = 0
    for line in text[:TOP_CHARACTERS].splitlines(keepends=True):
        offset += len(line)
        seen += bool(line.strip())
        if seen >= TOP_LINES:
            break
    return offset
