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
    """A Word file of about ``size`` bytes."""
    plan = marked_plan()
    start, end = plan.index("I. MỤC ĐÍCH"), plan.index("#signature")
    times = 1
    while len(content := make_docx(plan[:start] + plan[start:end] * times + plan[end:])) < size:
        times *= 2
    return content
