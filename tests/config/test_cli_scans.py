"""``dondoc read`` on page images, with a stand-in for Tesseract: the cache, Ctrl-C, how far the reading has come."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest

from config.terminal import cache
from config.terminal.progress import Progress
from tests.vanban.sources.make_images import page

PROGRAM = [sys.executable, "-m", "config.cli", "read"]
_HEAD = 'case "$1" in --version) echo 5; exit;; --list-langs) printf \'List of "/nowhere/":\\nvie\\n\'; exit;; esac\n'
WORD = r"5\t1\t1\t1\t1\t1\t200\t300\t90\t50\t95\tHội\n"


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    page("Hội").save(path)
    return path


def stand_in(folder: Path, script: str) -> dict[str, str]:
    """An environment whose ``tesseract`` is ``script``, with a cache of its own."""
    program = folder / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{_HEAD}{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}", "XDG_CACHE_HOME": str(folder / "cache")}


def test_a_page_is_read_once_unless_told_otherwise(scan: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    env = stand_in(tmp_path, f'cat > /dev/null; echo x >> {seen}; printf "{WORD}"')
    for words, runs in (([], 1), ([], 1), (["--no-cache"], 2)):
        done = subprocess.run([*PROGRAM, str(scan), "--json", *words], env=env, capture_output=True, check=True, timeout=60)
        assert "Hội" in done.stdout.decode()
        assert len(seen.read_text().split()) == runs
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600]


def test_ctrl_c_ends_tesseract_and_is_quiet(scan: Path, tmp_path: Path) -> None:
    under_way = tmp_path / "pid"
    env = stand_in(tmp_path, f"echo $$ > {under_way}.part; mv {under_way}.part {under_way}; exec sleep 60")
    ours = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background would let it be ignored
    try:
        started = subprocess.Popen([*PROGRAM, str(scan)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, ours)
    with started:
        for _ in range(600):
            if under_way.is_file():
                break
            time.sleep(0.05)
        started.send_signal(signal.SIGINT)
        output, told = started.communicate(timeout=10)
    assert (started.returncode, output, told) == (130, b"", b"")
    with pytest.raises(ProcessLookupError):
        os.kill(int(under_way.read_text()), 0)


@pytest.mark.parametrize(
    ("told", "folder"),
    [("/var/kept", "/var/kept/dondoc/pages"), ("", "/home/an/.cache/dondoc/pages"), ("x", "/home/an/.cache/dondoc/pages")],
)
def test_the_cache_lies_where_the_user_keeps_caches(told: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/an")
    monkeypatch.setenv("XDG_CACHE_HOME", told)
    assert cache.page_cache() == Path(folder)


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("files", "line"),
    [(1, "[##########..........] đang đọc trang 6/10"), (2, "[###############.....] 1/2 a.pdf: đang đọc trang 6/10")],
)
def test_the_bar_fills_with_the_pages(files: int, line: str) -> None:
    screen = _Terminal()
    tell = Progress(files, screen).of_file(files - 1, "a.pdf")
    tell("extract", 5, 10)
    tell("outline", 0, 1)
    assert screen.getvalue().strip("\r") == line
