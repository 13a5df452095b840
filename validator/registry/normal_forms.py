"""Normal forms stored with a registry, and how to tell that they are still today's.

A registry keeps the normal forms of the day it was built. Should the rules of normalisation
have changed since, comparing against them would be quietly wrong; so a few made-up rows are
normalised both times, and their fingerprints must agree. Where neither code nor tables have
changed, that is known without normalising anything.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import polars as pl

from validator.errors import InternalError
from validator.registry.model import HOLDER_COLUMNS, NORMAL_PREFIX, RAW_COLUMNS, Normalise
from validator.resources import schemas_dir

_PROBES: tuple[dict[str, str], ...] = (
    {
        "name_kanji": "髙橋　太郎",
        "name_kana": "タカハシ　タロウ",
        "birth_date": "1980-01-02",
        "sex": "1",
        "address": "東京都江東区豊洲一丁目2番3号　見本ビル405号室",
        "postal_code": "135-0061",
    },
    {
        "name_kanji": "渡邉\U000e0100 はな子",
        "name_kana": "ﾜﾀﾅﾍﾞ ﾊﾅｺ",
        "birth_date": "昭和55年1月2日",
        "sex": "女",
        "address": "北海道札幌市中央区北１条西２丁目３番地の４",
        "previous_address": "京都府京都市中京区寺町通御池上る上本能寺前町488番地",
        "former_name_kanji": "齊藤　はな子",
        "former_name_kana": "さいとう　はなこ",
        "status": "moved_abroad",
        "as_of": "2025-12-01",
    },
    {
        "name_kanji": "ＳＡＭＰＬＥ ＡＮＮ MARIE",
        "name_kana": "サンプル　アン マリー",
        "birth_date": "20000229",
        "sex": "F",
        "address": "神奈川県三浦郡葉山町大字堀内字風早2135番地1－ﾒｿﾞﾝ101",
        "alias_kanji": "見本　杏",
        "alias_kana": "ミホン　アンヌ",
    },
    {},
)


def probe_frame() -> pl.DataFrame:
    """Made-up rows of many notations, with the columns `HOLDER_COLUMNS`."""
    rows = [{name: probe.get(name) for name in RAW_COLUMNS} for probe in _PROBES]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(RAW_COLUMNS, pl.String))
    return frame.with_columns(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("number"), pl.lit(False).alias("conflict")
    ).select(HOLDER_COLUMNS)


def add_normal_forms(frame: pl.DataFrame, normalise: Normalise) -> pl.DataFrame:
    """``frame`` (`HOLDER_COLUMNS`) with its ``n_…`` columns, sorted by name, and nothing else.

    InternalError if ``normalise`` loses, adds or changes rows.
    """
    normal = normalise(frame)
    added = sorted(name for name in normal.columns if name.startswith(NORMAL_PREFIX))
    if normal.height != frame.height or not set(HOLDER_COLUMNS) <= set(normal.columns):
        raise InternalError(
            "プログラムの内部エラーです(正規化で行または列が変わりました)。開発元へ連絡してください。",
            "internal fault: normalisation changed rows or columns; please report it.",
        )
    return normal.select(*HOLDER_COLUMNS, *added)


def fingerprint(probes: pl.DataFrame) -> str:
    """Hash of names, types and values of the normal forms of `probe_frame`."""
    normal = probes.select(name for name in probes.columns if name.startswith(NORMAL_PREFIX))
    digest = hashlib.sha256(repr(list(normal.schema.items())).encode())
    digest.update(repr(normal.rows()).encode())
    return digest.hexdigest()


def code_token(normalise: Normalise) -> str:
    """Hash of the code and tables behind ``normalise``; empty if they cannot be told.

    Its package and ``schemas/codes``: some forty small files, far cheaper than the probes.
    """
    module = sys.modules.get(getattr(normalise, "__module__", None) or "")
    source = getattr(module, "__file__", None)
    if source is None:
        return ""
    digest = hashlib.sha256(getattr(normalise, "__qualname__", "").encode())
    for folder in (Path(source).parent, schemas_dir() / "codes"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(folder)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
