"""Municipality and town of two split addresses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import polars as pl

from validator.fields.address.compare.completion import WARD_AMBIGUOUS
from validator.fields.address.compare.twins import twin_towns
from validator.fields.address.gazetteer.store import DATA
from validator.fields.address.parse.key import key
from validator.fields.name.variants import key_table
from validator.fields.text import VARIATION_SELECTORS, drop_spaces, fold_width

MUNICIPALITY_DIFFERS = "MUNICIPALITY_DIFFERS"
TOWN_DIFFERS = "TOWN_DIFFERS"
PLACE_DIFFERS = "PLACE_DIFFERS"
DIFFERENT_PLACE = (MUNICIPALITY_DIFFERS, TOWN_DIFFERS, PLACE_DIFFERS)
_MARK = "大字|字"
# Written one for the other in place names. They tell two towns of a municipality apart only where
# data/gazetteer/apart.tsv says so, and there they are not folded (see `kept_apart`).
_PLACE_KANA = {**dict.fromkeys("ヶガがヵ", "ケ"), **dict.fromkeys("の之乃", "ノ"), "ッ": "ツ"}


def compare_places(frame: pl.DataFrame) -> pl.DataFrame:
    """``place``: why municipality or town differ or are in doubt; null where they are equal.

    ``frame``: the parts of both sides (prefixes ``s_`` and ``r_``) as `completed` leaves them.
    """
    read = (pl.col("s_city") != "") & (pl.col("r_city") != "")
    same_city = pl.all_horizontal(
        pl.col(f"s_{part}") == pl.col(f"r_{part}") for part in ("prefecture", "city")
    )
    contradicts = [
        pl.col(f"{side}_reasons").fill_null("").str.contains("PREF_CONTRADICTS") for side in "sr"
    ]
    lacking = pl.coalesce("s_lacking", "r_lacking")
    streets = [_folded_street(f"{side}_street") for side in "sr"]
    return frame.hstack([_towns(frame), twin_towns(frame)]).select(
        place=pl.when(~read)
        .then(pl.lit(PLACE_DIFFERS))
        .when(~same_city)
        .then(pl.lit(MUNICIPALITY_DIFFERS))
        .when((pl.col("s_oaza") == "") != (pl.col("r_oaza") == ""))
        .then(pl.lit("TOWN_MISSING"))
        .when(pl.col("town") == "other")
        .then(pl.lit(TOWN_DIFFERS))
        .when("twin", (pl.col("s_street") == "") != (pl.col("r_street") == ""))
        .then(pl.lit("STREET_MISSING"))
        .when("twin", streets[0] != streets[1])
        .then(pl.lit("STREET_DIFFERS"))
        .when(pl.col("s_muni_code").is_null() | pl.col("r_muni_code").is_null())
        .then(pl.lit(WARD_AMBIGUOUS))
        .when(lacking.is_not_null())
        .then(lacking)
        .when(contradicts[0] != contradicts[1])
        .then(pl.lit("PREFECTURE_DIFFERS"))
        .when(pl.col("town") == "mark")
        .then(pl.lit("OAZA_MARK"))
    )


def _towns(frame: pl.DataFrame) -> pl.Series:
    """``town``: same, mark (two towns that only 大字 or 字 tells apart), or other."""
    state = pl.repeat("same", frame.height, eager=True).alias("town")
    at = frame.select(pl.col("s_oaza") != pl.col("r_oaza")).to_series().arg_true()
    if not len(at):
        return state
    some = frame[at]
    listed, known = (
        [~pl.col(f"{side}_reasons").fill_null("").str.contains(code) for side in "sr"]
        for code in ("TOWN_UNLISTED", "KOAZA_UNLISTED")
    )
    s_name, r_name, s_whole, r_whole = keys_of(
        some["s_oaza"] + some["s_koaza"],
        some["r_oaza"] + some["r_koaza"],
        whole_place(some, "s"),
        whole_place(some, "r"),
    )
    plain = _plain(pl.concat([some["s_oaza"], some["r_oaza"].alias("s_oaza")]))
    some = some.with_columns(
        listed=listed[0] & listed[1],
        # 井田字新田 and 井田新田: one text but for a 字, whose 小字 begins elsewhere.
        shifted=(s_name == r_name) & ~(known[0] & known[1]),
        known=known[0] | known[1],
        s=plain.head(some.height),
        r=plain.tail(some.height),
        s_whole=s_whole,
        r_whole=r_whole,
    )
    unmarked = [pl.col(side).str.replace_all(_MARK, "") for side in "sr"]
    found = some.select(
        pl.when(pl.col("s") == pl.col("r"))
        .then(pl.lit("same"))
        # A town that the gazetteer lacks is compared with all that follows it up to the 方書.
        .when(~pl.col("listed") & (pl.col("s_whole") == pl.col("r_whole")))
        .then(pl.lit("same"))
        .when(pl.col("listed") & pl.col("shifted"))
        .then(pl.when("known").then(pl.lit("same")).otherwise(pl.lit("mark")))
        .when(unmarked[0] != unmarked[1])
        .then(pl.lit("other"))
        .when("listed")
        .then(pl.lit("mark"))
        .otherwise(pl.lit("same"))
    ).to_series()
    return state.scatter(at, found)


@cache
def kept_apart() -> str:
    """Regex for names, in any spelling, that such a fold would take for a neighbouring town's."""
    lines = (DATA / "apart.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names = "|".join(line.split("\t")[0] for line in lines)
    for folded in "ケノツ":
        written = "".join(c for c, to in (_PLACE_KANA | {folded: folded}).items() if to == folded)
        names = names.replace(folded, f"[{written}]")
    return names


@cache
def _characters() -> dict[int, str]:
    return str.maketrans(key_table() | _PLACE_KANA)


def _plain(names: pl.Series) -> pl.Series:
    """Names as two entries of one place agree in them: forms of characters, ケ, ノ, ッ."""
    text = pl.col("t").str.replace_all(VARIATION_SELECTORS, "")
    folded = names.alias("t").to_frame().select(drop_spaces(fold_width(text))).to_series()
    # An automaton over all characters takes longer to build than these few names to read.
    return pl.Series([name.translate(_characters()) for name in folded], dtype=pl.String)


def whole_place(frame: pl.DataFrame, side: str) -> pl.Series:
    """Town, 丁目, 小字, letters and numbers of a side as one text."""
    chome = pl.col(f"{side}_chome").cast(pl.String)
    return frame.select(
        pl.concat_str(
            pl.col(f"{side}_oaza"),
            pl.when(chome.is_not_null()).then(chome + "丁目").otherwise(pl.lit("")),
            f"{side}_koaza",
            f"{side}_letters",
            f"{side}_numbers",
        )
    ).to_series()


def keys_of(*texts: pl.Series) -> Iterator[pl.Series]:
    """The key of every text of several series of one length, for the cost of one look."""
    keys = key(pl.concat([text.alias("text") for text in texts]))
    height = len(texts[0])
    return (keys.slice(place * height, height) for place in range(len(texts)))


def _folded_street(column: str) -> pl.Expr:
    """上る, 上ル and 上がる are one word, as are 入る, 入ル and 入."""
    text = fold_width(pl.col(column)).str.replace_all("(上|下)(?:が|ガ)?(?:る|ル)", "${1}")
    return drop_spaces(text.str.replace_all("(西|東)入(?:る|ル)?", "${1}")).str.replace_all(
        "[、,・]|通(?:り)?", ""
    )
