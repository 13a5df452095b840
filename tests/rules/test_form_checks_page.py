"""docs/form-checks.md: its codes exist and do what it says, its counts are those of its rows."""

from __future__ import annotations

import re

import make_docs

from validator.rules import Effect, all_rules

PAGE = (make_docs.ROOT / "docs" / "form-checks.md").read_text(encoding="utf-8")
ROW = r"^\| \d+\.\d+ \| .+ \| (\S+) \| (.*) ?\|$"
RULES = {rule.code: rule for rule in all_rules()}
WORDS = {Effect.RETURN: "returned", Effect.HOLD: "held", Effect.NONE: ""}


def test_the_counts_are_those_of_the_rows() -> None:
    totals = [0, 0, 0]
    for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        found = [by for by, _ in re.findall(ROW, section, flags=re.MULTILINE)]
        coded = sum(by != "reason" for by in found)
        counted = [len(found), coded, len(found) - coded]
        title = section.splitlines()[0]
        assert f"| {title} | {' | '.join(map(str, counted))} |" in PAGE
        totals = [a + b for a, b in zip(totals, counted, strict=True)]
    assert f"| together | {' | '.join(map(str, totals))} |" in PAGE
    assert totals[0] > 50


def test_every_code_does_what_the_page_says() -> None:
    for by, remark in re.findall(ROW, PAGE, flags=re.MULTILINE):
        if by == "reason":
            assert remark.strip()
            continue
        first = remark.split(";")[0].split(",")[0].strip()
        effect = WORDS[RULES[by].effect]
        assert first == effect if effect else first not in WORDS.values() or not first, by
        for code in re.findall(r"\b([A-Z]{2}\d{3})\b", remark):
            assert code in RULES
        for code in re.findall(r"\b([A-Z]{2}\d{3}) \(returned\)", remark):
            assert RULES[code].effect is Effect.RETURN
