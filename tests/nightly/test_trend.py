"""History as people and machines ask for it."""

import csv
import io
import json

import pytest
from clean_record import AS_OF, write_batch, write_registry

from nightly.site import person
from validator.cli.main import main

KANA = {"name_kana": "シケン　ハルコ"}


@pytest.fixture
def trend(capsys):
    def run(*words):
        capsys.readouterr()
        code = main(["trend", *map(str, words)])
        return code, capsys.readouterr().out

    return run


@pytest.fixture
def two_weeks(site):
    """A Saturday with one of two held, which is answered on the Tuesday after."""
    site.settings |= {"low_percent": 0, "acknowledge_hours": 999}
    site.send("a.csv", person("taro"), person("hana", **KANA))
    site.night(0)
    site.send("b.csv", person("hana"), person("ken", office_code="5678", sex="9z"))
    site.night(3)
    return site


def test_by_week_night_sender_and_cause(two_weeks, trend):
    state = ["--state", two_weeks.state, "--format", "json"]
    rows = {
        by: json.loads(trend(*state, "--by", by)[1])["rows"]
        for by in ("week", "night", "sender", "cause")
    }
    week = [(r["week"], r["records"], r["hold_rate"], r["opened"], r["ended"], r["median_days"]) for r in rows["week"]]  # fmt: skip
    assert week == [
        ("2026-11-16", 2, 0.5, 1, 0, None),
        ("2026-11-23", 2, 0.0, 1, 1, 3.0),
    ]
    assert [r["night"] for r in rows["night"]] == ["2026-11-21", "2026-11-24"]
    senders = [(r["sender"], r["records"], r["held"], r["returned"]) for r in rows["sender"]]
    assert senders == [("1234", 3, 1, 0), ("5678", 1, 0, 1)]
    assert sum(r["held"] for r in rows["cause"]) == sum(r["returned"] for r in rows["cause"]) == 1


def test_a_part_of_the_history(two_weeks, trend):
    state = ["--state", two_weeks.state, "--format", "csv"]
    for by in ("week", "night", "sender", "cause"):
        whole = list(csv.DictReader(io.StringIO(trend(*state, "--by", by)[1])))
        part = list(
            csv.DictReader(io.StringIO(trend(*state, "--by", by, "--since", "2026-11-23")[1]))
        )
        early = list(
            csv.DictReader(io.StringIO(trend(*state, "--by", by, "--until", "2026-11-22")[1]))
        )
        assert len(part) < len(whole) or by == "sender"
        assert len(early) == 1


def test_the_text_stands_in_columns(two_weeks, trend):
    code, text = trend("--config", two_weeks.config)
    assert code == 0
    assert "50.0%" in text
    code, text = trend("--config", two_weeks.config, "--lang", "en", "--by", "cause")
    assert text.startswith("cause")


def test_the_history_of_checks_counts_a_batch_once(trend, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    batch, registry = (
        write_batch(tmp_path, {}, {"name_kana": "ミホン　ジロウ"}),
        write_registry(tmp_path),
    )
    command = [
        "check",
        str(batch),
        "--registry",
        str(registry),
        "--as-of",
        AS_OF.isoformat(),
        "--state",
        "state",
        "--quiet",
    ]
    main(command)
    write_registry(tmp_path, {"name_kana": "ミホン　ジロウ"})
    main(command)
    rows = json.loads(trend("--state", "state", "--format", "json")[1])["rows"]
    assert [(r["records"], r["held"]) for r in rows] == [(2, 1)]


def test_without_a_history(trend, site):
    assert trend()[0] == 2
    assert trend("--state", site.root / "nothing")[0] == 2
    assert not (site.root / "nothing").exists()
    site.settings["days"] = []
    site.night()
    code, text = trend("--state", site.state)
    assert (code, text) == (0, "履歴はまだありません。\n")
    assert trend("--state", site.state, "--format", "json")[0] == 0
