"""The arguments of ``dondoc read``, with Vietnamese help and messages."""

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

EPILOG = """\
Ví dụ:
  dondoc read ke-hoach-208.pdf
  dondoc read ke-hoach-208.pdf --json > ke-hoach-208.json
  dondoc read van-ban-den/ --jsonl --jobs 2 > doc.jsonl

Mã thoát: 0 đọc được hết; 1 có tệp không đọc được; 2 sai cách dùng; 130 dừng giữa chừng (Ctrl-C).
"""

# What argparse says in English → Vietnamese.
_MESSAGES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"the following arguments are required: (.+)"), r"thiếu tham số: \1"),
    (re.compile(r"unrecognized arguments: (.+)"), r"không có tùy chọn: \1"),
    (re.compile(r"argument (\S+): not allowed with argument (\S+)"), r"không dùng \1 cùng với \2"),
    (re.compile(r"argument (\S+): expected one argument"), r"\1 cần một giá trị theo sau"),
    (re.compile(r"argument (\S+): ignored explicit argument (.+)"), r"\1 không nhận giá trị \2"),
    (re.compile(r"ambiguous option: (\S+) could match (.+)"), r"\1 viết tắt của nhiều tùy chọn: \2"),
    (re.compile(r"argument (\S+): (.+)"), r"\1: \2"),
)


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - as in argparse
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that complains in Vietnamese, on one line."""

    def error(self, message: str) -> NoReturn:
        told = next((pattern.sub(words, message) for pattern, words in _MESSAGES if pattern.search(message)), message)
        self.exit(2, f"dondoc read: {told}\nXem: dondoc read --help\n")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the words after ``dondoc read``; leaves with code 2 and a Vietnamese message where they make no sense."""
    parser = Parser(
        prog="dondoc read",
        description="Đọc văn bản hành chính và nêu những gì có trong đó.",
        epilog=EPILOG,
        formatter_class=_Help,
        add_help=False,
    )
    files = parser.add_argument_group("Tệp")
    files.add_argument(
        "files",
        metavar="TỆP",
        nargs="+",
        type=Path,
        help="tệp Word, PDF, Excel, ảnh hoặc .txt; hoặc thư mục (đọc cả thư mục con)",
    )
    form = parser.add_argument_group("Cách in kết quả")
    either = form.add_mutually_exclusive_group()
    either.add_argument("--json", action="store_true", help="in một đối tượng JSON (chỉ cho một tệp)")
    either.add_argument("--jsonl", action="store_true", help="in mỗi văn bản một dòng JSON")
    more = parser.add_argument_group("Tùy chọn khác")
    more.add_argument("--jobs", metavar="N", type=_count, default=1, help="đọc N tệp cùng lúc (mặc định 1)")
    more.add_argument("--date", metavar="NGÀY", type=_day, help="ngày ban hành, nếu văn bản không ghi: 2025-08-07 hoặc 07/8/2025")
    more.add_argument("--province", metavar="TỈNH", help="tỉnh, thành phố ban hành, nếu văn bản không cho biết: “Lạng Sơn”")
    more.add_argument(
        "--no-cache", action="store_true", help="không dùng, không lưu kết quả nhận dạng chữ của bản quét trong máy"
    )
    more.add_argument("-h", "--help", action="help", help="in hướng dẫn này")
    return parser.parse_args(list(argv))


def _count(word: str) -> int:
    if not word.isdecimal() or not 1 <= int(word) <= 64:
        raise argparse.ArgumentTypeError(f"“{word}” không phải là số từ 1 đến 64")
    return int(word)


def _day(word: str) -> date:
    """A day as 2025-08-07 or 07/8/2025."""
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})", word.strip())
    try:
        if found:
            year, month, number = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
            return date(int(year), int(month), int(number))
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"“{word}” không phải là ngày; viết như 2025-08-07 hoặc 07/8/2025")
