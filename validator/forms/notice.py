"""Who gets a 資格情報のお知らせ (QA-01, QA-09, QA-11, QA-12)."""

from __future__ import annotations

import polars as pl


def notice_asked() -> pl.Expr:
    """True where a record, once it is registered, brings a 資格情報のお知らせ.

    An addition to membership (QA-09); a reissue for somebody who cannot log in to マイナポータル
    (QA-11); a changed share of somebody of 70 or more (QA-12). A changed name brings none.
    """
    reissue = pl.col("form") == "oshirase_saikofu"
    no_login = (pl.col("cannot_login_flag") == "yes").fill_null(value=False)
    share = pl.col("share_differs") & pl.col("is_70").fill_null(value=False)
    return pl.col("is_addition") | (reissue & (no_login | share))
