"""The association's answers (QA) that decide a return or a reminder."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text
from validator.rules.notes import NAMES_A_NAME, given, mentions

_NOTHING = Text("なし", "nothing")
_CHANGED = pl.col("item_changed").fill_null("")
# Numbers that are not 記号・番号 are taken out of the text first (被保険者番号 is one of those meant).
_OTHER_NUMBERS = (
    "(?i)(個人|電話|携帯|郵便|年金|手帳|法人|口座|事業所|社員|職員|従業員|部屋|住居|住所|登録|預金|fax|ファックス)番号"
    "|(^|[^被])保険者番号|マイナンバー"
    "|(my|phone|telephone|postal|pension|account|corporate|insurer|employee|room|house).?(number|code)"
)
_SYMBOL_CHANGE = _CHANGED.str.replace_all(_OTHER_NUMBERS, "").str.contains(
    "(?i)記号|番号|symbol|number"
)
_SEX_CHANGE = _CHANGED.str.contains("(?i)性別|sex|gender")
_NAME_CHANGE = _CHANGED.str.contains(NAMES_A_NAME)
_OF_THE_INSURED = (pl.col("relation") == "self").fill_null(value=False)
_DEPENDANT = given("relationship") & ~_OF_THE_INSURED
_RENAMED = ~pl.col("old_name_kanji").fill_null(pl.col("old_name_kana")).is_null()
_REASON = pl.col("certificate_reason_state")


def _wrong_form(
    code: str,
    slug: str,
    ja: str,
    en: str,
    right: tuple[str, str],
    when: pl.Expr,
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
) -> Rule:
    return Rule(
        code=code,
        slug=slug,
        field="form",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(ja, en),
        hint=Text(f"「{right[0]}」で届け出てもらってください。", f"Have it filed on {right[1]}."),
        why=Text(
            "変更の内容によって、使う届書が決まっています。",
            "Each kind of change has its own form.",
        ),
        source=("QA-29" if code != "QA004" else "QA-28",),
        cannot_see=_NOTHING,
        when=when,
        bad=bad,
        good=good,
    )


_AFTER_LOSS = {
    "form": "kakuninsho_funshitsu_soshitsugo",
    "lost_on": None,
    "acquired_on": None,
}
# Somebody of whom no loss form is there.
_NO_LOSS_FORM = {"my_number": None, "insured_number": "7777", "birth_date": "1970-07-07"}
_LOSS_FORM = {
    "form": "shikaku_soshitsu",
    "left_on": "2026-10-31",
    "lost_on": "2026-11-01",
    "acquired_on": None,
    "received_on": "2026-11-05",
}


RULES = (
    Rule(
        code="QA001",
        slug="certificate-just-in-case",
        field="certificate_reason",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "資格確認書の発行理由が「念のため」など、認められない理由です。",
            'The reason for a 資格確認書 is "just in case" or the like, which is not admissible.',
        ),
        hint=Text(
            "A〜G のいずれかに当たるか確認し、当たらなければ取り下げてもらってください。",
            "One of the reasons A–G must apply, else the wish is withdrawn.",
        ),
        why=Text(
            "マイナ保険証を使える人に、念のための発行はしません。",
            "People who can use their card get no certificate just in case.",
        ),
        source=("QA-21", "QA-16"),
        cannot_see=Text(
            "言い換えた理由は、言葉からは見つけられないことがあります。",
            "Other wordings may slip through.",
        ),
        when=_REASON == "just_in_case",
        bad=(
            Example({"certificate_needed": "1", "certificate_reason": "念のため"}),
            Example({"form": "kakuninsho_kofu", "certificate_reason": "念のため持っておきたい"}),
        ),
        good=(
            Example({"certificate_needed": "1", "certificate_reason": "A"}),
            Example({"form": "kakuninsho_kofu", "certificate_reason": "G 一人での受診は不安"}),
            Example(
                {
                    "form": "kakuninsho_funshitsu",
                    "loss_kind": "lost",
                    "circumstances": "悪用が心配",
                }
            ),
        ),
    ),
    Rule(
        code="QA002",
        slug="certificate-without-reason",
        field="certificate_reason",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "資格確認書の発行が「要」ですが、理由がありません。",
            "A 資格確認書 is asked for without a reason.",
        ),
        hint=Text("A〜F のいずれに当たるか確認してください。", "Find out which of A–F applies."),
        why=Text(
            "発行できるのは、マイナ保険証を使えない人です。",
            "It is for people who cannot use their card.",
        ),
        source=("QA-17", "QA-16"),
        cannot_see=_NOTHING,
        when=pl.col("is_addition")
        & (pl.col("certificate_needed_flag") == "yes")
        & pl.col("certificate_reason").is_null()
        & ~pl.col("is_media"),
        bad=(Example({"certificate_needed": "要"}),),
        good=(
            Example({"certificate_needed": "否"}),
            Example({"certificate_needed": "1", "certificate_reason": "B"}),
        ),
    ),
    Rule(
        code="QA003",
        slug="application-without-reason",
        field="certificate_reason",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "資格確認書の交付申請に、認められる理由(A〜G、①〜⑫)がありません。",
            "The application for a 資格確認書 gives no admissible reason (A–G, ①–⑫).",
        ),
        hint=Text("該当する理由を選んでもらってください。", "Have a reason chosen."),
        why=Text("理由のない申請には交付できません。", "Without a reason none is issued."),
        source=("QA-16", "QA-18", "QA-21"),
        cannot_see=Text(
            "文章の理由は、知っている言葉がないと読み取れません。",
            "A reason in prose is only understood by words that are known.",
        ),
        when=(pl.col("form") == "kakuninsho_kofu") & (_REASON.is_null() | (_REASON == "unknown")),
        bad=(
            Example({"form": "kakuninsho_kofu", "certificate_reason": None}),
            Example({"form": "kakuninsho_kofu", "certificate_reason": "card希望"}),
        ),
        good=(
            Example({"form": "kakuninsho_kofu", "certificate_reason": "Ｆ"}),
            Example({"form": "kakuninsho_kofu", "certificate_reason": "④、⑤"}),
            Example({"form": "kakuninsho_kofu", "certificate_reason": "カードを紛失したため"}),
            Example({"form": "kakuninsho_kofu", "invalid_condition": "12"}),
            Example({"form": "kakuninsho_kofu", "reason": "要介助"}),
        ),
    ),
    _wrong_form(
        "QA004",
        "loss-report-before-loss-form",
        "資格喪失(扶養削除)後の紛失届ですが、資格喪失日がありません。在籍中の紛失は別の届書です。",
        "A loss report for after leaving, but without a date of loss: another form is for people still insured.",
        ("資格確認書紛失・き損届", "資格確認書紛失・き損届"),
        (pl.col("form") == "kakuninsho_funshitsu_soshitsugo")
        & (pl.col("lost_state") == "blank")
        & ~pl.col("loss_form_filed"),
        (Example({**_AFTER_LOSS, **_NO_LOSS_FORM}),),
        (
            Example({**_AFTER_LOSS, "lost_on": "2026-11-01"}),
            Example(_AFTER_LOSS, others=(_LOSS_FORM,)),
        ),
    ),
    _wrong_form(
        "QA005",
        "symbol-change-on-wrong-form",
        "記号・番号の変更は、この届書ではできません。",
        "記号・番号 cannot be changed by this form.",
        ("資格取得届・資格喪失届", "資格取得届 and 資格喪失届"),
        pl.col("form").is_in(["shimei_henko", "kisai_jiko_henko"]) & _SYMBOL_CHANGE,
        (
            Example({"form": "kisai_jiko_henko", "changed_item": "記号・番号"}),
            Example({"form": "shimei_henko", "changed_item": "記号・番号"}),
            Example({"form": "shimei_henko", "changed_item": "被保険者番号と電話番号"}),
            Example({"form": "shimei_henko", "changed_item": "番　号"}),
        ),
        (
            Example({"form": "kisai_jiko_henko", "changed_item": "氏名"}),
            *(
                Example({"form": "kisai_jiko_henko", "changed_item": item, "my_number": None})
                for item in (
                    "基礎年金番号",
                    "電話番号",
                    "個人番号",
                    "口座番号",
                    "保険者番号",
                    "枝番",
                )
            ),
        ),
    ),
    _wrong_form(
        "QA006",
        "sex-change-on-wrong-form",
        "性別の訂正は、この届書ではできません。",
        "The sex cannot be corrected by this form.",
        (
            "資格取得届(取得時訂正)または被扶養者(異動)届(認定時訂正)",
            "資格取得届 or 被扶養者(異動)届 as a correction",
        ),
        pl.col("form").is_in(["shimei_henko", "kisai_jiko_henko"]) & _SEX_CHANGE,
        (
            Example({"form": "shimei_henko", "changed_item": "性別"}),
            Example({"form": "shimei_henko", "changed_item": "ＳＥＸ"}),
            Example({"form": "kisai_jiko_henko", "changed_item": "性　別"}),
            Example({"form": "kisai_jiko_henko", "changed_item": "性別"}),
        ),
        (Example({"form": "shimei_henko", "changed_item": "氏名"}),),
    ),
    _wrong_form(
        "QA007",
        "dependant-name-on-insured-form",
        "被扶養者の氏名変更は、被保険者氏名変更届ではできません。",
        "A dependant's name cannot be changed by 被保険者氏名変更届.",
        ("記載事項変更届(被扶養者)", "記載事項変更届(被扶養者)"),
        (pl.col("form") == "shimei_henko") & _DEPENDANT,
        (
            Example({"form": "shimei_henko", "relationship": "長女", "changed_item": "氏名"}),
            Example({"form": "shimei_henko", "relationship": "長男", "changed_item": "氏名"}),
            Example(
                {"form": "shimei_henko", "relationship": "被保険者の長男", "changed_item": "氏名"}
            ),
        ),
        (
            Example({"form": "shimei_henko", "relationship": "本人", "changed_item": "氏名"}),
            Example({"form": "shimei_henko", "relationship": "ご本人", "changed_item": "氏名"}),
            Example({"form": "shimei_henko", "relationship": "世帯主", "changed_item": "氏名"}),
        ),
    ),
    _wrong_form(
        "QA008",
        "insured-name-on-dependant-form",
        "被保険者本人の氏名変更は、記載事項変更届(被扶養者)ではできません。",
        "The insured person's name cannot be changed by 記載事項変更届(被扶養者).",
        ("被保険者氏名変更届", "被保険者氏名変更届"),
        (pl.col("form") == "kisai_jiko_henko")
        & (_NAME_CHANGE | (pl.col("item_changed").is_null() & _RENAMED))
        & _OF_THE_INSURED,
        (
            Example({"form": "kisai_jiko_henko", "relationship": "本人", "changed_item": "氏名"}),
            Example(
                {"form": "kisai_jiko_henko", "relationship": "本人", "old_name_kanji": "手本　太郎"}
            ),
            Example(
                {"form": "kisai_jiko_henko", "relationship": "本人", "changed_item": "フリガナ"}
            ),
        ),
        (
            Example({"form": "kisai_jiko_henko", "relationship": "妻", "changed_item": "氏名"}),
            Example(
                {
                    "form": "kisai_jiko_henko",
                    "relationship": "被保険者の妻",
                    "changed_item": "氏名",
                }
            ),
            Example(
                {
                    "form": "kisai_jiko_henko",
                    "relationship": "本人",
                    "changed_item": "住所",
                    "old_name_kanji": "手本　太郎",
                }
            ),
            Example({"form": "kisai_jiko_henko", "relationship": "本人"}),
        ),
    ),
    Rule(
        code="QA009",
        slug="number-deletion-request",
        field="reason",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "個人番号の削除の申出は、受けられません。",
            "A request to delete the My Number cannot be granted.",
        ),
        hint=Text(
            "個人番号の収集は組合の義務であることを、QA-33 により説明してください。",
            "Explain, with answer 33, that collecting it is the association's duty.",
        ),
        why=Text("個人番号の保有は、法令に基づく事務です。", "Holding it is a duty by law."),
        source=("QA-33",),
        cannot_see=Text(
            "文章の申出は、言葉が違うと見つけられません。", "Other wordings may slip through."
        ),
        when=mentions("deletes_number"),
        bad=(
            Example({"form": "riyo_toroku_kaijo", "reason": "個人番号を削除してほしい"}),
            Example({"form": "kisai_jiko_henko", "changed_item": "マイナンバーの削除"}),
            Example(
                {
                    "form": "kisai_jiko_henko",
                    "changed_item": "個人番号",
                    "change_reason": "登録の消去を希望",
                }
            ),
            Example({"form": "riyo_toroku_kaijo", "reason": "個人番号を返してほしい"}),
            Example(
                {"form": "riyo_toroku_kaijo", "reason": "マイナンバーの提供を撤回し、取り消したい"}
            ),
            Example({"form": "riyo_toroku_kaijo", "reason": "番号の削除を希望"}),
        ),
        good=(
            Example({"form": "riyo_toroku_kaijo", "reason": None}),
            Example({"form": "kisai_jiko_henko", "changed_item": "個人番号", "my_number": None}),
            Example(
                {
                    "form": "kisai_jiko_henko",
                    "changed_item": "個人番号",
                    "change_reason": "誤った番号の取消、正しい番号の登録",
                }
            ),
            Example({"form": "kisai_jiko_henko", "changed_item": "電話番号の削除"}),
            Example(
                {
                    "form": "kakuninsho_funshitsu",
                    "loss_kind": "lost",
                    "circumstances": "マイナンバーカードと一緒に誤って破棄した",
                }
            ),
            Example(
                {
                    "form": "hifuyosha_ido",
                    "change_type": "2",
                    "event_on": "2026-11-18",
                    "acquired_on": None,
                    "remarks": "扶養からの削除のため個人番号は省略",
                }
            ),
        ),
    ),
    Rule(
        code="QA010",
        slug="damaged-certificate-not-attached",
        field="certificate_attached",
        severity=Severity.ERROR,
        effect=Effect.RETURN,
        message=Text(
            "き損した資格確認書が添付されていません。", "The damaged 資格確認書 is not attached."
        ),
        hint=Text("き損した資格確認書を添えて出し直してもらってください。", "Have it attached."),
        why=Text(
            "き損による再発行は、現物と引き換えです。", "A damaged one is exchanged for a new one."
        ),
        source=("QA-30",),
        cannot_see=_NOTHING,
        when=(pl.col("form") == "kakuninsho_funshitsu")
        & (pl.col("loss_kind_code") == "damaged")
        & (pl.col("certificate_attached_flag").fill_null("no") != "yes"),
        bad=(
            Example(
                {
                    "form": "kakuninsho_funshitsu",
                    "loss_kind": "damaged",
                    "certificate_attached": "0",
                }
            ),
            Example(
                {"form": "kakuninsho_funshitsu", "loss_kind": "き損", "certificate_attached": None}
            ),
        ),
        good=(
            Example(
                {
                    "form": "kakuninsho_funshitsu",
                    "loss_kind": "damaged",
                    "certificate_attached": "1",
                }
            ),
            Example(
                {"form": "kakuninsho_funshitsu", "loss_kind": "lost", "certificate_attached": None}
            ),
        ),
    ),
)
