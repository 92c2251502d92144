"""The public form of a reading: against the schema, and against the text that it was read from."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.shared import SHARED, needs_shared, shared_files
from tests.vanban.outline.samples import DECISION, LETTER, PLAN
from vanban.contract import to_json
from vanban.errors import NeedsImageReadingError
from vanban.options import Options
from vanban.pipeline import read, read_text

BESIDE = [*shared_files("seeds/*.txt"), *shared_files("corpus/text/*.txt"), *shared_files("corpus/files/*")]
CLEAN = [path for path in BESIDE if path.stat().st_size < 60_000 or path.suffix == ".docx"]
ITEMS = ("citations", "targets", "tasks", "reporting_duties")
LONG = 3  # words shorter than this are joined by hyphens and line breaks in too many ways


def public(held: object) -> dict[str, Any]:
    """The JSON object, as a program gets it."""
    document: dict[str, Any] = json.loads(json.dumps(held, ensure_ascii=False))
    return document


def document_of(path: Path) -> dict[str, Any]:
    """What is read of a file without its images, which take minutes."""
    try:
        return public(to_json(read(path, Options(read_images=False))))
    except NeedsImageReadingError:
        pytest.skip("pictures without a text layer")


def sample(text: str) -> dict[str, Any]:
    return public(to_json(read_text(text, Options(province="Hưng Lâm"))))


def spans_of(held: object) -> Iterator[tuple[int, int]]:
    """Every place in ``held``: pairs under the keys span and spans."""
    if isinstance(held, dict):
        for key, value in held.items():
            if key == "span" and value is not None:
                yield value[0], value[1]
            elif key == "spans":
                yield from _pairs(value)
            else:
                yield from spans_of(value)
    elif isinstance(held, list):
        for value in held:
            yield from spans_of(value)


def _pairs(held: object) -> Iterator[tuple[int, int]]:
    if isinstance(held, list) and len(held) == 2 and all(isinstance(part, int) for part in held):
        yield held[0], held[1]
    elif isinstance(held, dict | list):
        for value in held.values() if isinstance(held, dict) else held:
            yield from _pairs(value)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"-\s*\n\s*", "-", text).lower())


def outside(item: dict[str, Any], text: str) -> list[str]:
    """The words of the item's own text that none of its places holds."""
    held = Counter(word for start, end in spans_of(item) for word in words(text[start:end]))
    return list((Counter(words(item["text"])) - held).elements())


def check_places(document: dict[str, Any]) -> None:
    text = document["text"]
    assert all(0 <= start <= end <= len(text) for start, end in spans_of(document))
    for kind in ("targets", "tasks", "reporting_duties"):
        for item in document[kind]:
            assert len(outside(item, text)) <= 0.1 * len(words(item["text"])), (kind, item["text"])
    for heading in document["outline"]:
        start, end = heading["span"]
        assert text[start:end].lstrip("#* ").startswith(heading["marker"])
    for citation in document["citations"]:
        code = "".join(words(citation["code"]))
        assert any(_same_symbol(code, "".join(words(text[start:end]))) for start, end in citation["spans"]), citation["code"]


def _same_symbol(code: str, written: str) -> bool:
    """Whether the symbol stands in what is written; OCR may have changed a letter or two."""
    return code in written or sum((Counter(code) - Counter(written)).values()) <= 2


def check_schema(document: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    assert SHARED is not None
    schema = json.loads((SHARED / "contract" / "document.schema.json").read_text(encoding="utf-8"))
    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in Draft202012Validator(schema).iter_errors(document)
    ]
    assert errors == []


@pytest.mark.parametrize("text", [PLAN, LETTER, DECISION, ".", "I. A\n"], ids=["plan", "letter", "decision", "stop", "short"])
def test_samples_keep_to_their_text(text: str) -> None:
    check_places(sample(text))


@needs_shared
@pytest.mark.parametrize("text", [PLAN, LETTER, DECISION, "."], ids=["plan", "letter", "decision", "stop"])
def test_samples_keep_to_the_contract(text: str) -> None:
    check_schema(sample(text))


@needs_shared
@pytest.mark.corpus
@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.name)
def test_documents_keep_to_the_contract_and_to_their_text(path: Path) -> None:
    document = document_of(path)
    check_schema(document)
    check_places(document)


def test_items_lose_no_word_of_their_own() -> None:
    document = sample(PLAN)
    assert any(document[kind] for kind in ITEMS)
    assert all(not outside(item, document["text"]) for item in document["tasks"])
