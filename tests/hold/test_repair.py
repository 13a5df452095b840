"""Which number was meant: the right one is suggested, and nobody else's."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from clean_record import AS_OF, RECORD, number
from repair_people import ITEMS, SLIPS, Row, mistyped, neighbours, opened, repairs

from shikaku_world.people import generate_people, registry_frame
from validator.hold import repair
from validator.registry import Registry

ELSEWHERE = "大阪府大阪市北区梅田三丁目1番3号"
ALTERED = {
    "name_kanji": "見本　次郎", "name_kana": "ミホン　ジロウ", "birth_date": "1985-11-21", "sex": "2",
    "address": ELSEWHERE,
}  # fmt: skip
Answer = tuple[str | None, int | None]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Row], Registry]:
    """Residents of 5,000, and a registry that knows a thousand namesakes more."""
    people = registry_frame(generate_people(5_000, 11, AS_OF))
    rows = people.to_dicts()
    rng = random.Random(1)
    for row in rng.sample(rows, 1_000):
        day = date(rng.randrange(1940, 2010), rng.randrange(1, 13), rng.randrange(1, 29))
        home = row["address"] if rng.random() < 0.3 else ELSEWHERE
        own = number(rng.randrange(10**11))
        rows.append({**row, "my_number": own, "birth_date": str(day), "address": home})
    living = [row for row in rows[:5_000] if row["status"] == "resident"]
    return living, opened(tmp_path_factory.mktemp("people"), rows, built=True)


class TestGeneratedPeople:
    """People in families, with twins and namesakes."""

    def test_the_owner_is_found_and_nobody_else(self, world: tuple[list[Row], Registry]) -> None:
        living, registry = world
        rng = random.Random(2)
        slips = [rng.choice([*SLIPS[:2], *SLIPS]) for _ in living]
        typed = [
            mistyped(str(row["my_number"]), s, rng) for row, s in zip(living, slips, strict=True)
        ]
        records = [
            {**{i: row[i] for i in ITEMS}, "my_number": digits}
            for row, (digits, _) in zip(living, typed, strict=True)
        ]
        found = [repair for repair, _, _ in repairs(records, registry)]
        pairs = list(zip(found, (code for _, code in typed), strict=True))
        assert [a for a, b in pairs if a not in (None, "ambiguous", b)] == []
        for slip in SLIPS:
            right = [a == b for a, b in pairs if b.startswith(slip)]
            assert len(right) > 500
            assert sum(right) >= 0.99 * len(right), slip

    def test_five_items_find_whoever_has_no_number(self, world: tuple[list[Row], Registry]) -> None:
        living, registry = world
        records = [{**{i: row[i] for i in ITEMS}, "my_number": None} for row in living[:2_000]]
        found = [repair for repair, _, _ in repairs(records, registry)]
        assert set(found) <= {"five_items", "ambiguous", None}
        assert found.count("five_items") >= 0.99 * len(records)

    def test_never_when_one_item_is_another_persons(
        self, world: tuple[list[Row], Registry]
    ) -> None:
        living, registry = world
        exists = {tuple(row[i] for i in ITEMS) for row in living}
        altered = [
            {**{i: own[i] for i in ITEMS}, ITEMS[n % 5]: other[ITEMS[n % 5]], "my_number": None}
            for n, (own, other) in enumerate(zip(living[:2_000], living[2_000:4_000], strict=True))
        ]
        records = [r for r in altered if tuple(r[i] for i in ITEMS) not in exists]
        assert len(records) > 0.8 * len(altered)
        assert {repair for repair, _, _ in repairs(records, registry)} == {None}


def slip_of_date(a: object, b: object) -> bool:
    return sum(x != y for x, y in zip(str(a), str(b), strict=True)) == 1


def is_person(record: Row, row: Row) -> bool:
    four = sum(record[i] == row[i] for i in ITEMS) >= 4
    a, b = record["birth_date"], row["birth_date"]
    return four and (a == b or slip_of_date(a, b))


def slow_search(record: Row, registry: list[Row]) -> Answer:
    """Every registry row, one by one. Items are either equal as written or differ."""
    typed = str(record["my_number"])
    slips = neighbours(typed)
    living = [row for row in registry if row["status"] == "resident"]
    agreeing = {row["my_number"] for row in living if all(record[i] == row[i] for i in ITEMS)}
    if typed in agreeing:
        return None, None
    near = [row for row in living if row["my_number"] in slips and is_person(record, row)]
    if any(row["my_number"] == typed and is_person(record, row) for row in living):
        near = []
    if len(near) == 1:
        matches = sum(record[i] == near[0][i] for i in ITEMS)
        if matches == 5 or agreeing <= {near[0]["my_number"]}:
            return slips[str(near[0]["my_number"])], matches
    if near or len(agreeing) > 1:
        return "ambiguous", None
    return ("five_items", 5) if agreeing else (None, None)


def crowded(rng: random.Random) -> tuple[list[Row], list[Row]]:
    """Records, and a registry where several people hold numbers one slip from what is written."""
    registry: list[Row] = []
    records: list[Row] = []
    for home in range(120):
        person: dict[str, str | None] = {
            **{i: RECORD[i] for i in ITEMS},
            "my_number": number(rng.randrange(10**11)),
            "status": "resident",
            "birth_date": f"19{rng.randrange(40, 99)}-0{rng.randrange(1, 10)}-15",
            "address": f"東京都江東区豊洲一丁目{home + 1}番",
        }
        own = str(person["my_number"])
        unknown = number(rng.randrange(10**11))
        typed = rng.choice([own, unknown, *(mistyped(own, slip, rng)[0] for slip in SLIPS)])
        near = sorted(set(neighbours(typed)) - {own})
        registry.append(person)
        for digits in rng.sample(near, min(len(near), rng.randrange(4))):
            changed = {i: ALTERED[i] for i in rng.sample(ITEMS, rng.choice([0, 0, 1, 1, 2]))}
            if rng.random() < 0.2:
                changed["birth_date"] = str(person["birth_date"])[:8] + "14"
            status = rng.choice(["resident", "resident", "resident", "deceased"])
            registry.append({**person, "my_number": digits, "status": status, **changed})
        altered = {i: ALTERED[i] for i in rng.sample(ITEMS, rng.choice([0, 0, 0, 1, 1, 2]))}
        records.append({**{i: person[i] for i in ITEMS}, "my_number": typed, **altered})
    return records, registry


@pytest.mark.parametrize(("seed", "built"), [(0, True), (1, False), (2, False)])
def test_same_answers_as_trying_every_row(tmp_path: Path, seed: int, *, built: bool) -> None:
    records, rows = crowded(random.Random(seed))
    expected = [slow_search(record, rows) for record in records]
    kinds = {(repair or "none").split("@")[0] for repair, _ in expected}
    assert kinds >= {"none", "five_items", "ambiguous", "substitution", "digit_lost"}
    registry = opened(tmp_path, rows, built=built)
    assert [answer[:2] for answer in repairs(records, registry)] == expected


@pytest.mark.parametrize(("more", "found"), [(0, "five_items"), (1, None)])
def test_nobody_is_singled_out_in_a_crowd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, found: str | None
) -> None:
    """One made-up person many times over: the search ends before it takes their square."""
    monkeypatch.setattr(repair, "MOST_ALIKE", 3 * 40)
    rows = [
        {"my_number": number(50_000_000_000 + 17 * n), "address": f"東京都江東区豊洲一丁目2番{n}号"}
        for n in range(1, 40 + more + 1)
    ]
    records = [{"my_number": None, "address": f"東京都江東区豊洲一丁目2番{n}号"} for n in (7, 8, 9)]
    answers = repairs(records, opened(tmp_path, rows))
    assert [answer[0] for answer in answers] == [found] * 3
