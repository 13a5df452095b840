"""The rules that said something, with their explanation, and those that could not be run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from validator.output.words import EFFECTS, ITEM_NAMES, SEVERITIES
from validator.rules.model import Rule, Text

if TYPE_CHECKING:
    from validator.checking import Checked

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PARAM = re.compile(r"\{\w+\}")


@dataclass(frozen=True)
class RuleUsed:
    """One rule as the report explains it; ``count`` findings in this run."""

    code: str
    slug: str
    count: int
    severity: str
    severity_word: Text
    effect: Text
    field: Text | None
    message: Text
    hint: Text
    why: Text
    cannot_see: Text
    source: tuple[str, ...]
    inferred: bool


def said(rule: Rule, message: str, lang: str) -> Text:
    """What a finding says: the message of the run, and the rule's own words in the other language.

    The words that a message is filled with are there in the language of the run only.
    """
    other = _PARAM.sub("…", rule.message.en if lang == "ja" else rule.message.ja)
    return Text(message, other) if lang == "ja" else Text(other, message)


def _day(match: re.Match[str]) -> str:
    """The day of a notice, in another form than the days of people."""
    year, month, day = map(int, match.groups())
    return f"{year}年{month}月{day}日"


def _shown(rule: Rule, count: int) -> RuleUsed:
    severity = rule.severity.value
    return RuleUsed(
        rule.code,
        rule.slug,
        count,
        severity,
        SEVERITIES[severity],
        EFFECTS[rule.effect.value],
        ITEM_NAMES.get(rule.field or ""),
        Text(_PARAM.sub("…", rule.message.ja), _PARAM.sub("…", rule.message.en)),
        rule.hint,
        rule.why,
        rule.cannot_see,
        tuple(_DAY.sub(_day, source) for source in rule.source),
        rule.inferred,
    )


_WEIGHT = {"error": 0, "warning": 1, "info": 2}


def rules_used(checked: Checked) -> list[RuleUsed]:
    """Rules with a finding: errors first, then by count."""
    by_code = checked.summary.counts.by_code
    used = [
        _shown(rule, by_code[rule.code]) for rule in checked.settings.rules if rule.code in by_code
    ]
    return sorted(used, key=lambda rule: (_WEIGHT[rule.severity], -rule.count, rule.code))


def rules_not_run(checked: Checked) -> list[RuleUsed]:
    """Rules that could not be computed."""
    broken = set(checked.judged.not_evaluated)
    return [_shown(rule, 0) for rule in checked.settings.rules if rule.code in broken]
