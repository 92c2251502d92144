"""The shell command ``dondoc``: ``read`` without the platform, everything else through Django's management."""

import os
import sys
from collections.abc import Sequence

USAGE = """\
Cách dùng: dondoc LỆNH …

Đọc văn bản (không cần cơ sở dữ liệu):
  dondoc read TỆP…        Đọc văn bản hành chính: nhiệm vụ, thời hạn, chỉ tiêu, yêu cầu báo cáo, điểm cần xem
  dondoc read --help      Các tùy chọn của lệnh đọc

Vận hành hệ thống:
  dondoc migrate          Tạo hoặc cập nhật cơ sở dữ liệu
  dondoc serve            Chạy máy chủ web
  dondoc demo             Nạp dữ liệu mẫu
  dondoc help             Mọi lệnh quản trị khác (dondoc manage LỆNH cũng được)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``dondoc`` with ``argv`` (the words after it); give the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in {"-h", "--help"}:
        print(USAGE, end="")  # noqa: T201 - a command prints
        return 0 if words else 2
    if words[0] == "read":
        from config.terminal.command import run  # noqa: PLC0415 - the platform's commands do without it

        return run(words[1:])
    return _manage(words[1:] if words[0] == "manage" else words)


def _manage(words: list[str]) -> int:
    """Hand the command over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - ``read`` must not load Django

    execute_from_command_line(["dondoc", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
