"""How right the explanations are: causes, likelihood, repairs, against labelled records.

    python tools/explain_figures.py [--records 50000] [--seeds 1 2 3 4 5] [--national 1000000]
                                    [--write docs/explain-figures.md] [--parts FOLDER [--only]]

Runs the program (registry built, then the Python API) on generated batches of
``shikaku_world.explain``. Exit 1 if a wrong person is called the same person or the shares that
the program must reach are missed.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from explain_judging import (
    WORKLOAD_COLUMNS,
    by_cause,
    calibration,
    confusions,
    judge_causes,
    repairs,
    same_person_faults,
    workload,
)
from explain_page import page, reliability_picture

from shikaku_world.explain import ExplainWorld, make_explain_batch
from shikaku_world.explain_rates import Prior
from shikaku_world.kinds.explain import explain_kinds
from validator import check
from validator.fields.registry_forms import add_normal_forms
from validator.registry import build

PICTURE = "explain-reliability.svg"
NATIONAL_SCALE = 50.0
"""Only about one record in a hundred is flagged at the national rates: for the calibration all
rates are raised alike, which leaves the odds among the flagged records as they are."""


EVEN_PRIOR = 0.5
WHOLE_FILE_RECORDS = 300
NATIONAL_PART = 250_000
_POLICY = Path(__file__).resolve().parent.parent / "schemas" / "policies" / "registration-2024.toml"


def policy_with_prior(prior: float, folder: Path) -> Path | None:
    """The usual policy with another prior of ``same_person``; None while policies have none."""
    text = _POLICY.read_text(encoding="utf-8")
    changed, count = re.subn(r"(?m)^same_person_prior = .*$", f"same_person_prior = {prior}", text)
    if not count:
        return None
    path = folder / "policy.toml"
    path.write_text(changed, encoding="utf-8")
    return path


def judged_world(
    world: ExplainWorld, folder: Path, *, prior: float | None = None
) -> tuple[pl.DataFrame, float]:
    """Labels beside the decisions of the program, and the seconds that ``check`` took.

    ``prior``: the share of same-person records among the held ones, if not the policy's own.
    """
    source, target = folder / "registry.parquet", folder / "registry"
    world.registry.write_parquet(source)
    build([source], target, normalise=add_normal_forms, overwrite=True)
    began = time.monotonic()
    policy = None if prior is None else policy_with_prior(prior, folder)
    result = check(world.batch, target, policy, as_of=world.as_of)
    seconds = time.monotonic() - began
    said = result.records.with_columns(row=pl.int_range(pl.len(), dtype=pl.UInt32))
    names = ["verdict", "hold_class", "cause", "same_person", "action", "findings"]
    more = [name for name in ("cause_detail", "repair", "repairs") if name in said.columns]
    levels = [name for name in said.columns if name.startswith("level_")]
    said = said.select("row", *levels, **{f"said_{name}": name for name in [*names, *more]})
    labels = world.labels.with_columns(written=world.batch["my_number"])
    return labels.join(said, on="row", how="left", maintain_order="left"), seconds


def judged_batches(
    records: int,
    seeds: Sequence[int],
    prior: Prior,
    *,
    scale: float = 1.0,
    parts: Path | None = None,
) -> pl.DataFrame:
    """All seeds of a preset, ``records`` each, one row a record; ``even``: with an even prior.

    ``parts``: a folder where the judged records of each seed are kept, and found again.
    """
    return pl.concat([_part(records, seed, prior, scale, parts) for seed in seeds])


def _part(records: int, seed: int, prior: Prior, scale: float, parts: Path | None) -> pl.DataFrame:
    kept = parts and parts / f"{prior}-{scale:g}-{seed}-{records}.parquet"
    if kept and kept.exists():
        return pl.read_parquet(kept)
    world = make_explain_batch(records, seed, prior=prior, scale=scale)
    with tempfile.TemporaryDirectory() as folder:
        told = EVEN_PRIOR if prior == "even" else None
        judged, seconds = judged_world(world, Path(folder), prior=told)
    sys.stderr.write(f"{prior} seed {seed}: {judged.height:,} records, {seconds:.1f} s\n")
    judged = judged.with_columns(seed=pl.lit(seed))
    if prior == "national" and scale == 1:
        judged = judged.select(WORKLOAD_COLUMNS)
    if kept:
        judged.write_parquet(kept)
    return judged


def whole_files(records: int, seed: int) -> pl.DataFrame:
    """Files that are one office with a fault throughout: ``fault, records, right`` (share)."""
    rows = []
    for kind in explain_kinds(whole_office=True):
        world = make_explain_batch(records, seed, whole_file=kind.name)
        with tempfile.TemporaryDirectory() as folder:
            judged = judge_causes(judged_world(world, Path(folder))[0])
        flagged = judged.filter(pl.col("damaged") & pl.col("flagged"))
        right = flagged.select(pl.col("cause_ok").fill_null(value=False).mean()).item()
        rows.append({"fault": kind.name, "records": flagged.height, "right": right})
    return pl.DataFrame(rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--records", type=int, default=50_000, help="of each seed")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--national", type=int, default=1_000_000, help="0: leave it out")
    parser.add_argument("--write", type=Path, default=None, metavar="FILE.md")
    parser.add_argument(
        "--held-back-confusions", action="store_true", help="list those of the held-back kinds too"
    )
    parser.add_argument(
        "--parts",
        type=Path,
        default=None,
        metavar="FOLDER",
        help="keep each seed, go on from there",
    )
    parser.add_argument("--only", action="store_true", help="make the parts, no page")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 0 if all bars are reached."""
    args = _parser().parse_args(argv)
    if args.parts:
        args.parts.mkdir(parents=True, exist_ok=True)
    told = judged_batches(args.records, args.seeds, "explain", parts=args.parts)
    # Unseen data: other seeds than those that the causes are judged on.
    unseen = [seed + 100 for seed in args.seeds]
    at_priors = {
        "national": judged_batches(
            args.records, unseen, "national", scale=NATIONAL_SCALE, parts=args.parts
        ),
        "even": judged_batches(args.records, unseen, "even", parts=args.parts),
    }
    national = None
    if args.national:
        # In parts: a world of a million records at once would need over ten gigabytes.
        seeds = [args.seeds[0] + 200 + at for at in range(-(-args.national // NATIONAL_PART))]
        size = -(-args.national // len(seeds))
        national = workload(judged_batches(size, seeds, "national", parts=args.parts))
    if args.only:
        return 0
    explained = judge_causes(told)
    calibrated = {name: calibration(judged) for name, judged in at_priors.items()}
    files = whole_files(WHOLE_FILE_RECORDS, args.seeds[0] + 300)
    everything = [explained, *(judge_causes(judged) for judged in at_priors.values())]
    faults = same_person_faults(everything)
    text, reached = page(
        explained, by_cause(explained), confusions(explained, held_back=args.held_back_confusions), faults, calibrated,
        repairs(explained), national, files, seeds=args.seeds,
    )  # fmt: skip
    sys.stdout.write(text)
    if args.write:
        args.write.write_text(text, encoding="utf-8")
        picture = args.write.parent / "images" / PICTURE
        picture.parent.mkdir(exist_ok=True)
        picture.write_text(reliability_picture(calibrated), encoding="utf-8")
    return 0 if reached else 1


if __name__ == "__main__":
    raise SystemExit(main())
