"""Draw the demonstration's scan: its draft of the forest plan as it was signed, laid on a scanner a little askew.

Only needed when the draft or this drawing is changed. The text is the draft's with what changed before it was signed
(``SIGNED``); it is set by Chromium, and stamp, skew, worn ink, grain and JPEG are added here. Same pages each time.
"""

import html
import re
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import sync_playwright

PAPERS = Path(__file__).parents[1] / "src" / "dondoc" / "demo" / "papers"
DRAFT = PAPERS / "5-phong-chay-rung-du-thao.docx.txt"
SCAN = PAPERS / "6-phong-chay-rung-ban-ky.scan.pdf"
DPI = 150
QUALITY = 38  # of the JPEG pages
SKEW = (1.3, -0.9)  # degrees, a page each
PAPER_COLOUR = (247, 246, 240)
SIGNED = {
    "Số:         /KH-UBND": "Số: 257/KH-UBND",
    "ngày      tháng 9 năm 2026": "ngày 14 tháng 9 năm 2026",
    "2. 90% chủ rừng": "2. 95% chủ rừng",
    "tối thiểu 1.200 ha": "tối thiểu 1.500 ha",
    "trước ngày 15/12/2026": "trước ngày 30/11/2026",
    "trình trước ngày 30/11/2026": "trình trước ngày 15/11/2026",
    "Chủ trì tổ chức diễn tập": "Chủ trì, phối hợp với Bộ Chỉ huy Quân sự tỉnh tổ chức diễn tập",
}
HEADING = re.compile(r"[IVX\d]+\. .*[^.;]")
STYLE = """
@page { size: A4; margin: 20mm 18mm 18mm 28mm }
body { font: 14pt/1.32 Tinos, "Times New Roman", serif; margin: 0 }
p { margin: 5pt 0; text-align: justify; text-indent: 10mm }
.two { display: flex; justify-content: space-between }
.two p, .centre p { text-indent: 0; text-align: center; margin: 2pt 0 }
.motto { text-decoration: underline; text-underline-offset: 4pt }
.centre { font-weight: bold; margin: 14pt 0 }
.to p { text-align: left; font-size: 12pt }
.signed { position: relative; padding: 0 6mm }
.signed p:last-of-type { margin-top: 30mm }
svg { position: absolute; left: -22mm; top: 17mm; width: 62mm; height: 40mm; overflow: visible; mix-blend-mode: multiply }
"""
STAMP = """<svg viewBox="0 0 62 40"><g fill="none" stroke="#d42a2a"><circle cx="19" cy="19" r="18" stroke-width="1"/>
<circle cx="19" cy="19" r="12" stroke-width=".5"/></g><path id="round" d="M 5 19 A 14 14 0 0 1 33 19" fill="none"/>
<text font-size="3.6" font-weight="bold" fill="#d42a2a"><textPath href="#round" startOffset="50%" text-anchor="middle">
ỦY BAN NHÂN DÂN</textPath></text><text x="19" y="20.5" font-size="3.4" font-weight="bold" fill="#d42a2a" text-anchor="middle">
MINH HỌA</text><path d="M 30 24 C 36 8 40 10 37 22 S 46 12 47 20 S 55 10 54 21 S 60 20 64 15 M 33 27 L 62 23" fill="none"
 stroke="#23337f" stroke-width=".9" stroke-linecap="round"/></svg>"""

Pixels = NDArray[np.uint8]


def signed(draft: str) -> str:
    """The draft's source as it was signed."""
    for before, after in SIGNED.items():
        if draft.count(before) != 1:
            raise SystemExit(f"the draft has {draft.count(before)} of: {before}")
        draft = draft.replace(before, after)
    return draft


def page_of(source: str) -> str:
    """The marked source (see ``dondoc.demo.papers.word``) as HTML."""
    parts = {}
    for part in re.split(r"^#", html.escape(source), flags=re.MULTILINE)[1:]:
        name, _, lines = part.partition("\n")
        parts[name.strip()] = lines.strip().splitlines()
    left, right = _columns(parts["letterhead"])
    head = _two([_bold(left[0]), _bold(left[1]), left[2]], [_bold(right[0]), _bold(right[1], "motto"), f"<i>{right[2]}</i>"])
    body = [_bold(line) if HEADING.fullmatch(line) else line for line in parts["body"]]
    to, by = _columns(parts["signature"])
    who = _lines([_bold(line) for line in by if line])
    recipients = _lines([f"<b><i>{to[0]}</i></b>", *to[1:]])
    end = f'<div class="two"><div class="to">{recipients}</div><div class="signed">{who}{STAMP}</div></div>'
    centre = f'<div class="centre">{_lines(parts["title"])}</div>'
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{head}{centre}{_lines(body)}{end}'


def _columns(lines: list[str]) -> tuple[list[str], list[str]]:
    pairs = [line.partition("|") for line in lines]
    return [pair[0].strip() for pair in pairs], [pair[2].strip() for pair in pairs]


def _bold(words: str, css: str = "") -> str:
    return f'<b class="{css}">{words}</b>'


def _lines(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def _two(left: list[str], right: list[str]) -> str:
    return f'<div class="two"><div>{_lines(left)}</div><div>{_lines(right)}</div></div>'


def printed(page_html: str) -> list[Pixels]:
    """The pages as clean RGB pixels."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        target = Path(folder) / "clean.pdf"
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(page_html)
        page.pdf(path=target, prefer_css_page_size=True)
        browser.close()
        with pypdfium2.PdfDocument(target) as clean:
            return [np.asarray(sheet.render(scale=DPI / 72).to_pil().convert("RGB")) for sheet in clean]


def scanned(clean: Pixels, degrees: float, seed: int) -> Image.Image:
    """A page as a scanner gives it: askew, ink a little worn, paper not white, grain."""
    chance = np.random.default_rng(seed)
    height, width = clean.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    turned = cv2.warpAffine(clean, turn, (width, height), flags=cv2.INTER_AREA, borderValue=(255, 255, 255))
    worn = cv2.GaussianBlur(turned, (0, 0), 0.7).astype(np.float32)
    specks = cv2.GaussianBlur(chance.normal(0, 1, (height, width)).astype(np.float32), (0, 0), 0.8)
    ink = 255 - worn
    worn = 255 - ink * (0.9 + 0.5 * specks[..., None]).clip(0.55, 1.0)
    shade = np.linspace(1.0, 0.965, width, dtype=np.float32)[None, :, None]
    worn = worn * (np.array(PAPER_COLOUR, np.float32) / 255) * shade + 5 * specks[..., None]
    return Image.fromarray(worn.clip(0, 255).astype(np.uint8))


def main() -> None:
    pages = printed(page_of(signed(DRAFT.read_text(encoding="utf-8"))))
    first, *rest = [scanned(page, SKEW[number % len(SKEW)], number) for number, page in enumerate(pages)]
    first.save(SCAN, save_all=True, append_images=rest, resolution=DPI, quality=QUALITY, title="")
    print(SCAN.name, len(pages), "pages", SCAN.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
