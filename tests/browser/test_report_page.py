"""report.html in Chromium: accessible, offline, whole on a phone, on paper and without its script."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from browser.webdriver import Browser
from clean_record import AS_OF, write_batch, write_registry
from pypdf import PdfReader

from shikaku_world.batches import make_batch
from shikaku_world.writers import write
from validator.checking import Options, check_files
from validator.output.html.report import write_report

WIDTHS = (390, 800, 1400)
BAD = "{wrong:27182818284}"
FEW = (
    {},
    {"name_kana": "ミホン　ジロウ", "address": "東京都江東区豊洲一丁目3番27号"},
    {"my_number": BAD},
    {"birth_date": "1985-04-02", "acquired_on": "2026-11-09", "received_on": "2026-11-10"},
    {"name_kanji": "見夲　太郎", "office_code": "21-ｱﾅ"},
)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Reports of batches of all sizes."""
    folder = tmp_path_factory.mktemp("pages")
    made = {}

    def report(name: str, batch: Path, registry: Path | None, **more: object) -> None:
        options = Options(registry=registry, as_of=AS_OF, **more)  # type: ignore[arg-type]
        made[name] = folder / f"{name}.html"
        checked = check_files([batch], options)
        write_report(checked, made[name])

    registry = write_registry(folder)
    report("one held", write_batch(folder, FEW[1], name="a.csv"), registry)
    report("all pass", write_batch(folder, {}, {}, name="b.csv"), registry)
    report("no registry", write_batch(folder, *FEW, name="c.csv"), None)
    report("few", write_batch(folder, *FEW, name="d.csv"), registry)
    report("english", write_batch(folder, *FEW, name="e.csv"), registry, lang="en")
    world = make_batch(300, 5, date(2026, 11, 23), "demo")
    write(world.batch, folder / "many.csv", "csv")
    write(world.registry, folder / "many-registry.csv", "csv")
    report("many", folder / "many.csv", folder / "many-registry.csv")
    state = folder / "state"
    many = ({"my_number": BAD}, *({} for _ in range(9)))
    check_files([write_batch(folder, *many, name="f.csv")], Options(as_of=AS_OF, state=state))
    check_files(
        [write_batch(folder, *FEW, name="g.csv")],
        Options(as_of=AS_OF, registry=registry, state=state, out=folder / "second"),
    )
    made["changes"] = folder / "second" / "report.html"
    return made


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(
    browser: Browser, pages: dict[str, Path], width: int, dark: bool
) -> None:
    browser.open(pages["few"], width, dark=dark)
    assert browser.violations() == []


@pytest.mark.parametrize(
    "name", ["one held", "all pass", "no registry", "english", "changes", "many"]
)
def test_axe_finds_nothing_in_any_report(
    browser: Browser, pages: dict[str, Path], name: str
) -> None:
    browser.open(pages[name], 800, dark=name == "changes")
    assert browser.violations() == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["few", "many"])
def test_nothing_is_wider_than_the_window(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    browser.open(pages[name], width)
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; });")
    assert browser.run("return document.documentElement.scrollWidth;") <= width


def test_nothing_but_the_page_itself_is_asked_for(browser: Browser, pages: dict[str, Path]) -> None:
    for name in ("few", "many"):
        browser.open(pages[name])
        browser.click("label[for=lang-en]")
        assert browser.requests() == [pages[name].as_uri()]
        assert browser.logs("browser") == []  # no word of the security policy either


def visible_text(browser: Browser) -> str:
    return str(browser.run("return document.body.innerText;"))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_one_language_at_a_time(browser: Browser, pages: dict[str, Path], script: bool) -> None:
    browser.cdp("Emulation.setScriptExecutionDisabled", value=not script)
    try:
        browser.open(pages["few"])
        browser.click("label[for=lang-en]")
    finally:
        browser.cdp("Emulation.setScriptExecutionDisabled", value=False)
    english = visible_text(browser)
    assert "are held" in english
    assert "件を確認保留" not in english
    if script:
        assert browser.run("return document.documentElement.lang;") == "en"
        assert browser.run("return document.title;").startswith("Check of forms")
    browser.click("label[for=lang-ja]")
    japanese = visible_text(browser)
    assert "件を確認保留" in japanese
    assert "are held" not in japanese


def test_a_link_to_a_record_unfolds_it(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["many"])
    assert browser.run("return document.querySelectorAll('details.record[open]').length;") == 0
    browser.click(".queue tbody tr:nth-child(3) a")
    browser.once("document.querySelector('details.record[open]') !== null")
    opened = browser.run(
        "return [...document.querySelectorAll('details.record[open]')].map(d => d.id);"
    )
    assert [f"#{name}" for name in opened] == [browser.run("return location.hash;")]


def test_the_filter_leaves_what_fits(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["many"])
    browser.click("#find-records")
    browser.press("返戻")
    browser.once("document.querySelector('details.record[hidden]') !== null")
    shown = browser.run(
        "return [...document.querySelectorAll('details.record:not([hidden]) summary')]"
        ".map(s => s.innerText);"
    )
    hidden = browser.run("return document.querySelectorAll('details.record[hidden]').length;")
    assert shown
    assert hidden
    assert all("返戻" in text for text in shown)
    assert "/" in browser.run("return document.querySelector('output').value;")


def test_the_keyboard_reaches_everything_and_is_seen(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["few"])
    browser.press("\ue004")  # Tab
    assert browser.run("return document.activeElement.className;") == "skip"
    assert browser.run("return document.activeElement.getBoundingClientRect().top;") >= 0
    reached = []
    for _ in range(60):
        browser.press("\ue004")
        reached.append(
            browser.run(
                "const e = document.activeElement, s = getComputedStyle("
                "e.matches('.switch input') ? e.nextElementSibling : e);"
                "return [e.tagName, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2];"
            )
        )
    assert {"INPUT", "A", "DIV", "SUMMARY"} <= {tag for tag, _ in reached}
    assert all(seen for tag, seen in reached if tag != "BODY")


def test_on_paper(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["many"], dark=True)
    records = browser.run("return document.querySelectorAll('details.record').length;")
    assert records > 20
    reader = PdfReader(io.BytesIO(browser.pdf()))
    sizes = {
        (round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in reader.pages
    }
    assert sizes == {(595, 842)}  # A4
    text = "".join(page.extract_text() for page in reader.pages)
    # Of so many, what was opened is printed; of the others the heading is.
    assert "医療機関の画面" not in text
    headings = browser.run(
        "return [...document.querySelectorAll('.record > summary .what')].map(e => e.innerText);"
    )
    assert all("".join(h.split()) in "".join(text.split()) for h in headings)
    assert f"1 / {len(reader.pages)}" in reader.pages[0].extract_text()
    # The head of a long table stands on each of its pages.
    assert text.count("同じ人の見込み") >= 2


def printed(browser: Browser) -> str:
    return "".join(p.extract_text() for p in PdfReader(io.BytesIO(browser.pdf())).pages)


def test_opened_records_are_printed_whole(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["many"])
    records = browser.run("return document.querySelectorAll('details.record').length;")
    browser.run("document.querySelector('.record > summary').click();")
    assert printed(browser).count("医療機関の画面") == 1
    browser.run("document.querySelector('[data-fold=open]').click();")
    assert printed(browser).count("医療機関の画面") == records
    browser.run("document.querySelector('[data-fold=close]').click();")
    assert "医療機関の画面" not in printed(browser)


def test_few_records_are_printed_whole_though_closed(browser: Browser, tmp_path: Path) -> None:
    batch = write_batch(tmp_path, *({"my_number": BAD, "name_kanji": ""} for _ in range(12)))
    write_report(check_files([batch], Options(as_of=AS_OF)), tmp_path / "report.html")
    browser.open(tmp_path / "report.html")
    assert browser.run("return document.querySelectorAll('.record:not([open])').length;") == 12
    assert printed(browser).count("医療機関の画面") == 12


def test_markup_in_values_does_nothing(browser: Browser, tmp_path: Path) -> None:
    evil = "<img src=x onerror=document.title='owned'><svg onload=document.title='owned'>"
    batch = write_batch(
        tmp_path,
        *({c: evil, "my_number": BAD} for c in ("name_kanji", "address", "office_code")),
        name="<img src=x onerror=document.title='owned'>.csv",
    )
    write_report(check_files([batch], Options(as_of=AS_OF)), tmp_path / "report.html")
    browser.open(tmp_path / "report.html")
    assert browser.requests() == [(tmp_path / "report.html").as_uri()]
    assert "owned" not in browser.run("return document.title;")
    assert browser.run("return document.images.length;") == 0
