"""The sample in reports/sample/ is a page of today's program (tools/sample_nights.py makes it)."""

from pathlib import Path

import pytest

from validator.output.html import page

SAMPLE = Path(__file__).resolve().parents[3] / "reports" / "sample"
PAGES = sorted(SAMPLE.glob("*.html"))


def test_there_is_a_sample():
    assert [p.name for p in PAGES][-1] == "index.html"


@pytest.mark.parametrize("sample", PAGES, ids=lambda p: p.name)
def test_it_has_the_present_style_and_script(sample: Path):
    text = sample.read_text(encoding="utf-8")
    for name in ("page.css", "page.js"):
        content, digest = page._asset(name)
        assert content in text, name
        assert digest in text, name
