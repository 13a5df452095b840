"""The nights' pages and the letters in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.webdriver import Browser
from clean_record import AS_OF, write_batch, write_registry
from nightly.site import Site, person

from validator.checking import Options, check_files

WRONG = {"name_kana": "シケン　ハルコ"}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of ten nights, the last one out of its band."""
    site = Site(tmp_path_factory.mktemp("nights"), band={"least_nights": 8, "false_alarm": 0.001})
    for night in range(10):
        wrong = 10 if night == 9 else 1
        rows = [
            person("hana", office_code=str(1000 + n), insured_number=str(night),
                   **(WRONG if n < wrong else {}))
            for n in range(20)
        ]  # fmt: skip
        site.send("a.csv", *rows)
        site.night(night)
    return site.reports


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    batch = write_batch(folder, {"sex": "2"}, {"name_kana": "ミホン　ジロウ", "office_code": "5"})
    options = Options(registry=write_registry(folder), as_of=AS_OF, out=folder / "out")
    check_files([batch], options)
    return folder / "out" / "letters"


@pytest.mark.parametrize(("width", "dark"), [(390, True), (800, False), (1400, True)])
def test_axe_finds_nothing_on_the_nights_pages(
    browser: Browser, nights: Path, width: int, dark: bool
) -> None:
    pages = sorted(nights.rglob("*.html"))
    newest = [page for page in pages if page.stem[:4].isdigit()][-1]
    for page in (nights / "index.html", newest):
        browser.open(page, width, dark=dark)
        assert browser.violations() == [], page.name
        assert browser.requests() == [page.as_uri()]
        assert browser.run("return document.documentElement.scrollWidth;") <= width


def test_axe_finds_nothing_on_the_letters(browser: Browser, letters: Path) -> None:
    pages = sorted(letters.glob("*.html"))
    assert len(pages) >= 2
    for page in pages:
        browser.open(page, 800)
        assert browser.violations() == [], page.name
        assert browser.requests() == [page.as_uri()]
