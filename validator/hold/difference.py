"""What a clerk's decision is about: one employer, one form, and what the two sides say.

A digest of the five items of both sides as they are compared, never of the number. It changes by
itself as soon as the form or the registry says something else. An item that agrees with the
registry counts as agreeing, however it is written.
"""

from __future__ import annotations

import hashlib

import polars as pl

from validator.fields.address.compare import FORMS
from validator.fields.address.compare.place import kept_apart
from validator.fields.address.ladder import LONGEST, address_forms
from validator.fields.levels import agrees
from validator.fields.text import HYPHENS, SPACES, drop_spaces, fold_width
from validator.hold.place_key import place_keys
from validator.match.levels import ITEMS
from validator.privacy.mask import holds_number

_SCOPE = ("office_code", "form")
_SUBMITTED = (*ITEMS, "key_kanji", "key_kana", "birth", "sex_code")
_HOLDER = ("r_n_kanji", "r_n_kana", "r_n_birth", "r_n_sex", *(f"r_n_{form}" for form in FORMS))
# Normal form and submitted column of each item but the address.
_NORMAL = (
    ("key_kanji", "name_kanji"),
    ("key_kana", "name_kana"),
    ("birth", "birth_date"),
    ("sex_code", "sex"),
)
_AGREES = "agrees"
DIGEST_LENGTH = 32  # hexadecimal digits: 128 bits
DIGESTS = ("difference", "submitted", "holder")
DIGEST_SCHEMA = {"row": pl.UInt32, **dict.fromkeys(DIGESTS, pl.String)}
"""``submitted`` and ``holder``: each side alone, so that it can be told which one has changed."""


def sides(facts: pl.DataFrame) -> pl.DataFrame:
    """The columns of ``facts`` that `digests` needs, and ``clear`` (`Policy.clearing`).

    Without a registry those of the holder are null.
    """
    absent = [pl.lit(None, dtype=pl.String).alias(c) for c in _HOLDER if c not in facts.columns]
    return facts.with_columns(absent).select(
        "row",
        "clear",
        "known",
        *_SCOPE,
        *_SUBMITTED,
        *_HOLDER,
        *(f"r_{item}" for item in ITEMS),
        *(f"level_{item}" for item in ITEMS),
    )


def digests(both: pl.DataFrame) -> pl.DataFrame:
    """``row`` and `DIGESTS` (`DIGEST_LENGTH` hexadecimal digits each) of the records of `sides`.

    ``difference`` and ``holder`` are null where nobody has the number. All are null where
    something that looks like a My Number stands in one of the items: no hash is made of it.
    """
    if both.is_empty():
        return pl.DataFrame(schema=DIGEST_SCHEMA)
    forms, places = _forms_and_places(both)
    scope = [fold_width(pl.col(c)).str.strip_chars() for c in _SCOPE]
    names = [_given(normal, written) for normal, written in _NORMAL]
    joined = both.join(forms, on="row", how="left", maintain_order="left").join(
        places, on="row", how="left", maintain_order="left"
    )
    texts = joined.select(
        "row",
        hides_number=_hides_number(),
        known="known",
        submitted=_text(*scope, *names, drop_spaces(fold_width(pl.col("address")))),
        differing=_text(
            *scope,
            *(
                pl.when(agrees(f"level_{item}")).then(pl.lit(_AGREES)).otherwise(part)
                for (_, item), part in zip(_NORMAL, names, strict=True)
            ),
            *_address("address", "s_"),
        ),
        holder=_text(
            *scope,
            _given("r_n_kanji", "r_name_kanji"),
            _given("r_n_kana", "r_name_kana"),
            _given("r_n_birth", "r_birth_date"),
            _given("r_n_sex", "r_sex"),
            *_address("r_address", "r_n_"),
        ),
    )
    return pl.DataFrame(
        [_row(*values) for values in texts.iter_rows()], schema=DIGEST_SCHEMA, orient="row"
    )


def _row(
    row: int,
    hides_number: bool,
    known: bool,
    submitted: str,
    differing: str,
    holder: str,
) -> tuple[int, str | None, str | None, str | None]:
    if hides_number:
        return row, None, None, None
    own = _hash("submitted", submitted)
    if not known:
        return row, None, own, None
    other = _hash("holder", holder)
    return row, _hash("difference", differing + other), own, other


def _hash(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}:{text}".encode()).hexdigest()[:DIGEST_LENGTH]


def _text(*parts: pl.Expr) -> pl.Expr:
    """The parts in one text, each behind its length: no two lists of parts give the same one."""
    marked = [pl.concat_str(p.str.len_chars(), pl.lit(":"), p).fill_null("-") for p in parts]
    return pl.concat_str(*marked)


def _forms_and_places(both: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What tells addresses apart, of those that do not agree and of the holders'.

    ``row``, comparison forms (``s_``) and key ``s_place``; ``row`` and key ``r_n_place``.
    """
    rows = both.filter(pl.col("known") & ~agrees("level_address")).select("row", "address")
    holders = both.filter("known").select("row", "r_address")
    # Parsed in one go: each is read as it would be alone.
    keys = place_keys(pl.concat([rows["address"], holders["r_address"].alias("address")]))
    forms = address_forms(rows["address"]).select(pl.all().name.prefix("s_"))
    return (
        rows.select("row").hstack(forms).with_columns(s_place=keys.head(rows.height)),
        holders.select("row", r_n_place=keys.tail(holders.height)),
    )


def _hides_number() -> pl.Expr:
    """True where one of the items holds, or is, what looks like a My Number."""
    items = (*_SCOPE, *ITEMS, *(f"r_{item}" for item in ITEMS))
    whole = pl.concat_str(pl.lit(""), *items, pl.lit(""), separator="|", ignore_nulls=True)
    bare = fold_width(whole).str.replace_all(f"[{HYPHENS[1:]}\\-]|{SPACES}", "")
    return holds_number(whole) | bare.str.contains(r"\|[0-9]{11,12}\|")


def _given(normal: str, written: str) -> pl.Expr:
    """The normal form, or what is written where it has none."""
    return pl.coalesce(pl.lit("=") + pl.col(normal).cast(pl.String), pl.lit("~") + pl.col(written))


def _address(written: str, prefix: str) -> list[pl.Expr]:
    """The place, or the comparison forms where it is not certain; and what these lose.

    They do not tell some towns apart, and read no text beyond their limit.
    Of a submitted address that agrees with the registry there is neither.
    """
    text = pl.col(written)
    if written == "address":
        text = pl.when(agrees("level_address")).then(pl.lit(_AGREES)).otherwise(text)
    return [
        pl.col(f"{prefix}place"),
        *(pl.when(pl.col(f"{prefix}place").is_null()).then(f"{prefix}{form}") for form in FORMS),
        text.str.extract(f"({kept_apart()}|^{_AGREES}$)", 1),
        pl.when(text.str.len_chars() > LONGEST).then(text),
    ]
