"""Pages made from the declarations: no drift, and no placeholder reaches a reader."""

from __future__ import annotations

import re
from pathlib import Path

import make_docs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.cli.main import main
from validator.rules import Rule, all_rules, rule_by_code
from validator.rules.pages import rule_page


def test_committed_pages_are_those_of_the_declarations() -> None:
    assert make_docs.drifted() == [], "run `make docs`"


def test_a_changed_a_missing_and_an_orphaned_page_are_drift(tmp_path: Path) -> None:
    made = make_docs.pages()
    for path, text in made.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert make_docs.drifted(tmp_path) == []
    folder = tmp_path / "docs" / "rules"
    (folder / "MN001.md").write_text("old", encoding="utf-8")
    (folder / "AD001.en.md").unlink()
    (folder / "ZZ999.md").write_text("gone", encoding="utf-8")
    assert make_docs.drifted(tmp_path) == [
        "docs/rules/AD001.en.md", "docs/rules/MN001.md", "docs/rules/ZZ999.md",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_token_of_an_example_or_message_is_shown(lang: str) -> None:
    for rule in all_rules():
        page = rule_page(rule, lang)
        assert not re.search(r"[{}]|None|Text\(", page), rule.code
        assert all(c == "\n" or c.isprintable() for c in page.replace("\u3000", " ")), rule.code


@given(rule=st.sampled_from(all_rules()), lang=st.sampled_from(["ja", "en"]))
def test_a_page_holds_all_that_the_declaration_says(rule: Rule, lang: str) -> None:
    page = rule_page(rule, lang)
    for text in (rule.why.get(lang), rule.hint.get(lang), rule.cannot_see.get(lang), *rule.source):
        assert text in page


@pytest.mark.parametrize("name", ["MN003", "mn003", "number-check-digit"])
def test_explain_prints_the_page(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name, "--lang", "en"]) == 0
    expected = (make_docs.ROOT / "docs" / "rules" / "MN003.en.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == expected


def test_every_rule_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert listed == [rule.code for rule in all_rules()]


def test_a_japanese_page_names_columns_and_forms_as_people_do() -> None:
    page = rule_page(rule_by_code("QA010"), "ja")
    assert "届書種別 = 「資格確認書紛失・き損届」, 紛失・き損の別 = 「damaged」" in page
    assert "kakuninsho_funshitsu" not in page
    assert "kakuninsho_funshitsu" in rule_page(rule_by_code("QA010"), "en")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_list_tells_severity_effect_and_message_without_braces(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if re.search("[{}]", line)] == []
    (late,) = (line for line in lines if line.startswith("FM004"))
    (returned,) = (line for line in lines if line.startswith("QA010"))
    words = {"ja": ("注意  ――", "誤り  返戻"), "en": ("warning none", "error   return")}[lang]
    assert words[0] in late
    assert words[1] in returned
