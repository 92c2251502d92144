"""One run of Tesseract on one image: words with places and confidences. Runs can be stopped from another thread."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from vanban.errors import CancelledError
from vanban.sources.images.models import Engine
from vanban.sources.images.words import SeenWord, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

WHOLE_PAGE, ONE_BLOCK, ONE_LINE = 3, 6, 7  # Tesseract's page segmentation modes
SPARSE = 11


class RunFailedError(Exception):
    """Tesseract took too long, or ended with an error, on one image."""


class Runs:
    """The runs under way, at most one a thread; ``stop`` ends them all and lets no other begin."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def stop(self) -> None:
        """End every run at once."""
        with self._lock:
            self._stopped = True
            for process in self._processes:
                process.kill()

    @contextmanager
    def started(self, command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
        """A process of ``command`` with pipes; it is ended with the context.

        :raises CancelledError: all was stopped.
        """
        pipe = subprocess.PIPE
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        with self._lock:
            if self._stopped:
                raise CancelledError(STOPPED)
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)  # noqa: S603 -- fixed words
            self._processes.add(process)
        try:
            yield process
        finally:
            with self._lock:
                self._processes.discard(process)
            if process.poll() is None:
                process.kill()
            process.communicate()


STOPPED = "Đã dừng đọc văn bản theo yêu cầu. Đề nghị gửi lại tệp khi cần đọc tiếp."


def run(
    image: "Grey", model: str, psm: int = WHOLE_PAGE, *, engine: Engine, runs: Runs, seconds: float = 60.0, dpi: int = 300
) -> list[SeenWord]:
    """The words of a grey image (uint8, height × width), read with one model.

    :raises RunFailedError: it took longer than ``seconds``, or Tesseract failed.
    :raises CancelledError: ``runs`` was stopped.
    """
    command = [engine.program, "stdin", "stdout", "-l", model, "--psm", str(psm), "--dpi", str(dpi), "tsv"]
    return words_of(_output(command, image, runs, seconds).decode("utf-8", "replace"))


def turn_of(image: "Grey", *, engine: Engine, runs: Runs, seconds: float = 20.0) -> int:
    """The quarter turns, clockwise, that bring the letters of a grey image upright, as far as Tesseract can tell; else 0."""
    command = [engine.program, "stdin", "stdout", "-l", "osd", "--psm", "0", "--dpi", "300"]
    try:
        said = _output(command, image, runs, seconds).decode("utf-8", "replace")
    except RunFailedError:
        return 0
    lines = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    return int(lines.get("Rotate", "0")) // 90 % 4


def _output(command: list[str], image: "Grey", runs: Runs, seconds: float) -> bytes:
    height, width = image.shape
    picture = b"P5 %d %d 255\n" % (width, height) + image.tobytes()
    with runs.started(command) as process:
        try:
            output, _ = process.communicate(picture, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise RunFailedError("timeout") from error
        if process.returncode == 0:
            return output
    with runs.started([command[0], "--version"]):
        pass  # raises where all was stopped, which also ends a run with an error
    raise RunFailedError(f"exit {process.returncode}")
