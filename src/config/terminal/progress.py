"""How far the reading has come, on one line of the terminal's error stream."""

import shutil
import sys
from typing import TextIO

_BAR = 20


class Progress:
    """A bar that is drawn over itself; silent where the stream is no terminal."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._live = self._stream.isatty()
        self._total = total
        self._drawn = ""

    def show(self, done: int, what: str) -> None:
        """``done`` files of all are read; ``what`` is the one that was last, or the page that is being read."""
        if not self._live:
            return
        filled = _BAR * done // max(1, self._total)
        line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done}/{self._total} {what}"
        width = shutil.get_terminal_size((80, 24)).columns - 1
        self._put(line[:width])

    def pages(self, stage: str, done: int, total: int) -> None:
        """The pages of a single file."""
        if stage == "extract" and total > 1:
            self.show(0, f"đang đọc trang {done}/{total}")

    def clear(self) -> None:
        """Take the bar away, so that something else can be written."""
        if self._drawn:
            self._put("")

    def _put(self, line: str) -> None:
        blank = " " * max(0, len(self._drawn) - len(line))
        self._stream.write(f"\r{line}{blank}\r" if not line else f"\r{line}{blank}")
        self._stream.flush()
        self._drawn = line
