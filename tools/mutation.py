"""Mutation testing of the rules' expressions: docs/mutation.md.

    python tools/mutation.py [--sample 3000] [--seed 20261123] [--family AD ...] [--write]

Each mutant is one slip in the source of a module of rule families (a comparison, and / or, a
negation, a constant, a word of a list, a null test, fill_null, a duration). Its rules are made
anew from the changed source and run over the facts of every example, as the tests of the
examples do through real files. Killed: an example of a changed rule comes out otherwise, or a
clean batch gets a finding above info (tests/rules/test_examples.py, tests/world/test_forms.py).
Rules on clearances (CL) are left out, as they are asked after the verdict. Exit 1 below the bar of
90 %, or if an example fails without any slip.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

import polars as pl
from mutation_frames import AFTER_VERDICT, Facts, Wanted, collect
from mutation_operators import Mutant, mutants
from mutation_page import Tried, page

from validator.rules import Rule
from validator.rules.model import Severity

ROOT = Path(__file__).resolve().parent.parent
FAMILIES = ROOT / "validator" / "rules" / "families"
TARGET = ROOT / "docs" / "mutation.md"
EQUIVALENT = Path(__file__).with_name("mutation_equivalent.toml")
BAR = 90.0
SEED, SAMPLE = 20261123, 3000
_BROKEN = (Exception, pl.exceptions.PanicException)


class Examples:
    """The facts, by rule."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.by_code: dict[str, list[Wanted]] = defaultdict(list)
        for one in facts.wanted:
            self.by_code[one.code].append(one)

    def holds(self, rule: Rule) -> bool:
        """Whether every example of the rule comes out as wanted, and clean data stay clean."""
        return self.as_wanted(rule) and (
            rule.severity is Severity.INFO or not any(self._hit(rule, f) for f in self.facts.clean)
        )

    def as_wanted(self, rule: Rule) -> bool:
        """Whether every bad example of the rule breaks it, and every good one does not."""
        by_frame: dict[int, list[Wanted]] = defaultdict(list)
        for one in self.by_code[rule.code]:
            by_frame[one.frame].append(one)
        for at, rows in by_frame.items():
            broken = self._broken(rule, self.facts.frames[at])
            if any(any(broken[row] for row in one.rows) is not one.bad for one in rows):
                return False
        return True

    def _hit(self, rule: Rule, frame: pl.DataFrame) -> bool:
        if rule.family in ("EM", "ES", "ED"):
            return False
        return bool(self._broken(rule, frame).any())

    @staticmethod
    def _broken(rule: Rule, frame: pl.DataFrame) -> pl.Series:
        found = frame.select(broken=rule.when.fill_null(False))["broken"]
        return found if len(found) == frame.height else found.new_from_index(0, frame.height)


def main(argv: Sequence[str] | None = None) -> int:
    """Try the mutants, print the survivors, write or print the page."""
    options = _options(argv)
    started = time.monotonic()
    examples = Examples(collect())
    collected = time.monotonic() - started
    print(f"facts of {len(examples.facts.wanted)} examples in {collected:.0f} s", file=sys.stderr)
    tried: list[Tried] = []
    unsound: list[str] = []
    candidates = _candidates(options.family)
    random.Random(options.seed).shuffle(candidates)
    originals = {file: _rules(_source(file), file) for file in {f for f, _ in candidates}}
    for rules in originals.values():
        unsound += [rule.code for rule in rules.values() if not examples.as_wanted(rule)]
    reasons = _equivalents()
    for file, mutant in candidates:
        if len(tried) >= options.sample:
            break
        if one := _try(file, mutant, originals[file], examples, reasons):
            tried.append(one)
    seconds = time.monotonic() - started
    if unsound:
        print("examples that do not come out as wanted:", *sorted(set(unsound)), file=sys.stderr)
    text = page(tried, options.sample, options.seed, seconds)
    for one in _survivors(tried):
        place = f"{one.file}:{one.mutant.line}"
        print(f"{place}\t{','.join(one.codes[:6])}\t{one.mutant.operator}\t{one.mutant.change}")
    if options.write:
        TARGET.write_text(text, encoding="utf-8")
    else:
        print(text)
    counted = Counter(one.outcome for one in tried)
    rate = 100 * counted["killed"] / max(1, counted["killed"] + counted["survived"])
    print(f"{dict(counted)} {rate:.1f} % in {seconds:.0f} s", file=sys.stderr)
    # An example that fails without any slip would count every slip of its rule as killed.
    return 0 if rate >= BAR and not unsound else 1


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="mutation testing of the rules' expressions")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="most mutants tried")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--family", nargs="*", default=[], help="modules (address) or letters (AD)")
    parser.add_argument("--write", action="store_true")
    return parser.parse_args(argv)


def _candidates(only: Iterable[str]) -> list[tuple[str, Mutant]]:
    wanted = set(only)
    found = []
    for path in sorted(FAMILIES.glob("*.py")):
        if path.stem.startswith("_"):
            continue
        rules = _rules(_source(path.name), path.name)
        letters = {rule.family for rule in rules.values()}
        if letters <= set(AFTER_VERDICT):
            continue
        if wanted and path.stem not in wanted and not letters & wanted:
            continue
        found += [(path.name, mutant) for mutant in mutants(_source(path.name))]
    return found


def _source(file: str) -> str:
    return (FAMILIES / file).read_text(encoding="utf-8")


def _rules(source: str, file: str, mutant: Mutant | None = None) -> dict[str, Rule]:
    """The rules of a module made from source (or from a changed tree), by code."""
    module = ModuleType(f"mutated_{file.removesuffix('.py')}")
    sys.modules[module.__name__] = module
    exec(compile(mutant.tree if mutant else source, file, "exec"), module.__dict__)
    return {rule.code: rule for rule in module.__dict__["RULES"]}


def _try(
    file: str,
    mutant: Mutant,
    originals: dict[str, Rule],
    examples: Examples,
    reasons: dict[tuple[str, str, str], str],
) -> Tried | None:
    """None where the slip changes no expression, or the module cannot even be loaded."""
    try:
        rules = _rules("", file, mutant)
    except _BROKEN:
        return None
    changed = [
        code
        for code, rule in rules.items()
        if code in originals and not rule.when.meta.eq(originals[code].when)
    ]
    if not changed:
        return None
    codes = tuple(changed)
    try:
        killed = not all(examples.holds(rules[code]) for code in changed)
    except _BROKEN:
        killed = True
    if killed:
        return Tried(file, mutant, codes, "killed")
    reason = reasons.get((file, mutant.was, mutant.now))
    return Tried(file, mutant, codes, "equivalent" if reason else "survived", reason or "")


def _equivalents() -> dict[tuple[str, str, str], str]:
    if not EQUIVALENT.exists():
        return {}
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("mutant", [])
    return {(e["file"], e["was"], e["now"]): e["reason"] for e in entries}


def _survivors(tried: list[Tried]) -> list[Tried]:
    left = [one for one in tried if one.outcome == "survived"]
    return sorted(left, key=lambda one: (one.file, one.mutant.line))


if __name__ == "__main__":
    raise SystemExit(main())
