"""The README's picture: three pages of the bundled person's packet. Needs pillow beside the lock."""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PAGES = (1, 6, 11)
WIDTH, GAP = 560, 24


def main() -> int:
    """Render and put side by side."""
    document = pypdfium2.PdfDocument(ROOT / "out" / "packet.pdf")
    pages = []
    for number in PAGES:
        page = document[number - 1]
        scale = WIDTH / page.get_width()
        pages.append(page.render(scale=scale).to_pil().convert("RGB"))
    height = max(page.height for page in pages)
    sheet = Image.new("RGB", (WIDTH * 3 + GAP * 4, height + GAP * 2), (226, 229, 233))
    for place, page in enumerate(pages):
        sheet.paste(page, (GAP + place * (WIDTH + GAP), GAP))
    sheet.quantize(64).save(ROOT / "docs" / "packet.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
