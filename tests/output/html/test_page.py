"""The frame of every page: nothing fetched, everything escaped, both languages."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from validator.output.html import page
from validator.output.html.page import (
    both,
    broken,
    environment,
    japanese_date,
    percent,
    render_page,
    signed,
)


@pytest.fixture
def template(monkeypatch):
    """Render one small page whose main part is the given template text."""

    def render(main, **context):
        made = environment().overlay()
        text = "{% extends 'page.html.jinja' %}{% block title %}一 | one{% endblock %}"
        text += f"{{% block main %}}{main}{{% endblock %}}"
        made.loader = DictLoader(
            {
                "small": text,
                **{
                    name: environment().loader.get_source(environment(), name)[0]
                    for name in ("page.html.jinja", "patterns.svg.jinja", "charts.html.jinja")
                },
            }
        )
        monkeypatch.setattr(page, "environment", lambda: made)
        return render_page("small", **context)

    return render


def test_the_policy_names_the_very_style_and_script_of_the_page(template):
    text = template("")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert policy.startswith("default-src 'none'")
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy


def test_nothing_in_the_frame_leads_out_of_the_page(template):
    text = template("")
    assert not re.findall(r"https?:|//[a-z]|\bsrc=|@import|url\((?!#)", text)
    assert not re.findall(r"\sstyle=|\son[a-z]+=", text)


def test_what_is_handed_in_is_escaped(template):
    text = template("<p>{{ evil }}</p>{{ t(evil, evil) }}{{ t(evil, 'x') }}", evil="<b>&\"'")
    assert "<b>" not in text
    assert text.count("&lt;b&gt;&amp;&#34;&#39;") == 3


def test_a_name_that_nobody_gave_stops_the_page(template):
    with pytest.raises(UndefinedError):
        template("{{ nothing_of_this_name }}")


def test_the_language_of_the_page(template):
    assert '<html lang="ja">' in template("")
    english = template("", lang="en")
    assert '<html lang="en">' in english
    assert re.search(r'id="lang-en" checked', english)


def test_nothing_asks_the_whole_page(template):
    """A `:has()` of the root is asked again for whatever changes: minutes for a long page."""
    style = re.search(r"<style>(.*?)</style>", template(""), re.DOTALL)[1]
    asking = re.findall(r"(\S*):has\([^*)]", style)
    assert asking
    assert set(asking) == {".top"}


def test_both_languages_stand_in_the_page():
    assert both("一", "one") == Markup('<span lang="ja">一</span><span lang="en">one</span>')
    assert both("A-1", "A-1") == "A-1"


@pytest.mark.parametrize(
    ("part", "of", "shown"),
    [
        (0, 7, "0.0%"),
        (7, 7, "100.0%"),
        (1, 3, "33.3%"),
        (1, 99_999, "<0.1%"),
        (99_998, 99_999, ">99.9%"),
        (0, 0, "-"),
    ],
)
def test_shares_never_claim_nothing_or_all(part, of, shown):
    assert percent(part, of) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(1.25, "+1.2"), (-3.06, "-3.1"), (0.04, "0.0"), (-0.04, "0.0"), (0, "0.0")]
)
def test_nothing_has_no_sign(value, shown):
    assert signed(value) == shown


def test_long_codes_may_break_and_hold_no_long_figure():
    text = broken("12345678abcd<")
    assert text == "1234<wbr>5678<wbr>abcd<wbr>&lt;"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ((2026, 11, 23), "2026年11月23日(令和8年)"),
        ((2019, 5, 1), "2019年5月1日(令和元年)"),
        ((2019, 4, 30), "2019年4月30日(平成31年)"),
        ((1926, 12, 25), "1926年12月25日(昭和元年)"),
        ((1900, 1, 1), "1900年1月1日"),
    ],
)
def test_dates_in_both_calendars(day, shown):
    from datetime import date

    assert japanese_date(date(*day)) == shown
