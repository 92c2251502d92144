"""Tesseract and its models: whether they are there, and whether they can write Vietnamese at all.

A model that lacks letters gives wrong ones with great confidence. Its list of signs (``lstm-unicharset``) stands in the
``.traineddata`` file, whose head is the number of its parts, 32 bits, then where each begins, 64 bits, -1 for one that is absent.
"""

import os
import re
import shutil
import struct
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from vanban.errors import NeedsImageReadingError

MODELS = ("vie", "Vietnamese")
"""The two that read every page; they err in different places."""
PACKAGES = {"vie": "tesseract-ocr-vie", "Vietnamese": "tesseract-ocr-script-viet", "osd": "tesseract-ocr-osd"}
_UNICHARSET = 21  # index of the part; of models for Tesseract 4 and 5
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
LETTERS = frozenset(_VOWELS + _VOWELS.upper() + "đĐ" + "bcdghklmnpqrstvx" + "BCDGHKLMNPQRSTVX")
"""Every letter of Vietnamese in both cases."""
SPARED = frozenset("ỵỴ")
"""No model that Debian ships can write ỵ. It stands in a handful of words (kỵ, lỵ, tỵ nạn), which the language model may mend."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What pages are read with. ``key``: a hash over the program's version and the models, for caches."""

    program: str
    models: tuple[str, ...]
    turns: bool
    key: str


def find_engine() -> Engine:
    """Tesseract with those of ``MODELS`` that are installed.

    :raises NeedsImageReadingError: the program or both models are missing, or a model cannot write Vietnamese.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise _missing("Chưa cài chương trình nhận dạng chữ Tesseract", ["tesseract-ocr", *(PACKAGES[model] for model in MODELS)])
    return _engine(program, os.environ.get("TESSDATA_PREFIX", ""))


def _missing(what: str, packages: list[str]) -> NeedsImageReadingError:
    return NeedsImageReadingError(
        f"{what} nên chưa đọc được trang là hình ảnh (bản quét). Đề nghị quản trị máy chủ cài gói {', '.join(packages)} rồi đọc lại."
    )


@lru_cache(maxsize=4)
def _engine(program: str, _prefix: str) -> Engine:
    version = _said(program, "--version").split("\n", 1)[0]
    listed = _said(program, "--list-langs")
    folder = Path(found[1]) if (found := re.search(r'"([^"]+)"', listed)) else Path()
    names = set(listed.split("\n")[1:])
    models = tuple(model for model in MODELS if model in names or f"script/{model}" in names)
    if not models:
        raise _missing("Chưa cài mô hình tiếng Việt của Tesseract", [PACKAGES[model] for model in MODELS])
    digest = sha256(version.encode())
    for model in models:
        data = _data(folder, model)
        digest.update(sha256(data).digest())
        check_letters(model, data)
    return Engine(program, models, "osd" in names, digest.hexdigest()[:16])


def _said(program: str, word: str) -> str:
    """What the program prints when it is asked for ``word``."""
    done = subprocess.run([program, word], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 -- the program found
    return done.stdout.strip() or done.stderr.strip()


def _data(folder: Path, model: str) -> bytes:
    for path in (folder / f"{model}.traineddata", folder / "script" / f"{model}.traineddata"):
        if path.is_file():
            return path.read_bytes()
    return b""


def check_letters(model: str, data: bytes) -> None:
    """Refuse a model that cannot write every Vietnamese letter (but ``SPARED``) in both cases; one whose list is not found is let pass.

    :raises NeedsImageReadingError: letters are missing; the message names them.
    """
    signs = signs_of(data)
    lost = sorted(LETTERS - SPARED - signs)
    if signs and lost:
        raise NeedsImageReadingError(
            f"Mô hình nhận dạng chữ “{model}” thiếu {len(lost)} chữ cái tiếng Việt ({' '.join(lost[:12])}) nên không dùng được. "
            f"Đề nghị quản trị máy chủ cài lại gói {PACKAGES.get(model, model)} rồi đọc lại."
        )


def signs_of(data: bytes) -> frozenset[str]:
    """The signs that a ``.traineddata`` file can write; empty where it does not tell."""
    try:
        (count,) = struct.unpack_from("<i", data)
        starts = struct.unpack_from(f"<{count}q", data, 4)
        start = starts[_UNICHARSET]
    except (struct.error, IndexError):
        return frozenset()
    if start < 0:
        return frozenset()
    end = min((other for other in starts if other > start), default=len(data))
    lines = data[start:end].decode("utf-8", "replace").splitlines()
    return frozenset("".join(line.split(" ", 1)[0] for line in lines[1:]))
