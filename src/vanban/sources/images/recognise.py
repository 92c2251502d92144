"""One page image → what each model saw on it: turned upright, tried again where it takes too long, kept by content."""

import json
import zlib
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from vanban.sources.images.cells import cell_column, without_tables
from vanban.sources.images.grid import find_grids
from vanban.sources.images.models import Engine
from vanban.sources.images.prepare import is_noise, prepared
from vanban.sources.images.tables import SeenTables, below, tables_from
from vanban.sources.images.tesseract import ONE_BLOCK, WHOLE_PAGE, RunFailedError, Runs, run, turn_of
from vanban.sources.images.words import SeenWord
from vanban.text.quality import is_known_word, is_syllable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Grey = NDArray[np.uint8]

VERSION = 2  # of what is kept; a change of preparation or of the form makes older entries void
FAIR = 0.75  # share of words that are well-formed; below it the page may stand on its head
NOISE = 0.35  # below it nothing on the page can be believed
LONG_SIDE = 11.69  # inches of A4
NO_TABLES = SeenTables()
SURE = 0.3  # confidence below which a word says nothing about the page

TOO_LONG = "Trang không đọc được: nhận dạng chữ quá thời hạn hoặc bị lỗi, đã thử lại ở độ phân giải thấp hơn."
NOISY = "Trang không đọc được: hình ảnh quá mờ, nhiễu hoặc không phải chữ tiếng Việt."


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What was seen on a page. ``size``: height and width of the prepared image; ``skew`` and ``turn`` lead back to the file's page.

    ``readings``: the words of each model, in the order of :attr:`Engine.models`; none where the page could not be read,
    and ``problem`` (Vietnamese) tells why.
    """

    readings: tuple[tuple[SeenWord, ...], ...]
    size: tuple[int, int]
    skew: float = 0.0
    turn: int = 0
    problem: str = ""
    tables: SeenTables = NO_TABLES


@dataclass(frozen=True, slots=True)
class Recogniser:
    """How pages are read: with what, how long at most (seconds a run), and where what was seen is kept."""

    engine: Engine
    runs: Runs
    seconds: float
    cache: Path | None = None

    def see(self, pixels: "Pixels") -> PageSeen:
        """Read one page, or take what was kept of the very same image.

        :raises CancelledError: the runs were stopped.
        """
        kept = self._place(pixels)
        known = _load(kept) if kept else None
        if known is None:
            known = self._see(pixels)
            if kept and known.problem != TOO_LONG:
                _keep(kept, known)
        return known

    def _place(self, pixels: "Pixels") -> Path | None:
        if self.cache is None:
            return None
        digest = sha256(f"{VERSION} {self.engine.key} {pixels.shape}".encode())
        digest.update(pixels.data)
        name = digest.hexdigest()
        return self.cache / name[:2] / f"{name}.z"

    def _see(self, pixels: "Pixels") -> PageSeen:
        import numpy as np  # noqa: PLC0415 -- slow import

        page, turn = _sheet(pixels), 0
        if is_noise(page.whole):
            return PageSeen((), page.size, page.skew, 0, NOISY)
        first = self._words(page, self.engine.models[0])
        if first is None:
            return PageSeen((), page.size, page.skew, 0, TOO_LONG)
        if fairness(first) < FAIR and self.engine.turns:
            turn = turn_of(page.whole, engine=self.engine, runs=self.runs)
            other = _sheet(np.ascontiguousarray(np.rot90(pixels, -turn))) if turn else page
            seen = self._words(other, self.engine.models[0]) if turn else first
            if seen is not None and fairness(seen) > fairness(first):
                first, page = seen, other
            else:
                turn = 0
        if first and fairness(first) < NOISE:
            return PageSeen((), page.size, page.skew, turn, NOISY)
        others = [self._words(page, model) for model in self.engine.models[1:]] if first else []
        readings = (tuple(first), *(tuple(words) for words in others if words is not None))
        return PageSeen(readings, page.size, page.skew, turn, tables=page.tables)

    def _words(self, page: "_Sheet", model: str) -> list[SeenWord] | None:
        """The words that a model sees, those of tables below the others; None where it fails."""
        words = self._run(page.rest, model, WHOLE_PAGE)
        if words is None or page.column is None:
            return words
        cells = self._run(page.column, model, ONE_BLOCK)
        return None if cells is None else [*words, *below(cells, page.size[0])]

    def _run(self, image: "Grey", model: str, psm: int) -> list[SeenWord] | None:
        """The words that a model sees on an image; tried once more at half the size; None where that fails too."""
        try:
            return run(image, model, psm, engine=self.engine, runs=self.runs, seconds=self.seconds)
        except RunFailedError:
            import cv2  # noqa: PLC0415 -- slow import
            import numpy as np  # noqa: PLC0415 -- slow import

            small = np.asarray(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
        try:
            found = run(small, model, psm, engine=self.engine, runs=self.runs, seconds=self.seconds, dpi=150)
        except RunFailedError:
            return None
        return [SeenWord(w.text, (2 * w.box[0], 2 * w.box[1], 2 * w.box[2], 2 * w.box[3]), w.confidence, w.line) for w in found]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page made ready: the whole of it, what stands around its tables, and the cells of these as one column."""

    whole: "Grey"
    rest: "Grey"
    column: "Grey | None"
    tables: SeenTables
    skew: float

    @property
    def size(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return self.whole.shape[0], self.whole.shape[1]


def _sheet(pixels: "Pixels") -> _Sheet:
    page = prepared(pixels)
    dpi = max(page.image.shape) / LONG_SIDE
    ruled = find_grids(page.image, dpi)
    if not ruled.grids:
        return _Sheet(page.image, page.image, None, SeenTables(), page.skew)
    column = cell_column(ruled, dpi)
    if not column.pieces:
        return _Sheet(page.image, page.image, None, SeenTables(), page.skew)
    rest = without_tables(page.image, ruled.grids)
    return _Sheet(page.image, rest, column.image, SeenTables(ruled.grids, column.pieces), page.skew)


def fairness(words: "list[SeenWord] | tuple[SeenWord, ...]") -> float:
    """How much of what was seen may be Vietnamese, 0 to 1: the mean confidence of its letters, none for words that cannot be; 1.0 for nothing seen."""
    scores = []
    weights = []
    for word in words:
        letters = "".join(filter(str.isalpha, word.text))
        if letters:
            good = is_syllable(letters) or is_known_word(letters)
            scores.append(word.confidence * good * len(letters))
            weights.append(len(letters))
    if not weights:
        return 1.0 if not words else 0.0
    return sum(scores) / sum(weights)


def surely(words: tuple[SeenWord, ...]) -> float:
    """The mean confidence of a reading, 0 to 1."""
    return fmean(word.confidence for word in words) if words else 0.0


def _load(path: Path) -> PageSeen | None:
    """What was kept, where it is whole."""
    try:
        held: dict[str, Any] = json.loads(zlib.decompress(path.read_bytes()))
        readings = tuple(tuple(SeenWord(t, tuple(b), c, tuple(at)) for t, b, c, at in words) for words in held["readings"])
        return PageSeen(readings, tuple(held["size"]), held["skew"], held["turn"], held["problem"], tables_from(held["tables"]))
    except (OSError, ValueError, KeyError, TypeError, zlib.error):
        return None


def _keep(path: Path, seen: PageSeen) -> None:
    """Keep what was seen; where the folder cannot be written, the page is read again another time."""
    words = [[(w.text, w.box, round(w.confidence, 4), w.line) for w in reading] for reading in seen.readings]
    held = {
        "readings": words,
        "size": seen.size,
        "skew": seen.skew,
        "turn": seen.turn,
        "problem": seen.problem,
        "tables": asdict(seen.tables),
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(zlib.compress(json.dumps(held, ensure_ascii=False).encode()))
        Path(file.name).replace(path)
    except OSError:
        return
