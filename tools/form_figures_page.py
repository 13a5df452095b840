"""docs/forms-figures.md from what tools/form_figures.py measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from shikaku_world.forms import FORMS

if TYPE_CHECKING:
    from form_figures import CleanRuns, RuleExamples

_HEAD = """# The ten forms in figures

`python tools/form_figures.py --write` makes this page.

## Clean batches

Batches of {records} records of each form, seeds {seeds}, as CSV, XLSX and JSON Lines, written by
the synthetic world (`fixtures/shikaku_world/forms.py`, which knows nothing of the rules) from the
contract and the association's answers: dates, sexes, flags, numbers and widths in every notation
that is read with certainty, optional columns present, blank or absent. Each goes through
`validator check` with its registry and without one. Bar: no finding above info, every verdict
pass.

| form | records checked | pass | hold | return | findings above info | info findings a record |
|---|--:|--:|--:|--:|---|--:|
"""
_RULES = """
## Each rule by its examples

Every bad example in a file of its own, as its test writes it. {rules} rules, {bad} bad examples;
{raised} raise their rule. {exact} rules have a record that triggers exactly them and nothing else;
{noted} more only with notes (severity info) beside them, such as that of the era dates which every
line of electronic media has. {rest} never come without another warning or error: the table says
why ({open} unexplained).

| rule | always with | why |
|---|---|---|
"""
_NOTES = """
### Only with notes beside them

| notes | rules |
|---|---|
"""
_REASONS = """
| note | why it stands there |
|---|---|
"""
_ALL = """
## All rules

*alone*: bad examples that raise this rule and nothing else. *beside*: other codes that some of its
bad examples raise, with how many (info codes in italics).

| rule | bad examples | raise it | alone | beside |
|---|--:|--:|--:|---|
"""


def page(
    runs: Sequence[CleanRuns],
    examples: Sequence[RuleExamples],
    info: set[str],
    notes: Mapping[str, str],
    records: int,
    seeds: Sequence[int],
) -> str:
    """The whole page; ``info`` names the rules of severity info."""
    head = _HEAD.format(records=f"{records:,}", seeds=", ".join(map(str, seeds)))
    noted = [one for one in examples if not one.alone() and one.alone(info)]
    never = [one for one in examples if not one.alone(info)]
    rules = _RULES.format(
        rules=len(examples),
        bad=sum(one.bad for one in examples),
        raised=sum(len(one.beside) for one in examples),
        exact=len(examples) - len(noted) - len(never),
        noted=len(noted),
        rest=len(never),
        open=sum(not one.reason for one in never),
    )
    return "".join(
        [
            head,
            *(_clean_row(run) for run in runs),
            rules,
            *(f"| {one.code} | {_codes(one.always - info)} | {one.reason} |\n" for one in never),
            _NOTES,
            *_noted(noted, info),
            _REASONS,
            *(f"| {code} | {reason} |\n" for code, reason in sorted(notes.items())),
            _ALL,
            *(_rule_row(one, info) for one in examples),
        ]
    )


def _clean_row(run: CleanRuns) -> str:
    above = ", ".join(f"{code} {n}" for code, n in sorted(run.above_info.items())) or "0"
    notes = sum(run.info.values()) / max(1, run.records)
    verdicts = " | ".join(f"{run.verdicts[v]:,}" for v in ("pass", "hold", "return"))
    return (
        f"| `{run.form}` {FORMS[run.form]} | {run.records:,} | {verdicts} | {above} "
        f"| {notes:.1f} |\n"
    )


def _codes(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or "–"


def _noted(noted: Sequence[RuleExamples], info: set[str]) -> list[str]:
    """One row for each set of notes, with the rules that it accompanies."""
    rules: dict[str, list[str]] = {}
    for one in noted:
        rules.setdefault(_codes(one.fewest(info)), []).append(one.code)
    return [f"| {notes} | {_codes(codes)} |\n" for notes, codes in sorted(rules.items())]


def _rule_row(one: RuleExamples, info: set[str]) -> str:
    beside = ", ".join(
        f"{'*' + code + '*' if code in info else code} {n}"
        for code, n in sorted(one.sometimes.items(), key=lambda item: (-item[1], item[0]))
    )
    return f"| {one.code} | {one.bad} | {len(one.beside)} | {one.alone()} | {beside or '–'} |\n"
