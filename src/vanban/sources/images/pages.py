"""Many pages at once: drawn one after the other, read side by side, never more in memory than are being read."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import TYPE_CHECKING

from vanban.errors import ReadingError
from vanban.options import Options
from vanban.sources.images.models import find_engine
from vanban.sources.images.recognise import PageSeen, Recogniser
from vanban.sources.images.tesseract import Runs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Draw = Callable[[int], "Pixels"]
"""The upright pixels of page ``number``; called by one thread at a time. A ReadingError leaves the page unread."""
HEARTBEAT = 0.3  # seconds between two calls of ``on_progress``, so that a caller can stop at any time


def cores_of(options: Options) -> int:
    """How many pages are read at once."""
    return max(1, options.cores or len(os.sched_getaffinity(0)))


def see_pages(numbers: Sequence[int], draw: Draw, options: Options, on_done: Callable[[int], None]) -> dict[int, PageSeen]:
    """What was seen on each of the pages; one that cannot be drawn or read tells its problem.

    ``on_done(count)`` is called with the number of pages read so far, several times a second; what it raises ends all runs.

    :raises NeedsImageReadingError: Tesseract or its models are missing.
    """
    runs = Runs()
    reader = Recogniser(find_engine(), runs, options.page_seconds, options.page_cache)
    drawing = Lock()

    def see(number: int) -> PageSeen:
        try:
            with drawing:
                pixels = draw(number)
        except ReadingError as error:
            return PageSeen((), (1, 1), problem=f"Trang không đọc được: {error.message}")
        return reader.see(pixels)

    pool = ThreadPoolExecutor(cores_of(options), "page")
    try:
        futures = {pool.submit(see, number): number for number in numbers}
        _await(futures, on_done)
        return {number: future.result() for future, number in futures.items()}
    finally:
        runs.stop()
        pool.shutdown(cancel_futures=True)


def _await(futures: dict[Future[PageSeen], int], on_done: Callable[[int], None]) -> None:
    waiting = set(futures)
    while waiting:
        done, waiting = wait(waiting, HEARTBEAT, FIRST_COMPLETED)
        for future in done:
            future.result()
        on_done(len(futures) - len(waiting))
