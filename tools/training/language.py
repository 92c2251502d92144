"""Trains the language model and the model of capitals: ``python -m tools.training.language [--shared ../shared] [--into DIRECTORY]``.

Reads the corpus beside the project and writes ``language.npz`` and ``capitals.npz``; says what it did and how well the model
foretells paragraphs that it has not seen.  ``--without NAME …`` leaves documents out, for measuring on them.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.training import capitals, language_counts, language_text
from tools.training.language_names import name_lines
from tools.training.language_pack import pack
from vanban.text.restore.language import BOUNDARY, SPECIAL, LanguageModel, spelled, unpack

_DATA = Path("src/vanban/text/restore/data")
_LEXICON = Path("src/vanban/lexicon/data/agencies.tsv")
_ORDER = 4
_LEAST = [0.0, 0.0, 0.7, 4.0]
"""Count times gain in nats that an n-gram of each order must bring to be kept."""
_MEASURED = ("ct-08", "ct-07", "tb-1894", "qd-844", "ct-21", "cv-193", "cv-7432", "cv-ubnd-laocai-baove", "cv-sct")
"""Documents that everything is measured with: never read here.  Nor are texts that are themselves readings of scans."""
_WEIGHTS = {"laocai_qd_nd": 2, "text": 4, "names": 2}
"""How often a text is counted: decisions of a province twice, plans, reports and decisions of offices four times."""


@dataclass(frozen=True, slots=True)
class Corpus:
    learnt: list[language_text.Tokens]
    weights: list[int]
    held: list[language_text.Tokens]


def sources(shared: Path, without: tuple[str, ...]) -> list[tuple[Path, int]]:
    """The files to learn from and how often each is counted."""
    found = [(path, _WEIGHTS.get(path.name.split(".")[0], 1)) for path in sorted((shared / "corpus/lm").glob("*.txt.xz"))]
    texts = sorted((shared / "corpus/text").glob("*.txt"))
    found += [
        (path, _WEIGHTS["text"]) for path in texts if not path.name.startswith((*_MEASURED, *without)) and "ocr" not in path.name
    ]
    return found


def gather(shared: Path, without: tuple[str, ...]) -> tuple[Corpus, list[str]]:
    """The corpus as tokens, and the words of names."""
    files = sources(shared, without)
    parts = [language_text.split(language_text.read(path)) for path, _ in files]
    names = "\n".join(name_lines([_LEXICON, *sorted((shared / "corpus/gazetteer").glob("*.tsv"))]))
    tokens = language_text.tokens([*(learnt for learnt, _ in parts), names, *(held for _, held in parts)])
    weights = [*(weight for _, weight in files), _WEIGHTS["names"]]
    return Corpus(tokens[: len(weights)], weights, tokens[len(weights) :]), [spelled(word) for word in names.split()]


def stream(parts: list[NDArray[np.int32]]) -> NDArray[np.int32]:
    """Texts one after the other, one boundary between two sentences."""
    whole = np.concatenate(parts)
    return whole[language_text.without_repeats(whole)]


def perplexity(model: LanguageModel, ids: NDArray[np.int32]) -> float:
    """Of the syllables of a text (not of boundaries, numbers and unknown words)."""
    since = np.arange(len(ids)) - np.maximum.accumulate(np.where(ids == BOUNDARY, np.arange(len(ids)), 0))
    since = np.concatenate((np.zeros(1, np.int64), since[:-1] + 1))
    back = [np.where(since > n, np.roll(ids, n), BOUNDARY).astype(np.int32) for n in (3, 2, 1)]
    scores = model.score(back[0], back[1], back[2], ids)
    return float(np.exp(-scores[ids >= SPECIAL].mean()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--into", type=Path, default=_DATA)
    parser.add_argument("--without", nargs="*", default=[])
    chosen = parser.parse_args()
    corpus, names = gather(chosen.shared, tuple(chosen.without))
    syllables = language_text.vocabulary(language_text.folded_counts(zip(corpus.learnt, corpus.weights, strict=True)), names)
    forms = corpus.learnt[0].forms
    ids = language_text.ids_of_forms(forms, syllables)
    print(f"{sum(len(part.index) for part in corpus.learnt):,} words read, {len(syllables):,} in the list")
    learnt = stream([ids[part.index] for part, weight in zip(corpus.learnt, corpus.weights, strict=True) for _ in range(weight)])
    orders = language_counts.prune(language_counts.estimate(learnt, _ORDER, len(syllables) + SPECIAL), _LEAST)
    arrays = pack(orders, syllables)
    print(
        "n-grams kept:",
        ", ".join(f"{len(order.keys):,}" for order in orders),
        f"in {sum(a.nbytes for a in arrays.values()):,} bytes",
    )
    print(
        f"perplexity of paragraphs held out: {perplexity(unpack(arrays), stream([ids[part.index] for part in corpus.held])):.2f}"
    )
    np.savez(chosen.into / "language.npz", **arrays)
    whole = np.concatenate([part.index for part in corpus.learnt])
    np.savez(
        chosen.into / "capitals.npz",
        **capitals.count(ids[whole], language_text.cases_of_forms(forms)[whole], len(syllables) + SPECIAL),
    )


if __name__ == "__main__":
    main()
