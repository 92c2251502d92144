"""Plain text: page breaks and the numbers beside them."""

import re
import unicodedata
from pathlib import Path

import pytest

from vanban.errors import EncodingError
from vanban.options import Options
from vanban.pipeline import read
from vanban.reading import MendKind, TextOrigin
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


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xf1y ban nh\xa9n d\xa9n t\xd8nh giao S\xeb Y t\xd5 ch\xf1 tr\xd7", "ủy ban nhân dân tỉnh giao Sở Y tế chủ trì"),
        ("Uyû ban nhaân daân tænh giao Sôû Y teá chuû trì".encode("latin-1"), "Uỷ ban nhân dân tỉnh giao Sở Y tế chủ trì"),
        ("U\u0309y ban nhân dân tỉnh giao Sở Y tế chủ trì", "Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì"),
    ],
    ids=["TCVN3", "VNI", "Windows-1258"],
)
def test_bytes_of_an_older_encoding(tmp_path: Path, data: bytes | str, expected: str) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_bytes(data if isinstance(data, bytes) else windows_1258(data))
    found = read(path, Options())
    assert found.text == expected
    assert found.source.text_origin is TextOrigin.RESTORED
    assert {mend.kind for mend in found.mends} == {MendKind.ENCODING}


def windows_1258(text: str) -> bytes:
    """``text`` with the marks of the tones after the vowels, as Windows-1258 has them."""
    parts = unicodedata.normalize("NFD", text)
    joined = re.sub("([aeoAEO])([\u0323\u0300\u0301\u0303\u0309]?)\u0302", r"\1^\2", parts)
    roofed = joined.replace("a^", "â").replace("e^", "ê").replace("o^", "ô")
    return roofed.replace("o\u031b", "ơ").replace("u\u031b", "ư").encode("cp1258")


@pytest.mark.parametrize("data", [b"\xff\xd9\x80 caf\xe9", "Déjà vu, garçon".encode("latin-1"), b"Nhi\xc8m v\xf4"])
def test_bytes_of_no_vietnamese_encoding_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_bytes(data)
    with pytest.raises(EncodingError, match="Đề nghị"):
        extract(path, Options())
