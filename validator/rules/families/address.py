"""住所 (AD) and 郵便番号."""

from __future__ import annotations

from functools import partial

import polars as pl

from validator.fields.steps import step_words
from validator.rules.model import Effect, Example, Rule, Severity, Text

_NOTHING = Text("なし", "nothing")
_LEVEL = pl.col("level_address")
_STEPS = pl.col("steps_address")
_STEP_WORDS = {"steps": partial(step_words, "steps_address")}
_POSTAL = pl.col("postal_state")
# The code covers the municipality that the address means, whatever it calls it.
_COVERED = pl.col("postal_fit").is_not_null()
_ASK = Text(
    "住民票の住所を、事業所に確認してください。", "Ask the employer for the address on the 住民票."
)
_POSTAL_HINT = Text(
    "登録は止まりません。郵送先の確認に使ってください。",
    "Nothing is stopped; use it to check where post goes.",
)
_LIST = "日本郵便 郵便番号データ(同梱)"
_YOUNG = Text(
    "同梱データより新しい郵便番号は知りません。",
    "A code younger than the packaged data is unknown.",
)

RULES = (
    Rule(
        code="AD001",
        slug="address-missing",
        field="address",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text("住所がありません。", "The address is missing."),
        hint=_ASK,
        why=Text(
            "5項目の一つで、2023年12月8日から届書への記載が必須です。",
            "One of the five items, mandatory since 2023-12-08.",
        ),
        source=("保発1130第1号(2023-11-30)", "QA-01"),
        cannot_see=_NOTHING,
        when=pl.col("is_addition")
        & pl.col("address_blank")
        & ~pl.col("address_excused")
        # Towards the pension office a number makes the address superfluous.
        & ~((pl.col("receiver") == "pension_office") & pl.col("number").is_not_null()),
        bad=(
            Example({"address": None}),
            Example({"address": None, "my_number": None, "receiver": "pension_office"}),
        ),
        good=(
            Example({"address": None, "my_number": None, "no_number_reason": "海外在住"}),
            Example({"address": None, "receiver": "pension_office"}),
        ),
    ),
    Rule(
        code="AD002",
        slug="postal-code-malformed",
        field="postal_code",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text("郵便番号が7桁ではありません。", "The postal code has not seven digits."),
        hint=_POSTAL_HINT,
        why=Text(
            "表計算ソフトで先頭の0が失われることがあります。",
            "A spreadsheet may have dropped a leading zero.",
        ),
        source=("2200700 項番29・30",),
        cannot_see=_NOTHING,
        when=_POSTAL == "malformed",
        bad=(Example({"postal_code": "135-006"}), Example({"postal_code": "10001"})),
        good=(Example({"postal_code": "１３５－００６１"}),),
    ),
    Rule(
        code="AD003",
        slug="postal-code-unknown",
        field="postal_code",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text("この郵便番号は存在しません。", "There is no such postal code."),
        hint=_POSTAL_HINT,
        why=Text("住所か郵便番号の書き誤りです。", "Address or code is a slip."),
        source=(_LIST,),
        cannot_see=_YOUNG,
        when=_POSTAL == "unknown",
        bad=(Example({"postal_code": "999-9999"}),),
        good=(Example(),),
    ),
    Rule(
        code="AD004",
        slug="postal-code-other-prefecture",
        field="postal_code",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "郵便番号の都道府県が、住所と違います。",
            "The postal code belongs to another prefecture than the address.",
        ),
        hint=_POSTAL_HINT,
        why=Text(
            "どちらかが以前の住所のままの可能性があります。", "One of the two may be an old one."
        ),
        source=(_LIST,),
        cannot_see=_YOUNG,
        when=(_POSTAL == "other_prefecture") & ~_COVERED,
        bad=(Example({"postal_code": "530-0001"}),),
        good=(Example(),),
    ),
    Rule(
        code="AD005",
        slug="postal-code-other-municipality",
        field="postal_code",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "郵便番号の市区町村が、住所と違います。",
            "The postal code belongs to another municipality than the address.",
        ),
        hint=_POSTAL_HINT,
        why=Text(
            "どちらかが以前の住所のままの可能性があります。", "One of the two may be an old one."
        ),
        source=(_LIST,),
        cannot_see=Text(
            "1999年より前の合併でなくなった市区町村名は、別の市区町村と見えます。",
            "A municipality merged before 1999 looks like another one.",
        ),
        when=(_POSTAL == "other_municipality") & ~_COVERED,
        bad=(Example({"postal_code": "108-0073"}),),
        good=(
            Example(),
            Example({"postal_code": "330-0063", "address": "埼玉県浦和市高砂一丁目2番3号"}),
        ),
    ),
    Rule(
        code="AD006",
        slug="postal-code-business",
        field="postal_code",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "郵便番号が、大口事業所の個別番号です。", "The postal code is a business's own code."
        ),
        hint=Text(
            "勤務先の住所ではなく、住民票の住所が必要です。",
            "The 住民票 address is needed, not the office's.",
        ),
        why=Text("住民票の住所に事業所の番号は付きません。", "No home has such a code."),
        source=("日本郵便 大口事業所個別番号データ(同梱)",),
        cannot_see=_YOUNG,
        when=_POSTAL == "business",
        bad=(Example({"postal_code": "100-8914"}),),
        good=(Example(),),
    ),
    Rule(
        code="AD007",
        slug="address-number-missing",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text("住所に番地がありません。", "The address has no block number."),
        hint=_ASK,
        why=Text(
            "番地のない住所は、台帳と一致しません。町名や丁目の数字は番地ではありません。",
            "It will not match the registry. A number that belongs to the town is none of a house.",
        ),
        source=("QA-01",),
        cannot_see=Text(
            "番地のない土地や島もあります。建物名のうしろの数字が番地か部屋番号かは、決められないことがあります。",
            "Some places have no number. Whether a number behind a building is its room is not always certain.",
        ),
        when=pl.col("address_number") == "missing",
        bad=(
            Example({"address": "東京都江東区豊洲"}),
            Example({"address": "東京都江東区豊洲一丁目"}),
            Example({"address": "江東区豊洲１"}, without_registry=True),
            Example({"address": "東京都江東区豊洲一丁目　見本ハイツ203号室"}),
        ),
        good=(
            Example(),
            Example({"address": "江東区豊洲1-2"}, without_registry=True),
            Example({"address": "東京都小笠原村父島無番地"}, without_registry=True),
            Example({"address": "北海道網走市字三眺番外地"}, without_registry=True),
            Example({"address": "北海道札幌市中央区北一条西二丁目"}, without_registry=True),
            Example(
                {"address": "東京都大島町元町"},
                registry={"address": "東京都大島町元町"},
            ),
        ),
    ),
    Rule(
        code="AD010",
        slug="address-notation",
        field="address",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "住所は書き方だけが違い、同じ住所です({steps})。",
            "The address differs in notation only ({steps}).",
        ),
        params=_STEP_WORDS,
        hint=Text("対応は不要です。", "Nothing to do."),
        why=Text("認められた正規化で一致しました。", "Equal after an allowed normalisation."),
        source=("第166回医療保険部会資料(2丁目1番地2号 と 2-1-2)",),
        cannot_see=Text(
            "地番と住居表示が同じ場所かどうかは分かりません。",
            "Whether lot number and 住居表示 are the same house cannot be seen.",
        ),
        when=(_LEVEL == "equivalent") & (_STEPS != "BUILDING_ONE_SIDE"),
        bad=(
            Example({"address": "東京都江東区豊洲１－２－２７"}),
            Example({"address": "江東区豊洲一丁目2番27号"}),
        ),
        good=(
            Example(),
            Example({"address": "東京都江東区豊洲一丁目2番27号　豊洲ハイツ203号室"}),
        ),
    ),
    Rule(
        code="AD011",
        slug="address-building-one-side",
        field="address",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "方書(建物名・部屋番号)が、届書か台帳の一方だけにあります。",
            "A building or room stands on one side only.",
        ),
        hint=Text("対応は不要です。", "Nothing to do."),
        why=Text(
            "方書を住民票に載せない市区町村があるため、違いとは数えません。",
            "Many municipalities do not record buildings.",
        ),
        source=("本プロジェクトの定め(方書の扱い)",),
        inferred=True,
        cannot_see=Text(
            "同じ番地の別の建物かどうかは分かりません。",
            "Another building on the same lot cannot be seen.",
        ),
        when=(_LEVEL == "equivalent") & _STEPS.str.contains("BUILDING_ONE_SIDE"),
        bad=(Example({"address": "東京都江東区豊洲一丁目2番27号　豊洲ハイツ203号室"}),),
        good=(Example(), Example({"address": "東京都江東区豊洲１－２－２７"})),
    ),
    Rule(
        code="AD020",
        slug="address-differs",
        field="address",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "住所が住民票の台帳と違います({steps})。",
            "The address differs from the registry ({steps}).",
        ),
        params=_STEP_WORDS,
        hint=_ASK,
        why=Text(
            "転居の届出がまだか、居所が書かれている可能性があります。",
            "A move not yet notified, or a place of stay.",
        ),
        source=("2023-09-07 J-LIS照会 区分3", "QA-02"),
        cannot_see=Text(
            "届書と台帳のどちらが新しいかは分かりません。", "Which side is newer cannot be seen."
        ),
        when=_LEVEL == "different",
        bad=(
            Example({"address": "大阪府大阪市北区梅田一丁目1番1号"}),
            Example({"address": "大阪府大阪市北区梅田一丁目1番1号", "postal_code": None}),
        ),
        good=(Example(),),
    ),
    Rule(
        code="AD021",
        slug="address-similar",
        field="address",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "住所が住民票の台帳と一部違います({steps})。",
            "The address differs from the registry in part ({steps}).",
        ),
        params=_STEP_WORDS,
        hint=_ASK,
        why=Text(
            "番地や部屋番号の違いは、書き誤りのことも転居のこともあります。",
            "Another number may be a slip or a move.",
        ),
        source=("2023-09-07 J-LIS照会 区分3", "QA-02"),
        cannot_see=_NOTHING,
        when=_LEVEL == "similar",
        bad=(Example({"address": "東京都江東区豊洲一丁目2番28号"}),),
        good=(Example(),),
    ),
)
