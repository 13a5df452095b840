"""The difference of two results on stdout; nothing of a person is in it."""

from __future__ import annotations

import io
import json

import polars as pl

from validator.output.tables import for_spreadsheets
from validator.privacy.visible import visible
from validator.resources import load_toml

DIFF_VERSION = "1.0"
_CHANGES = {
    "newly_held": ("新しい保留", "newly held"),
    "newly_returned": ("新しい返戻", "newly returned"),
    "released": ("解けた保留・返戻", "newly released"),
    "changed": ("区分か原因が変わったもの", "class or cause changed"),
    "added": ("新しい結果だけにあるもの", "only in the new result"),
    "gone": ("前の結果だけにあるもの", "only in the old result"),
}
_VERDICTS = {"pass": ("合格", "pass"), "hold": ("保留", "hold"), "return": ("返戻", "return")}
_MOST_SHOWN = 100


def render(changes: pl.DataFrame, same: int, style: str, lang: str) -> str:
    """``text``, ``json`` (one document) or ``csv`` (one row a changed record, all of them)."""
    counts = dict(changes.group_by("change").len().iter_rows())
    whole = {name: counts.get(name, 0) for name in _CHANGES} | {"same": same}
    if style == "json":
        document = {
            "schema_version": DIFF_VERSION,
            "counts": whole,
            "changes": changes.to_dicts(),
            "complete": True,
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if style == "csv":
        buffer = io.StringIO()
        for_spreadsheets(changes).write_csv(buffer)
        return buffer.getvalue()
    return _text(changes, whole, 1 if lang == "en" else 0)


def _text(changes: pl.DataFrame, counts: dict[str, int], lang: int) -> str:
    head = [
        f"{words[lang]} {counts[name]:,}" + ("件" if lang == 0 else "")
        for name, words in _CHANGES.items()
    ]
    head.append(f"変わらないもの {counts['same']:,}件" if lang == 0 else f"same {counts['same']:,}")
    lines = ["、".join(head) if lang == 0 else ", ".join(head)]
    for name, words in _CHANGES.items():
        rows = changes.filter(change=name)
        if rows.is_empty():
            continue
        lines.append(f"{words[lang]}:")
        lines += [f"  {_line(row, lang)}" for row in rows.head(_MOST_SHOWN).iter_rows(named=True)]
        if rows.height > _MOST_SHOWN:
            more = rows.height - _MOST_SHOWN
            lines.append(
                f"  ほか{more:,}件(--format csv で全件)"
                if lang == 0
                else f"  and {more:,} more (--format csv shows all)"
            )
    return "\n".join(lines) + "\n"


def _line(row: dict[str, object], lang: int) -> str:
    place = f"{visible(str(row['source_file']))}:{row['line']}"
    name = row["record_id"] or row["old_record_id"]
    return f"{place} {name}: {_stand(row, 'old_', lang)} → {_stand(row, '', lang)}"


def _stand(row: dict[str, object], prefix: str, lang: int) -> str:
    verdict = row[f"{prefix}verdict"]
    if verdict is None:
        return "-"
    word = _VERDICTS[str(verdict)][lang]
    causes = load_toml("codes/causes.toml")["causes"]
    about = [str(row[f"{prefix}hold_class"])] if row[f"{prefix}hold_class"] else []
    known = causes.get(row[f"{prefix}cause"] or "")
    about += [known["en" if lang else "ja"]] if known else []
    return f"{word}({' '.join(about)})" if about else word
