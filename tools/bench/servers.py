"""A PostgreSQL server of our own, on a folder that the caller keeps or throws away."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The newest PostgreSQL server on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    return found[-1] if found else None


@contextmanager
def postgres(folder: Path, port: int) -> Iterator[str]:
    """The address of the running server, without a database; where the folder is not there yet it is made. It ends with the block."""
    held = programs()
    if held is None:
        raise FileNotFoundError("no PostgreSQL server on this machine")
    if not folder.exists():
        folder.mkdir(parents=True)
        _hand_over(folder)
        run(held / "initdb", "-D", folder / "data", "-U", "dondoc", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={folder} -c shared_buffers=256MB"
    quick = "-c fsync=off -c full_page_writes=off -c max_wal_size=4GB -c work_mem=32MB"
    run(held / "pg_ctl", "-D", folder / "data", "-s", "-w", "-l", folder / "log", "-o", f"{options} {quick}", "start")
    try:
        yield f"postgresql://dondoc@127.0.0.1:{port}"
    finally:
        run(held / "pg_ctl", "-D", folder / "data", "-s", "-w", "-m", "fast", "stop")


def _hand_over(folder: Path) -> None:
    """The server does not run as root."""
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


def run(*command: str | Path) -> None:
    """As the server's owner."""
    asked = ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)
    subprocess.run(asked, check=True, stdout=subprocess.DEVNULL)
