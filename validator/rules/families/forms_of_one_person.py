"""The forms of one person in a batch (FA006-FA008): do they agree, and is their order right?"""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

_BATCH = Text("この一括の届書の中だけを見ます。", "Only this batch is looked at.")


def _rule(
    code: str,
    slug: str,
    field: str,
    ja: str,
    en: str,
    hint: Text,
    why: Text,
    source: tuple[str, ...],
    when: pl.Expr,
    *,
    bad: tuple[Example, ...],
    good: tuple[Example, ...],
    wrong_form: bool = False,
) -> Rule:
    return Rule(
        code=code,
        slug=slug,
        field=field,
        severity=Severity.ERROR if wrong_form else Severity.WARNING,
        effect=Effect.RETURN if wrong_form else Effect.NONE,
        message=Text(ja, en),
        hint=hint,
        why=why,
        source=source,
        cannot_see=_BATCH,
        when=when,
        bad=bad,
        good=good,
        inferred=True,
    )


RULES = (
    _rule(
        "FA006",
        "forms-disagree",
        "my_number",
        "同じ人の別の届書と、氏名・性別・住所のいずれかが違います。",
        "Another form of the same person gives another name, sex or address.",
        Text("どちらが正しいか確かめ、同じ内容にそろえてください。", "Find out which is right."),
        Text("どちらかが古いか、書き誤りです。", "One of them is outdated or mistaken."),
        ("届書間の照合",),
        pl.col("forms_disagree"),
        bad=(
            Example(
                {},
                others=(
                    {
                        "form": "kakuninsho_kofu",
                        "certificate_reason": "A",
                        "address": "大阪府大阪市北区梅田三丁目1番1号",
                        "acquired_on": None,
                    },
                ),
            ),
            Example(
                {},
                others=(
                    {
                        "form": "kakuninsho_kofu",
                        "certificate_reason": "A",
                        "sex": "2",
                        "acquired_on": None,
                    },
                ),
            ),
        ),
        good=(
            Example(
                {},
                others=(
                    {
                        "form": "kakuninsho_kofu",
                        "certificate_reason": "A",
                        "address": "江東区豊洲1-2-27",
                        "name_kana": "ﾐﾎﾝ ﾀﾛｳ",
                        "acquired_on": None,
                    },
                ),
            ),
            Example(
                {},
                others=(
                    {
                        "form": "shimei_henko",
                        "name_kanji": "手本　太郎",
                        "name_kana": "テホン　タロウ",
                        "old_name_kanji": "見本　太郎",
                        "acquired_on": None,
                    },
                ),
            ),
        ),
    ),
    _rule(
        "FA007",
        "loss-report-before-loss-form-came",
        "received_on",
        "資格喪失(扶養削除)後の紛失届が、喪失届(異動届)より先に受け付けられています。",
        "A loss report for after leaving was received before the loss form.",
        Text(
            "喪失届の前に分かっていた紛失は、喪失届(異動届)に書いてもらってください。",
            "A loss known before is written on the loss form itself.",
        ),
        Text("この届書は、喪失届を出した後の届書です。", "This form follows a loss form."),
        ("QA-28", "QA-25"),
        pl.col("loss_filed_later"),
        wrong_form=True,
        bad=(
            Example(
                {
                    "form": "kakuninsho_funshitsu_soshitsugo",
                    "lost_on": "2026-11-11",
                    "acquired_on": None,
                    "received_on": "2026-11-13",
                },
                others=(
                    {
                        "form": "shikaku_soshitsu",
                        "left_on": "2026-11-10",
                        "lost_on": "2026-11-11",
                        "acquired_on": None,
                        "received_on": "2026-11-14",
                    },
                ),
            ),
        ),
        good=(
            Example(
                {
                    "form": "kakuninsho_funshitsu_soshitsugo",
                    "lost_on": "2026-11-11",
                    "acquired_on": None,
                    "received_on": "2026-11-14",
                },
                others=(
                    {
                        "form": "shikaku_soshitsu",
                        "left_on": "2026-11-10",
                        "lost_on": "2026-11-11",
                        "acquired_on": None,
                        "received_on": "2026-11-14",
                    },
                ),
            ),
            # A certificate of an earlier membership.
            Example(
                {
                    "form": "kakuninsho_funshitsu_soshitsugo",
                    "lost_on": "2025-04-01",
                    "acquired_on": None,
                    "received_on": "2026-11-13",
                },
                others=(
                    {
                        "form": "shikaku_soshitsu",
                        "left_on": "2026-11-10",
                        "lost_on": "2026-11-11",
                        "acquired_on": None,
                        "received_on": "2026-11-14",
                    },
                ),
            ),
        ),
    ),
    _rule(
        "FA008",
        "loss-report-after-loss-form",
        "form",
        "先に受け付けた喪失届(異動届)で資格がなくなっている人の、在籍者用の紛失・き損届です。",
        "A report for people still insured, though the person's loss form came earlier.",
        Text(
            "「資格確認書紛失届(退職又は扶養削除後)」で届け出てもらってください。",
            "Have 資格確認書紛失届(退職又は扶養削除後) filed instead.",
        ),
        Text("喪失後の紛失には別の届書があります。", "After leaving there is another form."),
        ("QA-28", "QA-30"),
        pl.col("loss_filed_before"),
        wrong_form=True,
        bad=(
            Example(
                {
                    "form": "kakuninsho_funshitsu",
                    "loss_kind": "lost",
                    "acquired_on": None,
                    "received_on": "2026-11-15",
                },
                others=(
                    {
                        "form": "shikaku_soshitsu",
                        "left_on": "2026-11-10",
                        "lost_on": "2026-11-11",
                        "acquired_on": None,
                        "received_on": "2026-11-14",
                    },
                ),
            ),
        ),
        good=(
            Example(
                {
                    "form": "kakuninsho_funshitsu",
                    "loss_kind": "lost",
                    "acquired_on": None,
                    "received_on": "2026-11-13",
                },
                others=(
                    {
                        "form": "shikaku_soshitsu",
                        "left_on": "2026-11-10",
                        "lost_on": "2026-11-11",
                        "acquired_on": None,
                        "received_on": "2026-11-14",
                    },
                ),
            ),
            # Back at work since, with a certificate of the new membership.
            Example(
                {
                    "form": "kakuninsho_funshitsu",
                    "loss_kind": "lost",
                    "acquired_on": None,
                    "received_on": "2026-11-15",
                },
                others=(
                    {
                        "form": "shikaku_soshitsu",
                        "left_on": "2026-11-10",
                        "lost_on": "2026-11-11",
                        "acquired_on": None,
                        "received_on": "2026-11-14",
                    },
                    {"acquired_on": "2026-11-11", "received_on": "2026-11-14"},
                ),
            ),
        ),
    ),
)
