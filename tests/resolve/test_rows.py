"""Each row of a returned work list is judged by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, RECORD, number, write_batch, write_registry

from validator.checking import Options, check_files
from validator.errors import InputError
from validator.ledger import open_ledger
from validator.ledger.decisions import PART, Decision, entries
from validator.resolve import resolve_worklist
from validator.resolve.refusals import WORDS, Refusal

from .lists import (
    CONFIRMED,
    DIFFERENCES,
    PEOPLE,
    TODAY,
    Desk,
    Row,
    make_run,
    read_rows,
    results,
    write_rows,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    folder = tmp_path_factory.mktemp("runs")
    for with_state in (True, False):
        make_run(folder / str(with_state), with_state=with_state)
    return {with_state: folder / str(with_state) for with_state in (True, False)}


@pytest.fixture(params=[True, False], ids=["ledger", "no-ledger"])
def desk(request: pytest.FixtureRequest, made: dict[bool, Path], tmp_path: Path) -> Desk:
    """A list whose run had a ledger, and one whose run had none."""
    return Desk.of(made[request.param], tmp_path / "desk")


@pytest.fixture
def ledger_desk(made: dict[bool, Path], tmp_path: Path) -> Desk:
    return Desk.of(made[True], tmp_path / "desk")


def test_an_untouched_list_is_open_and_changes_nothing(desk: Desk) -> None:
    resolved = desk.resolve({})
    assert (resolved.outcomes, resolved.open_rows) == ((), 6)


def test_the_four_decisions_and_what_they_keep(desk: Desk) -> None:
    kinds = dict(zip((3, 4, 6, 8), ("本人確認済", "照会中", "返戻", "訂正済"), strict=True))
    resolved = desk.resolve({line: {**CONFIRMED, "判定": kind} for line, kind in kinds.items()})
    assert results(resolved) == dict.fromkeys(kinds, "entered")
    with open_ledger(desk.folder / "state", [PART]) as ledger:
        kept = {e.record_id.rpartition("L")[2]: e for e in entries(ledger)}
    assert {line: e.decision.value for line, e in kept.items()} == {
        str(line): kind for line, kind in kinds.items()
    }
    first = kept["3"]
    assert (first.clerk, first.decided_on, first.reason) == ("見本 係", AS_OF, "glyph_variant")
    assert first.difference and kept["8"].difference is None


def test_resolving_again_adds_nothing(desk: Desk) -> None:
    changes = {3: CONFIRMED, 6: {**CONFIRMED, "判定": "返戻"}}
    assert set(results(desk.resolve(changes)).values()) == {"entered"}
    assert set(results(desk.resolve(changes)).values()) == {"known"}
    with open_ledger(desk.folder / "state", [PART]) as ledger:
        assert len(entries(ledger)) == 2


REFUSED: list[tuple[int, Row, Refusal]] = [
    (3, {"判定": ""}, Refusal.NO_DECISION),
    (3, {"判定": "たぶん大丈夫"}, Refusal.UNKNOWN_DECISION),
    (3, {"理由": ""}, Refusal.NO_REASON),
    (3, {"理由": " 　-"}, Refusal.NO_REASON),
    (3, {"担当者": ""}, Refusal.NO_CLERK),
    (3, {"担当者": "　"}, Refusal.NO_CLERK),
    (3, {"決定日": ""}, Refusal.NO_DAY),
    (3, {"決定日": "きのう"}, Refusal.DAY_UNREADABLE),
    (3, {"決定日": "11/23"}, Refusal.DAY_UNREADABLE),
    (3, {"決定日": "2026-11-31"}, Refusal.DAY_UNREADABLE),
    (3, {"決定日": True}, Refusal.DAY_UNREADABLE),
    (3, {"決定日": 20261124.5}, Refusal.DAY_UNREADABLE),
    (3, {"決定日": "2026-11-24"}, Refusal.DAY_IN_FUTURE),
    (3, {"決定日": "令和9年11月23日"}, Refusal.DAY_IN_FUTURE),
    (3, {"決定日": "2026-11-19"}, Refusal.DAY_TOO_EARLY),
    (3, {"理由": "字" * 401}, Refusal.TOO_LONG),
    (3, {"担当者": "係" * 61}, Refusal.TOO_LONG),
    (3, {"理由": f"番号 {number(1)} を確認"}, Refusal.NUMBER_IN_TEXT),
    (3, {"担当者": number(2)}, Refusal.NUMBER_IN_TEXT),
    (5, {"理由": "事業所に電話で確認"}, Refusal.NO_PROOF),
    (5, {"理由": "間違いない"}, Refusal.NO_PROOF),
    (5, {"理由": "個人番号通知書で確認"}, Refusal.NO_PROOF),
    (6, {}, Refusal.RETURN_NOT_CLEARED),
    (8, {}, Refusal.CLASS_NOT_CLEARED),
    (3, {"record_id": ""}, Refusal.NO_RECORD_ID),
    (3, {"record_id": "bcdfghjklmnp-L3"}, Refusal.TAMPERED),
    (3, {"氏名(カナ)": "ミホン　タロウ"}, Refusal.TAMPERED),
    (3, {"解除の条件": "理由と根拠"}, Refusal.TAMPERED),
    (3, {"照合キー": ""}, Refusal.TAMPERED),
    (3, {"確認値": "bcdf"}, Refusal.TAMPERED),
    (3, {"行": 4}, Refusal.TAMPERED),
    (3, {"期限": ""}, Refusal.TAMPERED),
]


@pytest.mark.parametrize("at", range(len(REFUSED)), ids=lambda at: f"{REFUSED[at][2].value}-{at}")
def test_what_is_wrong_is_refused_and_the_rest_taken(ledger_desk: Desk, at: int) -> None:
    line, change, refusal = REFUSED[at]
    resolved = ledger_desk.resolve({line: {**CONFIRMED, **change}, 7: CONFIRMED})
    (refused,) = resolved.refused
    assert refused.refusal is refusal
    assert [o.record_id[-2:] for o in resolved.entered] == ["L7"]


def test_every_refusal_says_what_to_do_in_both_languages() -> None:
    assert set(WORDS) == set(Refusal)
    assert all(text.ja.endswith("。") and text.en.endswith((".", ")")) for text in WORDS.values())


@pytest.mark.parametrize(
    "day",
    [
        "2026-11-23", "2026/11/23", "2026.11.23", "20261123", "2026年11月23日", "2026年11月23日(月)",
        "令和8年11月23日", "令和８年１１月２３日", "R8.11.23", "Ｒ８．１１．２３", " 2026-11-23 ",
        "2026-11-23 00:00:00", "2026-11-23T00:00:00.000", "2026/11/23 0:00",
        date(2026, 11, 23), datetime(2026, 11, 23, 17, 30), 46349, 46349.0, "46349", 46349.73,
    ],
)  # fmt: skip
def test_a_day_in_any_notation(ledger_desk: Desk, day: object) -> None:
    resolved = ledger_desk.resolve({3: {**CONFIRMED, "決定日": day}})
    assert [o.entry.decided_on for o in resolved.entered if o.entry] == [AS_OF]


@pytest.mark.parametrize(
    ("written", "decision"),
    [
        ("本人確認済", Decision.CONFIRMED), ("本人確認済み", Decision.CONFIRMED),
        (" 本人確認済　", Decision.CONFIRMED), ("照 会 中", Decision.ASKED),
        ("訂正済み", Decision.CORRECTED), ("返戻", Decision.RETURNED), ("Asked", Decision.ASKED),
    ],
)  # fmt: skip
def test_a_decision_as_people_write_it(ledger_desk: Desk, written: str, decision: Decision) -> None:
    resolved = ledger_desk.resolve({3: {**CONFIRMED, "判定": written}})
    assert [o.entry.decision for o in resolved.entered if o.entry] == [decision]


def test_only_a_confirmation_needs_a_reason(ledger_desk: Desk) -> None:
    asked = {**CONFIRMED, "判定": "照会中", "理由": ""}
    assert results(ledger_desk.resolve({3: asked})) == {3: "entered"}


def test_a_clerk_alone_is_no_decision(ledger_desk: Desk) -> None:
    assert ledger_desk.resolve({3: {"担当者": "見本 係"}}).open_rows == 6


@pytest.mark.parametrize(
    "reason",
    ["本人確認書類で確認・マイナンバーカード", "住民票で確認", "J-LIS照会", "本人に電話で確認した"],
)
def test_proof_clears_what_needs_it(ledger_desk: Desk, reason: str) -> None:
    seen = {5: {**CONFIRMED, "理由": reason}}
    assert results(ledger_desk.resolve(seen)) == {5: "entered"}


# What spreadsheets and their users do to a list.
EDITS = {
    "sorted": lambda rows: sorted(rows, key=lambda row: str(row["record_id"]), reverse=True),
    "rows deleted": lambda rows: [row for row in rows if row["判定"]],
    "columns added": lambda rows: [{"メモ": "急ぎ", **row, "内線": 12} for row in rows],
    "columns moved": lambda rows: [dict(reversed(row.items())) for row in rows],
    "headings in full width": lambda rows: [
        {"ｒｅｃｏｒｄ＿ｉｄ" if h == "record_id" else f" {h} ": v for h, v in row.items()}
        for row in rows
    ],
    "days as text": lambda rows: [
        {h: str(v) if isinstance(v, date) else v for h, v in row.items()} for row in rows
    ],
    "days with a time": lambda rows: [
        {h: datetime(v.year, v.month, v.day) if isinstance(v, date) else v for h, v in row.items()}
        for row in rows
    ],
    "numbers as text": lambda rows: [
        {h: str(int(v)) if isinstance(v, float) else v for h, v in row.items()} for row in rows
    ],
    # As programs save them that turn all cells to text, or guess what is a number.
    "all as text": lambda rows: [
        {
            h: f"{v} 00:00:00" if isinstance(v, date) else str(v) if v != "" else v
            for h, v in row.items()
        }
        for row in rows
    ],
    "days with slashes": lambda rows: [
        {h: v.strftime("%Y/%m/%d") if isinstance(v, date) else v for h, v in row.items()}
        for row in rows
    ],
    "texts as numbers": lambda rows: [
        {h: float(v) if isinstance(v, str) and v.isdecimal() else v for h, v in row.items()}
        for row in rows
    ],
    "two line ends": lambda rows: [
        {h: v.replace("\n", "\r\n") if isinstance(v, str) else v for h, v in row.items()}
        for row in rows
    ],
    "blank rows between": lambda rows: [r for row in rows for r in (row, {})],
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_spreadsheets_do_to_a_list(desk: Desk, edit: object) -> None:
    assert results(desk.resolve({3: CONFIRMED, 7: CONFIRMED}, edit=edit)) == {  # type: ignore[arg-type]
        3: "entered",
        7: "entered",
    }


def test_another_name_of_the_sheet(ledger_desk: Desk) -> None:
    assert results(ledger_desk.resolve({3: CONFIRMED}, sheet="Sheet1")) == {3: "entered"}


def test_without_its_hidden_columns_the_ledger_still_knows_a_steady_record(
    ledger_desk: Desk,
) -> None:
    bare = [{"record_id": ledger_desk.rows[3]["record_id"], **CONFIRMED}]
    assert results(ledger_desk.resolve(bare)) == {3: "entered"}


def test_without_its_hidden_columns_and_a_ledger_nothing_is_proven(
    made: dict[bool, Path], tmp_path: Path
) -> None:
    desk = Desk.of(made[False], tmp_path / "desk")
    bare = [{"record_id": desk.rows[3]["record_id"], **CONFIRMED}]
    assert results(desk.resolve(bare)) == {3: "unproven"}


def test_the_same_row_twice_counts_once(ledger_desk: Desk) -> None:
    row = {**ledger_desk.rows[3], **CONFIRMED}
    resolved = ledger_desk.resolve([row, row])
    assert [o.refusal for o in resolved.outcomes] == [None, Refusal.DUPLICATE]


def test_rows_that_contradict_each_other_count_not_at_all(ledger_desk: Desk) -> None:
    row = {**ledger_desk.rows[3], **CONFIRMED}
    resolved = ledger_desk.resolve([row, {**row, "判定": "照会中"}])
    assert [o.refusal for o in resolved.outcomes] == [Refusal.CONTRADICTORY] * 2


def test_the_list_of_another_ledger(ledger_desk: Desk, made: dict[bool, Path]) -> None:
    foreign = ledger_desk.folder / "elsewhere"
    path = write_rows(ledger_desk.folder / "x.xlsx", [{**ledger_desk.rows[3], **CONFIRMED}])
    resolved = resolve_worklist(path, foreign, as_of=None, today=TODAY)
    assert results(resolved) == {3: "foreign_ledger"}


def test_the_list_of_another_run_than_given(made: dict[bool, Path], tmp_path: Path) -> None:
    desk = Desk.of(made[False], tmp_path / "desk")
    other = write_batch(tmp_path, {"name_kana": "ミホン　ジロウ"})
    known = write_registry(tmp_path)
    check_files([other], Options(registry=known, as_of=AS_OF, out=tmp_path / "other"))
    assert results(desk.resolve({3: CONFIRMED}, run=tmp_path / "other")) == {3: "foreign_run"}
    assert results(desk.resolve({3: CONFIRMED}, run=desk.folder / "out")) == {3: "entered"}
    with pytest.raises(InputError):
        desk.resolve({3: CONFIRMED}, run=tmp_path / "nowhere")


def check_again(desk: Desk, as_of: date = AS_OF, **registry: str) -> None:
    """The same batch once more, with the registry row of line 3 changed."""
    rows = [{"my_number": n, "postal_code": f"135-00{at:02}"} for at, n in enumerate(PEOPLE)]
    rows[1] |= registry
    options = Options(
        registry=write_registry(desk.folder, *rows, name="renewed.csv"),
        as_of=as_of, out=desk.folder / "later", state=desk.folder / "state", overwrite=True,
    )  # fmt: skip
    check_files([desk.folder / "batch.csv"], options)


def test_a_newer_run_that_sees_the_same_leaves_the_list_good(ledger_desk: Desk) -> None:
    check_again(ledger_desk, AS_OF + timedelta(days=1))
    assert results(ledger_desk.resolve({3: CONFIRMED})) == {3: "entered"}


def test_a_newer_run_with_another_registry_makes_its_rows_stale(ledger_desk: Desk) -> None:
    check_again(ledger_desk, AS_OF + timedelta(days=1), name_kanji="見本　三郎")
    assert results(ledger_desk.resolve({3: CONFIRMED, 4: CONFIRMED})) == {
        3: "stale_changed",
        4: "entered",
    }
    bare = [{"record_id": ledger_desk.rows[3]["record_id"], **CONFIRMED}]
    assert results(ledger_desk.resolve(bare)) == {3: "unproven"}


def test_what_passes_in_a_newer_run_needs_no_decision(ledger_desk: Desk) -> None:
    check_again(ledger_desk, AS_OF + timedelta(days=1), name_kana="ミホン　ジロウ")
    assert results(ledger_desk.resolve({3: CONFIRMED})) == {3: "stale_passes"}


def test_a_list_without_a_ledger_is_stale_by_its_day(
    made: dict[bool, Path], tmp_path: Path
) -> None:
    desk = Desk.of(made[False], tmp_path / "desk")
    check_again(desk, AS_OF + timedelta(days=1), name_kanji="見本　三郎")
    assert results(desk.resolve({3: CONFIRMED})) == {3: "stale_changed"}
    check_again(desk, AS_OF - timedelta(days=1), name_kanji="見本　三郎")
    assert results(desk.resolve({3: CONFIRMED})) == {3: "entered"}


def test_a_later_decision_takes_a_clearance_back(ledger_desk: Desk) -> None:
    ledger_desk.resolve({3: {**CONFIRMED, "決定日": "2026-11-22"}})
    assert results(ledger_desk.resolve({3: {**CONFIRMED, "判定": "照会中"}})) == {3: "entered"}
    check_again(ledger_desk)
    again = {3: {**CONFIRMED, "決定日": "2026-11-22"}}
    assert results(ledger_desk.resolve(again)) == {3: "older_decision"}
    options = Options(
        registry=ledger_desk.folder / "registry.csv",
        as_of=AS_OF,
        state=ledger_desk.folder / "state",
    )
    records = check_files([ledger_desk.folder / "batch.csv"], options).records()
    assert records["verdict"].to_list()[1] == "hold"


def test_the_clock_of_the_run_counts_where_it_is_ahead(ledger_desk: Desk) -> None:
    path = write_rows(ledger_desk.folder / "x.xlsx", [{**ledger_desk.rows[3], **CONFIRMED}])
    early = AS_OF - timedelta(days=300)
    state = ledger_desk.folder / "state"
    given = resolve_worklist(path, state, as_of=early, today=early)
    assert results(given) == {3: "day_in_future"}
    assert results(resolve_worklist(path, state, as_of=None, today=early)) == {3: "entered"}


def test_the_differences_are_those_the_cases_speak_of(desk: Desk) -> None:
    assert sorted(desk.rows) == [line for line, change in DIFFERENCES.items() if change]
    classes = {line: str(row["保留区分"])[:1] for line, row in desk.rows.items()}
    assert classes == {3: "N", 4: "3", 5: "1", 6: "", 7: "2", 8: "0"}


ODD = [
    "\ufffe", "見本\uffff", "\U0001fffe", "\x01\x02", "\t=1", "\r\n", "_x0041_", "\u202e", "\ue000",
    "x" * 40_000, "\u2028", "0012", "1.0", "  前後  ", "'=1", "TRUE", "2026-11-23", "1E5", "か\u3099",
]  # fmt: skip


def test_a_row_proves_itself_whatever_the_form_holds(tmp_path: Path) -> None:
    columns = ["name_kanji", "address", "insured_number", "office_name", "office_code"]
    forms = [{column: text} for column in columns for text in ODD]
    numbers = [number(60_000_000_000 + 13 * n) for n in range(len(forms))]
    rows: list[Row] = [
        {**RECORD, "name_kana": "ミホン　ジロウ", "my_number": n, **form}
        for n, form in zip(numbers, forms, strict=True)
    ]
    pl.DataFrame(rows).write_parquet(tmp_path / "batch.parquet")
    known = write_registry(tmp_path, *({"my_number": n} for n in numbers))
    options = Options(
        registry=known, as_of=AS_OF, out=tmp_path / "out", state=tmp_path / "state"
    )  # fmt: skip
    check_files([tmp_path / "batch.parquet"], options)
    asked = {**CONFIRMED, "判定": "照会中"}
    listed = [{**row, **asked} for row in read_rows(tmp_path / "out/worklist.xlsx")]
    path = write_rows(tmp_path / "list.xlsx", listed)
    resolved = resolve_worklist(path, tmp_path / "state", as_of=None, today=TODAY)
    assert len(resolved.entered) == len(forms)
    assert [outcome.refusal for outcome in resolved.refused] == []
