"""Every text of a letter, ready to be set: the templates only place them.

A letter is a `Head` (address, what it is about, reply slip) and a `Person` for everybody it lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from validator.config import LettersConfig
from validator.output.letters.people import DIRECT, OFFICE, UNKNOWN
from validator.output.letters.words import TABLE, Words
from validator.resources import load_toml

Row = Mapping[str, Any]
Cell = tuple[str, str, str]
"""Label, field and value: the field is what a letter is read again by."""
KINDS = ("hold", "return", "quiet")
# What the letters to offices tell apart, and what only stands in them as it is.
CASE_OF_AN_OFFICE = (
    *("to", *KINDS, "listed", "unlisted", "due_on", "common", "guided", "unshown"),
)
NAMES_OF_AN_OFFICE = ("office_code", "office_name")
_ITEMS = ("birth_date", "sex", "my_number", "postal_code", "address")


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

    def due(self, due: date | None) -> str:
        """The day by which an answer is needed, and how many days are left."""
        words = self.words
        if due is None:
            return words["due_none"]
        left = (due - self.as_of).days
        if left > 0:
            days = words.fill("due_left", n=left)
        else:
            days = words["due_today"] if left == 0 else words.fill("due_past", n=-left)
        return words.fill("due_date", date=words.day(due), days=days)

    def until(self, due: date | None) -> str:
        """When the registration is planned."""
        if due is None:
            return self.words["guidance_due_none"]
        return self.words.fill("guidance_due_date", date=self.words.day(due))


@dataclass(frozen=True)
class Person:
    """One person of a letter: what was filed, what is asked, what can be answered.

    ``boxes``: a text and whether something is to be written behind it. ``guidance``: the entries
    of the 被保険者資格申立書 (QA-03); empty for who leaves, None where nothing is held.
    """

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


@dataclass(frozen=True)
class Head:
    """All of a letter but its people; ``stem``: name of its file without ending."""

    stem: str
    to_kind: str
    title: str
    day: str
    to: list[Cell]
    attention: str
    body: list[str]
    particulars: list[tuple[str, str]]
    notes: list[str]
    slip: list[tuple[str, str]]
    office_name: str
    more: str
    listed: int
    unlisted: int
    counts: Mapping[str, int]
    due: date | None
    warning: str


def head(row: Row, site: Site) -> Head:
    """The head of the letter of ``row`` (a row of `letters.letters`).

    To an office it is made of `CASE_OF_AN_OFFICE` and `NAMES_OF_AN_OFFICE` alone.
    """
    words = site.words
    counts = {kind: row[kind] for kind in KINDS}
    direct = row["to"] == DIRECT
    return Head(
        stem=file_stem(row),
        to_kind=row["to"],
        title=words[_title(counts)],
        day=words.day(site.as_of),
        to=_to(row, words),
        attention=words["attention"] if row["to"] == OFFICE else "",
        body=_body(row, words, "_direct" if direct else ""),
        particulars=_particulars(row, words),
        notes=_notes(row, words),
        slip=_slip(row, words),
        office_name=row["office_name"] or "",
        more=words.fill("more", n=row["unlisted"]) if row["unlisted"] else "",
        listed=row["listed"],
        unlisted=row["unlisted"],
        counts=counts,
        due=row["due_on"],
        warning=words["unknown_office"] if row["to"] == UNKNOWN else "",
    )


def _notes(row: Row, words: Words) -> list[str]:
    answered = row["hold"] or row["return"]
    notes = ["note_copy"] if answered and row["listed"] != 1 else []
    notes += [*(["note_number"] if answered else []), "note_private"]
    notes += ["unshown"] if row["unshown"] else []
    return [words[note] for note in notes]


def file_stem(row: Row) -> str:
    """Name of a file without its ending: a number, and a code of up to five digits behind it."""
    if row["to"] == UNKNOWN:
        return "unknown-office"
    if row["to"] == DIRECT:
        return f"direct-{row['letter']:04}"
    code = row["office_code"] or ""
    safe = code.isascii() and code.isdigit() and len(code) <= 5
    return f"{row['letter']:04}-{code}" if safe else f"{row['letter']:04}"


def _title(counts: Mapping[str, int]) -> str:
    if counts["hold"] and counts["return"]:
        return "title_both"
    if counts["hold"] or counts["return"]:
        return "title_hold" if counts["hold"] else "title_return"
    return "title_quiet"


def _to(row: Row, words: Words) -> list[Cell]:
    if row["to"] == UNKNOWN:
        return [("", "", words["to_nobody"])]
    if row["to"] == DIRECT:
        whom = row["insured_name_kanji"] or row["name_kanji"] or row["name_kana"] or ""
        postal = row["postal_code"] or ""
        sign = "" if postal.startswith("〒") or not postal else "〒"
        envelope = [f"{sign}{postal}", row["address"] or "", words.fill("to_person", name=whom)]
        return [("", "", line) for line in envelope if line]
    lines: list[Cell] = [(words["office_code"], "office_code", row["office_code"] or "")]
    if row["office_name"]:
        lines.append(("", "", words.fill("to_office", name=row["office_name"])))
    return lines


def _body(row: Row, words: Words, tail: str) -> list[str]:
    body = [words.fill(f"body_{kind}{tail}", n=row[kind]) for kind in KINDS if row[kind]]
    if row["common"] and not tail:
        body.append(words["body_common"])
    if row["guided"]:
        body.append(words[f"body_after{tail}"])
    return body


def _particulars(row: Row, words: Words) -> list[tuple[str, str]]:
    lines = [
        (words[f"note_{kind}"], words.fill("people", n=row[kind])) for kind in KINDS if row[kind]
    ]
    if row["hold"] or row["return"]:
        due = row["due_on"]
        when = words.fill("due_own", date=words.day(due)) if due else words["due_soon"]
        lines.append((words["note_due" if row["hold"] else "note_due_return"], when))
    return lines


def _slip(row: Row, words: Words) -> list[tuple[str, str]]:
    """What stands at the head of the reply slip; empty where nothing is to be answered."""
    if not (row["hold"] or row["return"]):
        return []
    lines = []
    if row["to"] == OFFICE:
        lines += [(words["office_code"], row["office_code"] or "")]
        lines += [(words["office_name"], row["office_name"] or "")]
    lines.append((words["slip_date"], words["slip_date_blank"]))
    lines.append((words["slip_name_direct" if row["to"] == DIRECT else "slip_person"], ""))
    return lines


def person(row: Row, site: Site) -> Person:
    """The person of ``row`` (a row of `letters.listed_people`)."""
    words, kind = site.words, row["kind"]
    return Person(
        record_id=row["record_id"],
        kind=kind,
        kind_word=words[f"kind_{kind}"],
        due=row["due"],
        name_kanji=row["name_kanji"] or words["blank"],
        name_kana=row["name_kana"] or words["blank"],
        about=_about(row, site),
        filed=_filed(row, words),
        reasons=[
            (reason, words.of("remedies", remedy))
            for reason, remedy in zip(row["reasons"], row["remedies"], strict=True)
        ],
        asks=[words.of("asks", ask) for ask in row["asks"]],
        proofs=_proofs(row, words),
        boxes=_boxes(row, words),
        guidance=None if kind == "return" else _guidance(row, site),
    )


def _about(row: Row, site: Site) -> list[Cell]:
    words = site.words
    about = [(words["record_id"], "record_id", row["record_id"])]
    if row["symbol_number"]:
        about.append((words["symbol_number"], "symbol_number", row["symbol_number"]))
    about.append((words["form"], "form", site.forms.get(row["form"], row["form"] or "")))
    if row["insured_name_kanji"]:
        about.append((words["insured"], "insured_name_kanji", row["insured_name_kanji"]))
    if row["to"] == UNKNOWN:
        about.append((words["place"], "place", row["place"]))
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
        label = "sex_code" if item == "sex" and row["sex_coded"] else item
        filed.append((words[label], item, value))
    return filed


def _proofs(row: Row, words: Words) -> list[str]:
    table = load_toml(TABLE)["asks"]
    keys = dict.fromkeys(table[ask]["proof"] for ask in row["asks"])
    return [words.of("proofs", key) for key in keys if key != "none"]


def _boxes(row: Row, words: Words) -> list[tuple[str, bool]]:
    if row["kind"] == "quiet":
        return []
    if row["kind"] == "return":
        return [(words["box_again"], False), (words["box_withdraw"], False)]
    boxes = [(words["box_same"], False), (words["box_wrong"], True)]
    if "identity" in row["asks"]:
        boxes.append((words["box_wrong_number"], False))
    direct = "_direct" if row["to"] == DIRECT else ""
    return [*boxes, (words[f"box_asking{direct}"], False)]


def _guidance(row: Row, site: Site) -> list[Cell]:
    if row["leaving"]:
        return []
    words = site.words
    none = words["guidance_office_none"] if row["to"] == DIRECT else ""
    return [
        (words["guidance_kind"], "insurance", words["guidance_kind_value"]),
        (words["guidance_insurer"], "insurer", site.insurer),
        (words["guidance_office"], "office", none or row["office_name"] or ""),
        (words["guidance_share"], "share", words.of("shares", row["share"] or "unknown")),
        (words["guidance_due"], "due", row["until"]),
    ]
