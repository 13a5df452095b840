"""The shares of evidence in schemas/policies/weights.toml, estimated.

    python tools/estimate_weights.py [--write | --check]

Generates the labelled records of tools/weights_assumptions.toml (published rates, inferred ones,
and which kind of record stands for whom), lets the program compare them, counts the words of
evidence kind by kind, and mixes the counts by the rates. The same seeds give the same table:
``--check`` exits 1 if the file is another one. About two minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Any

import polars as pl

from shikaku_world.explain import make_explain_batch
from shikaku_world.kinds.explain import EXPLAIN_KINDS
from validator.batch.from_frame import batch_of_frame
from validator.checking import Options, judge_batch, settings_of
from validator.fields.registry_forms import add_normal_forms
from validator.hold.evidence import ITEMS
from validator.registry import build, open_registry

_HERE = Path(__file__).resolve().parent
ASSUMPTIONS = _HERE / "weights_assumptions.toml"
WEIGHTS = _HERE.parent / "schemas" / "policies" / "weights.toml"
# A search that was not made, and one that found nobody, are no shares of one whole.
_NO_SHARE = "registry"
# What cannot be compared says nothing of the person: as frequent with everybody.
_NOTHING = "missing"
_HEAD = """\
# How often each piece of evidence is seen: in records of one person written down twice, and in
# those with the number of somebody else, for each kind of other people. Fellegi-Sunter form: the
# likelihood of one person is the prior times the ratio of these shares, item by item. The shares
# of one person are those of all records, held or not: two faults in one record are then as rare as
# they are. `flagged` is the share of one person's records in which something differs.
# The words are those of validator/hold/evidence.py; every column but `registry` adds up to about 1.
#
# Made by `python tools/estimate_weights.py --write` from published rates and generated records:
# tools/weights_assumptions.toml says which, and what is inferred. Do not edit by hand.
# The prior (how many held records are the right person) stands in the policy.
"""
_MILLION = 1_000_000
_NEARLY_ALL = 0.95
Shares = dict[str, dict[str, dict[str, float]]]


def counted_words(records: int, seed: int) -> pl.DataFrame:
    """``kind, item, word, records`` of the single faults of one world."""
    # Only kinds that the program may be tuned by.
    world = make_explain_batch(records, seed, ("explain",), prior="explain")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "registry.parquet", Path(folder) / "registry"
        world.registry.write_parquet(source)
        build([source], target, normalise=add_normal_forms)
        options = Options(registry=target, as_of=world.as_of)
        settings = settings_of(options)
        registry = open_registry(
            target, normalise=add_normal_forms, max_age_days=None, as_of=world.as_of
        )
        batch = batch_of_frame(world.batch, default_form=options.form, forms=settings.forms)
        judged = judge_batch(batch, registry, options, settings).judged.records
    single = world.labels.filter(pl.col("kinds").list.len() == 1).select(
        "row", kind=pl.col("kinds").list.first()
    )
    words = judged.filter(pl.col("b_prior").is_not_null()).join(single, on="row")
    long = words.unpivot(
        [f"e_{item}" for item in ITEMS], index="kind", variable_name="item", value_name="word"
    )
    return (
        long.with_columns(pl.col("item").str.strip_prefix("e_"))
        .group_by("kind", "item", "word")
        .agg(records=pl.len())
    )


def estimate(counts: pl.DataFrame, known: Mapping[str, Any]) -> Shares:
    """Shares by kind of people, item and word."""
    weight: dict[str, float] = {}
    seen = set(counts["kind"])
    for group, rate in known["same_faults"].items():
        kinds = [k for k in EXPLAIN_KINDS.values() if k.group == group and k.name in seen]
        likely = sum(k.likely for k in kinds)
        weight |= {k.name: rate / _MILLION * k.likely / likely for k in kinds}
    result = {"same": _per_record(_mixed(counts, weight, known, "same"))}
    for other, kinds_of_other in known["counted"].items():
        even = {name: 1 / len(kinds_of_other) for name in kinds_of_other}
        result[other] = _mixed(counts, even, known, other)
    return result


def _mixed(
    counts: pl.DataFrame, weight: Mapping[str, float], known: Mapping[str, Any], who: str
) -> dict[str, dict[str, float]]:
    """The kinds' words, each kind by its weight, with the inferred shares for what is rare."""
    inferred: dict[str, dict[str, float]] = known["inferred"][who]
    most: dict[str, dict[str, float]] = known["most"].get(who, {})
    some = counts.filter(pl.col("kind").is_in(list(weight)))
    seen = some.group_by("kind", "item").agg(n=pl.col("records").sum())
    shares = some.join(seen, on=["kind", "item"]).with_columns(
        share=pl.col("records") / pl.col("n") * pl.col("kind").replace_strict(weight)
    )
    n = some.filter(pl.col("item") == "sex")["records"].sum()
    by_name = known["by_family_share"].get(who, ())
    result = {}
    for item, words in inferred.items():
        found = dict(
            shares.filter(pl.col("item") == item)
            .group_by("word")
            .agg(pl.col("share").sum())
            .iter_rows()
        )
        fixed = {w for w in words if item == _NO_SHARE or w == _NOTHING}
        fixed |= {w for w in words if item == "name" and w in by_name}
        result[item] = {
            word: share
            if word in fixed
            else min(
                _pooled(found.get(word), share, n, known["inferred_records"]),
                most.get(item, {}).get(word, 1.0),
            )
            for word, share in words.items()
        }
    return result


def _per_record(same: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """What is left of a million records agrees."""
    for item, words in same.items():
        if item != _NO_SHARE:
            words["agree"] = 1 - sum(s for w, s in words.items() if w not in ("agree", _NOTHING))
    return same


def _pooled(found: float | None, inferred: float, n: int, weight: float) -> float:
    """Counted and inferred share; of what was never seen no more than the count allows."""
    if found is None:
        return min(inferred, 1 / n)
    return (n * found + weight * inferred) / (n + weight)


def weights_text(shares: Shares, known: Mapping[str, Any]) -> str:
    """weights.toml, two digits a share: more would pretend to a precision that nobody has."""
    lines = [
        _HEAD + f"version = {known['version']}",
        f"flagged = {_number(_flagged(shares['same']))}",
        "",
        "[others]",
    ]
    lines += [f"{name} = {weight}" for name, weight in known["others"].items()]
    family = known["by_family_share"]
    words = ", ".join(f'"{word}"' for word in family["stranger"])
    lines += ["", "[by_family_share]", f"stranger = [{words}]", f"rare = {family['rare']}", ""]
    for who, items in shares.items():
        for item, table in items.items():
            lines.append(f"[{who}.{item}]")
            lines += [f"{word} = {_number(share)}" for word, share in table.items()]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _flagged(same: dict[str, dict[str, float]]) -> float:
    """The share of records in which an item does not agree, what cannot be compared apart."""
    return 1 - prod(words["agree"] for item, words in same.items() if item != _NO_SHARE)


def _number(share: float) -> str:
    text = f"{share:.2g}" if share < _NEARLY_ALL else f"{share:.6f}".rstrip("0")
    text = text + "0" if text.endswith(".") else text
    return text if "." in text or "e" in text else f"{text}.0"


def main(argv: Sequence[str] | None = None) -> int:
    """Print, write or check the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write schemas/policies/weights.toml")
    parser.add_argument("--check", action="store_true", help="exit 1 if the file is another one")
    args = parser.parse_args(argv)
    known = tomllib.loads(ASSUMPTIONS.read_text(encoding="utf-8"))
    counts = pl.concat([counted_words(known["records"], seed) for seed in known["seeds"]])
    counts = counts.group_by("kind", "item", "word").agg(pl.col("records").sum())
    text = weights_text(estimate(counts, known), known)
    if args.write:
        WEIGHTS.write_text(text, encoding="utf-8")
    elif args.check:
        same = WEIGHTS.read_text(encoding="utf-8") == text
        sys.stdout.write("schemas/policies/weights.toml " + ("agrees\n" if same else "differs\n"))
        return 0 if same else 1
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
