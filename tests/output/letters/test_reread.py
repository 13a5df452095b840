"""A letter that holds somebody else's person or value is found, and nothing is kept."""

from pathlib import Path

import pytest
from clean_record import AS_OF, write_batch, write_registry
from output.letters.lettering import checked, holder, person

from validator.checking import Options, check_files
from validator.errors import BalanceError
from validator.output.letters import filed_of, write_letters
from validator.output.letters import write as writing
from validator.output.letters.pages import Pages
from validator.output.letters.people import letter_people

RECORDS = [
    person(n, office_code=str(1000 + n // 3), address="東京都江東区豊洲三丁目9番9号")
    for n in range(6)
]
HOLDERS = [holder(n) for n in range(6)]


def swapped_rows(people):
    """Two rows of two employers change places."""
    order = [0, 1, 3, 2, 4, 5]
    return people.with_columns(letter=people["letter"].gather(order))


def moved_row(people):
    """One row goes into the other employer's letter."""
    return people.with_columns(letter=people["letter"].gather([0, 1, 2, 3, 4, 0]))


def lost_row(people):
    """One person is forgotten."""
    return people.head(5)


def doubled_row(people):
    """One person is listed twice."""
    return people.vstack(people.tail(1))


def swapped_values(column):
    def swap(people):
        values = people[column].gather([3, 1, 2, 0, 4, 5])
        return people.with_columns(values.alias(column))

    return swap


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return filed_of(checked(tmp_path_factory.mktemp("run"), RECORDS, HOLDERS))


@pytest.mark.parametrize(
    "damage",
    [
        swapped_rows,
        moved_row,
        lost_row,
        doubled_row,
        *map(swapped_values, ("name_kanji", "record_id")),
    ],
)
def test_a_row_in_the_wrong_place_is_found(tmp_path, run, monkeypatch, damage):
    monkeypatch.setattr(writing, "letter_people", lambda filed: damage(letter_people(filed)))
    with pytest.raises(BalanceError) as refused:
        write_letters(run, tmp_path / "letters")
    assert not [r["name_kanji"] for r in RECORDS if r["name_kanji"] in refused.value.render("ja")]


def test_the_undamaged_run_is_written(tmp_path, run):
    assert write_letters(run, tmp_path / "letters") == 2


def replaced(old: str, new: str):
    def damage(page: bytes, n: int) -> bytes:
        return page.replace(old.encode(), new.encode(), 1) if n == 1 else page

    return damage


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<span data-v="name_kanji">', '<span data-v="name_kanji">x'),
        ('<span data-v="office_code">1001', '<span data-v="office_code">1000'),
        ('<div class="p" data-record="', '<div class="p" data-record="x'),
        ("豊洲三丁目9番9号", "豊洲三丁目9番8号"),
    ],
)
def test_a_page_that_says_something_else_is_found(tmp_path, run, monkeypatch, old, new):
    """The check reads what was written, not what was meant."""
    damage, count = replaced(old, new), iter(range(9))
    whole = Pages.letter
    monkeypatch.setattr(Pages, "letter", lambda *parts: damage(whole(*parts), next(count)))
    with pytest.raises(BalanceError):
        write_letters(run, tmp_path / "letters")


def test_the_name_of_a_record_anywhere_in_another_letter_is_found(tmp_path, run, monkeypatch):
    stranger = run.records["record_id"][0]
    damage, count = replaced("</title>", f" {stranger}</title>"), iter(range(9))
    whole = Pages.letter
    monkeypatch.setattr(Pages, "letter", lambda *parts: damage(whole(*parts), next(count)))
    with pytest.raises(BalanceError):
        write_letters(run, tmp_path / "letters")


def test_nothing_of_the_run_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "letter_people", lambda filed: swapped_rows(letter_people(filed)))
    options = Options(registry=write_registry(tmp_path, *HOLDERS), as_of=AS_OF, out=tmp_path / "o")
    with pytest.raises(BalanceError):
        check_files([write_batch(tmp_path, *RECORDS)], options)
    assert sorted(p.name for p in Path(tmp_path).iterdir()) == ["batch.csv", "registry.csv"]


def test_a_name_that_looks_like_a_record_does_no_harm(tmp_path):
    record = person(0, name_kanji="bcdfghjklmnp-L2", office_name="gdnbrcsflqkd-L3")
    assert (
        write_letters(filed_of(checked(tmp_path, [record], [holder(0)])), tmp_path / "letters") == 1
    )
