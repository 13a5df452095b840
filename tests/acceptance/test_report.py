"""report.html as `check` writes it: what it says, what it keeps to itself, and that it is sound."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from clean_record import AS_OF, RECORD, number, write_batch, write_csv, write_registry

from validator.checking import Options, check_files
from validator.output.html.queue import SHOWN
from validator.output.html.report import render_report

from .conftest import Run

XHTML = "{http://www.w3.org/1999/xhtml}"
OTHER = "{wrong:27182818284}"


@pytest.fixture
def report(run: Run, tmp_path: Path):
    """Check records (changes of the clean one) and return the text of the report."""

    def make(*changes, registry=({},), options=(), name="batch.csv") -> str:
        batch = write_batch(tmp_path, *changes, name=name)
        with_registry = (
            () if registry is None else ("--registry", write_registry(tmp_path, *registry))
        )
        out = tmp_path / f"out{len(list(tmp_path.glob('out*')))}"
        ran = run("check", batch, *with_registry, "--out", out, *options)
        assert ran.code in (0, 1), ran.err
        return (out / "report.html").read_text(encoding="utf-8")

    return make


def parsed(text: str) -> ElementTree.Element:
    return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=True)


def shown(text: str, lang: str = "ja") -> str:
    """What a reader of one language reads, without markup and with single spaces."""
    other = {"ja": "en", "en": "ja"}[lang]

    def words(element: ElementTree.Element) -> str:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in (f"{XHTML}style", f"{XHTML}script", f"{XHTML}title"):
            return ""
        if element.get("lang") == other and tag == f"{XHTML}span":
            return ""
        inner = (element.text or "") + "".join(words(c) + (c.tail or "") for c in element)
        return inner + (" " if tag.rsplit("}")[-1] in ("td", "th", "li", "p", "h2") else "")

    return re.sub(r"\s+", " ", words(parsed(text)))


MIXED = (
    {},
    {"name_kana": "ミホン　ジロウ"},
    {"my_number": OTHER},
    {"birth_date": "1985-04-02", "acquired_on": "2026-11-09", "received_on": "2026-11-10"},
    {"address": "東京都江東区豊洲一丁目3番27号"},
)


def test_the_verdict_is_one_sentence_with_the_counts_of_the_summary(report, tmp_path):
    text = report(*MIXED)
    counts = json.loads((tmp_path / "out0" / "summary.json").read_text(encoding="utf-8"))["counts"]
    assert counts["by_verdict"] == {"pass": 1, "hold": 3, "return": 1}
    assert "5件中 3件を確認保留、1件を返戻" in shown(text)
    assert "Of 5 records, 3 are held and 1 goes back to the employer" in shown(text, "en")
    assert "住民票との照合なし" not in shown(text)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ([{}], "1件すべて合格です。"),
        ([{"my_number": OTHER}], "1件中 1件を返戻"),
        ([{"name_kana": "ミホン　ジロウ"}, {}], "2件中 1件を確認保留"),
    ],
)
def test_sentences(report, changes, sentence):
    assert sentence in shown(report(*changes))


def test_without_a_registry_it_says_so_where_everybody_sees_it(report):
    text = shown(report({}, registry=None))
    assert text.index("住民票との照合なし") < text.index("判定の内訳")
    assert text.count("住民票との照合なし") >= 3  # first screen, not evaluated, provenance
    assert "住民票との照合なし" in shown(report({}, registry=None), "en")


def test_an_empty_batch(run: Run, tmp_path: Path):
    batch = write_csv(tmp_path / "b.csv", [], RECORD)
    run("check", batch, "--out", tmp_path / "out", "--expect-empty")
    assert "0件" in shown((tmp_path / "out" / "report.html").read_text(encoding="utf-8"))


def test_due_dates_are_seen_from_the_day_of_the_check(report):
    text = shown(report(*MIXED))
    assert "期限を過ぎたものが 1件あります。" in text  # received on the 10th, due on the 15th
    assert "8日超過" in text
    assert "あと2日" in text


def test_where_a_record_differs_is_shown_without_either_value(report):
    text = shown(report(*MIXED))
    assert "名の1文字目が違います" in text
    assert "日が違います" in text
    assert "番地 違う届書◆△◇◇台帳◆△◇◇" in text


def test_every_held_or_returned_record_has_its_card_and_its_line(report, tmp_path):
    text = report(*MIXED)
    root = parsed(text)
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert not [i for i, n in Counter(ids).items() if n > 1]
    links = [e.get("href") for e in root.iter(f"{XHTML}a")]
    assert len([link for link in links if link.startswith("#r-")]) == 4
    assert {link[1:] for link in links} <= set(ids)  # nothing leads nowhere, nothing leads out


def test_what_is_left_out_announces_itself(report):
    many = [{"my_number": OTHER, "insured_number": str(n)} for n in range(SHOWN + 37)]
    text = report(*many)
    assert text.count('<details class="record"') == SHOWN
    assert (
        f"{SHOWN + 37}件中 {SHOWN}件を表示。全件は worklist.xlsx、records.parquet、findings.parquet。"
        in shown(text)
    )


def test_equal_runs_write_equal_bytes(report):
    assert report(*MIXED) == report(*MIXED)


def test_english_first_is_the_same_page_with_the_switch_the_other_way(report):
    japanese, english = report(*MIXED), report(*MIXED, options=("--lang", "en"))
    assert 'id="lang-ja" checked' in japanese
    assert 'id="lang-en" checked' in english
    # The words of a finding are in the language of the run, so only the frame must agree.
    assert shown(japanese, "en").count("Held") == shown(english, "en").count("Held")


def test_changes_since_the_last_run_of_the_sender(report, run: Run, tmp_path: Path):
    state = ("--state", tmp_path / "state")
    assert "前回の記録がありません" in shown(report({}))
    assert "今回が初めての記録です" in shown(report({}, options=state))
    # The same batch again is no change.
    assert "今回が初めての記録です" in shown(report({}, options=state))
    text = shown(report({"my_number": OTHER}, {}, options=state))
    assert "前回 0.0% から 今回 50.0%" in text
    assert "▲ +50.0" in text
    assert "個人番号の書き誤り +1" in text


# Characters that occur in no text of ours, in every column that a person fills in.
RARE_KANJI, RARE_KANA = "鱻龘靐䨺麤驫", "ヱヰヹヸ"
PLANTED = {
    "name_kanji": "鱻龘　靐䨺", "name_kana": "ヱヰ　ヱヹ", "address": "東京都江東区豊洲一丁目2番27号麤驫荘",
    "birth_date": "1931-07-19", "office_name": "鱻龘商店", "insured_symbol": "麤", "insured_number": "驫",
    "branch_number": "鱻", "relationship": "龘", "postal_code": "靐",
}  # fmt: skip


@pytest.mark.parametrize("side", ["submitted", "registry"])
def test_no_character_of_a_planted_value_reaches_the_report(report, side):
    registry_side = {k: PLANTED[k] for k in ("name_kanji", "name_kana", "address", "birth_date")}
    if side == "submitted":
        text = report(PLANTED, {**PLANTED, "my_number": OTHER}, {**PLANTED, "birth_date": "x"})
    else:
        text = report({}, {"my_number": "{same}"}, registry=(registry_side,))
    assert "確認保留" in shown(text)
    assert not set(text) & set(RARE_KANJI + RARE_KANA)
    assert "1931" not in text
    assert "07-19" not in text


SLIPPED = (
    "鱻龘　靐䨺",
    "ヱヰ　ヱヹ",
    "ﾎﾘｶﾞﾈ",
    "1931-07-19",
    "昭和6年7月19日",
    "19310719",
    "S6.7.19",
)


def test_a_value_that_slipped_into_another_column_stays_out(report):
    columns = ("office_code", "office_name", "insured_symbol", "my_number", "received_on")
    text = report(*({column: value, "sex": "2"} for column in columns for value in SLIPPED))
    assert not [value for value in SLIPPED if value in text]


def test_no_number_whole_or_in_part(report):
    stray = number(30303030303)
    text = report(
        {"my_number": OTHER, "office_code": stray, "name_kana": stray},
        {"address": stray, "my_number": stray, "sex": "2"},
    )
    for start in range(7):
        assert stray[start : start + 6] not in text
    # Form codes are the only long figures of ours: counts have commas, hashes are broken up.
    assert set(re.findall(r"[0-9]{6,}", text)) <= {"2200700", "2201700", "2202700"}


PAYLOADS = (
    "<script>alert(1)</script>", "</script><script>alert(1)//", "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>', "' onmouseover='alert(1)", "javascript:alert(1)", "{{ 7*7 }}",
    "{% raw %}", "</style><style>*{display:none}", "<!--", "]]>", "&lt;b&gt;", "</td></table>",
    "<a href=http://example.com>x</a>", "<base href=//x>", "\u202e<b>", "<details open ontoggle=x>",
    "</title><b>", "<iframe srcdoc='<b>'>", "＜script＞", "<math><mi//xlink:href='data:x,'>", "`${1}`",
)  # fmt: skip
COLUMNS = (
    "name_kanji",
    "name_kana",
    "address",
    "office_code",
    "office_name",
    "insured_number",
    "birth_date",
)


def structure(text: str) -> Counter:
    """Elements outside the masks, by name and names of attributes."""
    root = parsed(text)
    masks = {child for e in root.iter() if e.get("class") == "mask" for child in e}
    return Counter(
        (e.tag, *sorted(e.attrib)) for e in root.iter() if isinstance(e.tag, str) and e not in masks
    )


@pytest.mark.parametrize("spread", ["all columns at once", "one column each"])
def test_markup_in_a_value_adds_no_element_and_no_attribute(report, spread):
    base = {"my_number": "{wrong:27182818284}", "sex": "2"}

    def batch(value):
        for n, payload in enumerate(PAYLOADS):
            columns = COLUMNS if spread.startswith("all") else [COLUMNS[n % len(COLUMNS)]]
            yield {**base, **dict.fromkeys(columns, value(n, payload))}

    evil = report(*batch(lambda _, payload: payload))
    known = structure(report(*batch(lambda n, _: f"無害{n}"))) + structure(report(*MIXED))
    found = structure(evil)
    # A payload may break other rules than a harmless text: kinds of elements, not their number.
    assert set(found) <= set(known)
    assert found[f"{XHTML}script",] == 1
    assert not [key for key in found for name in key[1:] if name.startswith("on")]
    assert all(e.get("href").startswith("#") for e in parsed(evil).iter(f"{XHTML}a"))
    assert "example.com" not in evil


def test_markup_in_the_name_of_a_file_is_text(report):
    name = "<img src=x onerror=alert(1)>.csv"
    text = report({"my_number": OTHER}, name=name)
    assert structure(text) == structure(report({"my_number": OTHER}, name="harmless.csv"))
    assert name in shown(text)


def test_nothing_is_fetched_and_no_style_or_handler_stands_in_an_attribute(report):
    text = report(*MIXED)
    assert not re.findall(r"https?://", text)
    for element in parsed(text).iter():
        assert not {"src", "srcset", "style", "action", "data", "background"} & set(element.attrib)


def test_a_fault_of_a_whole_file_is_named_first(report):
    people = [{"my_number": number(20_000_000_000 + 131 * n), "sex": "1"} for n in range(12)]
    text = shown(report(*({**p, "sex": "2"} for p in people), registry=people))
    assert "全体に及ぶ誤り: 性別がすべて逆(batch.csv、12件中 12件)。" in text
    assert text.index("全体に及ぶ誤り") < text.index("確認保留の区分")


def test_a_rule_that_could_not_be_run_is_never_silent(tmp_path: Path):
    checked = check_files(
        [write_batch(tmp_path)], Options(registry=write_registry(tmp_path), as_of=AS_OF)
    )
    sound = shown(render_report(checked))
    assert "ありません。すべての項目を台帳と比べました。" in sound
    broken = replace(checked, judged=replace(checked.judged, not_evaluated=("NK020",)))
    text = shown(render_report(broken))
    assert "1個の規則を実行できませんでした" in text
    assert "次の規則は実行できませんでした" in text
    assert "NK020" in text
