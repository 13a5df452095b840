"""The likelihood of one person, against the same sum done in plain Python."""

from __future__ import annotations

from functools import cache
from math import isclose, log2, prod
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.hold.evidence import ITEMS
from validator.hold.likelihood import WATERFALL, add_likelihood, other_people
from validator.resources import load_toml

PRIOR = 0.9996
WEIGHTS: dict[str, Any] = load_toml("policies/weights.toml")
AGREED = {
    "name": "agree",
    "birth_date": "agree",
    "sex": "agree",
    "address": "agree",
    "registry": "missing",
}
SATO, TAKANASHI, NOBODYS = "佐藤　太郎", "小鳥遊　太郎", "〇〇〇〇〇　太郎"


@cache
def share_of_family(name: str) -> float:
    """How common a family name is, by the table of the population."""
    table = pl.read_parquet("validator/hold/data/surnames.parquet")
    found = table.filter(pl.col("family") == name.split("\u3000", maxsplit=1)[0])["share"]
    return float(found[0]) if len(found) else float(WEIGHTS["by_family_share"]["rare"])


def judged(
    said: dict[str, str], name: str = SATO, prior: float = PRIOR, **more: object
) -> dict[str, Any]:
    row = {"known": True, "r_name_kanji": name, **more, **{f"e_{i}": said[i] for i in ITEMS}}
    return add_likelihood(pl.DataFrame([row]), prior).row(0, named=True)


def oracle(said: dict[str, str], name: str = SATO, prior: float = PRIOR) -> float:
    """Bayes, kind by kind: P(evidence | one person) against P(evidence | somebody else)."""
    one = prod(WEIGHTS["same"][item][said[item]] for item in ITEMS) / WEIGHTS["flagged"]
    else_ = 0.0
    for kind, weight in WEIGHTS["others"].items():
        shares = prod(WEIGHTS[kind][item][said[item]] for item in ITEMS)
        if said["name"] in WEIGHTS["by_family_share"].get(kind, ()):
            shares *= share_of_family(name)
        else_ += weight * shares
    odds = prior / (1 - prior) * one / else_
    return odds / (1 + odds)


EVIDENCE = st.fixed_dictionaries(
    {item: st.sampled_from(sorted(WEIGHTS["same"][item])) for item in ITEMS}
)


@settings(max_examples=300)
@given(EVIDENCE, st.sampled_from([SATO, TAKANASHI, NOBODYS]), st.sampled_from([0.5, 0.99, PRIOR]))
def test_the_likelihood_is_bayes(said: dict[str, str], name: str, prior: float) -> None:
    row = judged(said, name, prior)
    if all(said[item] == "missing" for item in ITEMS if item != "registry"):
        assert row["same_person"] is None
        return
    assert isclose(row["same_person"], oracle(said, name, prior), rel_tol=1e-6, abs_tol=1e-9)


@settings(max_examples=200)
@given(EVIDENCE)
def test_the_bits_add_up(said: dict[str, str]) -> None:
    row = judged(said)
    if row["same_person"] is None:
        assert all(row[f"b_{part}"] is None for part in WATERFALL)
        return
    bits = sum(row[f"b_{part}"] for part in WATERFALL)
    if abs(bits) < 40:
        assert isclose(log2(row["same_person"] / (1 - row["same_person"])), bits, abs_tol=1e-3)
    assert row["other"] in other_people()


@given(EVIDENCE)
def test_a_smaller_prior_never_speaks_for_one_person(said: dict[str, str]) -> None:
    likely, less = (judged(said, prior=prior)["same_person"] for prior in (0.9996, 0.5))
    assert likely is None or less <= likely


def test_a_rare_family_name_says_more() -> None:
    """佐藤 in common is nearly nothing, 小鳥遊 is nearly a person."""
    said = {**AGREED, "birth_date": "near", "address": "elsewhere"}
    rare, common = (judged(said, name)["b_name"] for name in (TAKANASHI, SATO))
    stranger = {**said, "name": "given_differs"}
    assert judged(stranger, TAKANASHI)["same_person"] >= judged(stranger, SATO)["same_person"]
    assert rare >= common
    # Without a space the longest known family name at the front counts.
    assert isclose(
        judged(stranger, "佐藤太郎")["same_person"], judged(stranger, SATO)["same_person"]
    )


@pytest.mark.parametrize(
    ("changes", "one_person"),
    [
        # One item of the right person.
        ({"name": "kana_slip"}, True),
        ({"name": "kanji_slip"}, True),
        ({"name": "former"}, True),
        ({"name": "family_differs"}, True),
        ({"name": "spelled"}, True),
        ({"name": "other_script"}, True),
        ({"birth_date": "slip"}, True),
        ({"birth_date": "near"}, True),
        ({"sex": "differ"}, True),
        ({"address": "elsewhere"}, True),
        # Two items.
        ({"name": "family_differs", "address": "elsewhere"}, True),
        ({"birth_date": "slip", "address": "elsewhere"}, True),
        ({"sex": "differ", "address": "town"}, True),
        # Other people.
        ({"name": "given_differs"}, False),
        ({"name": "given_differs", "birth_date": "far"}, False),
        ({"name": "given_differs", "birth_date": "near", "sex": "differ"}, False),
        (
            {"name": "different", "birth_date": "near", "sex": "differ", "address": "elsewhere"},
            False,
        ),
        ({"name": "different", "address": "elsewhere"}, False),
        ({"name": "different"}, False),
        ({"name": "family_differs", "birth_date": "near", "address": "elsewhere"}, False),
        ({"birth_date": "far"}, False),
        ({"birth_date": "near", "address": "elsewhere"}, False),
        # Somebody else agrees in full: then the number is not this person's.
        ({"name": "kana_slip", "birth_date": "slip", "registry": "found"}, False),
    ],
)
def test_what_the_national_prior_makes_of_it(changes: dict[str, str], one_person: bool) -> None:
    assert (judged({**AGREED, **changes})["same_person"] >= 0.5) is one_person


def test_nobody_has_the_number() -> None:
    row = judged(AGREED, known=False)
    assert (row["same_person"], row["other"], row["b_name"]) == (None, None, None)


def test_an_unknown_word_is_as_rare_as_the_rarest() -> None:
    assert judged({**AGREED, "name": "never heard of"})["same_person"] is not None


def test_the_table_is_whole() -> None:
    """Every kind of person weighs the same words, and every share is one."""
    assert isclose(sum(WEIGHTS["others"].values()), 1, abs_tol=1e-9)
    for who in ("same", *other_people()):
        for item in ITEMS:
            assert WEIGHTS[who][item].keys() == WEIGHTS["same"][item].keys()
            assert all(0 < share <= 1 for share in WEIGHTS[who][item].values())
            if item != "registry" and not (item == "name" and who in WEIGHTS["by_family_share"]):
                assert 0.9 < sum(WEIGHTS[who][item].values()) < 1.1
