import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path

import pytest

from config import cli
from config.terminal import command
from config.terminal.files import collect
from config.terminal.progress import Progress
from tests.vanban.outline.samples import LETTER, PLAN
from vanban.errors import ReadingError

PROGRAM = [sys.executable, "-m", "config.cli"]
DRAWN = re.compile("[\u2500-\u257f\x1b]")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents, one a level deeper, a file of another kind and a hidden one."""
    held = tmp_path / "van-ban"
    (held / "den").mkdir(parents=True)
    (held / "a.txt").write_text(PLAN, encoding="utf-8")
    (held / "den" / "b.TXT").write_text(LETTER, encoding="utf-8")
    (held / "anh.bmp").write_bytes(b"BM")
    (held / ".an.txt").write_text(LETTER, encoding="utf-8")
    return held


def run(words: Sequence[object], **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *map(str, words)], capture_output=True, text=True, encoding="utf-8", env=os.environ | env, check=False
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["read"], "thiếu tham số: TỆP"),
        (["read", "a.txt", "--sai"], "không có tùy chọn: --sai"),
        (["read", "a.txt", "--json", "--jsonl"], "không dùng --jsonl cùng với --json"),
        (["read", "a.txt", "--jobs", "0"], "--jobs: “0” không phải là số từ 1 đến 64"),
        (["read", "a.txt", "--jobs"], "--jobs cần một giá trị theo sau"),
        (["read", "a.txt", "--date", "30/2/2026"], "“30/2/2026” không phải là ngày"),
        (["read", "a.txt", "b.txt", "--json"], "hãy dùng --jsonl"),
    ],
)
def test_wrong_usage(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.out == ""


@pytest.mark.parametrize("words", [["--help"], ["read", "--help"], ["read", "-h"]])
def test_help_is_vietnamese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("Cách dùng: dondoc")
    assert not re.search(r"\b(usage|options|show this)\b", printed)


def test_no_command_shows_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "dondoc read TỆP" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "handed"),
    [
        (["migrate", "--plan"], ["dondoc", "migrate", "--plan"]),
        (["manage", "check"], ["dondoc", "check"]),
        (["help"], ["dondoc", "help"]),
    ],
)
def test_other_commands_go_to_django(words: list[str], handed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", seen.append)
    assert cli.main(words) == 0
    assert seen == [handed]


def test_summary_in_a_pipe(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", str(plan)]) == 0
    printed = capsys.readouterr()
    assert "77/KH-UBND" in printed.out
    assert "NHIỆM VỤ (" in printed.out
    assert "Chủ trì: Sở Xây dựng" in printed.out
    assert not DRAWN.search(printed.out)
    assert printed.err == ""


@pytest.mark.parametrize("columns", [40, 72, 120])
def test_summary_keeps_to_the_width(
    plan: Path, columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    cli.main(["read", str(plan)])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= columns


def test_summary_on_a_terminal_has_colours(plan: Path) -> None:
    parent, child = pty.openpty()
    done = subprocess.run(
        [*PROGRAM, "read", str(plan)],
        stdout=child,
        stderr=subprocess.PIPE,
        env=os.environ | {"COLUMNS": "90", "TERM": "xterm"},
        check=False,
    )
    os.close(child)
    shown = b""
    while chunk := _read_terminal(parent):
        shown += chunk
    os.close(parent)
    assert done.returncode == 0
    assert b"\x1b[" in shown
    assert "Sở Xây" in shown.decode()
    assert max(len(re.sub("\x1b\\[[0-9;]*m", "", line)) for line in shown.decode().splitlines()) <= 90


def _read_terminal(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except OSError:
        return b""


def test_json_is_one_object(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", str(plan), "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert held["schema"] == "dondoc.document/1"
    assert held["metadata"]["code"] == "77/KH-UBND"
    assert held["source"]["file"] == plan.name


def test_date_and_province_reach_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cong-van.txt"
    path.write_text(LETTER, encoding="utf-8")
    cli.main(["read", str(path), "--json", "--date", "05/4/2026", "--province", "Hưng Lâm"])
    one = json.loads(capsys.readouterr().out)
    cli.main(["read", str(path), "--json", "--date", "2026-04-05"])
    other = json.loads(capsys.readouterr().out)
    assert one["metadata"]["date"] == other["metadata"]["date"]


def test_lines_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", str(folder), "--jsonl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["source"]["file"] for line in lines] == ["a.txt", "b.TXT"]


def test_several_at_once_give_the_same(folder: Path) -> None:
    assert run(["read", folder, "--jsonl", "--jobs", 2]).stdout == run(["read", folder, "--jsonl"]).stdout


def test_folder_without_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", str(tmp_path)]) == 1
    assert "Không có tệp" in capsys.readouterr().err


def test_each_file_once(folder: Path) -> None:
    assert collect([folder / "a.txt", folder]) == [folder / "a.txt", folder / "den" / "b.TXT"]


def test_unreadable_files_are_told_and_the_others_read(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "rong.txt"
    empty.touch()
    missing = tmp_path / "khong-co.pdf"
    assert cli.main(["read", str(empty), str(plan), str(missing), "--jsonl"]) == 1
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1
    assert [line.split(": ")[0] for line in printed.err.splitlines()] == [str(empty), str(missing)]
    assert printed.err.count("\n") == 2


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ReadingError("Tệp hỏng. Đề nghị gửi lại."), "Tệp hỏng. Đề nghị gửi lại."),
        (PermissionError(13, "denied"), "Không có quyền mở tệp"),
        (MemoryError(), "Không đủ bộ nhớ"),
        (RecursionError(), "Tệp có cấu trúc quá phức tạp"),
        (OSError(5, "input/output error"), "Không mở được tệp (input/output error)"),
        (KeyError("x"), "Lỗi ngoài dự kiến khi đọc (KeyError)"),
    ],
)
def test_no_error_gives_a_traceback(
    error: Exception, told: str, plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("config.terminal.reading._read", _raising(error))
    assert cli.main(["read", str(plan)]) == 1
    printed = capsys.readouterr().err
    assert printed.startswith(f"{plan}: {told}")
    assert printed.count("\n") == 1


def _raising(error: BaseException) -> Callable[..., object]:
    def fail(*_: object) -> object:
        raise error

    return fail


def test_ctrl_c_is_quiet(plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(command, "read_one", _raising(KeyboardInterrupt()))
    assert cli.main(["read", str(plan)]) == 130
    assert capsys.readouterr().err == ""


def test_ctrl_c_ends_the_other_processes_at_once(folder: Path) -> None:
    for number in range(6):
        (folder / f"dai-{number}.txt").write_text(PLAN * 400, encoding="utf-8")
    words = [*PROGRAM, "read", str(folder), "--jsonl", "--jobs", "2"]
    # A shell that runs the suite in the background lets its children ignore Ctrl-C; a terminal does not.
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        started = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    finally:
        signal.signal(signal.SIGINT, ours)
    with started:
        assert started.stdout is not None
        started.stdout.readline()
        os.killpg(started.pid, signal.SIGINT)
        told = started.communicate(timeout=10)[1]
    assert (started.returncode, told) == (130, b"")


def test_file_that_kills_its_process_is_told_and_the_others_read(folder: Path) -> None:
    script = (
        "import os, sys\n"
        "from config.terminal import parallel\n"
        "from config.cli import main\n"
        "read = parallel.read_one\n"
        "def fatal(path, *more):\n"
        "    return os._exit(9) if path.name == 'a.txt' else read(path, *more)\n"
        "parallel.read_one = fatal\n"
        "sys.exit(main(['read', sys.argv[1], '--jsonl', '--jobs', '2']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert [json.loads(line)["source"]["file"] for line in done.stdout.splitlines()] == ["b.TXT"]
    assert done.stderr.startswith(f"{folder / 'a.txt'}: Tiến trình đọc bị dừng đột ngột")
    assert done.stderr.count("\n") == 1


def test_reader_that_leaves_is_no_error(folder: Path) -> None:
    source, sink = os.pipe()
    os.close(source)
    done = subprocess.run([*PROGRAM, "read", str(folder), "--jsonl"], stdout=sink, stderr=subprocess.PIPE, check=False)
    os.close(sink)
    assert done.stderr == b""
    assert done.returncode == 141


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_reading_a_text_loads_nothing_heavy(plan: Path, form: list[str]) -> None:
    heavy = "{'django', 'rich', 'pdfplumber', 'pypdfium2', 'docx', 'openpyxl', 'numpy', 'concurrent.futures.process'}"
    script = f"import sys; from config.cli import main; main(['read', *sys.argv[1:]]); sys.exit(' '.join({heavy} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", script, str(plan), *form], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_output_is_utf8_whatever_the_locale(plan: Path) -> None:
    assert "Sở Xây dựng" in run(["read", plan], LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").stdout


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_drawn_over_itself() -> None:
    screen = _Terminal()
    bar = Progress(4, screen)
    bar.show(1, "a.txt")
    bar.show(2, "b.txt")
    bar.clear()
    assert screen.getvalue().split("\r")[1:3] == ["[#####...............] 1/4 a.txt", "[##########..........] 2/4 b.txt"]
    assert screen.getvalue().endswith("\r")


def test_progress_is_silent_in_a_file() -> None:
    stream = StringIO()
    Progress(4, stream).show(1, "a.txt")
    assert stream.getvalue() == ""
