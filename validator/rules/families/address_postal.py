"""郵便番号 (AD): the town that a code covers, beside the town of the address."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

_FIT = pl.col("postal_fit")
_CODE = pl.col("postal_code_of_town")
_LIST = ("日本郵便 郵便番号データ(同梱、2026-10)",)
_HINT = Text(
    "登録は止まりません。町名と郵便番号のどちらが正しいか確認してください(提案欄は、町名が正しい場合の郵便番号)。",
    "Nothing is stopped. Check which of town and code is right (the suggestion is the town's code).",
)


def _alone(address: str, postal_code: str) -> Example:
    return Example({"address": address, "postal_code": postal_code}, without_registry=True)


RULES = (
    Rule(
        code="AD045",
        slug="postal-code-other-town",
        field="postal_code",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "郵便番号は、同じ市区町村の別の町のものです。",
            "The postal code belongs to another town of the municipality.",
        ),
        hint=_HINT,
        why=Text(
            "市区町村内の転居で、一方が以前のままの可能性があります。",
            "After a move within the municipality one of the two may be the old one.",
        ),
        source=_LIST,
        cannot_see=Text(
            "番地・階・通り名で分かれる番号は、町名だけで見ます。日本郵便が掲載しない町は対象にしません。",
            "Codes told apart by numbers, floors or streets are taken by their town; towns that Japan Post does not list are left out.",
        ),
        when=_FIT == "other_town",
        suggestion=_CODE,
        bad=(
            _alone("東京都江東区豊洲一丁目2番27号", "135-0062"),
            Example({"address": "東京都江東区東雲1-9-1", "postal_code": "135-0061"}),
        ),
        good=(
            Example(),
            _alone("東京都江東区豊洲1-2-27", "１３５００６１"),
            _alone("東京都千代田区丸の内1-5-1 新丸の内ビルディング5階", "100-6505"),
            _alone("京都府京都市中京区寺町通御池上る上本能寺前町488", "604-0925"),
        ),
    ),
    Rule(
        code="AD046",
        slug="postal-code-whole-municipality",
        field="postal_code",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "郵便番号は市区町村全体のもの(以下に掲載がない場合)で、この町には別の番号があります。",
            "The postal code stands for towns that are not listed; this town has a code of its own.",
        ),
        hint=Text(
            "対応は不要です。郵便は届きますが、提案欄の番号が正確です。",
            "Nothing to do. Post arrives, yet the suggested code is the exact one.",
        ),
        why=Text(
            "町名を調べずに書かれた番号です。", "The code was written without looking up the town."
        ),
        source=_LIST,
        cannot_see=Text(
            "同梱データより新しい郵便番号は知りません。",
            "A code younger than the packaged data is unknown.",
        ),
        when=_FIT == "whole_municipality",
        suggestion=_CODE,
        bad=(_alone("東京都江東区豊洲一丁目2番27号", "135-0000"),),
        good=(Example(), _alone("東京都利島村1番地", "100-0301")),
    ),
    Rule(
        code="AD047",
        slug="postal-code-other-chome",
        field="postal_code",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "郵便番号は、同じ町の別の丁目のものです。",
            "The postal code belongs to other 丁目 of the town.",
        ),
        hint=_HINT,
        why=Text("丁目か郵便番号の書き誤りの可能性があります。", "Either may be a slip."),
        source=_LIST,
        cannot_see=Text(
            "丁目の一覧のない番号や、番地で分かれる番号は調べません。",
            "Codes without a list of 丁目, or told apart by numbers, are left out.",
        ),
        when=_FIT == "other_chome",
        suggestion=_CODE,
        bad=(_alone("北海道札幌市中央区北一条西二十丁目1番1号", "060-0001"),),
        good=(
            Example(),
            _alone("北海道札幌市中央区北一条西二丁目1番1号", "060-0001"),
            _alone("北海道札幌市中央区北一条西二十丁目1番1号", "064-0821"),
        ),
    ),
)
