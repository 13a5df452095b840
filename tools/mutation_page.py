"""docs/mutation.md from the mutants that were tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mutation_operators import Mutant


@dataclass(frozen=True)
class Tried:
    """One mutant and what became of it (killed, survived, equivalent)."""

    file: str
    mutant: Mutant
    codes: tuple[str, ...]
    outcome: str
    reason: str = ""

    @property
    def family(self) -> str:
        """Letters of the first rule it changed."""
        return self.codes[0].rstrip("0123456789")


_HEAD = """# Mutation testing of the rules

`python tools/mutation.py --write` makes this page ({minutes:.0f} minutes, seed {seed}).

A mutant is one slip in the source of a rule's expression: a comparison, and / or, a negation, a
constant, a word of a list, a null test, `fill_null`, a duration. It is killed if an example of a
changed rule comes out otherwise ([test_examples.py](../tests/rules/test_examples.py)), or if a
clean batch of one of the ten forms gets a finding above info
([test_forms.py](../tests/world/test_forms.py)). Slips that change no expression are not counted.
Equivalent mutants (nothing that can be submitted tells them apart) are listed by hand in
[mutation_equivalent.toml](../tools/mutation_equivalent.toml) and counted apart. Rules on clearances
(CL) are asked after the verdict and are not tried here. {extent}

**{killed} of {counted} killed: {rate:.1f} %** (bar 90 %), {equivalent} equivalent.
"""


def page(tried: Sequence[Tried], sample: int, seed: int, seconds: float) -> str:
    """The page: figures by family and by kind of slip, survivors, equivalent mutants."""
    total = Counter(one.outcome for one in tried)
    counted = total["killed"] + total["survived"]
    extent = (
        f"Of all slips {sample} were drawn." if len(tried) >= sample else "All slips were tried."
    )
    parts = [
        _HEAD.format(
            minutes=max(1, seconds / 60), seed=seed, killed=total["killed"], counted=counted,
            rate=100 * total["killed"] / max(1, counted), equivalent=total["equivalent"],
            extent=extent,
        ),
        _table("Family", tried, [one.family for one in tried]),
        _table("Slip", tried, [one.mutant.operator for one in tried]),
        _list("Survivors", [one for one in tried if one.outcome == "survived"]),
        _list("Equivalent", [one for one in tried if one.outcome == "equivalent"]),
    ]  # fmt: skip
    return "\n".join(parts)


def _table(title: str, tried: Sequence[Tried], keys: Sequence[str]) -> str:
    counts: dict[str, Counter[str]] = {}
    for one, key in zip(tried, keys, strict=True):
        counts.setdefault(key, Counter())[one.outcome] += 1
    lines = [f"| {title} | killed | survived | equivalent | % |", "|---|--:|--:|--:|--:|"]
    for key, count in sorted(counts.items()):
        counted = count["killed"] + count["survived"]
        rate = f"{100 * count['killed'] / counted:.0f}" if counted else "–"
        lines.append(
            f"| {key} | {count['killed']} | {count['survived']} | {count['equivalent']} | {rate} |"
        )
    return "\n".join([*lines, ""])


def _list(title: str, tried: Sequence[Tried]) -> str:
    if not tried:
        return ""
    lines = [f"## {title}", "", "| place | rules | slip | why |", "|---|---|---|---|"]
    for one in sorted(tried, key=lambda one: (one.file, one.mutant.line)):
        slip = one.mutant.change.replace("|", "\\|")
        codes = ", ".join(one.codes[:4]) + (" …" if len(one.codes) > 4 else "")
        lines.append(f"| {one.file}:{one.mutant.line} | {codes} | `{slip}` | {one.reason} |")
    return "\n".join([*lines, ""])
