"""Renew the packaged readings of names: validator/fields/reading/data/.

Needs two Debian packages and one Python package (development only):
    apt-get install enamdict kanjidic
    pip install "japanese-personal-name-dataset==0.4.0"
    python tools/build_reading_data.py

Writes characters, learned readings and name pairs, and the licence texts beside them. The same
sources give the same files.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path

import polars as pl
from learn_readings import learn

from validator.fields.kana.ladder import kana_key
from validator.fields.reading import store
from validator.fields.reading.folding import MAX_PART
from validator.fields.reading.lattice import Lattice
from validator.fields.reading.sounds import folded_kana

EDRDG = Path("/usr/share/edict")
EDRDG_LICENCE = Path("/usr/share/doc/enamdict/copyright")
MIT_PACKAGE = "japanese-personal-name-dataset"
KANA = r"^[ァ-ヶーぁ-ゖ]+$"
LONGEST_SURNAME, LONGEST_GIVEN = 5, 6

# Characters outside JIS X 0208 are missing from the source's kanji, not from its kana: 軽﨑 became
# 軽 カルサキ. These are the ones that surnames often have (﨑 髙 濵 栁 德).
LOST = ("サキ", "ザキ", "タカ", "ダカ", "ハマ", "バマ", "ヤナギ", "ヤナ", "トク")

_ENTRY = re.compile(r"^(\S+) \[(\S+)\] /(.*)/$")
_SENSE = re.compile(r"^\(([a-z,]+)\) (.*)$")
_FULL_NAME = re.compile(r"^[A-Z]\S* [A-Z]")
# 連用形 of verbs: 高める → タカメ, 渡る → ワタリ; names use them as nouns.
_CONTINUATIVE = dict(zip("ウクグスツズヌブムル", "イキギシチジニビミリ", strict=True))


def edrdg_lines(name: str) -> Iterator[str]:
    """Lines of an EDRDG file without its heading."""
    text = (EDRDG / name).read_bytes().decode("euc_jp")
    yield from text.splitlines()[1:]


def spoken_forms(entry: str) -> set[str]:
    """Sounds of one KANJIDIC entry (たか.い): stem, full, 連用形, classical し and き."""
    stem, _, ending = entry.strip("-").partition(".")
    full = folded_kana(stem + ending)
    forms = {folded_kana(stem), full}
    if ending:
        if full[-1] in _CONTINUATIVE:
            forms.add(full[:-1] + _CONTINUATIVE[full[-1]])
        if full[-1] == "ル":
            forms.add(full[:-1])
        if full[-1] == "イ":
            forms |= {full[:-1] + "シ", full[:-1] + "キ"}
    return {form for form in forms if form}


def build_characters() -> pl.DataFrame:
    """KANJIDIC's on, kun and name readings; nothing else of it is used."""
    rows: set[tuple[str, str, str]] = set()
    for line in edrdg_lines("kanjidic"):
        character, section = line[0], "reading"
        for word in re.sub(r"\{[^}]*\}", "", line[1:]).split():
            if word in {"T1", "T2"}:
                section = "nanori" if word == "T1" else "radical name"
            elif section != "radical name" and re.fullmatch("[-ぁ-んァ-ヶー.]+", word):
                if section == "nanori":
                    source = "nanori"
                elif "ァ" <= word.strip("-")[0] <= "ヶ":
                    source = "on"
                else:
                    source = "inflected" if "." in word else "kun"
                rows |= {(character, form, source) for form in spoken_forms(word)}
    schema = ["character", "reading", "source"]
    return pl.DataFrame(sorted(rows), schema=schema, orient="row")


def enamdict_rows() -> Iterator[tuple[bool, str, str]]:
    """(is surname, kanji, kana) of entries tagged as surname or given name, not as full name."""
    for line in edrdg_lines("enamdict"):
        entry = _ENTRY.match(line)
        if entry is None:
            continue
        kanji, kana, senses = entry.groups()
        for sense in senses.split("/"):
            tagged = _SENSE.match(sense)
            if tagged is None or _FULL_NAME.match(tagged[2]):
                continue
            tags = set(tagged[1].split(","))
            if "h" not in tags:
                if "s" in tags:
                    yield True, kanji, kana
                if tags & {"g", "f", "m"}:
                    yield False, kanji, kana


def mit_rows(folder: Path) -> Iterator[tuple[bool, str, str, int | None]]:
    """(is surname, kanji, kana, people of that surname) of the MIT data set."""
    with (folder / "last_name_org.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream):
            yield True, row[0], row[2], int(row[1])
    for path in sorted(folder.glob("first_name_*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                yield from ((False, kanji, row[0], None) for kanji in row[2:] if kanji)


def clean(rows: pl.DataFrame) -> pl.DataFrame:
    """Names with at least one kanji, of a name's length; kana as `kana_key` writes it."""
    longest = pl.when("surname").then(LONGEST_SURNAME).otherwise(LONGEST_GIVEN)
    return (
        rows.filter(
            pl.col("kanji").str.contains(r"^[\p{Han}〆ぁ-ゖァ-ヺー]+$"),
            pl.col("kanji").str.contains(r"\p{Han}"),
            pl.col("kanji").str.len_chars() <= longest,
            pl.col("kana").str.contains(KANA),
            pl.col("kana").str.len_chars() <= MAX_PART,
        )
        .with_columns(kana=kana_key(pl.col("kana")))
        .unique()
        .sort("surname", "kanji", "kana")
    )


def full_names(pairs: pl.DataFrame) -> pl.DataFrame:
    """Given names that are a surname and a given name written together (佐々木小次郎)."""
    long = pairs.filter(
        ~pl.col("surname"),
        pl.col("kanji").str.len_chars() >= 5,
        ~pl.col("kanji").str.contains("[衛エヱ]門"),
    )
    cuts = long.with_columns(cut=pl.lit([2, 3], dtype=pl.List(pl.UInt32))).explode("cut")
    known = pairs.select("surname", part="kanji", reading="kana")
    family = cuts.with_columns(part=pl.col("kanji").str.slice(0, pl.col("cut"))).join(
        known.filter("surname").drop("surname"), on="part"
    )
    family = family.filter(pl.col("kana").str.starts_with(pl.col("reading")))
    rest = family.select(
        "kanji",
        "kana",
        part=pl.col("kanji").str.slice(pl.col("cut")),
        reading=pl.col("kana").str.slice(pl.col("reading").str.len_chars()),
    )
    return rest.join(known.filter(~pl.col("surname")), on=["part", "reading"]).select(
        pl.lit(value=False).alias("surname"), "kanji", "kana"
    )


def lost_a_character(pairs: pl.DataFrame) -> pl.DataFrame:
    """Surnames whose kana names one character more than their kanji (see `LOST`)."""
    # As printed, so that a new variant table does not change what is left out.
    lattice = Lattice(store.readings_as_printed(), {})
    damaged = []
    for surname, kanji, kana in pairs.filter("surname").iter_rows():
        if lattice.fits(kanji, kana, surname=True):
            continue
        shorter = (kana.replace(sound, "", 1) for sound in LOST if sound in kana)
        if any(rest and lattice.fits(kanji, rest, surname=True) for rest in shorter):
            damaged.append((surname, kanji, kana))
    return pl.DataFrame(damaged, schema=["surname", "kanji", "kana"], orient="row")


def build_edrdg_names() -> pl.DataFrame:
    """ENAMDICT's surnames and given names, without damaged ones and full names."""
    rows = pl.DataFrame(enamdict_rows(), schema=["surname", "kanji", "kana"], orient="row")
    pairs = clean(rows)
    for name, wrong in (
        ("full names", full_names(pairs)),
        ("a lost character", lost_a_character(pairs)),
    ):
        print(f"left out for {name}: {wrong.unique().height}")
        pairs = pairs.join(
            wrong, on=["surname", "kanji", "kana"], how="anti", maintain_order="left"
        )
    return pairs


def build_mit_names(folder: Path) -> pl.DataFrame:
    """The MIT data set's names, surnames with the people who have them."""
    schema = {"surname": pl.Boolean, "kanji": pl.String, "kana": pl.String, "people": pl.UInt32}
    return clean(pl.DataFrame(mit_rows(folder), schema, orient="row"))


def write(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as small as parquet allows."""
    frame.write_parquet(path, compression="zstd", compression_level=19, statistics=False)
    print(f"{path.name}: {frame.height} rows, {path.stat().st_size} bytes")


def write_folded() -> None:
    """The keys of characters and names, made ahead; renew them when a variant table changes."""
    write(store.folded_characters(), store.FOLDED_CHARACTERS)
    for frame, path in zip(store.folded_by_source(), store.FOLDED, strict=True):
        write(frame, path)


def main() -> None:
    """Renew every data file."""
    if sys.argv[1:] == ["--folded"]:
        write_folded()
        return
    spec = find_spec(MIT_PACKAGE.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations or not EDRDG.is_dir():
        raise SystemExit("a source is not installed; see the head of this script")
    store.DATA.mkdir(parents=True, exist_ok=True)
    write(build_characters(), store.CHARACTERS)
    write(build_edrdg_names(), store.NAMES[0])
    write(build_mit_names(Path(spec.submodule_search_locations[0]) / "dataset"), store.NAMES[1])
    write_folded()
    write(learn(store.folded_names()), store.LEARNED)
    (store.DATA / "LICENSE-edrdg.txt").write_bytes(EDRDG_LICENCE.read_bytes())
    licence = next(
        file
        for file in distribution(MIT_PACKAGE).files or []
        if file.name.upper().startswith("LICENSE")
    )
    (store.DATA / "LICENSE-names.txt").write_bytes(Path(str(licence.locate())).read_bytes())


if __name__ == "__main__":
    main()
