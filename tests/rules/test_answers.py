"""The association's 33 answers: each traced, and the page says so."""

from __future__ import annotations

import re
from dataclasses import replace

import make_docs
import pytest

from validator.batch.columns import forms_by_name
from validator.rules import all_rules
from validator.rules.answers import ANSWERS, answers, answers_page

RULES = all_rules()
FOUND = answers(RULES)
PAGES = {"ja": "docs/association-qa.md", "en": "docs/association-qa.en.md"}


def test_every_answer_stands_once_and_in_order() -> None:
    assert [answer.number for answer in FOUND] == list(ANSWERS)
    assert len(FOUND) == 33


@pytest.mark.parametrize("answer", FOUND, ids=lambda answer: answer.name)
def test_every_answer_is_traced(answer) -> None:
    assert answer.is_traced
    # Where no data is involved there is a stated reason and nothing to check; elsewhere something
    # that exists, a rule, or an output.
    assert answer.rules or answer.outputs or answer.reason
    assert set(answer.forms) <= {form.name for form in forms_by_name().values()}
    for text in (answer.text, *answer.outputs, *answer.later, *([answer.reason] if answer.reason else [])):  # fmt: skip
        assert re.search("[ぁ-ヺ一-鿿]", text.ja) and re.search("[A-Za-z]", text.en)


def test_an_answer_without_its_rules_is_not_traced_by_them() -> None:
    without = answers([r for r in RULES if r.code != "QA020"])
    assert [a.number for a in without if len(a.rules) < len(FOUND[a.number - 1].rules)] == [13]


def test_rules_cite_only_answers_that_exist() -> None:
    cited = {s for rule in RULES for s in rule.source if s.startswith("QA-")}
    assert cited <= {answer.name for answer in FOUND}
    assert len(cited) > 25


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_committed_page_is_current(lang: str) -> None:
    page = (make_docs.ROOT / PAGES[lang]).read_text(encoding="utf-8")
    assert page == answers_page(RULES, lang), "run `make docs`"
    assert [int(n) for n in re.findall(r"(?m)^## QA-(\d\d)$", page)] == list(ANSWERS)
    for path in re.findall(r"\]\((rules/[^)]+)\)", page):
        assert (make_docs.ROOT / "docs" / path).is_file(), path


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_counts_at_the_top_are_those_of_the_sections(lang: str) -> None:
    head, *sections = answers_page(RULES, lang).split("\n## ")
    counts = [int(n) for n in re.findall(r"(?m)^\|[^|]+\| (\d+) \|", head)]
    words = {
        "ja": ["規則", "届書", "出力", "理由", "今後"],
        "en": ["rules", "forms", "output", "reason", "later"],
    }
    lines = [sum(f"\n- {word}: " in section for section in sections) for word in words[lang]]
    assert counts == [*lines, 0]


def test_an_untraced_answer_is_counted() -> None:
    lost = replace(FOUND[12], rules=(), forms=(), outputs=(), reason=None)
    assert not lost.is_traced
