"""A night from the inbox to the report, driven by the command line."""

import json
import os
import shutil

import pytest
from clean_record import OWN, number, write_csv, write_registry

from nightly.site import FIRST, PEOPLE, names, person
from validator.cli.main import main
from validator.nightly.status import Status

KANA = {"name_kana": "シケン　ハルコ"}


def test_accepted_lines_go_out_with_a_manifest_and_the_rest_to_the_clerks(site):
    sent = site.send("a.csv", person("taro"), person("hana", **KANA), person("ken", sex="3x"))
    text = sent.read_text().splitlines()
    status = site.night()
    assert site.codes == [1]
    assert status["status"] == "flagged"
    assert site.waiting() == []
    folder = site.deliveries()["a.csv"]
    assert (folder / "accepted.csv").read_text().splitlines() == [text[0], text[1]]
    assert names(folder) == ["accepted.csv", "manifest.json"]
    clerks = site.clerks / folder.name
    assert (clerks / "held.csv").read_text().splitlines() == [text[0], text[2]]
    assert (clerks / "returned.csv").read_text().splitlines() == [text[0], text[3]]
    assert (clerks / "submitted" / "a.csv").read_text().splitlines() == text
    assert json.loads((clerks / "summary.json").read_text())["complete"] is True
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["counts"] == {"lines": 3, "accepted": 1, "held": 1, "returned": 1}
    assert manifest["complete"] is True
    counts = status["counts"]
    assert [counts[c] for c in ("records", "passed", "held", "returned")] == [3, 1, 1, 1]


def test_a_receiver_of_the_outbox_gets_no_line_that_is_held_or_returned(site):
    site.send("a.csv", person("taro"), person("hana", **KANA))
    site.send("b.csv", person("ken", sex="3x"))
    site.night()
    site.renew("taro", "hana", "ken", hana=KANA, as_of="2026-11-21")
    site.send("c.csv", person("yuki", name_kana="カメイ　ユキコ"))
    site.night(1)
    there = b"".join(p.read_bytes() for p in site.outbox.rglob("*") if p.is_file())
    for name, lines in {"taro": 1, "hana": 1, "ken": 0, "yuki": 0}.items():
        assert there.count(PEOPLE[name]["my_number"].encode()) == lines
    assert {p.parent.parent for p in site.outbox.rglob("*") if p.is_file()} == {site.outbox}
    assert not (site.outbox / ".staging").exists()


def test_the_clerks_folder_may_lie_anywhere(site, tmp_path):
    site.settings["clerks"] = str(tmp_path / "office" / "desk")
    site.clerks = tmp_path / "office" / "desk"
    site.send("a.csv", person("taro"), person("hana", **KANA))
    site.night()
    assert (site.results()["a.csv"] / "held.csv").exists()
    assert not (tmp_path / "clerks").exists()


def test_without_a_place_of_their_own_whole_forms_lie_in_the_outbox(site, capsys):
    site.settings["clerks"] = str(site.outbox / "clerks")
    site.clerks = site.outbox / "clerks"
    numbers = [PEOPLE[name]["my_number"] for name in ("taro", "hana")]
    site.send("a.csv", person("taro"), person("hana", **KANA))
    site.night()
    site.write_config()
    assert not (site.root / "clerks").exists()
    (folder,) = site.deliveries().values()
    assert names(folder) == ["accepted.csv", "manifest.json"]
    assert (site.clerks / folder.name / "held.csv").exists()
    holding = {p for p in site.root.rglob("*") if p.is_file() and p.parent != site.root}
    holding = {p for p in holding if any(n.encode() in p.read_bytes() for n in numbers)}
    assert holding
    assert all(p.is_relative_to(site.outbox) for p in holding)
    # Either part of the delivery is the whole result for those who ask.
    for part in (folder, site.clerks / folder.name):
        assert main(["diff", str(part), str(site.clerks / folder.name)]) == 0
    assert "0" in capsys.readouterr().out


def test_the_same_bytes_are_processed_once_under_whatever_name(site):
    site.send("a.csv", person("taro"), person("hana", **KANA))
    copy = (site.inbox / "a.csv").read_bytes()
    site.night()
    (site.inbox / "b.csv").write_bytes(copy)
    (site.inbox / "a.csv").write_bytes(copy)
    status = site.night(1)
    assert status["files"]["repeated"] == 2
    assert status["files"]["processed"] == 0
    assert site.waiting() == []
    assert list(site.deliveries()) == ["a.csv"]
    # What comes again exits as it did, beside the alarm that nothing new came.
    assert site.alarms() == {"input_missing", "unacknowledged"}
    site.send("c.csv", person("ken"))
    (site.inbox / "b.csv").write_bytes(copy)
    site.night(1)
    assert site.codes[-1] == 7
    assert "input_missing" not in site.alarms()


def test_a_second_run_of_a_night_tells_of_the_whole_night(site):
    site.send("a.csv", person("taro"))
    site.night()
    site.send("b.csv", person("hana", **KANA))
    status = site.night()
    assert site.codes == [0, 1]
    assert status["files"]["processed"] == 2
    assert status["counts"]["records"] == 2
    again = site.night()
    assert again == {**status, "run_at": again["run_at"]}


@pytest.mark.parametrize(
    ("name", "content"),
    {
        "ragged.csv": b"my_number,name_kanji\n1\n",
        "empty.csv": b"",
        "picture.csv": b"\x89PNG\r\n",
        "header.csv": b"my_number,name_kanji,name_kana,birth_date,sex,address\n",
        "cut.csv": b"my_number,name_kanji,name_kana,birth_date,sex,address\n1,\xe6",
        "SHFD0006.CSV": b"[kanri]\r\n",
    }.items(),
)
def test_unusable_files_go_to_quarantine_and_the_night_goes_on(site, name, content):
    (site.inbox / name).write_bytes(content)
    site.send("good.csv", person("taro"))
    status = site.night()
    assert site.codes == [3]
    assert site.alarms() == {"quarantined"}
    assert (site.quarantine / name).read_bytes() == content
    reason = json.loads((site.quarantine / f"{name}.reason.json").read_text())
    assert reason["ja"]
    assert reason["exit_code"] == 3
    assert names(site.quarantine) == sorted([name, f"{name}.reason.json"])
    assert list(site.deliveries()) == ["good.csv"]
    assert status["files"]["quarantined"] == 1
    assert site.waiting() == []


def test_a_registry_extract_is_no_batch(site):
    write_registry(site.inbox, person("taro"), name="extract.csv")
    # With the required columns alone it looks like a batch; but it is the registry itself.
    columns = ("my_number", "name_kanji", "name_kana", "birth_date", "sex", "address")
    rows = [{"sex": "1", "address": "東京都江東区豊洲一丁目2番27号", **p} for p in PEOPLE.values()]
    write_csv(site.root / "registry.csv", rows, columns)
    shutil.copy(site.root / "registry.csv", site.inbox / "bare.csv")
    site.send("good.csv", person("hana"))
    site.night()
    assert (site.quarantine / "extract.csv").exists()
    assert (site.quarantine / "bare.csv").exists()
    assert list(site.deliveries()) == ["good.csv"]


def test_names_in_quarantine_do_not_collide(site):
    for day, content in enumerate((b"x\n", b"y\n", b"y\n")):
        (site.inbox / "bad.csv").write_bytes(content)
        site.night(day)
    bad = [n for n in names(site.quarantine) if not n.endswith(".json")]
    assert len(bad) == 3
    assert {(site.quarantine / n).read_bytes() for n in bad} == {b"x\n", b"y\n"}


def test_a_file_mended_and_put_back_is_processed(site):
    site.settings["low_percent"] = 0
    bad = site.inbox / "a.csv"
    bad.write_text("x\n")
    site.night()
    shutil.move(site.quarantine / "a.csv", bad)
    site.send("a.csv", person("taro"))
    site.night(1)
    assert list(site.deliveries()) == ["a.csv"]


def test_a_number_in_a_file_name_reaches_nothing(site, capsys):
    secret = number(98765432101)
    site.send(f"{secret}.csv", person("taro"))
    site.night()
    said = capsys.readouterr()
    assert site.codes == [3]
    refused = names(site.quarantine)
    assert len(refused) == 2
    for text in (*refused, said.out, said.err, (site.reports / "status.json").read_text()):
        assert secret not in text
    assert secret.encode() not in (site.state / "ledger.sqlite3").read_bytes()


def test_files_that_are_not_ready_wait_for_the_next_night(site):
    site.send("good.csv", person("taro"))
    for name in ("b.csv.part", ".hidden.csv", "c.tmp", "~d.csv"):
        shutil.copy(site.inbox / "good.csv", site.inbox / name)
    (site.inbox / "folder").mkdir()
    being_copied = site.send("copying.csv", person("hana"))
    with being_copied.open("ab") as writer:
        writer.write(b" ")
        writer.flush()
        status = site.night()
    assert set(status["files"]["left"]) == {
        "b.csv.part", ".hidden.csv", "c.tmp", "~d.csv", "folder", "copying.csv",
    }  # fmt: skip
    assert list(site.deliveries()) == ["good.csv"]
    site.send("copying.csv", person("hana"))
    site.night(1)
    assert sorted(site.deliveries()) == ["copying.csv", "good.csv"]


def test_a_file_that_changes_while_it_is_read_waits(site, monkeypatch):
    sent = site.send("a.csv", person("taro"))
    read = os.read

    def read_and_grow(descriptor, size):
        data = read(descriptor, size)
        if data.startswith(b"form,"):
            with sent.open("ab") as more:
                more.write(b"\n")
        return data

    monkeypatch.setattr("validator.nightly.inbox.os.read", read_and_grow)
    status = site.night()
    assert status["files"]["left"] == {"a.csv": "書き込み中です"}
    assert site.deliveries() == {}
    assert site.waiting() == ["a.csv"]


@pytest.mark.parametrize(
    ("what", "settings"),
    {
        "not configured": {"path": None},
        "missing": {"path": "nothing.csv"},
        "stale": {"max_age_days": 0},
    }.items(),
)
def test_without_a_usable_registry_nothing_is_handed_over(site, what, settings):
    site.registry_config |= settings
    site.registry_config = {k: v for k, v in site.registry_config.items() if v is not None}
    site.send("a.csv", person("taro"))
    status = site.night()
    assert site.codes == [4]
    assert site.alarms() == {"registry"}
    assert site.waiting() == ["a.csv"]
    assert site.deliveries() == {}
    assert status["files"]["waiting"] == 1
    assert status["registry"] is None
    # The next night, with a good registry, makes up for it.
    site.registry_config = {"path": str(site.root / "registry.csv")}
    site.night(1)
    assert site.codes[-1] == 0
    assert list(site.deliveries()) == ["a.csv"]


def test_an_empty_or_swapped_registry_is_refused_too(site):
    site.send("a.csv", person("taro"))
    (site.root / "registry.csv").write_text("my_number,name_kanji\n")
    site.night()
    shutil.copy(site.inbox / "a.csv", site.root / "registry.csv")
    site.night()
    assert site.codes == [4, 4]
    assert site.waiting() == ["a.csv"]


def test_a_fault_at_one_file_does_not_cost_the_others_their_night(site, monkeypatch):
    from validator.nightly import take

    real = take.judge_batch

    def faulty(batch, *rest):
        if batch.sources[0].name == "b.csv":
            raise ZeroDivisionError(OWN)
        return real(batch, *rest)

    monkeypatch.setattr(take, "judge_batch", faulty)
    for name in ("a", "b", "c"):
        site.send(f"{name}.csv", person("taro", insured_number=f"{ord(name)}"))
    site.night()
    assert site.codes == [5]
    assert sorted(site.deliveries()) == ["a.csv", "c.csv"]
    assert site.waiting() == ["b.csv"]
    assert OWN not in (site.reports / "status.json").read_text()
    monkeypatch.undo()
    site.night(1)
    assert sorted(site.deliveries()) == ["a.csv", "b.csv", "c.csv"]


def test_a_file_that_kills_the_run_again_and_again_ends_in_quarantine(site, monkeypatch):
    from validator.nightly import take

    class Killed(BaseException):
        pass

    real = take.judge

    def deadly(job, path, registry):
        if path.name == "a.csv":
            raise Killed
        return real(job, path, registry)

    site.send("a.csv", person("taro"))
    site.send("b.csv", person("hana"))
    monkeypatch.setattr(take, "judge", deadly)
    for _ in range(take.MOST_TRIES):
        with pytest.raises(Killed):
            site.night()
    monkeypatch.undo()
    site.night()
    assert site.codes == [3]
    assert (site.quarantine / "a.csv").exists()
    assert list(site.deliveries()) == ["b.csv"]


def test_lines_that_do_not_balance_stop_the_night_and_nothing_leaves_the_inbox(site, monkeypatch):
    from validator.output import handover

    monkeypatch.setattr(handover, "count_lines", lambda *a: 0)
    site.send("a.csv", person("taro"))
    site.send("b.csv", person("hana"))
    site.night()
    assert site.codes == [8]
    assert site.waiting() == ["a.csv", "b.csv"]
    assert site.deliveries() == {}


def test_folders_and_files_are_private(site):
    site.send("a.csv", person("taro"), person("hana", **KANA))
    (site.inbox / "bad.csv").write_text("x\n")
    site.night()
    for top in (site.outbox, site.clerks, site.quarantine, site.reports, site.state):
        for path in top.rglob("*"):
            assert path.stat().st_mode & 0o077 == 0, path


def test_no_person_in_what_is_no_hand_over_file(site, capsys):
    site.send("a.csv", person("taro"), person("hana", **KANA), person("ken", my_number=OWN))
    site.night()
    said = capsys.readouterr()
    texts = [said.out, said.err]
    texts += [p.read_bytes().decode("utf-8", "replace") for p in site.reports.iterdir()]
    texts += [p.read_bytes().decode("utf-8", "replace") for p in site.state.iterdir()]
    texts += [f.joinpath("manifest.json").read_text() for f in site.deliveries().values()]
    for text in texts:
        for secret in (OWN, OWN[:6], "見本", "ミホン", "1985-04-01", "豊洲", "花子", "ハルコ"):
            assert secret not in text


def test_the_status_fits_its_published_schema(site):
    site.send("a.csv", person("hana", **KANA))
    status = site.night()
    assert Status.model_validate(status).night == FIRST
    assert list(status)[-1] == "complete"
    night = json.loads((site.reports / f"{FIRST}.json").read_text())
    assert night == status


def test_either_part_of_a_delivery_is_a_result_for_diff(site, capsys):
    site.send("a.csv", person("taro"), person("hana", **KANA))
    site.send("b.csv", person("ken"))
    site.night()
    out, desk = (top[name] for top in (site.deliveries(), site.results()) for name in ("a.csv",))
    capsys.readouterr()
    for old, new in ((out, desk), (desk, out)):
        assert main(["diff", str(old), str(new), "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["counts"]["same"] == 2
    other = site.deliveries()["b.csv"]
    assert main(["diff", str(other), str(desk), "--config", str(site.config), "--format=json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["added"] == 2
