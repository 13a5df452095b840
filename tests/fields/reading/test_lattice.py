"""The lattice against a slow oracle that spells out every reading a name could have."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from validator.fields.reading.lattice import Lattice

# The oracle writes the rules down again, as a person would: from → to, for the first sound.
RENDAKU = {"カ": "ガ", "サ": "ザ", "タ": "ダ", "チ": "ジ", "ハ": "バパ", "ツ": "ズ"}
DOUBLES = "カキクケコサシスセソタチツテトパピプペポ"
LETTERS = "アカクサタチツハヤノンガ"

readings = st.frozensets(st.text(LETTERS, min_size=1, max_size=3), min_size=1, max_size=3)
tables = st.fixed_dictionaries({"甲": readings, "乙": readings, "丙": readings})
names = st.text("甲乙丙ハ", min_size=1, max_size=3)


def inside(reading: str) -> set[str]:
    return {reading} | {v + reading[1:] for v in RENDAKU.get(reading[0], "")}


def spelled(name: str, table: dict[str, frozenset[str]], *, surname: bool) -> set[str]:
    """Every kana string that reads ``name``; ッ is kept apart until its neighbour is known."""
    choices: list[set[str]] = []
    for place, character in enumerate(name):
        if character == "ハ":
            sounds = {"ハ"} if place == 0 else {"ハ", "ワ", "バ", "パ"}
        else:
            sounds = set(table[character])
            if place:
                sounds = set().union(*map(inside, sounds))
        if place < len(name) - 1:
            sounds |= {s[:-1] + "ッ" for s in sounds if len(s) > 1 and s[-1] in "ツクチキ"}
        if place:
            sounds |= {link + s for s in sounds for link in ("ノガツ" if surname else "ノ")}
        choices.append(sounds)
    found = set()
    for parts in product(*choices):
        text = "".join(parts)
        if all(text[i + 1] in DOUBLES for i, sound in enumerate(text) if sound == "ッ"):
            found.add(text.replace("ッ", "ツ"))
    return found


@given(names, tables, st.booleans(), st.data())
def test_lattice_accepts_exactly_what_can_be_spelled(
    name: str, table: dict[str, frozenset[str]], surname: bool, data: st.DataObject
) -> None:
    lattice = Lattice(table, {})
    possible = spelled(name, table, surname=surname)
    right = data.draw(st.sampled_from(sorted(possible)))
    assert lattice.fits(name, right, surname=surname)
    place = data.draw(st.integers(0, len(right)))
    for other in (
        right[:place] + data.draw(st.sampled_from(LETTERS)) + right[place + 1 :],
        right[:place] + right[place + 1 :],
        right + data.draw(st.sampled_from(LETTERS)),
    ):
        assert lattice.fits(name, other, surname=surname) == (other in possible)


@given(names, tables)
def test_learned_readings_count_only_for_their_kind_of_name(
    name: str, table: dict[str, frozenset[str]]
) -> None:
    own = {character: frozenset({"ア"}) for character in table}
    learned = {(character, True): found for character, found in table.items()}
    merged = {character: own[character] | found for character, found in table.items()}
    for reading in spelled(name, merged, surname=True):
        assert Lattice(own, learned).fits(name, reading, surname=True)
    plain = spelled(name, own, surname=False)
    for reading in spelled(name, merged, surname=False):
        assert Lattice(own, learned).fits(name, reading, surname=False) == (reading in plain)


def test_a_character_without_readings_fits_nothing() -> None:
    lattice = Lattice({"甲": frozenset({"コウ"})}, {})
    assert not lattice.fits("甲丁", "コウテイ", surname=True)
    assert not lattice.knows("丁", surname=True)
    assert lattice.knows("甲", surname=True)
