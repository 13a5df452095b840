"""資格確認書紛失・き損届 and 資格確認書紛失届(退職又は扶養削除後) (QA)."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity
from validator.rules.notes import (
    LATER_LOSS_REPORT,
    LOSS_REPORT,
    finding,
    mentions,
)

_KIND = pl.col("loss_kind_code")
_REPORT = {"form": "kakuninsho_funshitsu", "acquired_on": None, "loss_kind": "lost"}
_LATER = {
    "form": "kakuninsho_funshitsu_soshitsugo",
    "acquired_on": None,
    "lost_on": "2026-11-01",
}
_TOLD = {"circumstances": "自宅で紛失"}

RULES: tuple[Rule, ...] = (
    finding(
        "QA034",
        "left-before-loss-report",
        "form",
        Severity.ERROR,
        (
            "資格を喪失した人の届出ですが、在籍中の紛失・き損届が使われています。",
            "The person has left, but the report is that for people still insured.",
        ),
        (
            "「資格確認書紛失届(退職又は扶養削除後)」で届け出てもらってください。再発行はできません。",
            "Have it filed on 資格確認書紛失届(退職又は扶養削除後); nothing is reissued.",
        ),
        (
            "喪失届を出した後に分かった紛失は、退職後の届書で届け出ます。",
            "A loss found after the loss form has its own form.",
        ),
        ("QA-28", "QA-30"),
        LOSS_REPORT & pl.col("lost").is_not_null(),
        (Example({**_REPORT, **_TOLD, "lost_on": "2026-11-01"}),),
        (Example({**_REPORT, **_TOLD}), Example({**_LATER, **_TOLD})),
        effect=Effect.RETURN,
    ),
    finding(
        "QA035",
        "damaged-after-loss",
        "loss_kind",
        Severity.INFO,
        (
            "退職又は扶養削除後の紛失届ですが、き損とあります。",
            "A loss report for after leaving, but the certificate is damaged.",
        ),
        (
            "き損した資格確認書は、紛失届ではなく現物を返してもらってください。",
            "A damaged one is simply returned.",
        ),
        (
            "喪失後は、手元にある資格確認書を返納します。",
            "After leaving, what is at hand is returned.",
        ),
        ("QA-24", "QA-28"),
        LATER_LOSS_REPORT & (_KIND == "damaged"),
        (Example({**_LATER, **_TOLD, "loss_kind": "damaged"}),),
        (Example({**_LATER, **_TOLD, "loss_kind": "lost"}), Example({**_LATER, **_TOLD})),
    ),
    finding(
        "QA038",
        "reissue-for-usable-card",
        "circumstances",
        Severity.INFO,
        (
            "マイナ保険証を使えるとの記載があります。資格確認書は再発行されません。",
            "The card can be used, as the form says; no 資格確認書 is reissued.",
        ),
        (
            "本人に、マイナ保険証で受診するよう伝えてください。",
            "Tell the person to use the card.",
        ),
        (
            "再発行は、マイナ保険証を使えない人だけが対象です。",
            "Only people who cannot use their card get another one.",
        ),
        ("QA-30", "QA-27", "QA-15"),
        LOSS_REPORT & mentions("usable_card"),
        (Example({**_REPORT, "circumstances": "紛失。マイナ保険証は利用できる"}),),
        (Example({**_REPORT, "circumstances": "紛失。マイナ保険証も使えない"}),),
        cannot_see=(
            "利用登録の有無は、届書の文章からしか分かりません。",
            "Whether the card is registered only shows in what the form says.",
        ),
    ),
)
