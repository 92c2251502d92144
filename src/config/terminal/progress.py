"""How far the reading has come, on one line of the terminal's error stream."""

import shutil
import sys
from collections.abc import Callable
from typing import TextIO

_BAR = 20


class Progress:
    """A bar that is drawn over itself; silent where the stream is no terminal."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._live = self._stream.isatty()
        self._total = total
        self._drawn = ""

    def show(self, done: int, what: str, pages: float = 0.0) -> None:
        """``done`` files of all are read, and a share ``pages`` of the next; ``what`` is the one that was last, or the page that is being read."""
        if not self._live:
            return
        filled = int(_BAR * (done + pages) / max(1, self._total))
        counted = f" {done}/{self._total}" if self._total > 1 else ""
        line = f"[{'#' * filled}{'.' * (_BAR - filled)}]{counted} {what}"
        width = shutil.get_terminal_size((80, 24)).columns - 1
        self._put(line[:width])

    def of_file(self, done: int, name: str) -> Callable[[str, int, int], None]:
        """What a reading is to tell its progress, while it reads the file after ``done`` others: shows its pages where it has several."""

        def pages(stage: str, read: int, total: int) -> None:
            if stage == "extract" and total > 1:
                page = f"đang đọc trang {min(read + 1, total)}/{total}"
                self.show(done, page if self._total == 1 else f"{name}: {page}", read / total)

        return pages

    def clear(self) -> None:
        """Take the bar away, so that something else can be written."""
        if self._drawn:
            self._put("")

    def _put(self, line: str) -> None:
        blank = " " * max(0, len(self._drawn) - len(line))
        self._stream.write(f"\r{line}{blank}\r" if not line else f"\r{line}{blank}")
        self._stream.flush()
        self._drawn = line
