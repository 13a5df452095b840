"""What is counted for docs/explain-figures.md: frames of labels beside the program's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from shikaku_world.kinds.explain import EXPLAIN_KINDS

NEAR_CERTAIN = 0.9999
"""From this likelihood on a held record stands at the end of the queue."""

BINS = 10
WRONG_PERSON_CAUSES = ("family_number", "someone_elses_number")
_HELD_BACK = [name for name, kind in EXPLAIN_KINDS.items() if kind.scope == "explain_held_back"]
_LATER = [name for name, kind in EXPLAIN_KINDS.items() if kind.scope == "explain_later"]
_ITEMS = ("name_kanji", "name_kana", "birth_date", "sex", "address")


def judge_causes(judged: pl.DataFrame) -> pl.DataFrame:
    """Adds what is counted later.

    ``damaged, held_back, flagged, combined``; ``cause_ok`` (the main cause is said), ``any_ok``
    (one of the true causes is said), ``detail_ok``, ``says_detail``, ``differing`` (how many of
    the five items the program finds different).
    """
    detail = pl.col("cause_detail").fill_null("")
    said_detail = (
        pl.col("said_cause_detail").fill_null("") if "said_cause_detail" in judged.columns
        else pl.lit("")
    )  # fmt: skip
    words = detail.str.extract_all(r"[a-z0-9_]+")
    return judged.with_columns(
        damaged=pl.col("kinds").list.len() > 0,
        combined=pl.col("kinds").list.len() > 1,
        held_back=pl.col("kinds").list.eval(pl.element().is_in(_HELD_BACK)).list.any(),
        later=pl.col("kinds").list.eval(pl.element().is_in(_LATER)).list.any(),
        flagged=pl.col("said_verdict") != "pass",
        cause_ok=pl.col("cause") == pl.col("said_cause"),
        any_ok=pl.col("causes").list.contains(pl.col("said_cause")),
        detail_ok=words.list.len()
        == words.list.set_intersection(said_detail.str.extract_all(r"[a-z0-9_]+")).list.len(),
        says_detail=(said_detail != "") & (pl.col("cause") == pl.col("said_cause")),
        differing=pl.sum_horizontal(
            pl.col(f"level_{item}").is_in(["similar", "different"]).cast(pl.Int32)
            for item in _ITEMS
        ),
    )


def _explained(judged: pl.DataFrame) -> pl.DataFrame:
    return judged.filter(pl.col("damaged") & pl.col("flagged"))


def by_cause(judged: pl.DataFrame) -> pl.DataFrame:
    """Per true cause: records that were flagged, and how many were explained rightly."""
    return (
        _explained(judged)
        .group_by("cause")
        .agg(
            records=pl.len(),
            right=pl.col("any_ok").fill_null(value=False).mean(),
            main=pl.col("cause_ok").fill_null(value=False).mean(),
            single=pl.col("cause_ok").filter(~pl.col("combined")).mean(),
            built=pl.col("any_ok").filter(~pl.col("held_back") & ~pl.col("later")).mean(),
            held_back=pl.col("any_ok").filter("held_back").mean(),
            later=pl.col("any_ok").filter("later").mean(),
            # Only where the program says more about a cause at all.
            detail=pl.when(pl.col("says_detail").any()).then(
                pl.col("detail_ok").filter(pl.col("cause_detail") != "").mean()
            ),
        )
        .sort("right", "cause")
    )


def confusions(judged: pl.DataFrame, *, held_back: bool = False) -> pl.DataFrame:
    """Truth → said for what was explained wrongly, most frequent first.

    Without ``held_back`` only of the kinds that the program may be tuned by.
    """
    return (
        _explained(judged)
        .filter(pl.lit(held_back) | ~pl.col("held_back"))
        .filter(~pl.col("any_ok").fill_null(value=False))
        .group_by("cause", "said_cause")
        .agg(
            records=pl.len(),
            kinds=pl.col("kinds").list.join("+").value_counts(sort=True).head(4),
        )
        .sort("records", "cause", "said_cause", descending=[True, False, False])
    )


def same_person_faults(everything: Sequence[pl.DataFrame]) -> dict[str, int]:
    """Wrong people called the same person, and the reverse where one item differs."""
    names = ["kinds", "same_person", "said_same_person", "differing", "flagged", "said_verdict"]
    records = pl.concat([part.select(names) for part in everything])
    passed = records.filter(~pl.col("same_person") & ~pl.col("flagged")).height
    judged = records.filter(pl.col("flagged") & pl.col("said_same_person").is_not_null())
    wrong = judged.filter(~pl.col("same_person"))
    one = judged.filter(pl.col("same_person") & (pl.col("differing") == 1))
    return {
        "wrong people that pass": passed,
        "wrong people, held": wrong.height,
        "of these called the same person": wrong.filter(pl.col("said_same_person") >= 0.5).height,
        "same person, one item differs": one.height,
        "of these below 0.5": one.filter(pl.col("said_same_person") < 0.5).height,
    }


@dataclass(frozen=True)
class Calibration:
    """``bins``: ``records, said, true`` per bin; ``share``: of same-person records."""

    bins: pl.DataFrame
    records: int
    share: float
    error: float
    brier: float
    skill: float


def calibration(judged: pl.DataFrame) -> Calibration:
    """Expected calibration error over ten bins, Brier score, and skill against a constant."""
    rows = judged.filter(
        (pl.col("said_verdict") != "pass")
        & pl.col("said_same_person").is_not_null()
        & pl.col("same_person").is_not_null()
    ).select(said="said_same_person", true=pl.col("same_person").cast(pl.Float64))
    bins = (
        rows.group_by(bin=(pl.col("said") * BINS).floor().clip(0, BINS - 1).cast(pl.Int32))
        .agg(records=pl.len(), said=pl.col("said").mean(), true=pl.col("true").mean())
        .sort("bin")
    )
    share = rows.select(pl.col("true").mean()).item()
    error = bins.select(
        ((pl.col("said") - pl.col("true")).abs() * pl.col("records")).sum()
        / pl.col("records").sum()
    ).item()
    brier = rows.select(((pl.col("said") - pl.col("true")) ** 2).mean()).item()
    constant = share * (1 - share)
    return Calibration(bins, rows.height, share, error, brier, 1 - brier / constant)


SLIPS = (
    *("substitution", "neighbours_swapped", "jump_swapped", "digit_lost", "digit_doubled"),
    "digit_extra",
)


def repairs(judged: pl.DataFrame) -> list[tuple[str, int, int, int]] | None:
    """What was mistyped or missing: ``(what, records, right candidates, wrong candidates)``.

    A candidate is one suggestion (`repair`); several fitting people are none. None while the
    program has no repairs.
    """
    if "said_repair" not in judged.columns:
        return None
    numbers = judged.filter(pl.col("cause").is_in(["number_typo", "number_missing"]))
    single = pl.col("said_repair").is_not_null() & (pl.col("said_repair") != "ambiguous")
    right = [
        leads_to(repair or "", written or "", number)
        for repair, written, number in numbers.select(
            "said_repair", "written", "right_number"
        ).iter_rows()
    ]
    numbers = numbers.with_columns(single=single, right=pl.Series(right, dtype=pl.Boolean))
    alone = ~pl.col("combined")
    missing = pl.col("cause") == "number_missing"
    # The only fault beside the number: the comparison finds the two addresses equivalent.
    old_name = pl.col("causes").list.contains("old_municipality") & (pl.col("items") == 1)
    groups = [
        *((f"{slip}, all else right", (pl.col("cause_detail") == slip) & alone) for slip in SLIPS),
        *((f"{slip}, another fault beside it", (pl.col("cause_detail") == slip) & ~alone)
          for slip in SLIPS),
        ("no number, all five items equal as written or in notation",
         missing & (pl.col("items") == 0)),
        ("no number, an address with the municipality's former name (counts as equal)", missing & old_name),
        ("no number, an item differs", missing & (pl.col("items") > 0) & ~old_name),
    ]  # fmt: skip
    found = []
    for name, where in groups:
        rows = numbers.filter(where)
        if rows.height:
            suggested = rows.filter("single")
            good = int(suggested["right"].sum())
            found.append((name, rows.height, good, suggested.height - good))
    return found


def leads_to(repair: str, written: str, right: str) -> bool:
    """Whether the suggested kind and position turn what was written into the right number.

    The five-item search names nobody here: all five items agreeing is the person in this world.
    """
    kind, _, places = repair.partition("@")
    if kind == "five_items":
        return True
    digits = "".join(char for char in written if char.isdigit())
    digits = digits.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    at = [int(place) - 1 for place in places.split("-") if place]
    if not at:
        return False
    first, last = at[0], at[-1]
    if kind == "substitution":
        return (
            len(digits) == len(right)
            and digits[:first] == right[:first]
            and (digits[first + 1 :] == right[first + 1 :])
        )
    if kind in ("neighbours_swapped", "jump_swapped"):
        moved = list(digits)
        moved[first], moved[last] = moved[last], moved[first]
        return "".join(moved) == right
    if kind == "digit_lost":
        return right[:first] + right[first + 1 :] == digits
    return digits[:first] + digits[first + 1 :] == right


WORKLOAD_COLUMNS = ("row", "kinds", "same_person", "said_verdict", "said_same_person", "seed")


def workload(judged: pl.DataFrame) -> dict[str, int]:
    """What a clerk must look at, without and with the likelihood."""
    flagged = judged.filter(pl.col("said_verdict") != "pass")
    last = pl.col("said_same_person").fill_null(0.0) >= NEAR_CERTAIN
    wrong = judged.filter(~pl.col("same_person").fill_null(value=True))
    return {
        "records": judged.height,
        "held or returned: to look at without the explanation": flagged.height,
        f"of these same_person ≥ {NEAR_CERTAIN}: put last": flagged.filter(last).height,
        "to look at with the explanation": flagged.filter(~last).height,
        "truly wrong people": wrong.height,
        "of these held or returned": wrong.filter(pl.col("said_verdict") != "pass").height,
        "of these put last": wrong.filter((pl.col("said_verdict") != "pass") & last).height,
        "records held though undamaged": flagged.filter(pl.col("kinds").list.len() == 0).height,
    }
