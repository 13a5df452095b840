"""docs/images/report.png: the first screen and a record of a report on synthetic forms.

python tools/make_report_picture.py (needs Chromium and its driver)
"""

from __future__ import annotations

import base64
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "fixtures")]

from browser.webdriver import Browser  # noqa: E402

from shikaku_world.batches import make_batch  # noqa: E402
from shikaku_world.writers import write  # noqa: E402
from validator.checking import Options, check_files  # noqa: E402
from validator.output.html.report import write_report  # noqa: E402

AS_OF = date(2026, 11, 23)
TARGET = ROOT / "docs" / "images" / "report.png"
WIDTH, HEIGHT = 1100, 1540
# The record that is shown, and what stands between it and the first screen.
_SHORTEN = """
document.querySelectorAll('main > section').forEach(s => {
  if (!['result', 'causes', 'records'].includes(s.id)) s.remove();
});
document.querySelectorAll('#causes tbody tr:nth-child(n+5), #causes .twin, #result .bars').forEach(e => e.remove());
const cards = [...document.querySelectorAll('.record')];
const shown = cards.find(c => c.querySelector('.tag.hold') && c.querySelector('.tag.similar')
  && c.textContent.includes('文字目が違います') && c.querySelectorAll('.masks').length > 1)
  || cards.find(c => c.textContent.includes('文字目が違います'));
cards.forEach(c => { if (c !== shown) c.remove(); });
document.querySelector('.find')?.remove();
shown.open = true;
"""


def main() -> None:
    """Write the picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        world = make_batch(1240, 20261123, AS_OF, "demo")
        batch, registry = Path(folder, "batch.csv"), Path(folder, "registry.csv")
        write(world.batch, batch, "csv", headers="ja")
        write(world.registry, registry, "csv")
        page = Path(folder, "report.html")
        write_report(check_files([batch], Options(registry=registry, as_of=AS_OF)), page)
        browser = Browser()
        try:
            browser.open(page, WIDTH)
            browser.run(_SHORTEN)
            clip = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": 1}
            shot = browser.cdp("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        finally:
            browser.close()
    TARGET.write_bytes(base64.b64decode(shot["data"]))
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
