"""The baseline's judgement of one record: compare, find reasons, decide.

Contract section 3 with the policy registration-2024, written a second time for one record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from unicodedata import normalize

from benchmarks.baseline_address import postal_state
from benchmarks.baseline_fields import (
    UNREADABLE,
    Day,
    code_table,
    is_blank,
    next_day,
    read_date,
    read_flag,
    read_number,
    read_sex,
)
from benchmarks.baseline_names import kana_state
from benchmarks.baseline_places import address_level, settle
from benchmarks.baseline_same_name import FINE, NOBODY, Name, both_differ, compare_names

Row = dict[str, str]
ITEMS = ("name_kanji", "name_kana", "birth_date", "sex", "address")
DIFFERENT = ("similar", "different")
IMPOSSIBLE = ("length", "check_digit", "exponent", "malformed")
PLACEHOLDERS = ("placeholder", "wrong_placeholder")
EVENTS = ("acquired_on", "event_on", "lost_on", "left_on", "changed_on")
FREE_TEXTS = ("certificate_reason", "reason", "circumstances", "change_reason")
DAYS_TO_FILE = 5

_JUST_IN_CASE = re.compile(
    "念のため|念の為|ねんのため|万一|万が一|不安だから|不安なため|心配|お守り|いざというとき"
    "|just in case"
)
_REASON_LETTER = re.compile(
    "[A-GＡ-Ｇa-gａ-ｇ①-⑫]|(?:^|[^0-9０-９])(?:[1１][0-2０-２]|[1-9１-９])(?:[^0-9０-９]|$)"
)
_DELETION = re.compile("削除|消去|抹消|破棄")
_THE_NUMBER = re.compile("個人番号|マイナンバー|my.?number", re.IGNORECASE)
_DAMAGED = re.compile("damaged|き損|毀損|破損|汚損", re.IGNORECASE)
_SYMBOL = re.compile("記号|番号|symbol|number", re.IGNORECASE)
_OTHER_NUMBER = re.compile("個人番号|マイナンバー|電話|郵便|my.?number|phone|postal", re.IGNORECASE)
_SEX = re.compile("性別|sex|gender", re.IGNORECASE)
_NAME = re.compile("氏名|姓|名前|氏$|^氏|name", re.IGNORECASE)
_INSURED = re.compile("本人|被保険者")


@dataclass(slots=True)
class Record:
    """A submitted row and what was read in it."""

    line: int
    row: Row
    form: str
    number_state: str
    number: str | None
    reason: str | None
    birth: Day
    sex: int | None
    name: Name
    adds: bool
    removes: bool
    two_persons: bool = False
    repeated: bool = False
    two_numbers: bool = False


@cache
def status_of(word: str | None) -> str:
    """A registry row's status in the contract's words, or unknown; blank is a resident."""
    folded = "".join(normalize("NFKC", word or "resident").split()).lower()
    words = code_table("registry/status.toml")["words"]
    return next((status for status, known in words.items() if folded in known), "unknown")


def on_one_form(record: Record) -> bool:
    """The insured person's number stands for the dependant too."""
    row = record.row
    if record.number is None or read_number(row.get("insured_my_number"))[1] != record.number:
        return False
    insured_birth = read_date(row.get("insured_birth_date")).day
    if record.birth.day and insured_birth and record.birth.day != insured_birth:
        return True
    return both_differ(record.name, _other_name(row, "insured_name"))


def compare(record: Record, holder: Row) -> dict[str, str]:
    """Level of each item; only of addresses a difference is told from a likeness."""
    row = record.row
    kanji, kana = compare_names(
        record.name,
        Name(holder["name_kanji"], holder["name_kana"]),
        _other_name(holder, "alias"),
        _other_name(holder, "former_name"),
    )
    day, sex = read_date(holder["birth_date"]).day, read_sex(holder["sex"])
    levels = {
        "name_kanji": kanji,
        "name_kana": kana,
        "birth_date": _plain(record.birth.day, day, row["birth_date"] == holder["birth_date"]),
        "sex": _plain(record.sex, sex, row["sex"] == holder["sex"]),
        "address": compare_address(row["address"], holder["address"]),
    }
    for item in levels:
        if is_blank(row[item]):
            levels[item] = "blank"
    return levels


def _plain(submitted: object, registry: object, as_written: bool) -> str:
    if registry is None:
        return "undecidable"
    if submitted != registry:
        return "different"
    return "same" if as_written else "equivalent"


def _other_name(row: Row, kind: str) -> Name:
    kanji, kana = row.get(f"{kind}_kanji"), row.get(f"{kind}_kana")
    return Name(kanji, kana) if kanji or kana else NOBODY


def compare_address(submitted: str, registry: str) -> str:
    """Level of the address."""
    if is_blank(registry):
        return "undecidable"
    return "same" if submitted == registry else address_level(submitted, registry)


def compare_addresses_ahead(pairs: Iterable[tuple[Record, Row]]) -> None:
    """Compare the addresses of many records and their holders, so that few calls split them."""
    written = ((record.row["address"], holder["address"]) for record, holder in pairs)
    settle((s, r) for s, r in written if s != r and not is_blank(s) and not is_blank(r))


def reasons_to_return(record: Record, as_of: date) -> Iterator[str]:
    """Codes of the rules with the effect return that the record breaks."""
    row, birth = record.row, record.birth
    admissible = record.reason not in (None, "inadmissible")
    if record.number_state in IMPOSSIBLE:
        yield "MN003"
    if record.number_state in PLACEHOLDERS and record.adds:
        yield "MN004"
    elif record.number_state == "wrong_placeholder":
        yield "MN003"
    if record.adds and record.number_state == "blank" and not admissible:
        yield "MN001"
    if read_number(row.get("insured_my_number"))[0] in (*IMPOSSIBLE, "wrong_placeholder"):
        yield "MN013"
    if birth.state in UNREADABLE:
        yield "BD002"
    insured_birth = read_date(row.get("insured_birth_date")).day
    if any(day and day > as_of for day in (birth.day, insured_birth)):
        yield "BD007"
    if record.sex is None and not is_blank(row["sex"]):
        yield "SX002"
    if record.adds:
        yield from _blank_items(record)
        days = (read_date(row.get(c)).day for c in ("acquired_on", "event_on", "received_on"))
        if birth.day and _age(birth.day, next((day for day in days if day), as_of)) >= 75:
            yield "BD009"
    yield from _form_rules(record, as_of)


def _blank_items(record: Record) -> Iterator[str]:
    row = record.row
    if is_blank(row["name_kanji"]):
        yield "NK001"
    state = kana_state(row["name_kana"])
    if state != "kana":
        yield {"blank": "KN001", "no_kana": "KN002", "kanji": "KN003"}[state]
    for item, code in (("birth_date", "BD001"), ("sex", "SX001")):
        if is_blank(row[item]):
            yield code
    if is_blank(row["address"]) and record.reason not in ("abroad", "short_stay"):
        yield "AD001"


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _form_rules(record: Record, as_of: date) -> Iterator[str]:
    row, form = record.row, record.form
    dates = {name: read_date(row.get(name)) for name in EVENTS}
    received = read_date(row.get("received_on")).day or as_of
    insured_birth = read_date(row.get("insured_birth_date"))
    if any(read.state in UNREADABLE for read in (*dates.values(), insured_birth)):
        yield "FM001"
    if any(d.day and d.day > received for d in dates.values()):
        yield "FM002"
    lost, left = dates["lost_on"].day, dates["left_on"].day
    if form == "shikaku_soshitsu" and lost and left and lost != next_day(left):
        yield "FM009"
    free = " ".join(row.get(column) or "" for column in FREE_TEXTS)
    just_in_case = _JUST_IN_CASE.search(free) is not None
    wants_card = form in ("kakuninsho_kofu", "kakuninsho_funshitsu")
    if just_in_case and (wants_card or _JUST_IN_CASE.search(row.get("certificate_reason") or "")):
        yield "QA001"
    if form == "shikaku_shutoku":
        return
    if not record.adds and not _identified(record):
        yield "FM008"
    letter = _REASON_LETTER.search(row.get("certificate_reason") or "")
    if form == "kakuninsho_kofu" and not letter and not just_in_case:
        yield "QA003"
    if form == "kakuninsho_funshitsu_soshitsugo" and dates["lost_on"].state == "blank":
        yield "QA004"
    damaged = form == "kakuninsho_funshitsu" and _DAMAGED.search(row.get("loss_kind") or "")
    if damaged and read_flag(row.get("certificate_attached")) != "yes":
        yield "QA010"
    yield from _changes(row, form, free)


def _changes(row: Row, form: str, free: str) -> Iterator[str]:
    changed, kin = row.get("changed_item") or "", row.get("relationship") or ""
    if (_DELETION.search(free) and _THE_NUMBER.search(free)) or (
        _THE_NUMBER.search(changed) and _DELETION.search(changed)
    ):
        yield "QA009"
    if form not in ("shimei_henko", "kisai_jiko_henko"):
        return
    if _SYMBOL.search(changed) and not _OTHER_NUMBER.search(changed):
        yield "QA005"
    if _SEX.search(changed):
        yield "QA006"
    if form == "shimei_henko" and kin and not _INSURED.search(kin):
        yield "QA007"
    if form == "kisai_jiko_henko" and _INSURED.search(kin) and _NAME.search(changed):
        yield "QA008"


def _identified(record: Record) -> bool:
    row = record.row
    named = not is_blank(row["name_kanji"]) or not is_blank(row["name_kana"])
    return bool(
        row.get("insured_number")
        or record.number_state not in ("blank", "placeholder")
        or (named and record.birth.state != "blank")
    )


def hold_class(
    record: Record, holder: Row | None, levels: dict[str, str], conflict: bool
) -> str | None:
    """The first class that matches, or None (contract section 3, registration-2024)."""
    if record.number is None:
        return None
    if holder is None:
        return "D" if record.two_persons or on_one_form(record) else "0"
    status = status_of(holder.get("status"))
    if conflict or status == "unknown" or cannot_be_compared(holder):
        return "S"
    if (record.two_persons or on_one_form(record)) and not agrees(levels):
        return "D"
    if status != "resident" and not record.removes:
        return "0"
    differ = {item for item, level in levels.items() if level in DIFFERENT}
    names = differ & {"name_kanji", "name_kana"}
    if differ & {"birth_date", "sex"}:
        return "1"
    if len(names) == 2 or (names and "address" in differ):
        return "2"
    return "3" if "address" in differ else "N" if names else None


def cannot_be_compared(holder: Row) -> bool:
    """The registry row lacks birth date, sex or kanji name, or more than one item."""
    if read_date(holder["birth_date"]).day is None or read_sex(holder["sex"]) is None:
        return True
    return is_blank(holder["name_kanji"]) or (
        is_blank(holder["name_kana"]) and is_blank(holder["address"])
    )


def agrees(levels: dict[str, str]) -> bool:
    """All five items agree; at most one of the names may be open."""
    names = [levels["name_kanji"], levels["name_kana"]]
    rest = [levels["birth_date"], levels["sex"], levels["address"]]
    return (
        all(level in FINE for level in rest)
        and all(level in (*FINE, "undecidable") for level in names)
        and names.count("undecidable") < 2
    )


def notes(record: Record, levels: dict[str, str]) -> Iterator[str]:
    """Codes of findings without effect."""
    row = record.row
    if record.number_state == "repaired":
        yield "MN005"
    if record.birth.state == "notation":
        yield "BD011"
    for item, code in (("name_kanji", "NK010"), ("name_kana", "KN010"), ("address", "AD010")):
        if levels.get(item) == "equivalent":
            yield code
    state = postal_state(row.get("postal_code"), row["address"])
    if state not in ("blank", "fits", "not_compared"):
        yield f"AD_{state}"
    acquired = read_date(row.get("acquired_on")).day or read_date(row.get("event_on")).day
    received = read_date(row.get("received_on")).day
    if acquired and received and (received - acquired).days > DAYS_TO_FILE:
        yield "FM004"
    for item, code in (("name_kanji", "NK002"), ("name_kana", "KN005")):
        if row[item] and len(row[item].split()) < 2:
            yield code
    if record.repeated:
        yield "DU003"
    if record.two_numbers:
        yield "DU004"
