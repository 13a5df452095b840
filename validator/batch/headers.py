"""From the headers of a table to canonical columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from validator.errors import InputError, UsageError
from validator.forms.load import default_forms
from validator.forms.vocabulary import Vocabulary, fold

Headers = Mapping[str, str]


@dataclass(frozen=True)
class HeaderMap:
    """``known``: canonical column -> 0-based position; ``extra``: other headers by position."""

    known: dict[str, int]
    extra: dict[int, str]


def site_headers(headers: Headers | None, vocabulary: Vocabulary | None = None) -> dict[str, str]:
    """The site's ``[headers] ours = "theirs"`` as folded header -> canonical column.

    Raises UsageError for a column this program does not have, or one header given to two columns.
    """
    mapping: dict[str, str] = {}
    known = (vocabulary or default_forms().vocabulary).names
    for ours, theirs in (headers or {}).items():
        if ours not in known:
            from validator.config_errors import nearest

            near = nearest(ours, sorted(known))
            raise UsageError(
                "設定 [headers] に、ない項目名があります。左側の名前を確認してください"
                + (f"({near} のことですか)。" if near else "。"),
                "the configuration's [headers] names a column this program does not have;"
                " check the name on the left side" + (f" (do you mean {near}?)" if near else ""),
            )
        folded = fold(theirs)
        if not folded or mapping.setdefault(folded, ours) != ours:
            raise UsageError(
                "設定 [headers] で、見出しが空か、一つの見出しが二つの項目に割り当てられています。"
                "設定を直してください。",
                "the configuration's [headers] gives an empty header, or one header to two"
                " columns; correct it.",
            )
    return mapping


def map_headers(
    headers: Sequence[str],
    site: Headers,
    vocabulary: Vocabulary,
    *,
    file: str,
    line: int | None,
) -> HeaderMap:
    """Assign each header to its canonical column, the site's own names first.

    Raises InputError when two headers mean the same column, when one header occurs twice, or when
    no header is known at all.
    """
    names = {**vocabulary.by_header, **site}
    first_at: dict[str, int] = {}
    known: dict[str, int] = {}
    extra: dict[int, str] = {}
    for position, header in enumerate(headers):
        folded = fold(header)
        meaning = names.get(folded) or folded
        if meaning and meaning in first_at:
            column = names.get(folded)
            shown = (column, vocabulary.japanese_name(column)) if column else None
            raise _doubled(first_at[meaning], position, shown, file, line)
        first_at[meaning] = position
        if folded in names:
            known[meaning] = position
        else:
            extra[position] = header
    if not known:
        raise InputError(
            "1行目に見出しが見つかりません。見出し(個人番号、氏名（漢字）、氏名（カナ）、生年月日、"
            "性別、住所 など)を1行目に置いた表にしてください。",
            "no known column header in the first row; put the headers (my_number, name_kanji,"
            " name_kana, birth_date, sex, address, ...) into the first row.",
            file=file,
            lines=_at(line),
        )
    return HeaderMap(known, extra)


def _doubled(
    first: int, second: int, column: tuple[str, str] | None, file: str, line: int | None
) -> InputError:
    ja = f"「{column[1]}」の列" if column else "同じ見出しの列"
    en = f"column {column[0]}" if column else "one header"
    return InputError(
        f"{ja}が二つあります({first + 1}列目と{second + 1}列目)。"
        "どちらか一つを残すか、見出しを直してください。",
        f"{en} stands twice (columns {first + 1} and {second + 1});"
        " keep one of them or correct the header.",
        file=file,
        lines=_at(line),
    )


def _at(line: int | None) -> tuple[int, ...]:
    return () if line is None else (line,)
