"""One run of Tesseract on one image: words with places and confidences. Runs can be stopped from another thread."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, TYPE_CHECKING

from vanban.errors import CancelledError
from vanban.sources.images.models import Engine
from vanban.sources.images.words import SeenWord, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

WHOLE_PAGE, ONE_BLOCK, ONE_LINE = 3, 6, 7  # Tesseract's page segmentation modes
SPARSE = 11
SLOW = 0.5  # share of the time allowed that a run must have had of the processor to be slow itself
MOST_WAITS = 5


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

    def check(self) -> None:
        """Go on only where nothing was stopped.

        :raises CancelledError: all was stopped.
        """
        if self._stopped:
            raise CancelledError(STOPPED)

    @contextmanager
    def started(self, command: list[str], picture: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
        """A process of ``command`` that reads ``picture`` and whose output is a pipe; it is ended with the context.

        :raises CancelledError: all was stopped.
        """
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        with self._lock:
            self.check()
            process = subprocess.Popen(  # noqa: S603 -- fixed words
                command, stdin=picture, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
            )
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
    import numpy as np  # noqa: PLC0415 -- slow import

    height, width = image.shape
    with TemporaryFile() as picture:  # a pipe takes a large image in thousands of small pieces
        picture.write(b"P5 %d %d 255\n" % (width, height))
        picture.write(np.ascontiguousarray(image).data)
        picture.seek(0)
        with runs.started(command, picture) as process:
            output = _awaited(process, seconds)
            if process.returncode == 0:
                return output
    runs.check()  # all being stopped also ends a run with an error
    raise RunFailedError(f"exit {process.returncode}")


def _awaited(process: "subprocess.Popen[bytes]", seconds: float) -> bytes:
    """What a process prints. On a busy machine it may take longer, up to ``MOST_WAITS`` times, as long as it gets no time of the processor.

    :raises RunFailedError: it took longer.
    """
    for _ in range(MOST_WAITS):
        try:
            return process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            if _processor(process.pid) > SLOW * seconds:
                break
    raise RunFailedError("timeout")


def _processor(pid: int) -> float:
    """Seconds of the processor that a process has had; endless where the machine does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return float("inf")
