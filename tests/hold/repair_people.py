"""Records and registries for the tests of repair suggestions; numbers are made when a test runs."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
from clean_record import AS_OF, RECORD, REGISTRY_COLUMNS, REGISTRY_ROW, number, write_csv

from validator.batch.from_frame import batch_of_frame
from validator.fields.prepare import add_name_keys, prepare
from validator.fields.registry_forms import add_normal_forms
from validator.hold.repair import find_repairs
from validator.match.levels import add_levels, attach_holders
from validator.registry import Registry, build, open_registry

Row = Mapping[str, "str | None"]
SLIPS = ("substitution", "neighbours_swapped", "jump_swapped", "digit_lost", "digit_doubled")
ITEMS = ("name_kanji", "name_kana", "birth_date", "sex", "address")


def fits(digits: str) -> bool:
    return len(digits) == 12 and number(digits[:11]) == digits


def neighbours(digits: str) -> dict[str, str]:
    """Every number one slip away and the slip, by trying all; of equal ones the last position."""
    made: dict[str, str] = {}
    if len(digits) == 12:
        for at in range(12):
            for other in "0123456789":
                made[digits[:at] + other + digits[at + 1 :]] = f"substitution@{at + 1}"
        for span, slip in ((1, "neighbours_swapped"), (2, "jump_swapped")):
            for at in range(12 - span):
                swapped = list(digits)
                swapped[at], swapped[at + span] = swapped[at + span], swapped[at]
                if digits[at] != digits[at + span]:
                    made["".join(swapped)] = f"{slip}@{at + 1}-{at + 1 + span}"
    if len(digits) == 11:
        for at in range(12):
            for other in "0123456789":
                made[digits[:at] + other + digits[at:]] = f"digit_lost@{at + 1}"
    if len(digits) == 13:
        for at in range(13):
            kind = "digit_doubled" if at and digits[at - 1] == digits[at] else "digit_extra"
            made[digits[:at] + digits[at + 1 :]] = f"{kind}@{at + 1}"
    return {n: slip for n, slip in made.items() if fits(n) and n != digits}


def mistyped(digits: str, slip: str, rng: random.Random) -> tuple[str, str]:
    """``digits`` with a slip of this kind, and how the suggestion that undoes it is written."""
    d = list(digits)
    if slip == "substitution":
        at = rng.randrange(12)
        d[at] = rng.choice([x for x in "0123456789" if x != d[at]])
        return "".join(d), f"substitution@{at + 1}"
    span = {"neighbours_swapped": 1, "jump_swapped": 2}.get(slip, 0)
    if span:
        at = rng.choice([i for i in range(12 - span) if d[i] != d[i + span]])
        d[at], d[at + span] = d[at + span], d[at]
        return "".join(d), f"{slip}@{at + 1}-{at + 1 + span}"
    at = rng.randrange(12)
    end = max(i for i in range(at, 12) if len(set(d[at : i + 1])) == 1)
    if slip == "digit_lost":
        return "".join(d[:at] + d[at + 1 :]), f"digit_lost@{end + 1}"
    return "".join(d[: at + 1] + d[at:]), f"digit_doubled@{end + 2}"


def opened(folder: Path, rows: Sequence[Row], *, built: bool = False) -> Registry:
    """A registry of these rows, used as a file or built."""
    path = write_csv(
        folder / "registry.csv", [{**REGISTRY_ROW, **row} for row in rows], REGISTRY_COLUMNS
    )
    if built:
        build([path], folder / "reg", normalise=add_normal_forms)
        path = folder / "reg"
    return open_registry(path, normalise=add_normal_forms, max_age_days=None, as_of=AS_OF)


def facts(records: Sequence[Row], registry: Registry) -> pl.DataFrame:
    """The records as they come to the search: read, looked up and compared."""
    frame = pl.DataFrame([{**RECORD, **r} for r in records], infer_schema_length=None)
    batch = batch_of_frame(frame.cast(pl.String), default_form="shikaku_shutoku")
    read = prepare(batch.frame, media_sources=frozenset(), as_of=AS_OF)
    holders = registry.holders(read.get_column("number").drop_nulls().unique())
    return add_levels(add_name_keys(attach_holders(read, holders)), has_registry=True)


def repairs(records: Sequence[Row], registry: Registry) -> list[tuple[str | None, int | None, str]]:
    """``repair, repair_matches, repair_status`` of each record, in order."""
    found = find_repairs(facts(records, registry), registry)
    return found.sort("row").select("repair", "repair_matches", "repair_status").rows()
