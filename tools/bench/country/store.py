"""Where generated countries are kept between runs, and the PostgreSQL server that one of them lies on."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


def programs() -> Path | None:
    """The newest PostgreSQL server on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    return found[-1] if found else None


@contextmanager
def postgres(scale: Scale) -> Iterator[tuple[tuple[str, bool], tuple[str, bool]]]:
    """A server of our own on a folder that is kept, with the country and the demonstration; it ends with the block."""
    held = programs()
    if held is None:
        raise FileNotFoundError("no PostgreSQL server on this machine")
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = FOLDER / "postgres"
    address = f"postgresql://dondoc@127.0.0.1:{PORT}"
    empty = not _mark(address, scale).exists() or not folder.exists()
    if empty:
        for mark in FOLDER.glob("postgres-*.filled"):
            mark.unlink()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        _hand_over(folder)
        _run(held / "initdb", "-D", folder / "data", "-U", "dondoc", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-c listen_addresses=127.0.0.1 -p {PORT} -c unix_socket_directories={folder} -c shared_buffers=256MB"
    quick = "-c fsync=off -c full_page_writes=off -c max_wal_size=4GB -c work_mem=32MB"
    _run(held / "pg_ctl", "-D", folder / "data", "-s", "-w", "-l", folder / "log", "-o", f"{options} {quick}", "start")
    try:
        if empty:
            _run(held / "createdb", "-h", "127.0.0.1", "-p", str(PORT), "-U", "dondoc", "demo")
        yield (f"{address}/postgres", empty), (f"{address}/demo", empty)
    finally:
        _run(held / "pg_ctl", "-D", folder / "data", "-s", "-w", "-m", "fast", "stop")


def _hand_over(folder: Path) -> None:
    """The server does not run as root."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


def _run(*command: str | Path) -> None:
    asked = ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)
    subprocess.run(asked, check=True, stdout=subprocess.DEVNULL)
