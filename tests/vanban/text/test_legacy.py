"""Text typed for fonts of before Unicode is told from Unicode, however damaged."""

import pytest

from tests.shared import needs_shared, shared_files
from vanban.text.legacy import legacy_font


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ñy ban nh©n d©n tØnh giao Së Y tÕ chñ tr×, phèi hîp víi c¸c ®¬n vÞ liªn quan thùc hiÖn kÕ ho¹ch", "TCVN3"),
        ("UÛY BAN NHAÂN DAÂN TÆNH giao Sôû Y teá chuû trì, phoái hôïp vôùi caùc ñôn vò thöïc hieän keá hoaïch", "VNI"),
        ("Ủy ban nhân dân tỉnh giao Sở Y tế chủ trì, phối hợp với các đơn vị thực hiện kế hoạch", None),
        ("Uy ban nhdn dan tinh giao So Y té chu tri, phéi hop voi cdc don vi thuc hién ké hoach", None),
        ("The committee asks every department to report before the end of the year.", None),
        ("Le comité prépare une réunion générale à l'école française, près de l'hôtel.", None),
        ("", None),
    ],
)
def test_legacy_fonts(text: str, name: str | None) -> None:
    assert legacy_font(text) == name


@needs_shared
@pytest.mark.corpus
def test_no_document_at_hand_is_of_the_old_fonts() -> None:
    paths = (*shared_files("corpus/text/*.txt"), *shared_files("seeds/*.txt"))
    assert [path.name for path in paths if legacy_font(path.read_text(encoding="utf-8"))] == []
