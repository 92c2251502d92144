"""Print ``tools/demo_paper.html`` to the PDF that the demonstration loads: a born-digital party plan with a ruled table.

Only needed when the HTML is changed; the PDF is kept in the repository because a clerk's machine has no browser to make it.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
PAPER = HERE.parent / "src" / "dondoc" / "demo" / "papers" / "4-ke-hoach-tinh-uy.pdf"


def main() -> None:
    with sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page()
        page.goto((HERE / "demo_paper.html").as_uri())
        page.pdf(path=PAPER, prefer_css_page_size=True)
        browser.close()
    print(PAPER.name, PAPER.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
