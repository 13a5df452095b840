"""Renew validator/hold/data/surnames.parquet: how common family names are.

Needs the development package: ``pip install "japanese-personal-name-dataset==0.4.0"``;
``python tools/build_surname_data.py``
"""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
from build_world_data import WORLD_DATA, build_surnames, package_folder

from validator.fields.name import kanji_key

TARGET = Path(__file__).resolve().parent.parent / "validator" / "hold" / "data"
# Bearers are counted in the population of Japan (Statistics Bureau, about 124 million in 2024).
_POPULATION = 124_000_000


def main() -> None:
    """Write ``family`` (comparison key) and ``share`` (of the population)."""
    names = build_surnames(package_folder("japanese_personal_name_dataset") / "dataset")
    shares = (
        names.select(family=kanji_key(pl.col("surname")), share=pl.col("population") / _POPULATION)
        .group_by("family")
        .agg(pl.col("share").sum())
        .sort("share", "family", descending=[True, False])
    )
    shares.write_parquet(TARGET / "surnames.parquet", compression="zstd")
    shutil.copyfile(WORLD_DATA / "LICENSE-names.txt", TARGET / "LICENSE-names.txt")
    print(f"{shares.height} family names, {shares['share'].sum():.1%} of the population")


if __name__ == "__main__":
    main()
