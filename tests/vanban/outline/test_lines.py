"""Which lines go on: in a bracket after its colon, and within the place of a citation."""

import pytest

from vanban.outline import BlockKind
from vanban.outline.tree import outline

HEAD = "I. NHIỆM VỤ\n1. Nội dung\n"


def bullets(text: str) -> list[str]:
    found = outline(HEAD + text, ()).blocks
    return [" ".join(block.span.of(HEAD + text).split()) for block in found if block.kind is BlockKind.BULLET]


@pytest.mark.parametrize(
    "text",
    [
        "- Trồng cây xanh ven hồ (chủ trì:\nSở Xây dựng; phối hợp: Sở Tài chính).",
        "- Trồng cây xanh ven hồ (chủ trì: Sở Xây dựng;\nPhối hợp: Sở Tài chính).",
        "- Trồng cây xanh ven hồ trong khu đô thị (chủ trì:\nSở Xây dựng; phối hợp: Sở Tài chính; thời gian:\n2026 - 2027).",
        "- Thu phí theo quy định tại khoản 2\nĐiều 9 Nghị định của Chính phủ, xong trước ngày 30/6/2026.",
        "- Thu phí theo quy định tại điểm b\nKhoản 2 Điều 9, xong trước ngày 30/6/2026.",
    ],
)
def test_a_paragraph_goes_on(text: str) -> None:
    assert bullets(text) == [" ".join(text.split())]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("- Phân công (kèm theo danh sách) như sau:\nSở Xây dựng trồng cây ven hồ.", "- Phân công (kèm theo danh sách) như sau:"),
        ("- Trồng cây xanh ven hồ;\nSở Xây dựng nghiệm thu.", "- Trồng cây xanh ven hồ;"),
    ],
)
def test_a_paragraph_ends(text: str, first: str) -> None:
    assert bullets(text) == [first]
