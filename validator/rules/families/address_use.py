"""住所 (AD): something else than the address of a home."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

_USE = pl.col("address_use")
_OWN = ("本プロジェクトの定め",)
_ASK = Text(
    "住民票の住所を、事業所に確認してください。", "Ask the employer for the address on the 住民票."
)


def _alone(address: str, **more: str) -> Example:
    return Example({"address": address, "postal_code": None, **more}, without_registry=True)


RULES = (
    Rule(
        code="AD040",
        slug="address-null-word",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所が、住所ではない語(同上、不明 など)です。",
            "The address is a word in place of an address.",
        ),
        hint=_ASK,
        why=Text("空欄の代わりに入れられた語です。", "Such a word is typed instead of a blank."),
        source=_OWN,
        inferred=True,
        cannot_see=Text(
            "語の一覧(schemas/codes/address_words.toml)にない語は分かりません。",
            "Words outside the list (schemas/codes/address_words.toml) are not seen.",
        ),
        when=_USE == "null_word",
        bad=(_alone("同上"), Example({"address": "別紙のとおり"})),
        good=(Example(),),
    ),
    Rule(
        code="AD041",
        slug="address-not-japanese",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所が、海外の住所かローマ字書きです。",
            "The address is abroad, or written in Latin letters.",
        ),
        hint=Text(
            "住民票があれば、その住所を漢字・かなで確認してください。海外在住なら、個人番号を記載できない理由の欄にその旨が必要です。",
            "Ask for the 住民票 address in Japanese; for a person abroad the reason for having no number must say so.",
        ),
        why=Text(
            "台帳の住所は日本の住所で、漢字・かなで登録されています。",
            "The registry holds Japanese addresses in Japanese letters.",
        ),
        source=("QA-01", "住民基本台帳法 第7条"),
        cannot_see=Text(
            "一覧にない国名から始まる、日本の文字で書かれた住所は分かりません。",
            "An address in Japanese letters that begins with a country outside the list is not seen.",
        ),
        when=_USE == "not_japanese",
        bad=(
            _alone("アメリカ合衆国カリフォルニア州"),
            _alone("1-2-27 Toyosu, Koto-ku, Tokyo"),
        ),
        good=(
            Example(),
            Example(
                {
                    "address": "アメリカ合衆国カリフォルニア州",
                    "my_number": None,
                    "no_number_reason": "海外在住",
                }
            ),
        ),
    ),
    Rule(
        code="AD042",
        slug="address-po-box",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所が、私書箱か郵便局留です。",
            "The address is a P.O. box or is kept at a post office.",
        ),
        hint=_ASK,
        why=Text(
            "私書箱や郵便局は住民票の住所になりません。", "Nobody is registered at a P.O. box."
        ),
        source=_OWN,
        inferred=True,
        cannot_see=Text(
            "私書箱の代行業者の所在地は、ふつうの住所と区別できません。",
            "The premises of a mail-forwarding firm look like any address.",
        ),
        when=_USE == "po_box",
        bad=(
            _alone("東京都千代田区神田郵便局私書箱12号"),
            Example({"address": "東京都江東区豊洲三丁目 豊洲郵便局留"}),
            _alone("P.O.Box 12, Kanda, Tokyo"),
        ),
        good=(Example(), _alone("東京都江東区豊洲一丁目2番27号 郵便局前ハイツ")),
    ),
    Rule(
        code="AD043",
        slug="address-family-register",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所に、本籍の書き方(本籍、筆頭者、戸籍、番戸など)があります。",
            "The address is written as the 本籍 of a family register.",
        ),
        hint=Text(
            "本籍ではなく、住民票の住所が必要です。", "The 住民票 address is needed, not the 本籍."
        ),
        why=Text(
            "本籍は、住んでいる場所とは限りません。", "The 本籍 need not be where the person lives."
        ),
        source=("戸籍法 第13条", "住民基本台帳法 第7条"),
        cannot_see=Text(
            "ふつうの番地で書かれた本籍は、住所と区別できません。",
            "A 本籍 that is written with an ordinary number looks like any address.",
        ),
        when=_USE == "family_register",
        bad=(_alone("本籍 東京都江東区豊洲1番地"), _alone("東京都江東区豊洲第12番戸")),
        good=(Example(),),
    ),
    Rule(
        code="AD044",
        slug="address-office",
        field="address",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "住所の方書が、会社や事業所です。", "The building in the address is a place of work."
        ),
        hint=Text(
            "勤務先ではなく、住民票の住所が必要です。社宅や寮なら対応は不要です。",
            "The 住民票 address is needed, not the office's; if it is company housing, nothing to do.",
        ),
        why=Text(
            "勤務先の住所が書かれている可能性があります。", "It may be the address of the employer."
        ),
        source=("QA-02", *_OWN),
        inferred=True,
        cannot_see=Text(
            "会社名のない勤務先の住所は分かりません。社宅・寮・マンションなどの語があれば対象にしません。",
            "An office without its name is not seen; 社宅, 寮, マンション and the like are left out.",
        ),
        when=pl.col("address_office"),
        bad=(
            Example({"address": "東京都江東区豊洲三丁目3番3号 株式会社見本商事内"}),
            _alone("東京都江東区豊洲3-3-3 見本出版ビル5階", office_name="見本出版"),
        ),
        good=(
            Example(),
            _alone("東京都江東区豊洲3-3-3 見本株式会社 独身寮203"),
            _alone("東京都江東区豊洲3-3-3 見本出版社宅203", office_name="見本出版"),
            Example(
                {"address": "東京都江東区豊洲三丁目3番3号 見本商事株式会社内"},
                registry={"address": "東京都江東区豊洲三丁目3番3号 見本商事株式会社内"},
            ),
        ),
    ),
)
