"""What surrounds a night: other runs, configuration, folders, commands, full disks, words."""

import errno
import json

import pytest

from nightly.site import FIRST, Site, holds, person
from validator.cli.main import main

KANA = {"name_kana": "シケン　ハルコ"}


def test_two_runs_at_once(site):
    from validator.ledger import open_ledger

    site.send("a.csv", person("taro"))
    site.night()
    with open_ledger(site.state, []):
        assert main(["nightly", "--config", str(site.config)]) == 6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[nightly]\n",
        '[nightly]\ninbox = "in"\noutbox = "in/out"\n',
        '[nightly]\ninbox = "in"\noutbox = "out"\nclerks = "out/others"\n',
        '[nightly]\ninbox = "in"\noutbox = "out"\nclerks = "in/clerks"\n',
        'state = "out/clerks"\n[nightly]\ninbox = "in"\noutbox = "out"\n',
        '[nightly]\ninbox = "in"\ninbocks = "x"\n',
        '[nightly]\ninbox = "in"\nexpected = { "1" = ["someday"] }\n',
        '[nightly]\ninbox = "in"\n[nightly.band]\nfalse_alarm = 2\n',
    ],
)
def test_a_wrong_configuration(site, text, capsys):
    site.config.write_text(text)
    assert main(["nightly", "--config", str(site.config)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_folders_left_out_lie_beside_the_inbox(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    site = Site(tmp_path)
    site.send("a.csv", person("taro"))
    for name in ("outbox", "quarantine", "reports"):
        (tmp_path / name).rmdir()
    site.config.write_text('[registry]\npath = "registry.csv"\n[nightly]\ninbox = "inbox"\n')
    assert main(["nightly", "--config", "site.toml", "--as-of", "2026-11-21"]) == 0
    assert list(site.deliveries()) == ["a.csv"]
    assert (tmp_path / "outbox" / "clerks" / site.deliveries()["a.csv"].name).is_dir()
    assert (tmp_path / "state" / "ledger.key").exists()
    assert (tmp_path / "reports" / "2026-11-21.html").exists()


def test_an_inbox_that_is_not_there_is_no_empty_one(site):
    site.inbox.rmdir()
    site.night()
    assert site.codes == [3]
    assert "fault" in site.alarms()


def test_the_command_is_told_of_the_night(site):
    told = site.root / "told.json"
    site.settings["notify"] = ["sh", "-c", f"cat > {told}"]
    site.send("a.csv", person("taro"))
    status = site.night()
    assert json.loads(told.read_text()) == status
    told.unlink()
    site.settings["notify_on"] = "alarm"
    site.send("b.csv", person("hana"))
    site.night()
    assert not told.exists()


@pytest.mark.parametrize("command", [["false"], ["no-such-command"], ["sleep", "60"]])
def test_a_command_that_fails_loses_nothing(site, command, capsys):
    site.settings |= {"notify": command, "notify_seconds": 1}
    site.send("a.csv", person("taro"))
    site.night()
    assert site.codes == [0]
    assert "notify" in capsys.readouterr().err


def test_holds_stay_known_without_a_name(site):
    site.send("a.csv", person("taro"), person("hana", **KANA))
    site.night()
    states = holds(site)
    assert list(states.values()) == ["open"]
    assert (site.reports / "open_holds.csv").read_text().count("\n") == 2


@pytest.mark.parametrize("place", ["take.seal", "take.write_outputs", "reporting.open_private"])
def test_a_disk_that_is_full(site, monkeypatch, place):
    """Exit 7, the file waits; the night with room goes on with it, once."""
    module, name = place.split(".")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "full")

    site.send("a.csv", person("taro"))
    with monkeypatch.context() as patch:
        patch.setattr(f"validator.nightly.{module}.{name}", full)
        site.write_config()
        command = ["nightly", "--config", str(site.config), "--as-of", FIRST.isoformat()]
        assert main([*command, "--quiet"]) == 7
    if module == "take":
        assert site.waiting() == ["a.csv"]
        assert site.deliveries() == {}
    site.night()
    assert site.codes == [0]
    assert list(site.deliveries()) == ["a.csv"]
    assert list(site.outbox.glob(".staging/*")) == []


def test_in_english(site, capsys):
    site.send("a.csv", person("taro"))
    (site.inbox / "bad.csv").write_text("x\n")
    site.night(0, "--lang", "en")
    said = capsys.readouterr().err
    assert "bad.csv is unusable and went to quarantine/bad.csv" in said
    assert '<html lang="en">' in (site.reports / f"{FIRST}.html").read_text()


def test_what_a_sender_writes_is_neither_markup_nor_a_formula(site, capsys):
    office = "=<script>alert(1)</script>"
    site.send("a<b>&.csv", person("hana", office_code=office, **KANA))
    site.night()
    page = (site.reports / f"{FIRST}.html").read_text()
    assert "<script>alert" not in page
    assert "a&lt;b&gt;&amp;.csv" in page
    assert "'=<script>" in (site.reports / "open_holds.csv").read_text()
    capsys.readouterr()
    main(["trend", "--state", str(site.state), "--by", "sender", "--format", "csv"])
    assert "\n'=<script>" in capsys.readouterr().out
