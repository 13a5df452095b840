"""The labelled pairs of names are reproducible, balanced, honestly split, and free of the program."""

from __future__ import annotations

import ast
import csv
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import accuracy_names
import polars as pl
import pytest

import name_pairs
from name_pairs.kana import coarse
from name_pairs.pairs import (
    BUILD,
    COLUMNS,
    HELD_BACK,
    SEED,
    Pair,
    kinds_held_back,
    labelled_pairs,
)
from name_pairs.related import one_of_them_other
from name_pairs.vouched import NEVER_JOINED

FOLDER = Path(name_pairs.__file__).parent
PLACEHOLDERS = "●〓□?？"


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return labelled_pairs()


@pytest.fixture(scope="module")
def judged() -> pl.DataFrame:
    return accuracy_names.judged(SEED)


def has_placeholder(text: str) -> bool:
    return any(c in PLACEHOLDERS or unicodedata.category(c) == "Co" for c in text)


def plain(text: str) -> str:
    """What any reader without tables would level: width, compatibility, case, spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def test_one_seed_one_set(pairs: list[Pair]) -> None:
    assert labelled_pairs() == pairs
    assert labelled_pairs(SEED + 1) != pairs


def test_enough_of_each_label(pairs: list[Pair]) -> None:
    labels = Counter(pair.expected for pair in pairs)
    assert labels["equivalent"] + labels["undecidable"] >= 900
    assert labels["similar"] >= 400
    assert labels["different"] >= 400
    assert labels["same"] >= 100
    assert labels.total() >= 3_000


def test_no_pair_twice_under_two_labels(pairs: list[Pair]) -> None:
    labels: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for pair in pairs:
        labels[pair[:6]].add(pair.expected)
    assert [key for key, found in labels.items() if len(found) > 1] == []


def test_a_fifth_of_the_kinds_is_held_back_entirely_and_a_third_of_the_others(
    pairs: list[Pair],
) -> None:
    hidden = kinds_held_back(SEED)
    splits: dict[str, Counter[str]] = defaultdict(Counter)
    labels: dict[str, str] = {}
    for pair in pairs:
        splits[pair.kind][pair.split] += 1
        labels[pair.kind] = pair.expected
    assert {kind for kind, split in splits.items() if not split[BUILD]} == hidden
    assert 0.17 <= len(hidden) / len(splits) <= 0.23
    assert {labels[kind] for kind in hidden} == set(labels.values())
    shares = {k: s[HELD_BACK] / s.total() for k, s in splits.items() if k not in hidden}
    assert {k: share for k, share in shares.items() if not 0.3 <= share <= 0.5} == {}


def test_one_variant_character_is_in_one_split_only(pairs: list[Pair]) -> None:
    """Else the held-back third would only repeat characters that the build split has shown."""
    kinds = {p.kind for p in pairs if p.kind.startswith(("old_form_", "registry_glyph_"))}
    assert len(kinds) == 4
    for kind in kinds:
        seen: dict[str, set[frozenset[str]]] = {BUILD: set(), HELD_BACK: set()}
        for pair in (p for p in pairs if p.kind == kind):
            letters = zip(pair.submitted_kanji, pair.registry_kanji, strict=True)
            seen[pair.split] |= {frozenset(two) for two in letters if two[0] != two[1]}
        assert len(seen[BUILD]) > 10 or kind in kinds_held_back(SEED)
        assert seen[BUILD] & seen[HELD_BACK] == set()


def test_same_means_same_text_and_nothing_else_does(pairs: list[Pair]) -> None:
    for pair in pairs:
        equal = all(
            one in {"", two}
            for one, two in (
                (pair.submitted_kanji, pair.registry_kanji),
                (pair.submitted_kana, pair.registry_kana),
            )
        )
        assert equal is (pair.expected == "same"), pair.kind


def test_undecidable_has_one_placeholder_on_one_side(pairs: list[Pair]) -> None:
    for pair in (p for p in pairs if p.expected == "undecidable"):
        sides = (pair.submitted_kanji, pair.registry_kanji)
        assert [has_placeholder(side) for side in sides].count(True) == 1, pair.kind
        assert (
            coarse(pair.submitted_kana) == coarse(pair.registry_kana)
            or pair.kind == "placeholder_and_kana_notation"
        )


def test_a_real_difference_survives_plain_levelling(pairs: list[Pair]) -> None:
    """A pair labelled similar or different may not be one name to a reader without any table."""
    for pair in (p for p in pairs if p.expected in {"similar", "different"}):
        kanji = plain(pair.submitted_kanji) in {"", plain(pair.registry_kanji)}
        kana = plain(pair.submitted_kana) in {"", plain(pair.registry_kana)}
        assert not (kanji and kana), pair.kind


def test_other_people_differ_in_no_mere_notation(pairs: list[Pair]) -> None:
    kinds = {"family_member", "sibling_one_kanji", "given_name_longer", "other_person"}
    found = [p for p in pairs if p.kind in kinds]
    assert {p.kind for p in found} == kinds
    for pair in found:
        submitted, registry = (
            pair.submitted_kanji.split("\u3000"),
            pair.registry_kanji.split("\u3000"),
        )
        assert one_of_them_other(submitted[1], registry[1])
        kana = pair.submitted_kana.split("\u3000")[1], pair.registry_kana.split("\u3000")[1]
        assert coarse(kana[0]) != coarse(kana[1])


def test_variants_name_their_source_and_hold_no_look_alike() -> None:
    with (FOLDER / "data" / "variants.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 200
    assert [row for row in rows if not row["source"]] == []
    joined = {frozenset((row["usual"], row["other"])) for row in rows}
    assert joined & NEVER_JOINED == set()
    assert {frozenset("髙高"), frozenset("廣広"), frozenset("齋斎"), frozenset("齊斉")} <= joined


def test_the_pairs_know_nothing_of_the_program() -> None:
    modules = sorted(FOLDER.glob("*.py"))
    assert len(modules) > 10
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert [n for n in names if n.split(".")[0] == "validator"] == [], module.name


def wrong(judged: pl.DataFrame, kind: str) -> pl.DataFrame:
    """The same table as if the program had called every pair of ``kind`` the same name."""
    hit = pl.col("kind") == kind
    return judged.with_columns(
        level=pl.when(hit).then(pl.lit("same")).otherwise("level"),
        got=pl.when(hit).then(pl.lit("same")).otherwise("got"),
        ok=pl.col("ok") & ~hit,
        merged=pl.col("merged") | hit,
    )


def test_the_project_meets_its_own_bars(judged: pl.DataFrame) -> None:
    assert accuracy_names.bars_met(judged)


def test_one_wrong_merge_breaks_the_bars(judged: pl.DataFrame) -> None:
    table = wrong(judged, "look_alike_kanji")
    assert accuracy_names.figures(table)["merged"] == table.filter(kind="look_alike_kanji").height
    assert not accuracy_names.bars_met(table)


def test_held_back_pairs_are_counted_never_shown(
    judged: pl.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = "look_alike_kanji"
    of_kind = judged.filter(kind=kind)
    held = of_kind.filter(split=HELD_BACK)
    assert 0 < held.height < of_kind.height
    accuracy_names.show(wrong(judged, kind), kind)
    accuracy_names.print_misses(wrong(judged, kind))
    shown = capsys.readouterr().out
    assert f"{held.height} held back (not shown)" in shown
    assert [name for name in held["submitted_kanji"] if repr(name) in shown] == []
    assert all(repr(name) in shown for name in of_kind.filter(split=BUILD)["submitted_kanji"])


def test_confusion_counts_every_pair(judged: pl.DataFrame) -> None:
    rows = accuracy_names.confusion(judged)
    assert sum(map(sum, rows)) == judged.height
    assert [sum(row) for row in rows] == [
        judged.filter(want=level).height for level in accuracy_names.LEVELS
    ]


def test_joined_characters_are_found() -> None:
    found = accuracy_names._joined([("広", "廣"), ("一", "二"), ("崎", "埼")])
    assert found.select("one", "two").rows() == [("広", "廣")]


def test_columns_are_those_of_the_comparison() -> None:
    assert COLUMNS[:6] == (
        "submitted_kanji", "submitted_kana", "registry_kanji", "registry_kana", "alias_kanji", "alias_kana",
    )  # fmt: skip
