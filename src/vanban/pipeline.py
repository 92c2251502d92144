"""The one way in: a file or a text → a :class:`vanban.reading.Reading`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from vanban.check import find_findings
from vanban.errors import SecretDocumentError
from vanban.extract.agencies import collect_agencies
from vanban.extract.citations import citation_spans, find_citations
from vanban.extract.duties import duty_drafts
from vanban.extract.metadata import find_metadata
from vanban.extract.targets import find_targets
from vanban.extract.tasks import Work, task_drafts, told_by
from vanban.options import Options
from vanban.outline import outline
from vanban.reading import Cell, Mend, Page, PageDecision, Reading, Source, Table, TextOrigin
from vanban.sources import Extracted, extract
from vanban.sources.plain_tables import barred_tables
from vanban.spans import Edit, OffsetMap, rewrite
from vanban.text.normalise import normalise
from vanban.text.quality import syllable_quality
from vanban.text.restore import Hints, restore, set_right
from vanban.text.secrecy import find_secrecy_mark
from vanban.text.verdict import Verdict, judge

Progress = Callable[[str, int, int], None]

STAGES = ("extract", "normalise", "outline", "metadata", "citations", "tasks", "findings")
"""The stages that a caller hears of, in order; "extract" tells its pages, the others (done, of) as 0/1 and 1/1."""


SECRECY_MARK = (
    "Văn bản có dấu chỉ độ mật “{mark}” nên không được đưa vào hệ thống này. "
    "Đề nghị xóa tệp và xử lý theo quy định về bảo vệ bí mật nhà nước."
)


def read(path: Path, options: Options = Options(), on_progress: Progress | None = None) -> Reading:  # noqa: B008 - frozen
    """Read a file: text, Word or PDF.

    ``on_progress(stage, done, total)`` is called page by page and stage by stage, and may raise
    :class:`vanban.errors.CancelledError` to stop.

    :raises ReadingError: the file cannot be read, or must not be (secrecy mark); the message is for the person.
    """
    tell = on_progress or _ignore
    extracted = extract(path, options, lambda done, total: tell("extract", done, total))
    return _read(extracted, options, path.name, tell)


def read_text(text: str, options: Options = Options(), file: str = "") -> Reading:  # noqa: B008 - frozen
    """Read a text that is already at hand; ``file`` is the name to note with it.

    :raises ReadingError: a secrecy mark.
    """
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _read(Extracted(text, (), tuple(barred_tables(text)), "text/plain", None, digest), options, file, _ignore)


def _read(extracted: Extracted, options: Options, file: str, tell: Progress) -> Reading:
    tell("normalise", 0, 1)
    mended = _mended(extracted, options)
    text, offsets = mended.text, mended.offsets
    _refuse_secrets(text)
    tables = tuple(_moved(table, offsets) for table in extracted.tables)
    tell("outline", 0, 1)
    tree = outline(text, tables)
    tell("metadata", 0, 1)
    metadata = find_metadata(text, tree, tables, options)
    tell("citations", 0, 1)
    citations = find_citations(text, metadata, options.province)
    issued_on = metadata.date or options.date
    targets = find_targets(text, tree, issued_on, citation_spans(citations), tables)
    tell("tasks", 0, 1)
    work = Work(text, tree, tables, citations=citations, metadata=metadata, options=options, mends=mended.mends)
    told = told_by(work)
    tasks = task_drafts(work, told)
    duties = duty_drafts(work, told)
    reading = Reading(
        source=Source(
            file,
            extracted.sha256,
            extracted.media_type,
            extracted.page_count,
            mended.origin,
            mended.quality,
        ),
        raw=extracted.raw,
        offsets=offsets,
        text=text,
        pages=mended.pages,
        tables=tables,
        metadata=metadata,
        outline=tree.headings,
        agencies=tuple(
            collect_agencies([mention for held in (*(t.roles for t in tasks), *(d.roles for d in duties)) for mention in held])
        ),
        citations=tuple(citations),
        targets=tuple(targets),
        tasks=tuple(draft.task() for draft in tasks),
        duties=tuple(draft.duty() for draft in duties),
        findings=(),
        unread_pages=extracted.unread_pages,
        mends=mended.mends,
    )
    tell("findings", 0, 1)
    return replace(reading, findings=tuple(find_findings(reading, tree)))


@dataclass(frozen=True, slots=True)
class _Mended:
    """The text that everything is taken from, and how it came about: the source's own mends, normal form, restoration."""

    text: str
    offsets: OffsetMap
    pages: tuple[Page, ...]
    mends: tuple[Mend, ...]
    origin: TextOrigin
    quality: float


def _mended(extracted: Extracted, options: Options) -> _Mended:
    """Normal form and, where the text is damaged, restoration; a clean text is not touched."""
    mended, map_of_mends = rewrite(extracted.raw, (Edit(mend.span, mend.now) for mend in extracted.mends))
    text, offsets = normalise(mended)
    if extracted.mends:
        offsets = offsets.after(map_of_mends)
    pages = tuple(_page_moved(page, offsets) for page in extracted.pages)
    _refuse_secrets(text)
    judged = judge(text, pages)
    quality = syllable_quality(extracted.raw) if extracted.mends else judged.whole.quality
    known = tuple(replace(mend, span=offsets.to_new(mend.span)) for mend in extracted.mends)
    origin = extracted.text_origin
    mends = restore(text, judged.stretches, Hints(options.province, options.names)) if judged.stretches else []
    seen = [page.span for page in pages if page.decision is PageDecision.IMAGE]
    mends = sorted((*mends, *set_right(text, seen)), key=lambda mend: mend.span) if seen else mends
    pages = tuple(_page_judged(page, one) for page, one in zip(pages, judged.pages, strict=True))
    if not mends:
        return _Mended(text, offsets, pages, known, origin, quality)
    restored, moved = rewrite(text, (Edit(mend.span, mend.now) for mend in mends))
    return _Mended(
        restored,
        moved.after(offsets),
        tuple(_page_moved(page, moved) for page in pages),
        tuple(sorted((replace(mend, span=moved.to_new(mend.span)) for mend in (*known, *mends)), key=lambda mend: mend.span)),
        origin if origin is TextOrigin.OCR else TextOrigin.RESTORED,
        quality,
    )


def _refuse_secrets(text: str) -> None:
    """Asked of a damaged text before and after it is restored: a mark may be found by it, or lost."""
    mark = find_secrecy_mark(text)
    if mark is not None:
        raise SecretDocumentError(SECRECY_MARK.format(mark=mark.of(text)))


def _page_judged(page: Page, judged: Verdict) -> Page:
    """``page`` with the verdict on its text, where it was not read from its image."""
    if page.decision is not PageDecision.KEEP:
        return page
    return replace(page, quality=judged.quality, decision=judged.decision, reason=judged.reason or page.reason)


def _moved(table: Table, offsets: OffsetMap) -> Table:
    """``table`` with its places carried over to the normalised text."""
    cells: tuple[Cell, ...] = tuple(replace(cell, span=offsets.to_new(cell.span)) for cell in table.cells)
    return replace(table, cells=cells, span=offsets.to_new(table.span))


def _page_moved(page: Page, offsets: OffsetMap) -> Page:
    """``page`` with its place and its words' places carried over to the normalised text."""
    words = tuple(replace(word, span=offsets.to_new(word.span)) for word in page.words)
    return replace(page, span=offsets.to_new(page.span), words=words)


def _ignore(stage: str, done: int, total: int) -> None:
    """Nobody asked for progress."""
