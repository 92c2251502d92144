"""The documents beside the project: there when it is developed, absent elsewhere."""

from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
SHARED: Path | None = _BESIDE if (_BESIDE / "corpus").is_dir() else None
needs_shared = pytest.mark.skipif(SHARED is None, reason="the annotated documents (../shared) are not beside the project")


def shared_files(pattern: str) -> list[Path]:
    """The files under ``../shared`` that match, none where it is absent."""
    return sorted(SHARED.glob(pattern)) if SHARED else []
