"""One decision explained: the waterfall of evidence, what to do, what the clinic shows meanwhile.

Made of a run's own files alone (records, evidence, findings, summary); no value of a person
stands in them, so none can be shown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from validator.errors import InputError, UsageError
from validator.hold.likelihood import WATERFALL
from validator.match.levels import ITEMS
from validator.resources import load_toml

_BAR = 24  # characters
_SURE = 0.999
_RECORD_ID = re.compile(r"[0-9A-Za-z_-]{4,64}")
_FILES = ("records.parquet", "evidence.parquet", "findings.parquet", "summary.json")
_ITEM_NAMES = {
    "name_kanji": ("氏名(漢字)", "name (kanji)"),
    "name_kana": ("氏名(カナ)", "name (kana)"),
    "birth_date": ("生年月日", "birth date"),
    "sex": ("性別", "sex"),
    "address": ("住所", "address"),
}
_LEVELS = {
    "same": ("一致", "same"),
    "equivalent": ("表記の違いだけ", "equivalent"),
    "undecidable": ("判断できない", "undecidable"),
    "similar": ("近いが違う", "similar"),
    "different": ("違う", "different"),
    "blank": ("記入なし", "blank"),
    "not_checked": ("照合していない", "not checked"),
}
_VERDICTS = {"pass": ("合格", "pass"), "hold": ("保留", "hold"), "return": ("返戻", "return")}
Row = Mapping[str, Any]


def record_page(folder: Path, record_id: str, lang: str) -> str:
    """The explanation of one record of the run in ``folder``.

    UsageError (2): no such record; InputError (3): the folder is no complete run.
    """
    _refuse_incomplete(folder)
    record = _row(folder / "records.parquet", record_id)
    if record is None:
        raise UsageError(
            "この出力フォルダーに、その番号の記録はありません。records.parquet か findings.csv の"
            " record_id を指定してください。",
            "there is no such record in this run: give a record_id of records.parquet.",
        )
    evidence = _row(folder / "evidence.parquet", record_id)
    say = _Sayer(lang)
    lines = _head(record, say)
    lines += _levels(record, evidence, say)
    if evidence is not None:
        lines += _waterfall(evidence, say)
    lines += _findings(folder, record_id, say)
    if evidence is not None:
        lines += _advice(record, evidence, folder, say)
    return "\n".join(lines) + "\n"


class _Sayer:
    """Words of the code tables in one language."""

    def __init__(self, lang: str) -> None:
        self.ja = lang == "ja"
        self._lang = "ja" if self.ja else "en"

    def both(self, ja: str, en: str) -> str:
        return ja if self.ja else en

    def pair(self, words: tuple[str, str]) -> str:
        return words[0 if self.ja else 1]

    def word(self, table: str, group: str, code: str) -> str:
        entry = load_toml(f"codes/{table}.toml")[group].get(code)
        return entry[self._lang] if entry else code


def _refuse_incomplete(folder: Path) -> None:
    if all((folder / name).is_file() for name in _FILES):
        return
    raise InputError(
        "check の出力フォルダーではないか、古い版で作られています。check をやり直してください。",
        "this is no output folder of a check, or of an older version: run check again.",
        file=folder.name,
    )


def _row(path: Path, record_id: str) -> Row | None:
    if not _RECORD_ID.fullmatch(record_id):
        return None
    try:
        found = pl.scan_parquet(path).filter(pl.col("record_id") == record_id).collect()
    except (pl.exceptions.PolarsError, OSError):
        raise InputError(
            "出力フォルダーのファイルを読めません。check をやり直してください。",
            "a file of the run cannot be read: run check again.",
            file=path.name,
        ) from None
    return found.row(0, named=True) if found.height else None


def _head(record: Row, say: _Sayer) -> list[str]:
    verdict = say.pair(_VERDICTS[record["verdict"]])
    if record["hold_class"]:
        verdict += f" ({say.both('区分', 'class')} {record['hold_class']})"
    place = record["source_file"] + (f" {record['sheet']}" if record["sheet"] else "")
    place += say.both(f" {record['line']}行目", f" line {record['line']}")
    if record["block"]:
        place += f" ({record['block']})"
    lines = [
        say.both("記録 ", "record ") + record["record_id"] + f" - {place}",
        say.both("判定: ", "verdict: ") + verdict,
    ]
    if record["cause"]:
        cause = say.word("causes", "causes", record["cause"]) + _detail(record, say)
        lines.append(say.both("推定される原因: ", "probable cause: ") + cause)
    if record["same_person"] is not None:
        lines.append(
            say.both("同じ人である見込み: ", "same person: ") + _likely(record["same_person"], say)
        )
    return lines


def _likely(share: float, say: _Sayer) -> str:
    """In per cent; nearly certain is not called certain."""
    if share >= _SURE:
        return say.both(f"{_SURE:.1%} 以上", f"{_SURE:.1%} or more")
    if share <= 1 - _SURE:
        return say.both(f"{1 - _SURE:.1%} 以下", f"{1 - _SURE:.1%} or less")
    return f"{share:.1%}"


def _detail(record: Row, say: _Sayer) -> str:
    detail = record["cause_detail"]
    if not detail or record["cause"] == "number_typo":
        return ""
    words = [say.word("evidence", "details", code) for code in detail.split("+")]
    return say.both("(" + "、".join(words) + ")", f" ({', '.join(words)})")


def _levels(record: Row, evidence: Row | None, say: _Sayer) -> list[str]:
    lines = ["", say.both("5項目の照合", "the five items")]
    for item in ITEMS:
        steps = (evidence or {}).get(f"steps_{item}") or ""
        words = [say.word("steps", "steps", code) for code in steps.split("+") if code]
        level = say.pair(_LEVELS[record[f"level_{item}"]])
        why = f" - {', '.join(words)}" if words else ""
        lines.append(f"  {say.pair(_ITEM_NAMES[item])}: {level}{why}")
    return lines


def _waterfall(evidence: Row, say: _Sayer) -> list[str]:
    if evidence["b_prior"] is None:
        return []
    other = say.word("evidence", "others", evidence["other"])
    lines = [
        "",
        say.both(
            f"証拠の重み(ビット、+ は本人、- は別人に傾く。比べた相手: {other})",
            f"weight of the evidence (bits; + for one person, - for {other})",
        ),
    ]
    total = 0.0
    for part in WATERFALL:
        bits = evidence[f"b_{part}"]
        total += bits
        word = evidence.get(f"e_{part}")
        what = f": {say.word('evidence', 'words', word)}" if word else ""
        lines.append(f"  {bits:+7.1f} {_bar(bits)}  {say.word('evidence', 'items', part)}{what}")
    lines.append(f"  {total:+7.1f} {' ' * _BAR}  {say.both('合計', 'sum')}")
    return lines


def _bar(bits: float) -> str:
    half = _BAR // 2
    length = min(half, round(abs(bits) / 2))
    left = "-" * length if bits < 0 else ""
    right = "+" * length if bits > 0 else ""
    return f"{left:>{half}}{right:<{half}}"


def _findings(folder: Path, record_id: str, say: _Sayer) -> list[str]:
    found = (
        pl.scan_parquet(folder / "findings.parquet")
        .filter(pl.col("record_id") == record_id)
        .select("code", "message", "hint")
        .collect()
    )
    if found.is_empty():
        return []
    lines = ["", say.both("指摘", "findings")]
    lines += [f"  {code}  {message} {hint}" for code, message, hint in found.iter_rows()]
    return lines


def _advice(record: Row, evidence: Row, folder: Path, say: _Sayer) -> list[str]:
    cause = load_toml("codes/causes.toml")["causes"][record["cause"]]
    lines = ["", say.both("すること", "what to do")]
    lines.append("  " + say.word("causes", "actions", record["action"]))
    if cause["document"] != "none":
        lines.append(
            say.both("  確認する書類: ", "  proof: ")
            + say.word("causes", "documents", cause["document"])
        )
    if cause["ask"] != "none":
        lines.append(
            say.both("  文例: ", "  ready words: ") + say.word("causes", "asks", cause["ask"])
        )
    if record["repair"]:
        lines.append(say.both("  番号の手がかり: ", "  the number: ") + _repair(record, say))
    if evidence["clears"]:
        lines += _clearance(record, evidence["clears"], say)
    lines += _time(record, evidence, folder, say)
    lines += ["", say.both("医療機関では", "at the clinic")]
    lines.append(
        say.both("  画面の表示: ", "  the screen shows: ")
        + say.word("evidence", "clinic", evidence["clinic"])
    )
    if evidence["clinic"] in ("invalid", "none"):
        lines.append(
            say.both(
                "  急ぐとき: 被保険者資格申立書"
                "(保険種別 社保、保険者等名称 当組合、事業所名 勤務先、一部負担金の割合 ",
                "  if it is urgent: 被保険者資格申立書"
                " (保険種別 社保, the association, the employer, share ",
            )
            + say.word("evidence", "shares", evidence["share"] or "unknown")
            + say.both(")", ")")
        )
    return lines


def _time(record: Row, evidence: Row, folder: Path, say: _Sayer) -> list[str]:
    """When it is due, and how long the person has been at risk already."""
    lines = []
    if record["due_on"] is not None:
        used = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["provenance"]
        left = (record["due_on"] - date.fromisoformat(used["as_of"])).days
        ja = f"残り{left}日" if left >= 0 else f"{-left}日超過"
        en = f"{left} days left" if left >= 0 else f"{-left} days late"
        lines.append(say.both("  期限: ", "  due: ") + f"{record['due_on']} ({say.both(ja, en)})")
    days = evidence["days_since_event"]
    if days is not None and days >= 0 and evidence["clinic"] in ("invalid", "none"):
        lines.append(
            say.both(
                f"  資格を確認できない日数: 資格取得から {days}日",
                f"  days at risk: {days} since the acquisition",
            )
        )
    return lines


def _repair(record: Row, say: _Sayer) -> str:
    kind, _, places = record["repair"].partition("@")
    first, _, last = places.partition("-")
    words = say.word("repairs", "repairs", kind)
    words = words.replace("{first}", first).replace("{last}", last or first)
    return words.replace("{matches}", str(record["repair_matches"] or "?"))


def _clearance(record: Row, clears: str, say: _Sayer) -> list[str]:
    lines = ["  " + say.word("evidence", "clears", clears)]
    reasons = load_toml("codes/clearances.toml")["reasons"]
    fitting = [key for key, entry in reasons.items() if record["cause"] in entry["causes"]]
    if clears == "with_proof":
        fitting = [key for key, entry in reasons.items() if entry["proof"] and key in fitting]
    if clears != "no":
        words = [say.word("clearances", "reasons", key) for key in [*fitting, "document"]]
        lines.append(say.both("  理由の例: ", "  such as: ") + "、".join(words))
    return lines
