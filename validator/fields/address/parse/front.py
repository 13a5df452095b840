"""What stands before an address: 〒 and code, a label, a remark in brackets."""

from __future__ import annotations

import polars as pl

from validator.fields.address.ladder import PREFECTURES
from validator.fields.text import HYPHENS, fold_width

_SPACE = r"[\s\u00a0\u3000\u2800\u3164、，,:：]"
_CODE = (
    f"(?:郵便番号)?{_SPACE}*〒?{_SPACE}*"
    f"([0-9０-９]{{3}}{_SPACE}*[{HYPHENS}ーｰ一の]?{_SPACE}*[0-9０-９]{{4}})"
)
_LABEL = "(?:郵便番号|住所|現住所|所在地|自宅)"
_COUNTRY = f"(?:日本国?|(?i:japan)){_SPACE}"
# 日本 right before a prefecture is the country, in 日本橋 it is not.
_JOINED_COUNTRY = f"^(日本国?)(?:{'|'.join(PREFECTURES)})"
_BRACKET = "[（(【［\\[〔「『][^）)】］\\]〕」』]{0,20}[）)】］\\]〕」』]"
_FRONT = (
    f"^((?:{_SPACE}|{_LABEL}{_SPACE}|{_BRACKET}|〒|{_COUNTRY})*(?:{_CODE}[^0-9０-９]|{_CODE}$)?)"
)
_CONCERNED = f"^(?:{_SPACE}|[〒0-9０-９（(【［\\[〔「『郵住現所自日Jj])"


def read_front(full: pl.DataFrame, longest: int) -> tuple[pl.DataFrame, pl.Series]:
    """``front`` (Int64, characters before the address), ``postal_code`` (7 digits); and the rest.

    ``full``: one String column without nulls. The rest is ``longest`` characters at most.
    """
    text = pl.col("full")
    head = full.select_seq(
        text.str.slice(0, longest).alias("head"), at=text.str.contains(_CONCERNED)
    )
    frame = pl.DataFrame(
        {
            "front": pl.Series([0]).new_from_index(0, full.height),
            "postal_code": pl.Series([None], dtype=pl.String).new_from_index(0, full.height),
        }
    )
    if not head["at"].any():
        return frame, head["head"]
    at = head["at"].arg_true()
    read = (
        head.select_seq(text=pl.col("head").gather(at))
        .with_columns_seq(found=pl.col("text").str.extract_groups(_FRONT))
        .select_seq(
            head=pl.col("found").struct.field("1").fill_null(""),
            code=pl.coalesce(pl.col("found").struct.field("2"), pl.col("found").struct.field("3")),
            # The character that shows that the code has ended is not part of it.
            ended=pl.col("found").struct.field("2").is_not_null(),
            text="text",
        )
        .with_columns_seq(
            front=pl.col("head").str.len_chars().cast(pl.Int64)
            - pl.when("ended").then(1).otherwise(0)
        )
        .with_columns_seq(country=pl.col("text").str.slice(pl.col("front")))
        .with_columns_seq(
            country=pl.col("country").str.extract(_JOINED_COUNTRY, 1).str.len_chars().fill_null(0)
        )
        .select_seq(
            front=pl.col("front") + pl.col("country").cast(pl.Int64),
            postal_code=fold_width(pl.col("code")).str.replace_all("[^0-9]", ""),
        )
    )
    frame = frame.with_columns(
        frame["front"].scatter(at, read["front"]),
        frame["postal_code"].scatter(at, read["postal_code"]),
    )
    written = full.hstack(frame).select_seq(text.str.slice(pl.col("front"), longest))
    return frame, written.to_series()
