"""Rows that may be a person of known birth date and name, built or used directly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from validator.errors import RegistryError
from validator.fields.kana import kana_key
from validator.fields.name import kanji_key
from validator.fields.registry_forms import add_normal_forms
from validator.registry import Registry, build, open_registry

from .made_up import number, resident

Extract = Callable[..., Path]
Open = Callable[[Path], Registry]
KANJI, KANA, BORN = "見本　1子", "ミホン　ハナコ", date(1980, 1, 2)


@pytest.fixture(params=["built", "direct"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens an extract, built first or as it is."""

    def open_it(source: Path) -> Registry:
        path = source
        if request.param == "built":
            path = tmp_path / "built"
            build([source], path, normalise=add_normal_forms)
        return open_registry(
            path, normalise=add_normal_forms, max_age_days=None, as_of=date(2025, 12, 1)
        )

    return open_it


def keys(*people: tuple[date | None, str | None, str | None]) -> pl.DataFrame:
    schema = {"n_birth": pl.Date, "n_kanji": pl.String, "n_kana": pl.String}
    return pl.DataFrame(people, schema=schema, orient="row").with_columns(
        kanji_key(pl.col("n_kanji")), kana_key(pl.col("n_kana"))
    )


def found(registry: Registry, *people: tuple[date | None, str | None, str | None]) -> list[str]:
    rows = registry.find(keys(*people))
    return sorted(str(address) for address in rows.get_column("address"))


@pytest.mark.parametrize(
    ("changes", "may_be"),
    [
        ({}, True),
        ({"name_kanji": "手本　一郎"}, True),
        ({"name_kana": "テホン　イチロウ"}, True),
        ({"name_kana": ""}, True),
        ({"name_kanji": "見本1子", "name_kana": "ﾐﾎﾝ ﾊﾅｺ", "birth_date": "昭和55年1月2日"}, True),
        ({"name_kanji": "手本　一郎", "name_kana": "テホン　イチロウ", "alias_kanji": "通　称"}, True),
        ({"name_kanji": "手本　一郎", "name_kana": "テホン　イチロウ", "alias_kana": "ツウ　ショウ"}, True),
        ({"my_number": ""}, True),
        ({"status": "死亡"}, True),
        ({"name_kanji": "手本　一郎", "name_kana": "テホン　イチロウ"}, False),
        ({"birth_date": "1980-01-03"}, False),
        ({"birth_date": ""}, False),
        ({"birth_date": "1980-01-03", "alias_kanji": "通　称"}, False),
    ],
)  # fmt: skip
def test_who_may_be_the_person(
    extract: Extract, opened: Open, changes: dict[str, str], *, may_be: bool
) -> None:
    other = resident(2, birth_date="1999-12-31")
    registry = opened(extract(resident(1, address="当") | changes, other))
    assert found(registry, (BORN, KANJI, KANA)) == (["当"] if may_be else [])


def test_names_of_two_keys_are_not_mixed(extract: Extract, opened: Open) -> None:
    registry = opened(extract(resident(1, birth_date="1990-05-05"), resident(2)))
    people = (
        (BORN, "手本　一郎", "テホン　イチロウ"),
        (date(1990, 5, 5), "手本　二郎", "ミホン　ハナ"),
    )
    assert found(registry, *people) == []


def test_every_row_that_fits_comes_once(extract: Extract, opened: Open) -> None:
    rows = [resident(n, name_kanji=KANJI, alias_kanji="通　称", address=f"家{n}") for n in range(5)]
    registry = opened(extract(*rows, resident(0, name_kanji=KANJI, address="別", status="死亡")))
    twice = ((BORN, KANJI, KANA), (BORN, KANJI, None), (BORN, None, KANA))
    assert found(registry, *twice) == ["別", "家0", "家1", "家2", "家3", "家4"]


def test_nothing_is_found_by_nothing(extract: Extract, opened: Open) -> None:
    registry = opened(extract(resident(1, name_kanji="", name_kana=""), resident(2, birth_date="")))
    assert found(registry, (BORN, None, None), (None, KANJI, KANA)) == []
    assert found(registry) == []


def test_columns_and_values_are_those_of_the_holder(extract: Extract, opened: Open) -> None:
    registry = opened(extract(resident(1), resident(2)))
    own = pl.Series([int(number(1))], dtype=pl.Int64)
    row = registry.find(keys((BORN, KANJI, None)))
    assert row.equals(registry.holders(own))
    some = registry.find(keys((BORN, KANJI, None)), ["sex", "n_birth"])
    assert some.equals(registry.holders(own, ["sex", "n_birth"]))


def test_a_damaged_file_is_told_without_values(extract: Extract, tmp_path: Path) -> None:
    build(
        [extract(*(resident(n) for n in range(50)))], tmp_path / "reg", normalise=add_normal_forms
    )
    registry = open_registry(
        tmp_path / "reg", normalise=add_normal_forms, max_age_days=None, as_of=date(2025, 12, 1)
    )
    (tmp_path / "reg" / "holders-0000.parquet").write_bytes(b"PAR1" + b"\0" * 500 + b"PAR1")
    with pytest.raises(RegistryError) as refused:
        registry.find(keys((BORN, KANJI, KANA)))
    assert "validator registry build" in str(refused.value)
    assert "見本" not in str(refused.value)
