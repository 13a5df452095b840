"""Electronic media: every item in the width that its layout asks for."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace

import jaconv
import polars as pl

from validator.batch.decode import decode_media
from validator.batch.delimited import refuse_lone_cr
from validator.batch.layouts import FormLayout, Item
from validator.batch.media import EOF_MARK, strip_eof
from validator.batch.media_header import read_header
from validator.batch.media_lines import DataLines, FormGroup, data_lines, group_by_form
from validator.batch.opening import Submitted
from validator.fix.changes import Change, is_secret
from validator.fix.columns import NUMBER_COLUMNS
from validator.fix.notation import FixRule, number, trimmed

_BOM = b"\xef\xbb\xbf"
_ONLY_KANA = re.compile("[ァ-ヶー\uff66-\uff9f \u3000]+")
_NARROW = re.compile("[！-～　]")
_ONLY_DIGITS = re.compile("[0-9０-９]+")
_ONLY_CODE = re.compile("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+")
_HALF = re.compile("[ \\-0-9A-Za-z\uff66-\uff9f]")


def media_changes(submitted: Submitted) -> list[Change]:
    """The changes of a KPFD0006 or SHFD0006 file; lines with quotes stay as they are."""
    _, physical, lines, groups = _read(submitted)
    found = []
    for group in groups:
        found += _group_changes(group, lines, submitted.name, physical)
    return sorted(found, key=lambda one: (one.line, one.position))


def write_media_file(submitted: Submitted, changes: Sequence[Change]) -> bytes:
    """The file with the changed items; header, order, line ends and encoding stay."""
    encoding = _read(submitted)[0]
    codec = "cp932" if encoding == "cp932" else "utf-8"
    by_line: dict[int, dict[int, str]] = {}
    for change in changes:
        by_line.setdefault(change.line, {})[change.position] = change.after
    parts = []
    for at, raw in enumerate(io.BytesIO(submitted.data), start=1):
        own = by_line.get(at)
        if own is None:
            parts.append(raw)
            continue
        text = raw.decode(codec)
        body = text.rstrip("\r\n")
        fields = body.split(",")
        for position, after in own.items():
            fields[position] = after
        parts.append((",".join(fields) + text[len(body) :]).encode(codec))
    return b"".join(parts)


def _read(submitted: Submitted) -> tuple[str, list[str], DataLines, list[FormGroup]]:
    data, file = submitted.data, submitted.name
    refuse_lone_cr(data, file)
    text = decode_media(data, file)
    body, _ = strip_eof(text.utf8.removeprefix(_BOM))
    physical = [raw.decode("utf-8").rstrip("\r\n") for raw in io.BytesIO(body)]
    header, _ = read_header(physical, file)
    lines = data_lines(physical, header.data_line + 1, file)
    return text.encoding, physical, lines, group_by_form(lines, file)


def _group_changes(
    group: FormGroup, lines: DataLines, file: str, physical: Sequence[str]
) -> list[Change]:
    items = group.items(lines, file)
    position_of = {no: at for at, no in enumerate(group.variant.numbers())}
    numbers = _my_number_items(group.layout)
    found = []
    for item in group.layout.item:
        if item.no not in position_of or item.no == 1:
            continue
        fixed = {
            value: done
            for value in items[item.column].drop_nulls().unique().to_list()
            if (done := _fixed(value, item, is_number=item.no in numbers)) is not None
        }
        if not fixed:
            continue
        own = items.filter(pl.col(item.column).is_in(list(fixed)))
        for row, value in own.select("row", item.column).iter_rows():
            line = lines.numbers[row]
            if '"' in physical[line - 1] or EOF_MARK.decode() in physical[line - 1]:
                continue
            rules, after = fixed[value]
            column = "my_number" if item.no in numbers else f"{item.no} {item.name}"
            change = Change(row, line, position_of[item.no], column, rules, value, after)
            found.append(replace(change, secret=is_secret(column, value)))
    return found


def _my_number_items(layout: FormLayout) -> frozenset[int]:
    tables = [layout.columns, *(block.columns for block in layout.block)]
    return frozenset(
        no
        for table in tables
        for column in NUMBER_COLUMNS & set(table)
        for source in table[column]
        for no in source.items
    )


def _fixed(value: str, item: Item, *, is_number: bool) -> tuple[tuple[FixRule, ...], str] | None:
    rules, text = [], value
    bare = trimmed(text)
    if bare is not None:
        rules.append(FixRule.SPACES)
        text = bare
    done = number(text) if is_number else _in_width(text, item)
    if done is not None and done != text and _fits(done, item):
        rules.append(FixRule.NUMBER if is_number else FixRule.WIDTH)
        text = done
    return (tuple(rules), text) if rules else None


def _in_width(text: str, item: Item) -> str | None:
    """``text`` in the width of the item's type, where that is only a matter of width."""
    if item.type == "num":
        return _narrow(text) if _ONLY_DIGITS.fullmatch(text) else None
    if item.type in ("alnum", "alnum_or_kana") and _ONLY_CODE.fullmatch(text):
        return _narrow(text)
    if item.type in ("kana", "alnum_or_kana") and _ONLY_KANA.fullmatch(text):
        return _narrow_kana(text)
    if item.type == "kanji" and _HALF.search(text) and _is_plain(text):
        return str(jaconv.h2z(text, kana=True, ascii=True, digit=True))
    return None


def _narrow(text: str) -> str:
    return _NARROW.sub(lambda one: " " if one[0] == "　" else chr(ord(one[0]) - 0xFEE0), text)


def _narrow_kana(text: str) -> str:
    return str(jaconv.z2h(text, kana=True)).replace("　", " ")


def _is_plain(text: str) -> bool:
    """Whether all half-width characters have one full-width form that means the same."""
    return all(ord(c) > 0x7F or _HALF.fullmatch(c) for c in text)


def _fits(text: str, item: Item) -> bool:
    try:
        size = len(text.encode("cp932"))
    except UnicodeEncodeError:
        return False
    return item.max_bytes is None or size <= item.max_bytes
