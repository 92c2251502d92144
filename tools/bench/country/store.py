"""Where generated countries are kept between runs, and the PostgreSQL server that one of them lies on."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.bench import servers
from tools.bench.country.scale import Scale

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "build" / "country"
PORT = 54331
_MADE_BY = ("tools/bench/country/*.py", "src/dondoc/*/migrations/*.py", "src/dondoc/programmes/rules/*.py")
_NOT = {"pages.py", "store.py", "__init__.py"}


def version(scale: Scale) -> str:
    """Changes with whatever decides what is generated: the generator, the tables, the rules."""
    held = hashlib.sha256(scale.key.encode())
    for path in sorted(path for pattern in _MADE_BY for path in ROOT.glob(pattern) if path.name not in _NOT):
        held.update(path.read_bytes())
    return held.hexdigest()[:16]


def sqlite(scale: Scale, name: str) -> tuple[str, bool]:
    """The address of the database, and whether it has yet to be filled; another version's is removed."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}-{version(scale)}.sqlite3"
    for other in FOLDER.glob(f"{name}-*.sqlite3*"):
        if not (is_filled(path) and other.name.startswith(path.name)):
            other.unlink()
    return f"sqlite://{path}", not path.exists()


def mark_filled(address: str, scale: Scale) -> None:
    """The country is filled after the demonstration: on PostgreSQL its mark stands for both."""
    if not address.endswith("/demo"):
        _mark(address, scale).write_text("", encoding="utf-8")


def is_filled(path: Path) -> bool:
    return path.with_name(f"{path.name}.filled").exists()


def _mark(address: str, scale: Scale) -> Path:
    if address.startswith("sqlite"):
        path = Path(address.removeprefix("sqlite://"))
        return path.with_name(f"{path.name}.filled")
    return FOLDER / f"postgres-{version(scale)}.filled"


@contextmanager
def postgres(scale: Scale) -> Iterator[tuple[tuple[str, bool], tuple[str, bool]]]:
    """A server of our own on a folder that is kept, with the country and the demonstration; it ends with the block."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = FOLDER / "postgres"
    empty = not _mark("postgresql", scale).exists() or not folder.exists()
    if empty:
        for mark in FOLDER.glob("postgres-*.filled"):
            mark.unlink()
        shutil.rmtree(folder, ignore_errors=True)
    with servers.postgres(folder, PORT) as address:
        if empty:
            servers.run(servers.programs() / "createdb", "-h", "127.0.0.1", "-p", str(PORT), "-U", "dondoc", "demo")
        yield (f"{address}/postgres", empty), (f"{address}/demo", empty)
