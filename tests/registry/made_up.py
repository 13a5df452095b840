"""Made-up extracts. Numbers are computed when a test runs; none stands in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
COLUMNS = ("my_number", "name_kanji", "name_kana", "birth_date", "sex", "address")


def number(seed: int, *, fits: bool = True) -> str:
    """A number that belongs to nobody; ``fits`` says whether its check digit does."""
    body = f"{70_000_000_000 + seed * 9973:011d}"
    rest = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11
    digit = 0 if rest <= 1 else 11 - rest
    return body + str(digit if fits else (digit + 5) % 10)


def resident(seed: int, **changes: str) -> dict[str, str]:
    """A row of an extract."""
    row = {
        "my_number": number(seed),
        "name_kanji": f"見本　{seed}子",
        "name_kana": "ミホン　ハナコ",
        "birth_date": "1980-01-02",
        "sex": "2",
        "address": f"東京都江東区豊洲一丁目{seed}番",
    }
    return row | changes


def to_csv(
    path: Path,
    rows: Sequence[Mapping[str, str]],
    *,
    columns: Sequence[str] | None = None,
    encoding: str = "utf-8",
    separator: str = ",",
) -> Path:
    """Write rows with the union of their columns, or ``columns``."""
    names = list(columns or dict.fromkeys(name for row in rows for name in row))
    lines = [separator.join(names)]
    lines += [separator.join(row.get(name, "") for name in names) for row in rows]
    path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return path


def normalise(frame: pl.DataFrame) -> pl.DataFrame:
    """Two normal forms, enough to see that they travel."""
    return frame.with_columns(
        pl.col("name_kanji").str.replace_all(r"\s", "").alias("n_name"),
        pl.col("birth_date").str.to_date("%Y-%m-%d", strict=False).alias("n_birth"),
    )


def wanted(*numbers: str) -> pl.Series:
    """Numbers as the pipeline asks for them."""
    return pl.Series([int(n) for n in numbers], dtype=pl.Int64)
