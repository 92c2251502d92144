"""A secrecy mark is a stamp of its own, not the word in a sentence."""

import pytest

from tests.shared import needs_shared, shared_files
from vanban.text.normalise import normalise
from vanban.text.secrecy import find_secrecy_mark

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "\nKẾ HOẠCH\nThực hiện công tác phòng, chống thiên tai năm 2026\nI. MỤC ĐÍCH\n"


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("MẬT", "MẬT"),
        ("  TỐI MẬT  ", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("[MẬT]", "MẬT"),
        ("Độ mật: Mật", "Mật"),
        ("Mức độ mật: Tối mật", "Tối mật"),
        ("Dấu chỉ độ mật: TUYỆT MẬT", "TUYỆT MẬT"),
        ("Số: 12/BC-UBND      TỐI MẬT", "TỐI MẬT"),
        ("MẬT | Lạng Sơn, ngày 02 tháng 3 năm 2026", "MẬT"),
    ],
)
def test_marks(line: str, mark: str) -> None:
    text = f"{HEAD}Số: 12/KH-UBND\n{line}{BODY}"
    found = find_secrecy_mark(text)
    assert found is not None
    assert found.of(text) == mark


@pytest.mark.parametrize(
    "line",
    [
        "V/v tăng cường bảo mật thông tin",
        "V/v rà soát danh mục bí mật nhà nước",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "BÍ MẬT",
        "Độ mật: Không",
        "KHẨN",
        "Kính gửi: Ban Cơ yếu, nơi nhận văn bản mật.",
        "mật",
        "Mật ong rừng",
    ],
)
def test_no_marks(line: str) -> None:
    assert find_secrecy_mark(f"{HEAD}Số: 12/KH-UBND\n{line}{BODY}") is None


def test_a_word_far_below_the_head_is_no_stamp() -> None:
    assert find_secrecy_mark(HEAD + BODY + "Nội dung nhiệm vụ của kế hoạch.\n" * 100 + "MẬT\n") is None


@needs_shared
@pytest.mark.corpus
def test_no_document_at_hand_is_secret() -> None:
    texts = [
        normalise(path.read_text(encoding="utf-8"))[0]
        for path in (*shared_files("corpus/text/*.txt"), *shared_files("seeds/*.txt"))
    ]
    assert [text[:60] for text in texts if find_secrecy_mark(text)] == []
