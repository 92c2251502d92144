"""Plain text: page breaks and the numbers beside them."""

from pathlib import Path

import pytest

from vanban.options import Options
from vanban.sources import extract


def raw(tmp_path: Path, text: str) -> str:
    path = tmp_path / "van-ban.txt"
    path.write_bytes(text.encode("utf-8"))
    return extract(path, Options()).raw


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Khoa học và Công\n               4\n\fnghệ chủ trì", "Sở Khoa học và Công\nnghệ chủ trì"),
        ("Sở Khoa học và Công\n\f      - 4 -\nnghệ chủ trì", "Sở Khoa học và Công\nnghệ chủ trì"),
        ("Sở Y tế\n\fSở Nội vụ", "Sở Y tế\nSở Nội vụ"),
        ("Sở Y tế\fSở Nội vụ", "Sở Y tế\nSở Nội vụ"),
        ("kế hoạch năm\n\f2026\ntrở đi", "kế hoạch năm\n2026\ntrở đi"),
        ("đủ\n4\nhồ sơ", "đủ\n4\nhồ sơ"),
    ],
)
def test_a_page_break_leaves_no_trace(tmp_path: Path, text: str, expected: str) -> None:
    assert raw(tmp_path, text).rstrip("\n") == expected
