"""When a confirmation counts: its day, its age, what the policy asks for."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, number, write_batch, write_registry

import validator
from validator.checking import Checked, Options, check_files
from validator.config import load_config
from validator.errors import UsageError
from validator.hold.policy import load_policy
from validator.ledger import open_ledger
from validator.ledger.decisions import PART, Decision, Entry, add, seen
from validator.resources import schemas_dir

KANA = {"name_kana": "ミホン　ジロウ"}
BIRTH = {"birth_date": "1985-04-02"}


def check(folder: Path, *changes: dict[str, str | None], **options: object) -> Checked:
    numbers = [number(60_000_000_000 + 13 * n) for n in range(len(changes))]
    batch = write_batch(
        folder, *({"my_number": n, **c} for n, c in zip(numbers, changes, strict=True))
    )
    known = write_registry(folder, *({"my_number": n} for n in numbers))
    given = {"as_of": AS_OF, "state": folder / "state", **options}
    return check_files([batch], Options(registry=known, **given))  # type: ignore[arg-type]


def confirm(folder: Path, checked: Checked, *, on: date = AS_OF, proof: bool = False) -> None:
    ids = checked.records()["record_id"].to_list()
    with open_ledger(folder / "state", [PART]) as ledger:
        known = seen(ledger, ids)
        add(
            ledger,
            [
                Entry(
                    *(i, k.run, k.run_as_of, k.difference, k.submitted, k.holder),
                    *(Decision.CONFIRMED, "document", None, proof, "見本 係", on, on),
                )
                for i, k in known.items()
            ],
        )


def held(checked: Checked) -> list[str | None]:
    return checked.records()["hold_class"].to_list()


def test_a_cleared_record_passes_in_every_respect(tmp_path: Path) -> None:
    confirm(tmp_path, check(tmp_path, KANA, {}, out=tmp_path / "one"))
    again = check(tmp_path, KANA, {}, out=tmp_path / "two")
    row = again.records().row(0, named=True)
    assert (row["verdict"], row["hold_class"], row["cause"], row["same_person"], row["action"]) == (
        *("pass", None, None, None, None),
    )
    assert row["level_name_kana"] == "similar"
    assert "CL001" in row["findings"]
    counts = again.summary.counts
    assert (counts.accepted, counts.held, counts.cleared, again.summary.exit_code) == (2, 0, 1, 0)
    assert set(again.findings()["effect"]) == {"none"}
    assert (tmp_path / "two" / "accepted.csv").read_text(encoding="utf-8").count("\n") == 3


@pytest.mark.parametrize(
    ("age", "days", "counts"),
    [(0, 365, True), (365, 365, True), (366, 365, False), (1, 0, False), (0, 0, True), (-1, 365, True)],
)  # fmt: skip
def test_its_age(tmp_path: Path, age: int, days: int, counts: bool) -> None:
    confirm(tmp_path, check(tmp_path, KANA, out=tmp_path / "o"), on=AS_OF - timedelta(days=age))
    (tmp_path / "site.toml").write_text(f"[clearances]\nmax_age_days = {days}\n", encoding="utf-8")
    again = check(tmp_path, KANA, config=load_config(tmp_path / "site.toml"))
    assert held(again) == [None if counts else "N"]
    ledger = again.summary.provenance.ledger
    assert ledger is not None and (ledger.clearances, ledger.max_age_days) == (int(counts), days)
    assert ("CL002" in again.findings()["code"]) is not counts


@pytest.mark.parametrize("proof", [True, False])
def test_birth_date_and_sex_take_a_document(tmp_path: Path, proof: bool) -> None:
    confirm(tmp_path, check(tmp_path, BIRTH, KANA, out=tmp_path / "o"), proof=proof)
    assert held(check(tmp_path, BIRTH, KANA)) == [None if proof else "1", None]


@pytest.mark.parametrize(
    ("change", "hold_class"), [({"my_number": number(98_765_432_109)}, "0"), ({"sex": "9"}, None)]
)  # fmt: skip
def test_what_cannot_be_cleared_stays(
    tmp_path: Path, change: dict[str, str | None], hold_class: str | None
) -> None:
    confirm(tmp_path, check(tmp_path, change, out=tmp_path / "o"), proof=True)
    again = check(tmp_path, change)
    assert held(again) == [hold_class]
    assert again.records()["verdict"][0] != "pass"


def test_two_persons_under_one_number_are_never_cleared(tmp_path: Path) -> None:
    pair = [
        {"my_number": number(60_000_000_000)},
        {"my_number": number(60_000_000_000), **KANA, **BIRTH},
    ]
    confirm(tmp_path, check(tmp_path, *pair, out=tmp_path / "o"), proof=True)
    assert held(check(tmp_path, *pair)) == [None, "D"]


def test_where_the_rule_is_off_the_hold_stays(tmp_path: Path) -> None:
    confirm(tmp_path, check(tmp_path, KANA, out=tmp_path / "o"))
    text = '[rules.CL001]\noff = true\nreason = "no clearances here"\n'
    (tmp_path / "site.toml").write_text(text, encoding="utf-8")
    again = check(tmp_path, KANA, config=load_config(tmp_path / "site.toml"))
    assert held(again) == ["N"]


def test_slices_clear_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [KANA, {}, BIRTH, KANA, {"address": "東京都江東区豊洲二丁目2番27号"}, {}, KANA]
    confirm(tmp_path, check(tmp_path, *people, out=tmp_path / "o"), proof=True)
    whole = check(tmp_path, *people)
    monkeypatch.setattr("validator.pipeline.Settings.slice_rows", 2)
    sliced = check(tmp_path, *people)
    assert whole.records().equals(sliced.records())
    assert whole.summary.counts.cleared == 5


def policy(folder: Path, change: tuple[str, str]) -> Path:
    text = (schemas_dir() / "policies" / "registration-2024.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = folder / "policy.toml"
    path.write_text(text.replace(*change), encoding="utf-8")
    return path


def test_what_could_not_be_evaluated_may_never_be_cleared(tmp_path: Path) -> None:
    lax = policy(
        tmp_path,
        ('id = "S"\nholds = true\nclear = "no"', 'id = "S"\nholds = true\nclear = "with_reason"'),
    )
    with pytest.raises(UsageError):
        load_policy(lax)


def test_a_site_that_says_nothing_clears_differences_of_items_only(tmp_path: Path) -> None:
    text = (schemas_dir() / "policies" / "registration-2024.toml").read_text(encoding="utf-8")
    silent = tmp_path / "policy.toml"
    silent.write_text(
        "".join(line for line in text.splitlines(keepends=True) if not line.startswith("clear =")),
        encoding="utf-8",
    )
    assert {c.id: c.clear for c in load_policy(silent).classes} == {
        **dict.fromkeys("SD0", "no"),
        **dict.fromkeys("123N", "with_reason"),
    }


def test_the_strictest_class_counts_not_the_first(tmp_path: Path) -> None:
    facts = pl.DataFrame(
        {
            "not_evaluated": [False], "two_persons": [False], "number_not_current": [False],
            "level_birth_date": ["different"], "level_sex": ["same"], "level_name_kana": ["same"],
            "level_name_kanji": ["same"], "level_address": ["different"],
        }
    )  # fmt: skip
    text = (schemas_dir() / "policies" / "registration-2024.toml").read_text(encoding="utf-8")
    head, *rows = text.split("[[class]]")
    turned = tmp_path / "policy.toml"
    turned.write_text("[[class]]".join([head, *reversed(rows)]), encoding="utf-8")
    found = load_policy(turned)
    assert facts.select(found.hold_class(), found.clearing()).row(0) == ("3", "with_proof")


def test_the_python_api_knows_clearances_too(tmp_path: Path) -> None:
    confirm(tmp_path, check(tmp_path, KANA, out=tmp_path / "o"))
    batch = pl.read_csv(tmp_path / "batch.csv", infer_schema=False)
    state = Options(state=tmp_path / "state")
    for given in (batch, tmp_path / "batch.csv"):
        result = validator.check(
            given, registry=tmp_path / "registry.csv", as_of=AS_OF, options=state
        )
        assert result.records["verdict"].to_list() == ["pass"]
        assert result.summary["counts"]["cleared"] == 1
