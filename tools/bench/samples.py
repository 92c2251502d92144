"""Text to read: the demonstration's plan, repeated under other section numbers until it is long enough."""

from datetime import date

from dondoc.demo.papers import FOLDER, fill_in
from dondoc.demo.papers.word import make_docx

_PLAN = FOLDER / "1-tong-ket-duoi-nuoc.docx.txt"
_DAY = date(2026, 11, 20)


def marked_plan() -> str:
    """The plan in the demonstration's small markup."""
    return fill_in(_PLAN.read_text(encoding="utf-8"), _DAY)


def plain_plan() -> str:
    """The plan as running text."""
    lines = (line for line in marked_plan().splitlines() if not line.startswith("#"))
    return "\n".join(line.replace(" | ", "    ") for line in lines)


def text_of(size: int) -> str:
    """About ``size`` bytes of UTF-8: the plan, then its body again and again."""
    plan = plain_plan()
    body = plan[plan.index("I. MỤC ĐÍCH") : plan.index("Nơi nhận")]
    head, tail = plan[: plan.index("I. MỤC ĐÍCH")], plan[plan.index("Nơi nhận") :]
    repeated = body * (size // len(body.encode()) + 1)
    return head + repeated.encode()[: size - len((head + tail).encode())].decode(errors="ignore") + "\n" + tail


def word_file(size: int) -> bytes:
    """A Word file that holds about ``size`` bytes of text (the file's own size says little: repeated text packs well)."""
    plan = marked_plan()
    start, end = plan.index("I. MỤC ĐÍCH"), plan.index("#signature")
    times = max(1, round((size - len(plan.encode())) / len(plan[start:end].encode())) + 1)
    return make_docx(plan[:start] + plan[start:end] * times + plan[end:])


HARD = (
    "định kỳ hằng năm ", "từ ", "trước ", "(", "ngày 1, ", "10/", "năm ", "sau khi x ", "không quá 5 ngày ",
    "tăng ", "từ 5 ", "ít nhất 70% ", "phấn đấu ", "100% xã; ", "năm 2030 đạt 5%, ", "mỗi ", "giảm 5% ",
    "QUYẾT ĐỊNH\n", "Nơi nhận:\n- a;\n", "Số: ", "KT. CHỦ TỊCH\n", "các sở, ", "Sở Y tế, ", "chủ trì, phối hợp với ", "- ", "1. a\n",
    "Quyết định số 1/QĐ-UBND ngày 01/01/2026, ", "a) b\n", "| a | b |\n", "PHỤ LỤC I\n", "\n", "  ", "a" * 10, "Sở Nội vụ chủ trì, ",
    "Thời gian: ", "chi\u0301nh ", "rà\u00a0soát ", "“", ". A", "; ", "Điều 1 ", "giao ",
)  # fmt: skip
"""Pieces whose repetition is hard on a pattern that tries again and again."""


def hard_text(piece: str, size: int) -> str:
    """A plan in whose body ``piece`` stands for about ``size`` characters: on one line, then as bullets."""
    half = piece * (size // (2 * len(piece)))
    plan = plain_plan()
    at = plan.index("Nơi nhận")
    listed = "\n- ".join(piece * 20 for _ in range(size // (40 * len(piece))))
    return f"{plan[:at]}- {half}\n- {listed}\n{plan[at:]}"
