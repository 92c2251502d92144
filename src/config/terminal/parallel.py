"""Several files at once, each in a process of its own."""

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from config.terminal.reading import Outcome, Style, read_one
from vanban.options import Options

LOST = "Tiến trình đọc bị dừng đột ngột (có thể do thiếu bộ nhớ). Đề nghị đọc riêng tệp này."


def read_many(files: Sequence[Path], options: Options, style: Style, jobs: int) -> Iterator[Outcome]:
    """What becomes of each file, in the order of ``files``; where a process dies, the files left are read one by one."""
    with _pool(min(jobs, len(files))) as pool:
        futures = [pool.submit(read_one, path, options, style) for path in files]
        try:
            for path, future in zip(files, futures, strict=True):
                yield _result(future) or _alone(path, options, style)
        except BaseException:
            _stop(pool)
            raise


def _pool(size: int) -> ProcessPoolExecutor:
    """Workers that Ctrl-C ends at once and quietly."""
    return ProcessPoolExecutor(size, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_DFL))


def _result(future: Future[Outcome]) -> Outcome | None:
    """The outcome; None where the process died, be it of this file or of another."""
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _alone(path: Path, options: Options, style: Style) -> Outcome:
    """Read one file in a process of its own."""
    with _pool(1) as pool:
        try:
            return _result(pool.submit(read_one, path, options, style)) or Outcome(path, error=LOST)
        except BaseException:
            _stop(pool)
            raise


def _stop(pool: ProcessPoolExecutor) -> None:
    """End the workers now, whatever they are reading."""
    for child in multiprocessing.active_children():
        child.terminate()
    pool.shutdown(wait=True, cancel_futures=True)
