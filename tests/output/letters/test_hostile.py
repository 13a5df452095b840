"""What a sender writes stays text: no element, no attribute, no request, no broken page."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from output.letters.lettering import checked, holder, letters_of, person

from validator.output.letters import filed_of
from validator.output.letters import write as writing
from validator.output.letters.letters import VALUES, letters, listed_people
from validator.output.letters.pages import Pages
from validator.output.letters.people import CUT, letter_people, shown
from validator.output.letters.reread import read_html

PAYLOADS = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)",
    "</span></div></td></tr></table><h1>x", "</style><script>1</script>", "<!-- ", "--><b>", "]]>",
    "<![CDATA[x]]>", "&lt;b&gt;", "&#60;script&#62;", "&quot; onload=x", "javascript:alert(1)",
    "<a href=//evil.example>", "{{ 7*7 }}", "{% raw %}", "{# x #}", "\x02name_kanji\x03", "\x03\x02",
    '<div data-record="x">', 'data-v="name_kanji">', '" data-record="x', "<svg onload=1>", "\u202e\u2066x",
    "<style>@import url(//evil.example)</style>", "<meta http-equiv=refresh content=0>", "<base href=//x>",
    "=cmd|' /C calc'!A0", "%3Cscript%3E", "\ufeff<x>", "＜script＞", "a\u0000b", "x" * 5000, "𠮷" * 400,
    "<textarea>", "<title>", "<plaintext>", "<noscript>", "`", "\\u003cscript\\u003e", "${x}", "<%= x %>",
]  # fmt: skip
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(PAYLOADS)
SHOWN_VALUES = [v for v in VALUES if v not in ("record_id", "due", "until")]


class Skeleton(HTMLParser):
    """The elements and attributes of a page, without any text."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, tuple(sorted(k for k, _ in attrs))))


def skeleton(page: str):
    parser = Skeleton()
    parser.feed(page)
    return parser.seen


@pytest.fixture(scope="module")
def setting(tmp_path_factory):
    """A run with cases of every kind, and all it takes to set its letters again."""
    records = [
        person(0, address="東京都江東区豊洲三丁目9番9号", office_name="見本"),
        person(1, sex="2", office_name="見本"),
        person(2, birth_date="1985-13-01", office_name="見本"),
        person(3, name_kana="ミホン　ジロウ", member_kind="任継", office_name="見本"),
        person(4, name_kana="ミホン　ジロウ", office_code=None, office_name="見本"),
    ]
    # Every value is there, so that only what is written in them changes.
    records = [r | {"insured_symbol": "1", "branch_number": "0", "insured_name_kanji": "見本"} for r in records]  # fmt: skip
    run = filed_of(checked(tmp_path_factory.mktemp("run"), records, [holder(n) for n in range(5)]))
    people = letter_people(run)
    site = writing.site_of(run, people)
    listed = listed_people(people, site, of_a_letter=99, of_all=99)
    return people, listed, Pages(site)


def pages_of(setting, text: str) -> dict[str, str]:
    """The letters of the run with ``text`` in every value of every person."""
    people, listed, pages = setting
    other = {c: pl.lit(text) for c in SHOWN_VALUES}
    said = listed.with_columns(**other).with_columns(shown(c) for c in other)
    plain = pl.lit("x")
    said = said.with_columns(pl.col(c).fill_null(plain) for c in SHOWN_VALUES)
    said = said.with_columns(sex_coded=pl.lit(False))
    names = {c: pl.lit(text) for c in ("office_code", "office_name", "name_kanji", "address", "postal_code", "insured_name_kanji")}  # fmt: skip
    senders = people.with_columns(**names).with_columns(shown(c) for c in names)
    senders = senders.with_columns(pl.col(c).fill_null(plain) for c in names)
    table = letters(senders, said, [])
    blocks = {n: rest for n, *rest in pages.blocks(said).iter_rows()}
    return {
        f"{row['letter']}": pages.letter(row, *blocks[row["letter"]]).decode()
        for row in table.iter_rows(named=True)
    }


@settings(max_examples=120)
@given(text=TEXTS)
def test_whatever_is_written_the_page_keeps_its_shape(setting, text):
    plain, hostile = pages_of(setting, "x"), pages_of(setting, text)
    shown_text = pl.DataFrame({"x": [text]}).select(shown("x"))["x"][0] or "x"
    for name, page in hostile.items():
        assert page.count(UNSHOWN_NOTE) <= 1
        note = "<li>" + UNSHOWN_NOTE + "</li>\n"
        assert skeleton(page.replace(note, "")) == skeleton(plain[name])
        ElementTree.fromstring(page)
        said = read_html({name: page}).values.filter(pl.col("field") == "name_kana")
        assert set(said["value"]) == {shown_text}


UNSHOWN_NOTE = "〓 は、この文書では表せない文字です(届書の文字のままで結構です)。"


@pytest.mark.parametrize("column", ["name_kanji", "address", "office_name", "office_code"])
def test_payloads_through_a_whole_run(tmp_path, column):
    usable = [p for p in PAYLOADS if not re.search("[\x00-\x08]", p) and len(p) < 200]
    records = [
        person(n, **{"address": "東京都江東区豊洲三丁目9番9号", column: text})
        for n, text in enumerate(usable)
    ]
    pages = letters_of(tmp_path, records, [holder(n) for n in range(len(usable))])
    assert sum(page.count('data-record="') for page in pages.values()) == len(usable)
    for page in pages.values():
        tags = {tag for tag, _ in skeleton(page)}
        assert not tags & {"script", "img", "svg", "a", "base", "iframe", "link", "object"}
        assert not [a for _, names in skeleton(page) for a in names if a.startswith("on")]
        assert page.count("<style>") == 1
        assert "default-src 'none'" in page
        assert not re.search(r'(src|href)="', page)


def test_an_endless_value_is_cut(tmp_path):
    (page,) = letters_of(tmp_path, [{"address": "東京都江東区豊洲" + "九" * 9_000}]).values()
    assert len(page) < 40_000
    assert re.search("九…</span>", page)
    assert max(len(run) for run in re.findall("九+", page)) <= CUT
