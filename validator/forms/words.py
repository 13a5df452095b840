"""Words and codes of form columns, each distinct value read once.

Every reader takes one submitted value and returns a code, ``UNKNOWN`` for a word that it does
not know (never an error), or None for a blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from validator.resources import load_toml

INADMISSIBLE = "inadmissible"
UNKNOWN = "unknown"
UNKNOWN_CODE = "unknown_code"
_LONGEST = 200
# After NFKC ①② would be the number 12, so circled numbers are read before.
_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(12)}
_ANY_CIRCLED = re.compile("[①-⑫]")
_LETTERS = re.compile("(?<![a-z0-9])[a-g]{1,7}(?![a-z0-9])")
# A number that counts something (3か月, 5年) is no condition.
_NUMBERS = re.compile(
    "(?<![0-9a-z年月])(1[0-2]|[1-9])(?![0-9]|年|[かヶケカ箇]?月|日|歳|回|枚|人|週|時|分|割|級)"
)


def fold_word(value: str) -> str:
    """NFKC, without spaces, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", value[:_LONGEST])).casefold()


@cache
def _admissible() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Codes by word; a code in front; その他 in front; words with nothing but fillers around."""
    table = load_toml("codes/no_number_reasons.toml")
    words = {word.replace("_", ""): code for word, code in table["words"].items()}
    digits = "|".join(word for word in words if word.isdecimal())
    other = "|".join(map(re.escape, table["other"]))
    known = "|".join(sorted((w for w in words if not w.isdecimal()), key=len, reverse=True))
    filler = "|".join(map(re.escape, table["fillers"]))
    told = f"(?:{filler})*({known})(?:{known}|{filler})*"
    return words, re.compile(f"({digits})(?=.)"), re.compile(f"(?:{other})+"), re.compile(told)


def read_no_number_reason(value: str) -> str | None:
    """Code of an admissible reason, ``inadmissible``, or None for a blank."""
    word = fold_word(value)
    if not word:
        return None
    words, numbered, other, told = _admissible()
    bare = re.sub(r"[\W_]", "", word)
    if bare in words:
        return words[bare]
    front = numbered.match(bare)
    # Behind a code stands its own word (1 海外在住), behind その他 any.
    rest = bare[front.end() :] if front else other.sub("", bare, count=1)
    found = told.fullmatch(rest)
    if not found or (front and words[found[1]] != words[front[1]]):
        return INADMISSIBLE
    return words[found[1]]


@cache
def _flags() -> dict[str, str]:
    table = load_toml("codes/flags.toml")
    return dict.fromkeys(table["yes"], "yes") | dict.fromkeys(table["no"], "no")


def read_flag(value: str) -> str | None:
    """``yes``, ``no``, ``unknown``, or None for a blank."""
    word = fold_word(value)
    return _flags().get(word, UNKNOWN) if word else None


def read_change_type(value: str) -> str | None:
    """``addition``, ``removal``, ``change``, ``unknown``, or None for a blank."""
    word = fold_word(value)
    table: dict[str, str] = load_toml("codes/flags.toml")["change_type"]
    return table.get(word, UNKNOWN) if word else None


@dataclass(frozen=True)
class _Words:
    codes: dict[str, str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    closed: bool


@cache
def _words(column: str) -> _Words:
    table = load_toml("codes/form_words.toml")[column]
    patterns = tuple((name, re.compile(p)) for name, p in table.get("patterns", {}).items())
    return _Words(table["codes"], patterns, bool(table.get("closed", False)))


def word_reader(column: str) -> Callable[[str], str | None]:
    """The reader of ``column`` by its table in ``schemas/codes/form_words.toml``.

    ``unknown_code`` is a number outside a closed list.
    """
    words = _words(column)

    def read(value: str) -> str | None:
        word = fold_word(value)
        if not word:
            return None
        if word.isdecimal():
            word = word.lstrip("0") or "0"
        if word in words.codes:
            return words.codes[word]
        if word.isdecimal():
            return UNKNOWN_CODE if words.closed else UNKNOWN
        fitting = {name for name, pattern in words.patterns if pattern.search(word)}
        # 「その他」 names nothing; a reason beside it does.
        fitting = fitting - {"other"} or fitting
        return fitting.pop() if len(fitting) == 1 else UNKNOWN

    return read


@dataclass(frozen=True, slots=True)
class CertificateReason:
    """Why a 資格確認書 is wanted: ``letters`` ("AF"), ``conditions`` ("|3|11|"), ``state``.

    ``state``: ``read``, ``just_in_case`` (no reason at all, answer 21) or ``unknown``;
    ``route``: ``ex_officio`` if all of them are, ``application`` if one is not (18, 19).
    """

    letters: str | None
    conditions: str | None
    state: str
    route: str | None


@cache
def _routes() -> dict[str | int, str]:
    table = load_toml("codes/certificate_reasons.toml")
    by_letter = {row["code"]: row["route"] for row in table["letter"]}
    return by_letter | {row["number"]: row["route"] for row in table["condition"]}


@cache
def _reasons() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], ...]:
    table = load_toml("codes/certificate_reasons.toml")
    letters = tuple((row["code"], re.compile(row["pattern"])) for row in table["letter"])
    conditions = tuple((str(r["number"]), re.compile(r["pattern"])) for r in table["condition"])
    excuses = tuple((n, re.compile(table[n])) for n in ("just_in_case", "just_in_case_weak"))
    return letters, conditions, excuses


def read_certificate_reason(value: str) -> CertificateReason | None:
    """Letters, conditions and state of a reason, by code or in prose; None for a blank."""
    word = fold_word(value)
    if not word:
        return None
    by_letter, by_condition, (strong, weak) = _reasons()
    numbers = {_CIRCLED[c] for c in value[:_LONGEST] if c in _CIRCLED}
    coded = fold_word(_ANY_CIRCLED.sub("、", value))
    numbers |= {int(n) for n in _NUMBERS.findall(coded)}
    letters = {letter.upper() for run in _LETTERS.findall(coded) for letter in run}
    if not letters and not numbers:
        letters = {letter for letter, pattern in by_letter if pattern.search(word)}
        numbers = {int(number) for number, pattern in by_condition if pattern.search(word)}
    known = bool(letters or numbers)
    excused = strong[1].search(word) or (not known and weak[1].search(word))
    return CertificateReason(
        letters="".join(sorted(letters)) or None,
        conditions="".join(f"|{n}" for n in sorted(numbers)) + "|" if numbers else None,
        state="just_in_case" if excused else "read" if known else UNKNOWN,
        route=_route(letters | numbers),
    )


def _route(reasons: set[str | int]) -> str | None:
    ways = {_routes()[reason] for reason in reasons}
    return "application" if "application" in ways else ways.pop() if ways else None


def _distinct(frame: pl.DataFrame, column: str) -> list[str]:
    return frame.get_column(column).drop_nulls().unique().to_list()


def word_column(
    frame: pl.DataFrame, column: str, name: str, read: Callable[[str], str | None]
) -> pl.DataFrame:
    """Add ``name`` (String) = ``read`` of each distinct value of ``column``."""
    if frame.get_column(column).null_count() == frame.height:
        return frame.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    distinct = _distinct(frame, column)
    return _joined(frame, column, {name: [read(v) for v in distinct]}, distinct)


def certificate_reason_columns(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Add ``certificate_`` ``letters``, ``conditions``, ``reason_state`` and ``route``."""
    names = tuple(f"certificate_{n}" for n in ("letters", "conditions", "reason_state", "route"))
    if frame.get_column(column).null_count() == frame.height:
        return frame.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in names)
    distinct = _distinct(frame, column)
    read = [read_certificate_reason(value) for value in distinct]
    made = {
        names[0]: [r.letters if r else None for r in read],
        names[1]: [r.conditions if r else None for r in read],
        names[2]: [r.state if r else None for r in read],
        names[3]: [r.route if r else None for r in read],
    }
    return _joined(frame, column, made, distinct)


def _joined(
    frame: pl.DataFrame, column: str, made: Mapping[str, Sequence[str | None]], distinct: list[str]
) -> pl.DataFrame:
    schema = dict.fromkeys(("raw", *made), pl.String)
    mapping = pl.DataFrame({"raw": distinct, **made}, schema=schema)
    return frame.join(mapping, left_on=column, right_on="raw", how="left", maintain_order="left")
