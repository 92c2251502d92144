"""What a person is told of the machine's mends: grouped, no junk, nothing that changes spaces only."""

from dataclasses import replace

import pytest

from tests.vanban.check.cases import WHOLE, reading
from vanban.check import find_findings
from vanban.reading import Mend, MendKind


def messages(*mends: Mend) -> list[tuple[str, str]]:
    rules = {"mended-figure", "mended-symbol", "mended-name", "mended-heading", "doubtful-words"}
    found = find_findings(replace(reading(), mends=mends))
    return [(finding.rule, finding.message) for finding in found if finding.rule in rules]


def mend(was: str, now: str, kind: MendKind, confidence: float = 0.97) -> Mend:
    return Mend(WHOLE, was, now, kind, confidence)


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (MendKind.NUMBER, "mended-figure"),
        (MendKind.DATE, "mended-figure"),
        (MendKind.NAME, "mended-name"),
        (MendKind.HEADING, "mended-heading"),
    ],
)
def test_each_kind_has_its_rule(kind: MendKind, rule: str) -> None:
    assert messages(mend("X1V", "XIV", kind)) == [(rule, "Máy sửa “X1V” thành “XIV”; đề nghị đối chiếu bản gốc.")]


def test_one_symbol_in_many_documents_is_told_once() -> None:
    told = messages(mend("15/QD-TTg", "15/QĐ-TTg", MendKind.SYMBOL), mend("16/QD-TTg", "16/QĐ-TTg", MendKind.SYMBOL))
    assert told == [("mended-symbol", "Máy sửa “QD-TTg” thành “QĐ-TTg” (2 chỗ); đề nghị đối chiếu bản gốc.")]


def test_words_spaces_and_junk_are_not_told() -> None:
    assert not messages(
        mend("ngay", "ngày", MendKind.WORD),
        mend("31 /KH-UBND", "31/KH-UBND", MendKind.SYMBOL),
        mend("^~", "", MendKind.JUNK, 0.2),
    )


def test_doubtful_words_are_told_together() -> None:
    ((rule, message),) = messages(mend("ting", "từng", MendKind.WORD, 0.5), mend("bt", "bị", MendKind.WORD, 0.4))
    assert rule == "doubtful-words"
    assert message == (
        "Có 2 chỗ máy đọc chưa chắc chắn, nhất là: “bt” đọc là “bị”, “ting” đọc là “từng”; đề nghị đối chiếu bản gốc."
    )
