"""What pages may hold: nothing that the content policy forbids, no English for people to read, only icons that exist."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "dondoc"
PAGES = sorted(SOURCE.glob("*/templates/**/*.html"))
CLASSES = re.compile(r"\{% block \w+_class %\}.*?\{% endblock %\}", re.DOTALL)
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)

# Words of English interfaces that are no Vietnamese words. A heuristic: it finds the forgotten button, not every phrase.
ENGLISH = re.compile(
    r"\b(?:add|all|are|back|button|cancel|change|click|close|confirm|create|date|delete|details|document|done|download|edit|"
    r"email|error|file|filter|from|home|invalid|list|loading|login|logout|name|new|next|not found|notes|open|page|password|"
    r"please|previous|programme|reset|save|search|select|settings|sign in|status|submit|task|the|title|unit|update|upload|"
    r"user|username|view|welcome|with|yes|your)\b",
    re.IGNORECASE,
)
SPOKEN = {"aria-label", "title", "placeholder", "alt", "label"}


class Reader(HTMLParser):
    """Collects what people read or hear, and what the content policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.forbidden: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.forbidden += [f"{tag} {name}" for name in names if name == "style" or name.startswith(("on", "hx-on"))]
        if tag == "style" or (tag == "script" and "src" not in names and names.get("type") != "application/json"):
            self.forbidden.append(f"inline {tag}")
        if str(names.get("href", "")).startswith("javascript:"):
            self.forbidden.append("javascript: address")
        self.words += [value for name, value in names.items() if name in SPOKEN and value]
        if tag in {"script", "style", "kbd", "code"}:
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.words.append(data)


def read(path: Path) -> Reader:
    reader = Reader()
    reader.feed(TAGS.sub(" ", CLASSES.sub(" ", path.read_text(encoding="utf-8"))))
    return reader


def named(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_template_has_no_inline_style_or_script(path: Path) -> None:
    assert read(path).forbidden == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_template_speaks_vietnamese(path: Path) -> None:
    found = [(match.group(), words.strip()[:60]) for words in read(path).words for match in ENGLISH.finditer(words)]
    assert found == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_template_keeps_to_the_words_of_the_house(path: Path) -> None:
    text = " ".join(read(path).words).lower()
    assert [word for word in ("vui lòng", "bạn", "!") if word in text] == []


def test_every_icon_that_a_template_names_exists() -> None:
    icons = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
    if not icons.is_dir():
        pytest.skip("npm packages are not installed")
    names = {name for path in PAGES for name in re.findall(r"""\{%\s*icon\s+["']([^"']+)""", path.read_text(encoding="utf-8"))}
    assert sorted(name for name in names if not (icons / f"{name}.svg").is_file()) == []


def test_no_page_reaches_another_host() -> None:
    sources = [*PAGES, *SOURCE.glob("*/static/**/*.css"), *SOURCE.glob("*/static/**/*.js")]
    outside = re.compile(r"""(?:src|href|url|import|fetch)\s*[=(:]?\s*["'(]?\s*(?:https?:)?//(?!www\.w3\.org)""")
    assert [named(path) for path in sources if outside.search(path.read_text(encoding="utf-8"))] == []
