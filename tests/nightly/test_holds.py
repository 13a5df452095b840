"""Holds are followed: a corrected form closes them, a renewed registry releases their lines."""

import json

import openpyxl
import pytest

from nightly.site import PEOPLE, holds, names, person
from validator.cli.main import main
from validator.ledger import open_ledger
from validator.nightly.holds import holds as all_holds
from validator.nightly.tables import NIGHTS

KANA = {"name_kana": "シケン　ハルコ"}
MOVED = {"address": "大阪府大阪市北区梅田一丁目1番1号"}
QUIET = {"low_percent": 0, "high_percent": 9999, "acknowledge_hours": 9999}


@pytest.fixture(autouse=True)
def quiet(site):
    site.settings |= QUIET


@pytest.fixture
def run(capsys):
    def call(*words):
        capsys.readouterr()
        assert main(list(words)) == 0
        return capsys.readouterr().out

    return call


def states(site):
    return sorted(holds(site).values())


def by_sender(site):
    with open_ledger(site.state, [NIGHTS]) as ledger:
        return dict(all_holds(ledger).select("sender", "state").iter_rows())


def token(site, name):
    """The letters by which the records of a file are known."""
    return site.deliveries()[name].name.split("-")[3]


# What was wrong, and how the corrected form has it where it is not just the right value.
CORRECTED = [
    (KANA, {}),
    ({"name_kanji": "試験　花枝"}, {}),
    ({"birth_date": "1990-03-02"}, {}),
    ({"birth_date": "1990-02-04"}, {"birth_date": "平成2年2月3日"}),
    ({"sex": "1"}, {"sex": "女"}),
    (MOVED, {}),
    ({"my_number": "{wrong:31415926536}"}, {}),
    ({"my_number": "{valid:55555555555}"}, {}),
    ({**KANA, **MOVED}, {}),
    ({"name_kanji": "試験　花枝", "name_kana": "シケン　ハナエ"}, {}),
]


def test_a_corrected_form_answers_the_hold(site):
    """Each case at an employer of its own."""
    base = {"sex": "2", "insured_number": "77"}
    site.renew("hana", hana={"sex": "2"})
    cases = [(str(1000 + n), *case) for n, case in enumerate(CORRECTED)]
    site.send("a.csv", *(person("hana", office_code=o, **{**base, **w}) for o, w, _ in cases))
    site.night()
    assert states(site) == ["open"] * len(cases)
    site.send("b.csv", *(person("hana", office_code=o, **{**base, **r}) for o, _, r in cases))
    status = site.night(1)
    assert by_sender(site) == {office: "answered" for office, *_ in cases}
    assert status["holds"]["answered"] == len(cases)
    assert status["holds"]["open_holds"] == status["holds"]["open_returns"] == 0


OTHERS = {
    "form": {"form": "hifuyosha_ido", "change_type": "1", "relationship": "妻"},
    "person": person("ken"),
    "family": {"name_kanji": "試験　次郎", "name_kana": "シケン　ジロウ", "birth_date": "2001-01-01",
               "insured_number": "5", "my_number": "{valid:77777777777}"},
    "twin": {"name_kanji": "試験　花枝", "name_kana": "シケン　ハナエ", "insured_number": "5"},
    "office": {"office_code": "9999"},
}  # fmt: skip


def test_another_form_answers_nothing(site):
    site.renew("taro", "hana", "ken")
    offices = [str(1000 + n) for n in range(len(OTHERS))]
    site.send("a.csv", *(person("hana", sex="2", office_code=o) for o in offices))
    site.night()
    others = zip(offices, OTHERS.values(), strict=True)
    site.send("b.csv", *(person("hana") | {"office_code": o} | other for o, other in others))
    site.night(1)
    first = {
        hold: state for hold, state in holds(site).items() if hold.startswith(token(site, "a.csv"))
    }
    assert sorted(first.values()) == ["open"] * len(offices)


def test_a_form_that_is_wrong_again_takes_the_place_of_the_first(site, run):
    site.send("a.csv", person("hana", **KANA))
    site.night()
    site.send("b.csv", person("hana", **MOVED))
    status = site.night(2)
    assert states(site) == ["open", "superseded"]
    assert status["holds"]["oldest_days"] == 2
    trend = json.loads(
        run("trend", "--state", str(site.state), "--by", "night", "--format", "json")
    )
    assert [(r["night"], r["opened"], r["ended"]) for r in trend["rows"]] == [
        ("2026-11-21", 1, 0),
        ("2026-11-23", 0, 0),
    ]
    site.send("c.csv", person("hana"))
    site.night(3)
    assert states(site) == ["answered", "superseded"]
    # Whatever the registry says later, nothing of the first two forms goes out.
    site.renew("hana", hana=KANA, as_of="2026-11-25")
    site.night(4)
    assert len(site.taken()) == 1


def test_a_renewed_registry_releases_what_passes_now_and_only_once(site):
    site.send("a.csv", person("taro"), person("hana", **MOVED), person("ken", **KANA))
    site.night()
    assert len(site.taken()) == 1
    site.renew("taro", "hana", "ken", hana=MOVED, as_of="2026-11-22")
    status = site.night(1)
    assert states(site) == ["open", "released"]
    assert status["holds"]["released"] == status["counts"]["released_lines"] == 1
    release = site.deliveries()["a.csv+"]
    held = (site.results()["a.csv"] / "held.csv").read_text().splitlines()
    assert (release / "accepted.csv").read_text().splitlines() == held[:2]
    manifest = json.loads((release / "manifest.json").read_text())
    assert (manifest["kind"], manifest["take"][0]["lines"]) == ("release", 1)
    # Renewed again, and back to what it was: nothing goes out twice.
    for day, there in ((2, MOVED), (3, {})):
        site.renew("taro", "hana", "ken", hana=there, as_of=f"2026-11-2{day + 1}")
        site.night(day)
    assert len(site.taken()) == len(set(site.taken())) == 2


def test_a_line_held_for_another_reason_now_says_so(site):
    site.send("a.csv", person("hana", **MOVED))
    site.night()
    before = (site.reports / "open_holds.csv").read_text()
    site.renew("hana", hana=MOVED | KANA, as_of="2026-11-22")
    site.night(1)
    assert states(site) == ["open"]
    after = (site.reports / "open_holds.csv").read_text()
    assert ",3," in before.splitlines()[1]
    assert ",N," in after.splitlines()[1]


def test_a_registry_that_stays_the_same_asks_nothing_again(site, monkeypatch):
    site.send("a.csv", person("hana", **MOVED))
    site.night()
    from validator.nightly import recheck

    def never(*_):
        raise AssertionError

    monkeypatch.setattr(recheck, "judge", never)
    site.night(1)
    assert site.codes[-1] == 3


def test_of_two_people_with_one_number_the_batch_is_still_seen_as_a_whole(site):
    """The held one agrees with nobody once the line stands alone; it must not slip out."""
    number = person("hana")["my_number"]
    site.send("a.csv", person("hana"), person("taro", my_number=number))
    site.night()
    site.renew("taro", "hana", as_of="2026-11-22")
    site.night(1)
    assert states(site) == ["open"]
    assert len(site.taken()) == 1


def test_a_submitted_file_that_is_gone_is_said(site):
    site.send("a.csv", person("hana", **MOVED))
    site.night()
    (site.results()["a.csv"] / "submitted" / "a.csv").unlink()
    site.renew("hana", hana=MOVED, as_of="2026-11-22")
    site.night(1)
    assert site.codes[-1] == 5
    assert states(site) == ["open"]


def test_holds_near_and_past_their_limit(site):
    site.settings["days"] = []
    site.send("a.csv", person("hana", received_on="2026-11-20", **KANA), person("taro", sex="9z"))
    seen = {}
    for day in range(7):
        status = site.night(day)
        seen[day] = sorted(site.alarms()), status["holds"]["due"], status["holds"]["overdue"]
    # Received on the 20th: registered by the 25th, the night of day 4.
    calm, near, late = ([], 0, 0), (["hold_due"], 1, 0), (["hold_overdue"], 0, 1)
    assert list(seen.values()) == [calm, calm, calm, near, near, late, late]
    assert site.codes == [1, 0, 0, 1, 1, 1, 1]


def decide(site, name, **by_line):
    """Fill in the work list of a delivery and read it back; ``line3=("本人確認済", reason)``."""
    path = site.results()[name] / "worklist.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["作業一覧"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        decision = by_line.get(f"line{sheet.cell(row, columns['行']).value}")
        if decision:
            for header, value in zip(
                ("判定", "理由", "担当者", "決定日"), (*decision, "鈴木", "2026-11-21"), strict=True
            ):
                sheet.cell(row, columns[header]).value = value
    book.save(path)
    command = ["resolve", str(path), "--state", str(site.state), "--as-of", "2026-11-21"]
    assert main(command) == 0


def test_clerks_decide_and_the_next_night_follows(site):
    site.send(
        "a.csv",
        person("taro"),
        person("hana", **KANA),
        person("ken", name_kana="レイジ　ケンジ"),
        person("yuki", name_kana="カメイ　ユキコ"),
    )
    site.night()
    decide(
        site,
        "a.csv",
        line3=("本人確認済", "カナの書き方の違い"),
        line4=("訂正済", None),
        line5=("返戻", None),
    )
    status = site.night(1)
    assert states(site) == ["open", "resolved", "resolved"]
    counts = status["holds"]
    assert (counts["released"], counts["resolved"]) == (0, 2)
    assert (counts["open_holds"], counts["open_returns"]) == (0, 1)
    assert len(site.taken()) == 2
    # What was sent back waits for a new form, whatever the registry says.
    site.renew(*PEOPLE, yuki={"name_kana": "カメイ　ユキコ"}, as_of="2026-11-23")
    site.night(2)
    assert len(site.taken()) == 2
    site.send("b.csv", person("yuki", name_kana="カメイ　ユキコ"))
    site.night(3)
    assert states(site) == ["answered", "resolved", "resolved"]
    assert len(site.taken()) == 3


def test_a_changed_difference_gets_a_new_work_list(site):
    site.send("a.csv", person("taro"), person("hana", **MOVED))
    site.night()
    site.renew(
        "taro",
        "hana",
        hana={"address": "京都府京都市中京区上本能寺前町488番地"},
        as_of="2026-11-22",
    )
    site.night(1)
    again = site.deliveries()["a.csv+"]
    assert json.loads((again / "manifest.json").read_text())["take"] == []
    assert names(again) == ["manifest.json"]
    assert names(site.clerks / again.name) == [
        "evidence.parquet", "findings.csv", "findings.parquet", "records.parquet", "summary.json",
        "worklist.xlsx",
    ]  # fmt: skip
    decide(site, "a.csv+", line3=("本人確認済", "住民票で転居を確認"))
    site.night(2)
    assert states(site) == ["resolved"]
    assert len(site.taken()) == 2


def test_a_new_work_list_has_only_what_is_still_open(site):
    site.send("a.csv", person("hana", **MOVED), person("ken", **MOVED), person("yuki", **MOVED))
    site.night()
    site.send("b.csv", person("ken"))
    site.night(1)
    site.renew(
        *PEOPLE,
        yuki=MOVED,
        hana={"address": "京都府京都市中京区上本能寺前町488番地"},
        as_of="2026-11-22",
    )
    site.night(2)
    again = site.deliveries()["a.csv+"]
    assert len((again / "accepted.csv").read_text().splitlines()) == 2
    sheet = openpyxl.load_workbook(site.clerks / again.name / "worklist.xlsx")["作業一覧"]
    line = {cell.value: cell.column for cell in sheet[1]}["行"]
    assert [v for row in range(2, sheet.max_row + 1) if (v := sheet.cell(row, line).value)] == [2]
