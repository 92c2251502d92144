"""``dondoc read``: reads the files that are named and prints what is in them."""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path

from config.terminal.arguments import parse
from config.terminal.cache import page_cache
from config.terminal.files import collect
from config.terminal.progress import Progress
from config.terminal.reading import Outcome, Style, read_one
from vanban.options import Options

STOPPED = 130
BROKEN_PIPE = 141


def run(argv: Sequence[str]) -> int:
    """Run the command; give its exit code: 0, 1 (a file could not be read), 2 (usage), 130 (Ctrl-C), 141 (reader left)."""
    try:
        _speak_utf8()
        return _run(argv)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 2
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


def _speak_utf8() -> None:
    """Vietnamese goes out as UTF-8 whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _run(argv: Sequence[str]) -> int:
    arguments = parse(argv)
    files = collect(arguments.files)
    if not files:
        _tell("Không có tệp văn bản nào (Word, PDF, Excel, ảnh, .txt) trong thư mục đã nêu.")
        return 1
    if arguments.json and len(files) > 1:
        _tell(f"dondoc read: --json chỉ dùng cho một tệp (đang có {len(files)} tệp); với nhiều tệp hãy dùng --jsonl.")
        return 2
    options = _options(arguments, min(arguments.jobs, len(files)))
    progress = Progress(len(files))
    unread = 0
    for done, outcome in enumerate(_outcomes(files, options, _style(arguments), arguments.jobs, progress), 1):
        progress.clear()
        unread += _print(outcome, between=done > 1 and not (arguments.json or arguments.jsonl))
        if len(files) > 1:
            progress.show(done, outcome.path.name)
    progress.clear()
    return 1 if unread else 0


def _options(arguments: argparse.Namespace, jobs: int) -> Options:
    """How to read; several files at once share the cores for page images."""
    cores = None if jobs == 1 else max(1, len(os.sched_getaffinity(0)) // jobs)
    kept = None if arguments.no_cache else page_cache()
    return Options(date=arguments.date, province=arguments.province, cores=cores, page_cache=kept)


def _style(arguments: argparse.Namespace) -> Style:
    form = "json" if arguments.json else "jsonl" if arguments.jsonl else "summary"
    colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Style(form, shutil.get_terminal_size((100, 24)).columns, colours)


def _outcomes(files: list[Path], options: Options, style: Style, jobs: int, progress: Progress) -> Iterator[Outcome]:
    """What becomes of each file, in the order of ``files``."""
    if jobs == 1 or len(files) == 1:
        for done, path in enumerate(files):
            yield read_one(path, options, style, progress.of_file(done, path.name))
        return
    from config.terminal.parallel import read_many  # noqa: PLC0415 - slow import, for several files at once alone

    yield from read_many(files, options, style, jobs)


def _print(outcome: Outcome, *, between: bool) -> int:
    """Print one outcome; 1 where the file could not be read."""
    if outcome.error is not None:
        _tell(f"{outcome.path}: {outcome.error}")
        return 1
    sys.stdout.write(("\n" if between else "") + outcome.output)
    sys.stdout.flush()
    return 0


def _tell(message: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(message + "\n")
    sys.stderr.flush()
