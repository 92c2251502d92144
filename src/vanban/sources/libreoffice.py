"""LibreOffice as a converter: once a file, without a window, in a folder of its own, with macros and links off.

It is ended with all that it started where it takes too long.
"""

import os
import shutil
import signal
import subprocess
from pathlib import Path

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120.0

# Macros never run, links and remote pictures are never fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_OFF = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
)


def program() -> str | None:
    """Where it is; None: it is not installed."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def convert(found: str, folder: Path, source: Path, ending: str, seconds: float = SECONDS) -> Path | None:
    """What ``source``, a file in ``folder``, becomes; None where it cannot be opened or takes longer than ``seconds``."""
    _write_settings(folder)
    if not _run(command(found, folder, source, ending), folder, seconds):
        return None
    result = folder / "out" / f"{source.stem}.{ending}"
    return result if result.is_file() else None


def command(found: str, folder: Path, source: Path, ending: str) -> list[str]:
    """The command that turns ``source`` into a file with that ending in ``folder``/out, with a profile in ``folder``/profile."""
    return [
        found,
        "--headless",
        "--nologo",
        "--nodefault",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        ending,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]


def _write_settings(folder: Path) -> None:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "\n".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _OFF)
    (user / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), encoding="utf-8")


def _run(arguments: list[str], folder: Path, seconds: float) -> bool:
    """Run it as the head of a group of its own, which is ended as a whole; whether it ended by itself in time."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 - a program found by its name, and paths of our own making
        arguments,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        finally:
            _end(process)
    return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End all that still runs of the process's group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
