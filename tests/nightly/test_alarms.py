"""Each alarm on its night, with its exit code, and none where all is as usual."""

import hashlib

import pytest

from nightly.site import person
from validator.cli.main import main

KANA = {"name_kana": "シケン　ハルコ"}
# The first night is a Saturday.
SATURDAY, SUNDAY, MONDAY, TUESDAY = range(4)


def fresh(name, at, **changes):
    """A record whose bytes are new."""
    return person(name, insured_number=str(100 + at), **changes)


@pytest.fixture(autouse=True)
def long_patience(site):
    site.settings["acknowledge_hours"] = 9999


def test_an_empty_inbox_is_an_alarm_on_working_days_only(site):
    site.settings["days"] = ["mon", "tue", "wed", "thu", "fri"]
    seen = []
    for day in (SATURDAY, SUNDAY, MONDAY):
        site.night(day)
        seen.append(site.alarms())
    assert seen == [set(), set(), {"input_missing"}]
    assert site.codes == [0, 0, 3]


def test_an_expected_sender_that_does_not_come(site):
    site.settings["expected"] = {"1234": ["mon", "tue"], "5678": ["mon"]}
    seen = []
    for day in (SUNDAY, MONDAY, TUESDAY):
        site.send("a.csv", fresh("taro", day))
        status = site.night(day)
        seen.append([(a["kind"], a["subject"]) for a in status["alarms"]])
    assert seen == [[], [("sender_missing", "5678")], []]
    assert site.codes == [0, 3, 0]


def test_counts_that_jump(site):
    people = ["taro", "hana", "ken", "yuki"]
    sizes = [12, 12, 13, 11, 12, 40, 5, 12]
    seen = []
    for night, size in enumerate(sizes):
        rows = [
            fresh(
                people[n % 4], n, office_code=str(1000 + n), acquired_on=f"2026-11-{night + 1:02}"
            )
            for n in range(size)
        ]
        site.send("a.csv", *rows)
        site.night(night)
        seen.append(site.alarms() - {"drift"})
    assert seen[5] == {"count_high"}
    assert seen[6] == {"count_low"}
    assert not any(s for n, s in enumerate(seen) if n not in (5, 6))
    assert site.codes[5] == site.codes[6] == 3


def test_a_delivery_that_nobody_takes(site):
    site.settings["acknowledge_hours"] = 20
    site.send("a.csv", person("taro"))
    site.send("b.csv", person("hana", **KANA))
    site.night(0)
    site.send("c.csv", person("ken"))
    status = site.night(1)
    late = site.deliveries()["a.csv"].name
    # Of b.csv nothing was accepted, so there is nothing to take.
    assert status["outbox"] == {"offered": 2, "acknowledged": 0, "unacknowledged": [late]}
    assert site.codes == [1, 7]
    (site.outbox / f"{late}.ack").touch()
    c = site.deliveries()["c.csv"]
    digest = hashlib.sha256((c / "accepted.csv").read_bytes()).hexdigest()
    (site.outbox / f"{c.name}.ack").write_text(f"taken {digest} by the receiver\n")
    site.send("d.csv", person("yuki"))
    status = site.night(2)
    assert (status["outbox"]["offered"], status["outbox"]["acknowledged"]) == (1, 2)
    assert "unacknowledged" not in site.alarms()


def test_an_acknowledgement_of_something_else(site):
    site.send("a.csv", person("taro"))
    site.night(0)
    folder = site.deliveries()["a.csv"]
    (site.outbox / f"{folder.name}.ack").write_text("0" * 64)
    site.send("b.csv", person("hana"))
    site.night(1)
    assert site.alarms() == {"acknowledged_other"}
    assert site.codes[-1] == 7


def test_an_acknowledgement_by_command(site, capsys):
    site.send("a.csv", person("taro"))
    site.night(0)
    name = site.deliveries()["a.csv"].name
    assert main(["nightly", "--config", str(site.config), "--acknowledge", name]) == 0
    assert main(["nightly", "--config", str(site.config), "--acknowledge", name]) == 0
    assert main(["nightly", "--config", str(site.config), "--acknowledge", "nothing"]) == 2
    site.settings |= {"acknowledge_hours": 0, "days": []}
    status = site.night(1)
    assert status["outbox"]["acknowledged"] == 1
    assert site.alarms() == set()


def test_a_rate_that_leaves_its_band(site):
    """Seven nights with one of twenty held, then one with ten of twenty."""
    site.settings["band"] = {"least_nights": 6, "false_alarm": 0.001}
    site.settings["due_within_days"] = 0
    seen = []
    for night in range(9):
        wrong = 10 if night == 7 else 1
        rows = [
            person("hana", office_code=str(1000 + n), insured_number=str(night),
                   **(KANA if n < wrong else {}), received_on="2026-11-29")
            for n in range(20)
        ]  # fmt: skip
        site.send("a.csv", *rows)
        site.night(night)
        seen.append([(a["kind"], a["subject"]) for a in site.status()["alarms"]])
    drift = [[s for k, s in night if k == "drift"] for night in seen]
    assert drift[7][0] == "hold"
    assert not any(drift[:7] + drift[8:])
    # The unusual night does not make the next ones usual.
    assert site.status()["rates"]["hold"]["high"] < 0.5


def test_watching_between_nights(site):
    site.write_config()

    def watch(at):
        return main(["nightly", "--config", str(site.config), "--watch", "--as-of", at, "--quiet"])

    site.settings["acknowledge_hours"] = 20
    site.send("a.csv", person("taro"))
    site.night(0)
    assert watch("2026-11-21") == 0
    # 24 hours later: not taken; two days later nobody ran a night either.
    assert watch("2026-11-22") == 7
    main(
        ["nightly", "--config", str(site.config), "--acknowledge", site.deliveries()["a.csv"].name]
    )
    assert watch("2026-11-22") == 0
    assert watch("2026-11-23") == 5
    site.send("b.csv", person("hana"))
    site.night(1)
    assert list(site.deliveries()) == ["a.csv", "b.csv"]


def test_a_registry_that_lost_rows_is_refused(site, monkeypatch):
    from validator.nightly import run

    monkeypatch.setattr(run, "_LEAST_ROWS_TO_GUARD", 4)
    site.send("a.csv", person("taro"))
    site.night(0)
    site.renew("taro", "hana", "ken", as_of="2026-11-22")
    site.send("b.csv", person("hana"))
    site.night(1)
    assert site.codes == [0, 4]
    assert site.waiting() == ["b.csv"]
    site.settings["registry_drop_percent"] = 30
    site.night(1)
    assert site.codes[-1] == 0


def test_an_interrupted_night_is_told_by_the_next_one(site, monkeypatch):
    from validator.nightly import run

    def killed(*_):
        raise SystemExit

    site.send("a.csv", person("taro"))
    with monkeypatch.context() as patch:
        patch.setattr(run, "recheck", killed)
        with pytest.raises(SystemExit):
            site.night(0)
    site.send("b.csv", person("hana"))
    site.night(1)
    assert site.codes == [0]
    first = (site.reports / "2026-11-21.json").read_text()
    assert '"interrupted"' in first
    assert '"exit_code": 5' in first
    assert sorted(site.deliveries()) == ["a.csv", "b.csv"]


def test_nobody_is_late_where_no_acknowledgement_is_expected(site):
    del site.settings["acknowledge_hours"]
    site.settings["days"] = []
    site.send("a.csv", person("taro"))
    site.night()
    site.night(5)
    assert site.codes == [0, 0]
    assert site.status()["outbox"]["offered"] == 1


def test_an_empty_night_may_be_expected(site):
    site.settings["expected"] = {"1234": ["sat", "sun"]}
    site.night(0)
    assert site.alarms() == {"input_missing", "sender_missing"}
    site.night(0, "--expect-empty")
    assert site.codes == [3, 0]


def test_what_exits_with_1(site):
    site.send("a.csv", person("taro"), person("hana", name_kana="シケン　ハルコ"))
    for option in ("hold", "return", "never"):
        site.night(0, "--fail-on", option, "--no-progress")
    site.send("b.csv", person("ken", sex="3x"))
    for option in ("return", "never"):
        site.night(0, "--fail-on", option)
    assert site.codes == [1, 0, 0, 1, 0]
    assert site.status()["status"] == "flagged"
