"""What is kept of a run, and how it is read back."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from clean_record import AS_OF, OWN, write_batch, write_registry

from validator.checking import JAPAN, Options, check_files
from validator.errors import BusyError, InputError
from validator.ledger import open_ledger
from validator.ledger.history import (
    HISTORY,
    NIGHTLY,
    batch_token,
    last_run_of,
    of_causes,
    of_senders,
    record_run,
    runs,
)

KANA = {"name_kana": "ミホン　ジロウ"}
WRONG = {"my_number": "{wrong:27182818284}"}


@pytest.fixture
def options(tmp_path):
    return Options(registry=write_registry(tmp_path), as_of=AS_OF, state=tmp_path / "state")


def read(tmp_path, what, **options):
    with open_ledger(tmp_path / "state", [HISTORY]) as ledger:
        return what(ledger, **options)


def test_a_run_with_its_senders_and_causes(tmp_path, options):
    batch = write_batch(tmp_path, {}, KANA, WRONG, {"office_code": "5678"}, {"office_code": ""})
    checked = check_files([batch], options)
    run = read(tmp_path, runs).row(0, named=True)
    assert (run["records"], run["passed"], run["held"], run["returned"]) == (5, 3, 1, 1)
    assert (run["night"], run["kind"], run["batch"]) == (
        "2026-11-23",
        "check",
        batch_token(checked),
    )
    assert run["registry"] == checked.summary.provenance.registry.sha256
    senders = read(tmp_path, of_senders).select("sender", "records", "passed", "held", "returned")
    assert senders.rows() == [("", 1, 1, 0, 0), ("1234", 3, 1, 1, 1), ("5678", 1, 1, 0, 0)]
    causes = read(tmp_path, of_causes).select("sender", "verdict", "hold_class", "cause", "records")
    of_records = checked.records().filter(verdict="hold")
    assert causes.filter(verdict="hold").rows() == [
        ("1234", "hold", "N", of_records["cause"][0], 1)
    ]
    assert causes.filter(verdict="return")["records"].to_list() == [1]


def test_a_run_that_fails_leaves_no_history(tmp_path, options):
    with pytest.raises(InputError):
        check_files([tmp_path / "nothing.csv"], options)
    assert read(tmp_path, runs).is_empty()


def test_without_a_state_nothing_is_kept(tmp_path, options):
    check_files([write_batch(tmp_path)], replace(options, state=None))
    assert not (tmp_path / "state").exists()


def test_the_run_has_the_ledger_to_itself(tmp_path, options):
    batch = write_batch(tmp_path)
    with open_ledger(tmp_path / "state", []), pytest.raises(BusyError):
        check_files([batch], replace(options, out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_the_last_run_of_a_sender_is_that_of_another_batch(tmp_path, options):
    first = check_files([write_batch(tmp_path, KANA, {})], options)
    other = check_files([write_batch(tmp_path, {"office_code": "5678"}, name="o.csv")], options)
    again = check_files([write_batch(tmp_path, {}, {}, WRONG, name="n.csv")], options)
    last = read(tmp_path, last_run_of, senders=["1234", "5678", "9"])
    assert dict(last.select("sender", "batch").iter_rows()) == {
        "1234": batch_token(again),
        "5678": batch_token(other),
    }
    before = read(tmp_path, last_run_of, senders=["1234"], but=batch_token(again))
    row = before.row(0, named=True)
    assert (row["batch"], row["records"], row["held"]) == (batch_token(first), 2, 1)
    assert [c["records"] for c in row["causes"]] == [1]
    clean = read(tmp_path, last_run_of, senders=["5678"])
    assert clean["causes"].to_list() == [[]]


def test_nights_and_checks_are_told_apart_and_cut_at_a_day(tmp_path, options):
    checked = check_files([write_batch(tmp_path, KANA)], options)
    later = check_files([tmp_path / "batch.csv"], replace(options, as_of=date(2026, 11, 30)))
    with open_ledger(tmp_path / "state", [HISTORY]) as ledger:
        record_run(ledger, checked, datetime(2026, 11, 24, 2, tzinfo=JAPAN), NIGHTLY)
        assert runs(ledger, kind=NIGHTLY)["run_at"].to_list() == ["2026-11-24T02:00:00+09:00"]
        assert runs(ledger, until=AS_OF)["kind"].to_list() == ["check", "nightly"]
        assert of_senders(ledger, kind="check", until=later.settings.as_of).height == 2
        assert of_causes(ledger, until=date(2026, 11, 22)).is_empty()


def test_no_number_in_the_ledger(tmp_path, options):
    swapped = {"office_code": OWN, "my_number": OWN}
    check_files([write_batch(tmp_path, swapped, KANA)], options)
    content = b"".join(p.read_bytes() for p in (tmp_path / "state").iterdir())
    for text in (OWN, "見本", "ミホン", "1985-04-01", "豊洲"):
        assert text.encode() not in content
    assert b"1234" in content
