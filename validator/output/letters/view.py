"""Every text of one letter, ready to be set: the templates of HTML and PDF only place them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from validator.config import LettersConfig
from validator.output.letters.people import CUT, DIRECT, OFFICE, UNKNOWN, UNSHOWN
from validator.output.letters.words import TABLE, Words
from validator.resources import load_toml

Row = Mapping[str, Any]
Cell = tuple[str, str, str]
"""Label, field and value: the field is what the letter is read again by."""
_ITEMS = ("birth_date", "sex", "my_number", "postal_code", "address")
QUIET = "quiet"


@dataclass(frozen=True)
class Site:
    """What all letters of a run share."""

    words: Words
    config: LettersConfig
    as_of: date
    forms: Mapping[str, str]

    @property
    def insurer(self) -> str:
        """Name of the insurer, or empty: then a line to fill in is printed."""
        return self.config.insurer_name.strip()


@dataclass(frozen=True)
class Person:
    """One person of a letter: what was filed, what is asked, what can be answered."""

    record_id: str
    kind: str
    kind_word: str
    due: str
    name_kanji: str
    name_kana: str
    about: list[Cell]
    filed: list[Cell]
    reasons: list[tuple[str, str]]
    asks: list[str]
    proofs: list[str]
    boxes: list[tuple[str, bool]]
    guidance: list[Cell] | None


@dataclass
class Letter:
    """A whole letter; ``people`` are those it lists, ``more`` how many it does not."""

    number: int
    kind: str
    stem: str
    title: str
    day: str
    to: list[Cell]
    attention: str
    body: list[str]
    particulars: list[tuple[str, str]]
    notes: list[str]
    slip: list[tuple[str, str]]
    people: list[Person]
    more: str
    office_name: str
    counts: dict[str, int]
    due: date | None
    unlisted: int = 0
    unshown: bool = False
    warning: str = field(default="")


def kind_of(row: Row) -> str:
    """``return``, ``hold``, or ``quiet``: held, and nothing to answer."""
    if row["verdict"] == "return":
        return "return"
    return QUIET if row["asks"] == ["association"] else "hold"


def letter(rows: Sequence[Row], site: Site, *, number: int, common: bool, limit: int) -> Letter:
    """The letter of ``rows`` (`people.letter_people`), which all go to one addressee.

    ``common``: a fault of the sender's whole file was found; ``limit``: how many are listed.
    """
    words, first = site.words, rows[0]
    counts = dict.fromkeys(("hold", "return", QUIET), 0)
    for row in rows:
        counts[kind_of(row)] += 1
    direct = first["kind"] == DIRECT
    days = [row["due_on"] for row in rows if row["due_on"] is not None]
    due = min(days) if days else None
    unlisted = max(0, len(rows) - limit)
    # A member without an employer may have named one all the same: it is not their addressee.
    names = (row["office_name"] for row in rows if row["office_name"] and row["kind"] == OFFICE)
    name = next(names, "")
    people = [_person(row, site, name) for row in rows[:limit]]
    return Letter(
        number=number,
        kind=first["kind"],
        stem=file_stem(first, number),
        title=words[_title(counts)],
        day=words.day(site.as_of),
        to=_to(first, name, words),
        attention=words["attention"] if first["kind"] == OFFICE else "",
        body=_body(counts, direct=direct, common=common, guided=_guided(people), words=words),
        particulars=_particulars(counts, due, words),
        notes=[
            words[note]
            for note in ("note_copy", "note_number", "note_private")
            if note != "note_copy" or len(people) > 1
        ],
        slip=_slip(first, name, direct=direct, words=words),
        people=people,
        more=words.fill("more", n=unlisted) if unlisted else "",
        office_name=name,
        counts=counts,
        due=due,
        unlisted=unlisted,
        unshown=any(_has_unshown(row) for row in rows[:limit]),
        warning=words["unknown_office"] if first["kind"] == UNKNOWN else "",
    )


def file_stem(row: Row, number: int) -> str:
    """Name of a file without its ending: a number, and a code of up to five digits behind it."""
    if row["kind"] == UNKNOWN:
        return "unknown-office"
    if row["kind"] == DIRECT:
        return f"direct-{number:04}"
    code = row["office_code"] or ""
    safe = code.isascii() and code.isdigit() and len(code) <= 5
    return f"{number:04}-{code}" if safe else f"{number:04}"


def _title(counts: Mapping[str, int]) -> str:
    if counts["hold"] and counts["return"]:
        return "title_both"
    if counts["hold"] or counts["return"]:
        return "title_hold" if counts["hold"] else "title_return"
    return "title_quiet"


def _to(first: Row, name: str, words: Words) -> list[Cell]:
    if first["kind"] == UNKNOWN:
        return [("", "", words["to_nobody"])]
    if first["kind"] == DIRECT:
        whom = first["insured_name_kanji"] or first["name_kanji"] or first["name_kana"] or ""
        postal, address = first["postal_code"], first["address"]
        lines = [("", "", f"〒{postal}" if postal and not postal.startswith("〒") else postal)]
        lines += [("", "", address), ("", "", words.fill("to_person", name=whom))]
        return [line for line in lines if line[2]]
    lines = [(words["office_code"], "office_code", first["office_code"] or "")]
    if name:
        lines.append(("", "", words.fill("to_office", name=name)))
    return lines


def _body(
    counts: Mapping[str, int], *, direct: bool, common: bool, guided: bool, words: Words
) -> list[str]:
    tail = "_direct" if direct else ""
    body = [
        words.fill(f"body_{kind}{tail}", n=counts[kind])
        for kind in ("hold", "return", QUIET)
        if counts[kind]
    ]
    if common and not direct:
        body.append(words["body_common"])
    if guided:
        body.append(words[f"body_after{tail}"])
    return body


def _guided(people: Iterable[Person]) -> bool:
    return any(person.guidance for person in people)


def _particulars(
    counts: Mapping[str, int], due: date | None, words: Words
) -> list[tuple[str, str]]:
    lines = [
        (words[f"note_{kind}"], words.fill("people", n=counts[kind]))
        for kind in ("hold", "return", QUIET)
        if counts[kind]
    ]
    if counts["hold"] or counts["return"]:
        when = words.fill("due_own", date=words.day(due)) if due else words["due_soon"]
        lines.append((words["note_due" if counts["hold"] else "note_due_return"], when))
    return lines


def _slip(first: Row, name: str, *, direct: bool, words: Words) -> list[tuple[str, str]]:
    lines = []
    if first["kind"] == OFFICE:
        lines += [(words["office_code"], first["office_code"] or "")]
        lines += [(words["office_name"], name)]
    lines.append((words["slip_date"], words["slip_date_blank"]))
    lines.append((words["slip_name_direct" if direct else "slip_person"], ""))
    return lines


def _person(row: Row, site: Site, office_name: str) -> Person:
    words, kind = site.words, kind_of(row)
    return Person(
        record_id=row["record_id"],
        kind=kind,
        kind_word=words[f"kind_{kind}"],
        due=_due(row["due_on"], site.as_of, words),
        name_kanji=row["name_kanji"] or words["blank"],
        name_kana=row["name_kana"] or words["blank"],
        about=_about(row, site),
        filed=_filed(row, words),
        reasons=[
            (reason, words.of("remedies", remedy))
            for reason, remedy in zip(row["reasons"], row["remedies"], strict=True)
        ],
        asks=[words.of("asks", ask) for ask in row["asks"]],
        proofs=_proofs(row["asks"], words),
        boxes=_boxes(row, kind, words),
        guidance=None if kind == "return" else _guidance(row, site, office_name),
    )


def _due(due: date | None, as_of: date, words: Words) -> str:
    if due is None:
        return words["due_none"]
    left = (due - as_of).days
    if left > 0:
        days = words.fill("due_left", n=left)
    else:
        days = words["due_today"] if left == 0 else words.fill("due_past", n=-left)
    return f"{words.day(due)}({days})" if words.lang == "ja" else f"{words.day(due)} ({days})"


def _about(row: Row, site: Site) -> list[Cell]:
    words = site.words
    number = "-".join(
        part for c in ("insured_symbol", "insured_number", "branch_number") if (part := row[c])
    )
    about = [(words["record_id"], "record_id", row["record_id"])]
    if number:
        about.append((words["symbol_number"], "symbol_number", number))
    about.append((words["form"], "form", site.forms.get(row["form"], row["form"] or "")))
    if row["insured_name_kanji"]:
        about.append((words["insured"], "insured_name_kanji", row["insured_name_kanji"]))
    if row["kind"] == UNKNOWN:
        place = words.fill("line", file=row["source_file"], line=row["line"])
        about.append((words["place"], "place", place))
        if row["office_name"]:
            about.append((words["office_name"], "office_name", row["office_name"]))
    return about


def _filed(row: Row, words: Words) -> list[Cell]:
    asks = load_toml(TABLE)["asks"]
    wanted = {item for ask in row["asks"] for item in asks[ask]["shows"]} | set(row["fields"])
    filed = []
    for item in _ITEMS:
        if item not in wanted:
            continue
        if item == "my_number":
            value = words["number_given" if row["number_given"] else "number_blank"]
        else:
            value = row[item] or words["blank"]
        coded = item == "sex" and value in ("1", "2")
        filed.append((words["sex_code" if coded else item], item, value))
    return filed


def _proofs(asks: Iterable[str], words: Words) -> list[str]:
    table = load_toml(TABLE)["asks"]
    keys = dict.fromkeys(table[ask]["proof"] for ask in asks)
    return [words.of("proofs", key) for key in keys if key != "none"]


def _boxes(row: Row, kind: str, words: Words) -> list[tuple[str, bool]]:
    """The boxes to tick, and whether something is to be written behind them."""
    if kind == QUIET:
        return []
    if kind == "return":
        return [(words["box_again"], False), (words["box_withdraw"], False)]
    boxes = [(words["box_same"], False), (words["box_wrong"], True)]
    if "identity" in row["asks"]:
        boxes.append((words["box_wrong_number"], False))
    direct = "_direct" if row["kind"] == DIRECT else ""
    return [*boxes, (words[f"box_asking{direct}"], False)]


def _guidance(row: Row, site: Site, office_name: str) -> list[Cell]:
    """The entries of the 被保険者資格申立書 (QA-03); none for who leaves the membership."""
    if row["leaving"]:
        return []
    words = site.words
    if row["kind"] == DIRECT:
        office = words["guidance_office_none"]
    else:
        office = office_name if row["kind"] == OFFICE else (row["office_name"] or "")
    return [
        (words["guidance_kind"], "insurance", words["guidance_kind_value"]),
        (words["guidance_insurer"], "insurer", site.insurer),
        (words["guidance_office"], "office", office),
        (words["guidance_share"], "share", words.of("shares", row["share"] or "unknown")),
        (
            words["guidance_due"],
            "due",
            words.fill("guidance_due_date", date=words.day(row["due_on"]))
            if row["due_on"]
            else words["guidance_due_none"],
        ),
    ]


def _has_unshown(row: Row) -> bool:
    return any(UNSHOWN in value for key in ("name_kanji", "name_kana", "address", "office_name")
               if (value := row[key]))  # fmt: skip


__all__ = ["CUT", "Letter", "Person", "Site", "file_stem", "letter"]
