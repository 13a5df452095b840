"""Which hold classes apply is stated per form: every class, on every form, by real records."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, RECORD, REGISTRY_COLUMNS, REGISTRY_ROW, number, write_csv

from validator.checking import Options, check_files
from validator.forms.load import default_forms

from .test_template import FORM_DATA

FORMS = default_forms()
Row = dict[str, "str | None"]
CHANGES: dict[str, Row] = {
    "N": {"name_kana": "ヤマダ　ジロウ"},
    "3": {"address": "北海道札幌市中央区北一条西二丁目1番1号", "postal_code": "060-0001"},
    "2": {"name_kana": "ヤマダ　ジロウ", "name_kanji": "山田　次郎"},
    "1": {"birth_date": "1985-04-02"},
    "0": {},
    "S": {},
    "D": {"name_kana": "ヤマダ　ジロウ", "name_kanji": "山田　次郎", "birth_date": "1990-01-01"},
}


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str | None]:
    """(form, class meant) → class found."""
    folder = tmp_path_factory.mktemp("classes")
    rows: list[Row] = []
    registry: list[Row] = []
    meant: list[tuple[str, str] | None] = []
    for n, form in enumerate(FORMS.names):
        for k, (hold, changes) in enumerate(CHANGES.items()):
            own = number(30_000_000_000 + 1_000 * n + 7 * k)
            base: Row = {**RECORD, **FORM_DATA.get(form, {}), "form": form, "my_number": own}
            rows.append({**base, **changes})
            meant.append((form, hold))
            if hold == "D":
                rows.append(base)
                meant.append(None)
            if hold != "0":
                registry.append({**REGISTRY_ROW, "my_number": own})
            if hold == "S":
                registry.append({**REGISTRY_ROW, "my_number": own, "name_kanji": "別人　花子"})
    batch = write_csv(folder / "batch.csv", rows)
    known = write_csv(folder / "registry.csv", registry, REGISTRY_COLUMNS)
    found = check_files([batch], Options(registry=known, as_of=AS_OF)).records()
    by_record = zip(meant, found.select("verdict", "hold_class").rows(), strict=True)
    return {
        key: hold if verdict == "hold" else verdict for key, (verdict, hold) in by_record if key
    }


@pytest.mark.parametrize("form", FORMS.names)
def test_the_classes_of_a_form_are_those_it_states(
    form: str, classes: dict[tuple[str, str], str | None]
) -> None:
    stated = FORMS.form(form).registry
    assert stated.meets
    held = {hold for hold in CHANGES if classes[form, hold] == hold}
    assert held == set(stated.classes)


def test_a_holder_who_is_gone_is_no_class_0_where_membership_ends(tmp_path: Path) -> None:
    rows: list[Row] = []
    registry: list[Row] = []
    for n, form in enumerate(FORMS.names):
        for k, status in enumerate(("deceased", "moved_abroad", "replaced")):
            own = number(50_000_000_000 + 1_000 * n + 7 * k)
            change = {"change_type": "2"} if form == "hifuyosha_ido" else {}
            rows.append(
                {**RECORD, **FORM_DATA.get(form, {}), **change, "form": form, "my_number": own}
            )
            registry.append({**REGISTRY_ROW, "my_number": own, "status": status})
    batch = write_csv(tmp_path / "b.csv", rows)
    known = write_csv(tmp_path / "r.csv", registry, REGISTRY_COLUMNS)
    found = check_files([batch], Options(registry=known, as_of=AS_OF)).records()
    by_form = found.group_by("form", maintain_order=True).agg(pl.col("hold_class").unique())
    ends = [form for form, held in by_form.rows() if held == [None]]
    assert ends == [f.name for f in FORMS.all() if f.membership.effect in ("removes", "depends")]
    assert [f.name for f in FORMS.all() if "死亡" in f.registry.ja] == sorted(ends)
    assert [held for form, held in by_form.rows() if form not in ends] == [["0"]] * 8
