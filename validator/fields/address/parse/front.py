"""What stands before an address: 〒 and code, a label, a remark in brackets."""

from __future__ import annotations

import polars as pl

from validator.fields.text import HYPHENS, fold_width

_SPACE = r"[\s\u00a0\u3000\u2800\u3164、，,:：]"
_CODE = f"〒?{_SPACE}*([0-9０-９]{{3}}{_SPACE}*[{HYPHENS}ーｰ一の]?{_SPACE}*[0-9０-９]{{4}})"
_LABEL = "(?:郵便番号|住所|現住所|所在地|自宅)"
_BRACKET = "[（(【［\\[〔「『][^）)】］\\]〕」』]{0,20}[）)】］\\]〕」』]"
_FRONT = f"^((?:{_SPACE}|{_LABEL}{_SPACE}|{_BRACKET}|〒)*(?:{_CODE}[^0-9０-９]|{_CODE}$)?)"
_CONCERNED = f"^(?:{_SPACE}|[〒0-9０-９（(【［\\[〔「『郵住現所自])"


def read_front(written: pl.Series) -> pl.DataFrame:
    """``front`` (Int64, characters before the address) and ``postal_code`` (7 digits or null)."""
    frame = pl.DataFrame(
        {
            "front": pl.repeat(0, len(written), dtype=pl.Int64, eager=True),
            "postal_code": pl.repeat(None, len(written), dtype=pl.String, eager=True),
        }
    )
    at = written.str.contains(_CONCERNED).fill_null(value=False).arg_true()
    if not len(at):
        return frame
    read = (
        written.gather(at)
        .to_frame("text")
        .with_columns(found=pl.col("text").str.extract_groups(_FRONT))
        .select(
            head=pl.col("found").struct.field("1").fill_null(""),
            code=pl.coalesce(pl.col("found").struct.field("2"), pl.col("found").struct.field("3")),
            # The character that shows that the code has ended is not part of it.
            ended=pl.col("found").struct.field("2").is_not_null(),
        )
        .select(
            front=pl.col("head").str.len_chars().cast(pl.Int64)
            - pl.when("ended").then(1).otherwise(0),
            postal_code=fold_width(pl.col("code")).str.replace_all("[^0-9]", ""),
        )
    )
    return frame.with_columns(
        frame["front"].scatter(at, read["front"]),
        frame["postal_code"].scatter(at, read["postal_code"]),
    )
