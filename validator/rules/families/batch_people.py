"""People across the batch (DU) and what the registry row can say (RG)."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

_NOTHING = Text("なし", "nothing")
_ASK = Text(
    "どちらの人の番号か、事業所に番号確認書類で確かめてもらってください。",
    "Have the employer check with documents whose number it is.",
)
_OTHER = {
    "name_kanji": "手本　花子",
    "name_kana": "テホン　ハナコ",
    "birth_date": "1990-02-03",
    "sex": "2",
}
_INSURED = {
    "form": "hifuyosha_ido",
    "change_type": "1",
    "event_on": "2026-11-20",
    "acquired_on": None,
    "insured_name_kanji": "見本　父郎",
    "insured_name_kana": "ミホン　チチロウ",
    "insured_birth_date": "1960-01-01",
}

RULES = (
    Rule(
        code="DU001",
        slug="number-on-two-persons",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        message=Text(
            "同じ個人番号が、別の人の届書にも書かれています。",
            "The same My Number stands on the form of another person.",
        ),
        hint=_ASK,
        why=Text(
            "初期の誤登録の大半は、この誤りでした。", "Most early wrong links were of this kind."
        ),
        source=("2023年 誤登録の分析(94%)", "QA-02"),
        cannot_see=Text("この一括の届書の中だけを見ます。", "Only this batch is looked at."),
        when=(pl.col("two_persons") | pl.col("family_form")) & ~pl.col("agrees_fully"),
        bad=(
            Example(_OTHER, others=({},)),
            Example({**_INSURED, "insured_my_number": "{same}"}, registry={**_OTHER}),
            Example(
                _OTHER,
                others=(
                    {**_INSURED, "my_number": "{valid:16180339880}", "insured_my_number": "{same}"},
                ),
            ),
        ),
        good=(Example(), Example({**_INSURED, "insured_my_number": "{valid:16180339880}"})),
    ),
    Rule(
        code="DU002",
        slug="number-also-on-other-person",
        field="my_number",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "この個人番号は、別の人の届書にも書かれています。この記録は書かれた項目が台帳と一致するため通ります。",
            "Another person's form carries this number too; what this record gives agrees with the registry, so it passes.",
        ),
        hint=Text("もう一方の記録が保留です。", "The other record is held."),
        why=Text("番号の持ち主はこちらです。", "This is the holder."),
        source=("2023年 誤登録の分析(94%)",),
        cannot_see=_NOTHING,
        needs_registry=True,
        when=(pl.col("two_persons") | pl.col("family_form")) & pl.col("agrees_fully"),
        bad=(Example({}, others=(_OTHER,)),),
        good=(Example(),),
    ),
    Rule(
        code="DU003",
        slug="record-repeated",
        field="my_number",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "同じ人の同じ届書が、この一括に2件以上あります。",
            "The same form of the same person stands more than once in the batch.",
        ),
        hint=Text("二重の登録にならないよう、1件にしてください。", "Keep one of them."),
        why=Text("再提出の重なりがよくあります。", "Often a form filed twice."),
        source=("仕様チェック: 被保険者の重複",),
        cannot_see=_NOTHING,
        # A dependant of two insured persons is told of by FA009.
        when=pl.col("repeated") & ~pl.col("two_families"),
        bad=(Example({}, others=({},)),),
        good=(Example(),),
    ),
    Rule(
        code="DU004",
        slug="person-with-two-numbers",
        field="my_number",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "氏名・生年月日・性別が同じ人に、2つの個人番号があります。",
            "One person (name, birth date, sex) appears with two My Numbers.",
        ),
        hint=Text(
            "番号の変更か、どちらかの誤りです。番号確認書類で確かめてください。",
            "The number was changed or one is wrong: check a document.",
        ),
        why=Text(
            "番号の変更には、変更日の届出が必要です。",
            "A change of number has to be notified with its date.",
        ),
        source=("健康保険法施行規則 第35条の2",),
        cannot_see=Text(
            "同姓同名で生年月日も同じ別人のことがあります。", "Namesakes born on one day exist."
        ),
        when=pl.col("two_numbers"),
        bad=(Example({}, others=({"my_number": "{valid:31415926535}"},)),),
        good=(Example(),),
    ),
    Rule(
        code="RG001",
        slug="registry-row-incomplete",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "台帳のこの人の記録に、照合に必要な項目が欠けています。",
            "The registry row lacks items that the comparison needs.",
        ),
        hint=Text(
            "台帳の抽出をやり直すか、住民票で確認してください。",
            "Renew the extract or check the 住民票.",
        ),
        why=Text(
            "照合できない項目があるまま通すことはできません。",
            "Nothing passes that could not be evaluated.",
        ),
        source=("本プロジェクトの定め(区分S)",),
        inferred=True,
        cannot_see=_NOTHING,
        when=pl.col("registry_incomplete"),
        bad=(
            Example({}, registry={"birth_date": None}),
            Example({}, registry={"name_kana": None, "address": None}),
        ),
        good=(Example({}, registry={"name_kana": None}),),
    ),
    Rule(
        code="RG002",
        slug="registry-number-twice",
        field="my_number",
        severity=Severity.ERROR,
        effect=Effect.HOLD,
        needs_registry=True,
        message=Text(
            "台帳で、この個人番号に違う人が2人以上います。台帳を直すまで判断できません。",
            "The registry holds two different live persons under this number; nothing can be decided.",
        ),
        hint=Text("台帳の抽出元に照会してください。", "Ask where the extract comes from."),
        why=Text(
            "どちらの人と比べるか決められません。", "There is no telling whom to compare with."
        ),
        source=("本プロジェクトの定め(区分S)",),
        inferred=True,
        cannot_see=_NOTHING,
        when=pl.col("registry_conflict"),
        bad=(
            Example(
                {},
                more_registry=(
                    {
                        "name_kanji": "手本　花子",
                        "name_kana": "テホン　ハナコ",
                        "birth_date": "1990-02-03",
                        "sex": "2",
                    },
                ),
            ),
        ),
        good=(Example(),),
    ),
    Rule(
        code="RG003",
        slug="registry-item-missing",
        field="name_kana",
        severity=Severity.INFO,
        effect=Effect.NONE,
        needs_registry=True,
        message=Text(
            "台帳に値のない項目があり、その項目は照合していません。",
            "The registry has no value for an item, which was not compared.",
        ),
        hint=Text("対応は不要です。", "Nothing to do."),
        why=Text(
            "外国人住民などでは、カナが台帳にないことがあります。",
            "Kana may be missing for foreign residents.",
        ),
        source=("住民基本台帳のカナは2025-05-26まで任意",),
        inferred=True,
        cannot_see=_NOTHING,
        when=pl.col("registry_gap"),
        bad=(Example({}, registry={"name_kana": None}),),
        good=(Example(),),
    ),
)
