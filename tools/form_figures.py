"""How the ten forms fare on clean batches, and what each rule's examples raise: docs/forms-figures.md.

    python tools/form_figures.py [--write] [--records 1000] [--seeds 1 2 3] [--form shikaku_shutoku ...]

Clean batches of the synthetic world go through `validator check`, with and without a registry;
every example of every rule goes through real files as in its tests. Exit 1 if clean data get a
finding above info or a verdict other than pass, or if a rule has no record that triggers exactly
it and no explanation in tools/co_triggering.toml.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path

import polars as pl
from form_figures_page import page
from rule_examples import bad_outcomes

from shikaku_world.forms import FORMS, make_form_batch
from shikaku_world.writers import write
from validator.cli.main import main as validator
from validator.rules import Severity, all_rules

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "forms-figures.md"
EXPLAINED = Path(__file__).with_name("co_triggering.toml")
AS_OF = date(2026, 11, 23)
RECORDS, SEEDS = 1000, (1, 2, 3)
FORMATS = ("csv", "xlsx", "jsonl")


@dataclass
class CleanRuns:
    """What clean batches of one form got, over all seeds."""

    form: str
    records: int = 0
    runs: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    above_info: Counter[str] = field(default_factory=Counter)
    info: Counter[str] = field(default_factory=Counter)

    @property
    def clean(self) -> bool:
        """Nothing above info, and all pass."""
        return not self.above_info and set(self.verdicts) <= {"pass"}


@dataclass
class RuleExamples:
    """What the bad examples of one rule raise, and what else they raise beside it."""

    code: str
    beside: list[set[str]] = field(default_factory=list)
    bad: int = 0
    reason: str = ""

    def alone(self, ignoring: Collection[str] = ()) -> int:
        """Examples that raise this rule and, but for some codes, nothing else."""
        return sum(not others - set(ignoring) for others in self.beside)

    def fewest(self, info: Collection[str]) -> set[str]:
        """Notes beside the example that has the fewest of them and nothing else."""
        return min(
            (others for others in self.beside if not others - set(info)), key=len, default=set()
        )

    @property
    def always(self) -> set[str]:
        """Codes that come with every example."""
        return set.intersection(*self.beside) if self.beside else set()

    @property
    def sometimes(self) -> Counter[str]:
        """All codes that come with an example, with how many."""
        return Counter(code for others in self.beside for code in others)


def clean_runs(form: str, records: int, seeds: Sequence[int], folder: Path) -> CleanRuns:
    """`validator check` on one batch per seed, in the three formats in turn."""
    result = CleanRuns(form)
    for seed in seeds:
        world = make_form_batch(form, records, seed, AS_OF)
        batch = folder / f"{form}-{seed}.{FORMATS[seed % len(FORMATS)]}"
        registry = folder / f"{form}-{seed}-registry.csv"
        world.write(batch, batch.suffix[1:])
        write(world.registry, registry, "csv")
        for known in ([], ["--registry", str(registry)]):
            out = folder / f"{form}-{seed}-{len(known)}"
            words = StringIO()
            with redirect_stdout(words), redirect_stderr(words):
                code = validator(
                    ["check", str(batch), *known, "--form", form, "--as-of", AS_OF.isoformat(),
                     "--out", str(out)]
                )  # fmt: skip
            if code not in (0, 1):
                raise RuntimeError(
                    f"clean {form} batch, seed {seed}: exit {code}: {words.getvalue()}"
                )
            _count(result, out)
    return result


def _count(result: CleanRuns, out: Path) -> None:
    findings = pl.read_parquet(out / "findings.parquet")
    records = pl.read_parquet(out / "records.parquet")
    result.runs += 1
    result.records += records.height
    result.verdicts.update(records["verdict"].to_list())
    for code, severity in findings.select("code", "severity").iter_rows():
        (result.info if severity == "info" else result.above_info)[code] += 1


def rule_examples() -> list[RuleExamples]:
    """The bad examples of every rule, with what else they raise."""
    explained = explanations("rules")
    results = {rule.code: RuleExamples(rule.code) for rule in all_rules()}
    for code, codes in bad_outcomes():
        results[code].bad += 1
        if code in codes:
            results[code].beside.append(set(codes) - {code})
    for code, reason in explained.items():
        results[code].reason = reason
    return list(results.values())


def explanations(part: str) -> dict[str, str]:
    """Code and reason: of ``rules`` that never come alone, or of ``notes`` beside others."""
    table = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))[part]
    known = {rule.code for rule in all_rules()}
    if unknown := sorted(set(table) - known):
        raise ValueError(f"{EXPLAINED.name} names codes that do not exist: {unknown}")
    return {code: str(reason) for code, reason in table.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """Run both parts, print or write the page, name what misses the bars."""
    parser = argparse.ArgumentParser(description="figures of the ten forms")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--form", nargs="*", default=list(FORMS), choices=list(FORMS))
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        runs = [
            clean_runs(form, options.records, options.seeds, Path(folder))
            for form in options.form
        ]  # fmt: skip
    examples = rule_examples()
    info = {rule.code for rule in all_rules() if rule.severity is Severity.INFO}
    notes = explanations("notes")
    text = page(runs, examples, info, notes, options.records, options.seeds)
    if options.write:
        TARGET.write_text(text, encoding="utf-8")
    else:
        print(text)
    soiled = [run.form for run in runs if not run.clean]
    never = [one.code for one in examples if not one.alone(info) and not one.reason]
    needless = [one.code for one in examples if one.alone(info) and one.reason]
    noted = {code for one in examples if not one.alone() for code in one.fewest(info)}
    wrong = {
        "forms not clean": soiled,
        "rules never alone, unexplained": never,
        "rules explained without need": needless,
        "notes unexplained": sorted(noted - set(notes)),
        "notes explained without need": sorted(set(notes) - noted),
    }
    print("; ".join(f"{name}: {found}" for name, found in wrong.items()), file=sys.stderr)
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
