"""Builds what the pages take from npm into build/assets: a sprite of the icons that are used, and two font files.

Every quoted word in the platform's templates, Python and JavaScript that is the name of a Tabler outline icon goes into the
sprite, so that a name may stand in a template or in a table of states. ``{% icon "name" %}`` with an unknown name is an error.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "dondoc"
ICONS = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
FONTS = ROOT / "node_modules" / "@fontsource-variable" / "inter" / "files"
TARGET = ROOT / "build" / "assets"

QUOTED = re.compile(r"""["']([a-z0-9]+(?:-[a-z0-9]+)*)["']""")
TAG = re.compile(r"""\{%\s*icon\s+["']([^"']+)["']""")
SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
BLANK = re.compile(r"""<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>""")


def used_names() -> tuple[set[str], set[str]]:
    """Quoted words that may be icons, and those that ``{% icon %}`` names."""
    maybe: set[str] = set()
    named: set[str] = set()
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".html", ".py", ".js"}:
            text = path.read_text(encoding="utf-8")
            maybe.update(QUOTED.findall(text))
            named.update(TAG.findall(text))
    return maybe, named


def symbol(name: str) -> str:
    shapes = SHAPES.search((ICONS / f"{name}.svg").read_text(encoding="utf-8"))
    if shapes is None:
        raise SystemExit(f"{name}.svg is not an icon of the expected form")
    inside = " ".join(BLANK.sub("", shapes.group(1)).split())
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>'


def build() -> None:
    if not ICONS.is_dir() or not FONTS.is_dir():
        raise SystemExit("node_modules lacks the icons or the fonts: run npm ci")
    maybe, named = used_names()
    known = {path.stem for path in ICONS.glob("*.svg")}
    if unknown := named - known:
        raise SystemExit(f"no such icon: {', '.join(sorted(unknown))}")
    TARGET.mkdir(parents=True, exist_ok=True)
    symbols = "\n".join(symbol(name) for name in sorted(maybe & known))
    sprite = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    (TARGET / "icons.svg").write_text(sprite, encoding="utf-8")
    for subset in ("latin", "vietnamese"):
        shutil.copyfile(FONTS / f"inter-{subset}-wght-normal.woff2", TARGET / f"inter-{subset}.woff2")
    print(f"{len(maybe & known)} icons, 2 fonts in build/assets")


if __name__ == "__main__":
    sys.exit(build())
