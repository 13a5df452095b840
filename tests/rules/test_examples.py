"""Every example of every rule, through real files: a bad one raises its code, a good one does not.

Examples that cannot influence each other share a batch, each with a number of its own; those that
speak of other records or of the whole file get a file of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from clean_record import (
    AS_OF,
    MEDIA_FORMS,
    MEDIA_ITEMS,
    MEDIA_NUMBERS,
    OWN,
    RECORD,
    REGISTRY_COLUMNS,
    REGISTRY_ROW,
    clean,
    filled,
    media_line,
    number,
    write_csv,
    write_media,
    write_workbook,
)

from validator.checking import Checked, Options, check_files
from validator.ledger import open_ledger
from validator.ledger.decisions import PART, Decision, Entry, add, seen
from validator.rules import Cleared, Example, Rule, all_rules

MEDIA = "KPFD0006"
# Notations that electronic media have and a registry usually has not.
AS_ON_MEDIA = {"name_kana": MEDIA_ITEMS[7], "address": MEDIA_ITEMS[32]}
RECEIVED_ON = "2026-11-20"
# Everybody in a shared batch is the same fictional person under many numbers.
ALONE = {"DU", "FA", "CO", "CL"}


@dataclass(frozen=True)
class Case:
    """One example of one rule."""

    rule: Rule
    example: Example
    bad: bool
    position: int

    @property
    def name(self) -> str:
        return f"{self.rule.code}-{'bad' if self.bad else 'good'}-{self.position}"


@dataclass(frozen=True)
class Outcome:
    """What became of the record of an example."""

    codes: list[str]
    verdict: str


def cases() -> Iterator[Case]:
    for rule in all_rules():
        for bad, examples in ((True, rule.bad), (False, rule.good)):
            for position, example in enumerate(examples):
                yield Case(rule, example, bad, position)


CASES = list(cases())


def registry_rows(example: Example, own: str) -> list[dict[str, str | None]]:
    written = AS_ON_MEDIA if example.source.startswith(MEDIA) else {}
    usual = {**REGISTRY_ROW, **written}
    rows = [] if example.registry is None else [{**usual, **filled(example.registry, own)}]
    rows += [{**REGISTRY_ROW, **filled(row, own)} for row in example.more_registry]
    for row in rows:
        row["my_number"] = own
    return rows


def somebody() -> dict[str, str | None]:
    """A registry is never empty."""
    return {**REGISTRY_ROW, "my_number": number(16180339887)}


def outcomes(checked: Checked) -> list[Outcome]:
    rows = checked.records().select("findings", "verdict").rows()
    return [Outcome(list(codes), verdict) for codes, verdict in rows]


def is_shared(case: Case) -> bool:
    e = case.example
    return not (
        e.others or e.more_registry or case.rule.family in ALONE or e.source.startswith("xlsx")
    )


def run_alone(case: Case, folder: Path) -> Outcome:
    example = case.example
    if example.source.startswith(MEDIA):
        return run_together([case], folder)[0]
    folder.mkdir()
    registry = write_csv(
        folder / "registry.csv", [*registry_rows(example, OWN), somebody()], REGISTRY_COLUMNS
    )
    first = clean(example.record)
    if example.source == "xlsx_numeric":
        path = write_workbook(folder / "batch.xlsx", [first], numeric="my_number")
    elif example.source == "xlsx_formula":
        path = write_workbook(folder / "batch.xlsx", [first], formula="name_kana")
    else:
        rows = [first, *map(clean, example.others)]
        path = write_csv(folder / "batch.csv", rows)
    options = Options(registry=None if example.without_registry else registry, as_of=AS_OF)
    if example.cleared is not None:
        options = replace(options, state=clear_before(example.cleared, folder))
    return outcomes(check_files([path], options))[0]


def clear_before(cleared: Cleared, folder: Path) -> Path:
    """The ledger after an earlier run, of the record as it was then, and a clerk's confirmation."""
    then = AS_OF - timedelta(days=cleared.days_ago)
    rows = registry_rows(Example(registry=cleared.registry), OWN)
    registry = write_csv(folder / "then.csv", [*rows, somebody()], REGISTRY_COLUMNS)
    path = write_csv(folder / "before.csv", [{**RECORD, **filled(cleared.record)}])
    state = folder / "state"
    options = Options(registry=registry, as_of=AS_OF, out=folder / "before", state=state)
    (record_id,) = check_files([path], options).records()["record_id"]
    with open_ledger(state, [PART]) as ledger:
        known = seen(ledger, [record_id])[record_id]
        entry = Entry(
            *(record_id, known.run, known.run_as_of),
            *(known.difference, known.submitted, known.holder),
            *(Decision.CONFIRMED, "kana_convention", None, False, "見本 係", then, then),
        )
        add(ledger, [entry])
    return state


def media_example(example: Example, numbers: list[str]) -> str:
    """The line of a media example: "KPFD0006", or with a 様式コード behind it."""
    form = example.source.partition(" ")[2] or "2200700"
    own = dict(zip(MEDIA_NUMBERS[form], numbers, strict=False))
    changes = filled({k: v for k, v in example.record.items() if k != "receiver"}, numbers[0])
    return media_line({**own, **{int(k[1:]): v for k, v in changes.items()}}, form=form)


def by_line(checked: Checked) -> list[Outcome]:
    """All codes of the persons of a line, and the worst verdict."""
    lines = checked.records().group_by("line", maintain_order=True).agg("findings", "verdict")
    worst = {"pass": 0, "hold": 1, "return": 2}
    return [
        Outcome([c for own in codes for c in own], max(verdicts, key=worst.__getitem__))
        for codes, verdicts in lines.select("findings", "verdict").rows()
    ]


def run_together(group: list[Case], folder: Path) -> list[Outcome]:
    """Cases of one source, receiver and use of a registry as one batch."""
    folder.mkdir()
    own = [number(40_000_000_000 + 7 * n) for n in range(len(group))]
    first = group[0].example
    rows = [r for case, n in zip(group, own, strict=True) for r in registry_rows(case.example, n)]
    registry = write_csv(folder / "registry.csv", [*rows, somebody()], REGISTRY_COLUMNS)
    receiver = first.record.get("receiver")
    if first.source.startswith(MEDIA):
        lines = [
            media_example(
                case.example, [n, number(50_000_000_000 + at), number(60_000_000_000 + at)]
            )
            for at, (case, n) in enumerate(zip(group, own, strict=True))
        ]
        path = write_media(folder / "KPFD0006.CSV", lines)
    else:
        table = [clean(case.example.record, n) for case, n in zip(group, own, strict=True)]
        path = write_csv(folder / "batch.csv", table)
    options = Options(
        registry=None if first.without_registry else registry,
        as_of=AS_OF,
        receiver=receiver,
        received_on=RECEIVED_ON if first.source.startswith(MEDIA) else None,
    )
    return by_line(check_files([path], options))


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    folder = tmp_path_factory.mktemp("examples")
    result: dict[str, Outcome] = {}
    groups: dict[tuple[str, bool, str | None], list[Case]] = {}
    for case in CASES:
        example = case.example
        if is_shared(case):
            key = (example.source, example.without_registry, example.record.get("receiver"))
            groups.setdefault(key, []).append(case)
        else:
            result[case.name] = run_alone(case, folder / case.name)
    for position, group in enumerate(groups.values()):
        found = run_together(group, folder / f"group{position}")
        assert len(found) == len(group)
        result |= {case.name: outcome for case, outcome in zip(group, found, strict=True)}
    return result


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_example(case: Case, judged: dict[str, Outcome]) -> None:
    outcome = judged[case.name]
    assert (case.rule.code in outcome.codes) is case.bad, outcome
    if case.bad and case.rule.effect.value == "return":
        assert outcome.verdict == "return"
    if case.bad and case.rule.effect.value == "hold":
        returned = any(r.code in outcome.codes for r in all_rules() if r.effect.value == "return")
        assert outcome.verdict == ("return" if returned else "hold")


def test_the_clean_record_has_no_finding_at_all(tmp_path: Path) -> None:
    registry = write_csv(tmp_path / "registry.csv", [REGISTRY_ROW], REGISTRY_COLUMNS)
    batch = write_csv(tmp_path / "batch.csv", [RECORD])
    checked = check_files([batch], Options(registry=registry, as_of=AS_OF))
    assert outcomes(checked) == [Outcome([], "pass")]
    levels = checked.records().select(pl.col("^level_.*$")).row(0)
    assert set(levels) == {"same"}


@pytest.mark.parametrize("form", MEDIA_FORMS)
def test_the_clean_media_line_has_only_notes(tmp_path: Path, form: str) -> None:
    items = MEDIA_FORMS[form]
    people = {items[no]: items for no in MEDIA_NUMBERS[form]}
    family = (
        {
            items.get(29): {
                "name_kanji": items.get(25),
                "name_kana": "ミホン　ハナコ",
                "birth_date": "1987-03-03",
                "sex": "2",
            },
            items.get(78): {
                "name_kanji": items.get(72),
                "name_kana": "ミホン　イチロウ",
                "birth_date": "2019-05-05",
            },
        }
        if form == "2202700"
        else {}
    )
    rows = [{**REGISTRY_ROW, **family.get(own, {}), "my_number": own} for own in people]
    registry = write_csv(tmp_path / "registry.csv", rows, REGISTRY_COLUMNS)
    batch = write_media(tmp_path / "KPFD0006.CSV", [media_line(form=form)])
    checked = check_files([batch], Options(registry=registry, as_of=AS_OF))
    assert checked.findings().filter(pl.col("severity") != "info").rows() == []
    assert {outcome.verdict for outcome in outcomes(checked)} == {"pass"}


def test_every_rule_has_a_bad_example() -> None:
    assert [rule.code for rule in all_rules() if not rule.bad] == []
