"""住所 (AD): the place that is written, by the packaged gazetteer and without a registry.

Asked only where the registry does not confirm the address (validator/fields/address_facts).
"""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

_PLACE = pl.col("address_place")
_TODAY = pl.col("address_today")
_ASK = Text(
    "住民票の住所を、事業所に確認してください。", "Ask the employer for the address on the 住民票."
)
_DATA = (
    "日本郵便 郵便番号データ(同梱、2026-10)",
    "デジタル庁 アドレス・ベース・レジストリ 町字マスター(同梱、2023年)",
    "Geolonia 住所データ(同梱、2023-10)",
)
_MERGERS = "1999年以後の市町村合併・名称変更の一覧(同梱)"
_YOUNG = Text(
    "同梱データより新しい町字は知りません。番地があるかどうかも分かりません。",
    "Towns younger than the packaged data are unknown, and so is whether a number exists.",
)


def _alone(address: str) -> Example:
    return Example({"address": address, "postal_code": None}, without_registry=True)


RULES = (
    Rule(
        code="AD030",
        slug="address-municipality-missing",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所から市区町村を読み取れません。", "No municipality can be read in the address."
        ),
        hint=Text(
            "都道府県・市区町村から始まる住所を、事業所に確認してください。",
            "Ask the employer for an address that begins with prefecture and municipality.",
        ),
        why=Text(
            "町名だけでは、どの市区町村か決められません。",
            "A town alone does not tell its municipality.",
        ),
        source=_DATA,
        cannot_see=Text(
            "町名だけの住所を、郵便番号から補うことはしません。",
            "It is not made up from the postal code.",
        ),
        when=_PLACE == "municipality_missing",
        bad=(
            _alone("豊洲1-2-27"),
            _alone("緑町1-2"),
            _alone("東京都"),
            Example({"address": "豊洲一丁目2番27号"}),
        ),
        good=(Example(), _alone("江東区豊洲1-2-27")),
    ),
    Rule(
        code="AD031",
        slug="address-municipality-unknown",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所の市区町村は、現在も過去(1999年以後)も存在しません。",
            "The municipality of the address does not exist, nor did it since 1999.",
        ),
        hint=_ASK,
        why=Text(
            "市区町村名か都道府県名の書き誤りの可能性があります。",
            "Municipality or prefecture may be a slip.",
        ),
        source=(*_DATA, _MERGERS),
        cannot_see=Text(
            "1999年より前の合併でなくなった市区町村は知りません。",
            "Municipalities merged before 1999 are unknown.",
        ),
        when=_PLACE == "municipality_unknown",
        bad=(_alone("東京都存在市豊洲一丁目2番27号"), _alone("存在市豊洲1-2-27")),
        good=(Example(), _alone("埼玉県浦和市高砂一丁目2番3号")),
    ),
    Rule(
        code="AD032",
        slug="address-prefecture-contradicts",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所の市区町村は、書かれた都道府県にありません。",
            "The municipality is not in the prefecture that is written.",
        ),
        hint=_ASK,
        why=Text(
            "都道府県か市区町村の一方が書き誤りです。",
            "Either prefecture or municipality is a slip.",
        ),
        source=_DATA,
        cannot_see=Text(
            "どちらが正しいかは分かりません。提案は、市区町村が正しい場合のものです。",
            "Which of the two is right cannot be seen; the suggestion takes the municipality for right.",
        ),
        when=_PLACE == "prefecture_contradicts",
        suggestion=_TODAY,
        bad=(_alone("大阪府江東区豊洲一丁目2番27号"), _alone("神奈川県町田市森野2-2-22")),
        good=(Example(), _alone("広島県府中市府川町315番地")),
    ),
    Rule(
        code="AD033",
        slug="address-municipality-shared",
        field="address",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "同じ名前の市区町村が複数あり、都道府県がないため決められません。",
            "Several municipalities bear this name, and no prefecture is written.",
        ),
        hint=Text("都道府県を事業所に確認してください。", "Ask the employer for the prefecture."),
        why=Text(
            "府中市、伊達市、北区などは、町名を見ても決まらないことがあります。",
            "府中市, 伊達市 or 北区 stay open where the town does not decide.",
        ),
        source=_DATA,
        cannot_see=Text(
            "町名で一つに決まる住所は対象にしません。",
            "Nothing is said where the town decides.",
        ),
        when=_PLACE == "municipality_shared",
        bad=(_alone("中央区日本橋1-1-1"),),
        good=(Example(), _alone("府中市宮西町2-24")),
    ),
    Rule(
        code="AD034",
        slug="address-ward-missing",
        field="address",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "政令指定都市の区がなく、どの区か決められません。",
            "The ward of the 政令指定都市 is missing and cannot be told.",
        ),
        hint=_ASK,
        why=Text("住民票の住所には区があります。", "The address on the 住民票 holds the ward."),
        source=_DATA,
        cannot_see=Text(
            "町名で一つの区に決まる住所は対象にしません。",
            "Nothing is said where the town decides.",
        ),
        when=_PLACE == "ward_missing",
        bad=(_alone("北海道札幌市"), _alone("神奈川県横浜市1-2-3")),
        good=(Example(), _alone("愛知県名古屋市栄三丁目1番1号")),
    ),
    Rule(
        code="AD035",
        slug="address-municipality-former",
        field="address",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "住所の市区町村は、合併や名称変更で現在はありません。",
            "The municipality of the address no longer exists (merger or new name).",
        ),
        hint=Text(
            "現在の名称(提案欄)で住民票と同じか、確認してください。",
            "Check whether it is the 住民票 address under today's name (see the suggestion).",
        ),
        why=Text(
            "合併前の住所のままの可能性があります。", "The address may be from before a merger."
        ),
        source=(_MERGERS,),
        cannot_see=Text(
            "1999年より前の合併と、合併のときの町名や番地の変更は知りません。",
            "Mergers before 1999, and towns or numbers that changed with one, are unknown.",
        ),
        when=_PLACE == "former",
        suggestion=_TODAY,
        bad=(_alone("埼玉県浦和市高砂一丁目2番3号"), _alone("静岡県浜松市中区元城町103番地の2")),
        good=(Example(), _alone("静岡県浜松市中央区元城町103番地の2")),
    ),
    Rule(
        code="AD036",
        slug="address-town-unknown",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所の町字が、同梱データのその市区町村にありません。",
            "The packaged data has no such town in this municipality.",
        ),
        hint=Text(
            "町名か市区町村の書き誤りがないか確認してください。新しい町名のこともあります(データは2023〜26年)。",
            "Check town and municipality; a new town may be younger than the data (2023-26).",
        ),
        why=Text(
            "別の市区町村の町名や、一字違いの町名が書かれることがあります。",
            "A town of another municipality, or a slip in its name.",
        ),
        source=_DATA,
        cannot_see=_YOUNG,
        when=_PLACE == "town_unknown",
        bad=(_alone("東京都江東区存在町1-2-3"), _alone("広島県府中市宮西町2-24")),
        good=(
            Example(),
            _alone("東京都青ヶ島村無番地"),
            Example(
                {"address": "東京都江東区存在町1-2-3"},
                registry={"address": "東京都江東区存在町1-2-3"},
            ),
        ),
    ),
    Rule(
        code="AD037",
        slug="address-town-missing",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所に町字がなく、市区町村のすぐあとが番地です。",
            "The address has no town: the number follows the municipality.",
        ),
        hint=_ASK,
        why=Text("町名が抜けている可能性があります。", "The town may have been left out."),
        source=_DATA,
        cannot_see=Text(
            "町字のない住所のある市区町村(村、龍ケ崎市など)は対象にしません。",
            "Municipalities that have such addresses (villages, 龍ケ崎市 …) are left out.",
        ),
        when=_PLACE == "town_missing",
        bad=(_alone("東京都江東区1-2-27"),),
        good=(
            Example(),
            _alone("長野県諏訪郡原村6549番地1"),
            _alone("茨城県龍ケ崎市3710番地"),
        ),
    ),
    Rule(
        code="AD038",
        slug="address-chome-unknown",
        field="address",
        severity=Severity.INFO,
        effect=Effect.NONE,
        message=Text(
            "住所の丁目が、同梱データのその町にありません。",
            "The packaged data has no such 丁目 in this town.",
        ),
        hint=Text(
            "丁目の数字を確認してください。新しい丁目のこともあります(データは2023〜26年)。",
            "Check the number; a new 丁目 may be younger than the data (2023-26).",
        ),
        why=Text("丁目の数字の書き誤りの可能性があります。", "The number may be a slip."),
        source=_DATA,
        cannot_see=Text(
            "「丁目」と書かれていない数字(豊洲9-1-2)は、丁目かどうか決められません。",
            "A number that is not said to be a 丁目 (豊洲9-1-2) may be something else.",
        ),
        when=_PLACE == "chome_unknown",
        bad=(_alone("東京都江東区豊洲十二丁目3番4号"),),
        good=(Example(),),
    ),
    Rule(
        code="AD039",
        slug="address-number-too-long",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所に6桁以上続く数字があります。", "The address holds six or more digits on end."
        ),
        hint=Text(
            "電話番号や個人番号が入っていないか、番地と部屋番号の間の区切りが抜けていないか確認してください。",
            "Look for a telephone number or My Number, or a missing hyphen between block and room.",
        ),
        why=Text("番地は5桁までです。", "No block number is that long."),
        source=("本プロジェクトの定め",),
        inferred=True,
        cannot_see=Text(
            "5桁以下でも区切りの抜けた番地(1227)は分かりません。",
            "A shorter number that lost its hyphens (1227) is not seen.",
        ),
        when=pl.col("address_number") == "too_long",
        bad=(
            _alone("東京都江東区豊洲1234567番地"),
            _alone("東京都江東区豊洲1-2-27 0300000000"),
        ),
        good=(Example(), _alone("〒1350061 東京都江東区豊洲1-2-27")),
    ),
)
