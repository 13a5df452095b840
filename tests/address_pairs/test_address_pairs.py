"""The labelled pairs keep their promises: counts, labels, splits, cover of the country."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from address_pairs import pairs as pairs_module
from address_pairs.drafts import DIFFERENT, EQUIVALENT, KINDS, SAME, SIMILAR
from address_pairs.pairs import BUILD, HELD_BACK, Pair, kinds_held_back, labelled_pairs
from address_pairs.places import plain_places
from address_pairs.splits import Split, labelled_splits

FOLDER = Path(pairs_module.__file__).parent


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return labelled_pairs(4)


@pytest.fixture(scope="module")
def splits() -> list[Split]:
    return labelled_splits(4)


def test_there_are_enough_pairs_of_every_label(pairs):
    labels = Counter(p.expected for p in pairs)
    assert len(pairs) >= 3_000
    assert labels[EQUIVALENT] >= 1_500
    assert labels[SIMILAR] + labels[DIFFERENT] >= 1_000
    assert len({p.kind for p in pairs}) >= 120


def test_only_same_pairs_are_written_alike(pairs):
    assert all((p.submitted == p.registry) == (p.expected == SAME) for p in pairs)


def test_no_two_addresses_have_two_labels(pairs):
    labels = defaultdict(set)
    for pair in pairs:
        labels[frozenset((pair.submitted, pair.registry))].add(pair.expected)
    assert [both for both, found in labels.items() if len(found) > 1] == []


def test_a_third_of_the_kinds_is_held_back_entirely(pairs):
    hidden = kinds_held_back(4)
    for label in (EQUIVALENT, SIMILAR, DIFFERENT):
        names = {k.name for k in KINDS.values() if k.expected == label}
        assert 0.30 <= len(names & hidden) / len(names) <= 0.37
    assert {p.split for p in pairs if p.kind in hidden} == {HELD_BACK}


def test_a_third_of_every_other_kind_is_held_back(pairs):
    hidden = kinds_held_back(4)
    for name in KINDS.keys() - hidden:
        splits_of_kind = Counter(p.split for p in pairs if p.kind == name)
        share = splits_of_kind[HELD_BACK] / splits_of_kind.total()
        assert 0.3 <= share <= 0.5, name
        assert splits_of_kind[BUILD] > 0


def test_all_prefectures_stand_on_both_sides_of_the_decision(pairs):
    prefectures = {p.prefecture for p in plain_places()}
    assert len(prefectures) == 47
    for labels in ((EQUIVALENT,), (SIMILAR,), (DIFFERENT,)):
        texts = [p.registry for p in pairs if p.expected in labels]
        assert {pref for pref in prefectures if any(t.startswith(pref) for t in texts)} == (
            prefectures
        )


@pytest.mark.parametrize(
    ("place", "pattern"),
    [
        ("wards", "市.{1,4}区"),
        ("counties", "郡.{1,5}[町村]"),
        ("streets of 京都", "通.+(上る|下る|東入|西入)"),
        ("条丁目", "[一二三四五六七八九十]+条[東西南北]?[一二三四五六七八九十]+丁目"),
        ("地割", "地割"),
        ("イロハ", "(石川県|富山県).+[イロハニホヘトチリヌ][0-9０-９]+番地"),
        ("甲乙", "(愛媛県|高知県|香川県).+[甲乙丙][0-9０-９]+番地"),
        ("沖縄", "^沖縄県"),
        ("islands", "小笠原村|八丈|三宅|奄美|佐渡市|対馬市|壱岐市|隠岐郡|大島郡|八重山郡"),
    ],
)
def test_special_notations_are_there(pairs, place, pattern):
    assert sum(bool(re.search(pattern, p.registry)) for p in pairs) >= 10, place


@pytest.mark.parametrize(
    "name", ["joined", "prefecture_omitted", "chome_glued_to_ban", "other_town", "ke_small"]
)
def test_the_seed_decides_the_pairs(name):
    kind = KINDS[name]
    first = pairs_module._drafts(kind, 4)
    assert first == pairs_module._drafts(kind, 4)
    assert first != pairs_module._drafts(kind, 5)


def test_numbers_of_equivalent_joined_pairs_agree(pairs):
    numerals = str.maketrans("０１２３４５６７８９一二三四五六七八九", "0123456789123456789")
    for pair in pairs:
        if pair.kind == "joined":
            one, two = (
                re.findall(r"\d+", text.translate(numerals))
                for text in (pair.submitted, pair.registry)
            )
            assert one[-2:] == two[-2:], pair


def test_glued_digits_differ_as_numbers_but_not_as_digits(pairs):
    for pair in pairs:
        if pair.kind == "border_between_numbers_moved":
            one, two = (
                re.findall(r"\d+", text.split("県")[-1]) for text in (pair.submitted, pair.registry)
            )
            assert [int(n) for n in one] != [int(n) for n in two]
            assert "".join(str(int(n)) for n in one) == "".join(str(int(n)) for n in two)


def test_nothing_of_the_program_is_imported():
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not any(name.split(".")[0] == "validator" for name in names), path.name


def test_there_are_enough_addresses_with_parts(splits):
    assert len(splits) >= 1_500
    assert len({s.address for s in splits}) >= 0.99 * len(splits)
    assert 0.4 <= sum(s.split == BUILD for s in splits) / len(splits) <= 0.6


def test_parts_have_the_shape_of_the_contract(splits):
    for row in splits:
        assert row.prefecture[-1] in "都道府県"
        assert row.city[-1] in "市区町村"
        assert re.fullmatch(r"[イ-ヶ甲乙丙]?\d+(-\d+)*", row.block), row
        assert not re.search(r"[0-9０-９]丁目|[0-9０-９]条", row.town), row
        assert row.address.endswith(row.building)


def test_parts_in_full_addresses_are_what_the_address_says(splits):
    for row in splits:
        if row.kind == "official":
            rest = row.address.removeprefix(row.prefecture + row.city)
            assert rest != row.address
            town = re.sub("[一二三四五六七八九十]+丁目$", "", row.town)
            assert rest.startswith(town), row
