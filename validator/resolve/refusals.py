"""Why a row is not taken into the ledger, and what to do about it."""

from __future__ import annotations

from enum import StrEnum

from validator.rules.model import Text


class Refusal(StrEnum):
    """The reasons, by the name that machine formats use."""

    NO_DECISION = "no_decision"
    UNKNOWN_DECISION = "unknown_decision"
    NO_REASON = "no_reason"
    NO_CLERK = "no_clerk"
    NO_DAY = "no_day"
    DAY_UNREADABLE = "day_unreadable"
    DAY_IN_FUTURE = "day_in_future"
    DAY_TOO_EARLY = "day_too_early"
    TOO_LONG = "too_long"
    NUMBER_IN_TEXT = "number_in_text"
    NO_RECORD_ID = "no_record_id"
    UNKNOWN_RECORD = "unknown_record"
    UNPROVEN = "unproven"
    TAMPERED = "tampered"
    FOREIGN_LEDGER = "foreign_ledger"
    FOREIGN_RUN = "foreign_run"
    STALE_PASSES = "stale_passes"
    STALE_CHANGED = "stale_changed"
    OLDER_DECISION = "older_decision"
    DUPLICATE = "duplicate"
    CONTRADICTORY = "contradictory"
    RETURN_NOT_CLEARED = "return_not_cleared"
    CLASS_NOT_CLEARED = "class_not_cleared"
    NO_PROOF = "no_proof"


WORDS = {
    Refusal.NO_DECISION: Text(
        "判定がありません。一覧から選んでください。",
        "The decision is missing: choose one from the list.",
    ),
    Refusal.UNKNOWN_DECISION: Text(
        "判定が一覧にない言葉です。本人確認済・訂正済・返戻・照会中 から選んでください。",
        "The decision is none of the list: 本人確認済, 訂正済, 返戻 or 照会中.",
    ),
    Refusal.NO_REASON: Text(
        "本人確認済には理由が必要です。選ぶか書いてください。",
        "本人確認済 needs a reason: choose or write one.",
    ),
    Refusal.NO_CLERK: Text("担当者がありません。名前を書いてください。", "The clerk is missing."),
    Refusal.NO_DAY: Text("決定日がありません。日付を書いてください。", "The day is missing."),
    Refusal.DAY_UNREADABLE: Text(
        "決定日が日付として読めません。2026-11-30 または 令和8年11月30日 のように書いてください。",
        "The day cannot be read: write it as 2026-11-30.",
    ),
    Refusal.DAY_IN_FUTURE: Text(
        "決定日が先の日付です。正しい日付に直してください。", "The day lies ahead: correct it."
    ),
    Refusal.DAY_TOO_EARLY: Text(
        "決定日が届書の受付より前か、1年以上前です。正しい日付に直してください。",
        "The day is before the form was received, or more than a year ago: correct it.",
    ),
    Refusal.TOO_LONG: Text(
        "理由か担当者が長すぎます(理由は400文字、担当者は60文字まで)。短くしてください。",
        "Reason or clerk is too long (400 and 60 characters).",
    ),
    Refusal.NUMBER_IN_TEXT: Text(
        "理由か担当者に、個人番号とみられる数字があります。消してください。",
        "Reason or clerk holds digits that look like a My Number: remove them.",
    ),
    Refusal.NO_RECORD_ID: Text(
        "record_id がありません。新しい作業一覧に記入し直してください。",
        "There is no record_id: fill in a fresh work list.",
    ),
    Refusal.UNKNOWN_RECORD: Text(
        "この record_id の記録は、検査の結果にも台帳にもありません。"
        "新しい作業一覧に記入し直してください。",
        "Neither the run nor the ledger knows this record: fill in a fresh work list.",
    ),
    Refusal.UNPROVEN: Text(
        "どの検査の行か確かめられません(照合キー・確認値などの列がない)。"
        "列を消していない作業一覧に記入し直してください。",
        "It cannot be told which run this row is of (columns are missing):"
        " fill in a work list with all its columns.",
    ),
    Refusal.TAMPERED: Text(
        "記入欄のほかの欄が書き換えられています。新しい作業一覧に記入し直してください。",
        "Cells other than the inputs have been changed: fill in a fresh work list.",
    ),
    Refusal.FOREIGN_LEDGER: Text(
        "別の台帳の検査で作られた行です。その台帳を --state に指定してください。",
        "This row belongs to another ledger: give that one as --state.",
    ),
    Refusal.FOREIGN_RUN: Text(
        "指定された(または同じフォルダーの)検査の行ではありません。"
        "その検査の出力フォルダーを --run に指定するか、新しい作業一覧に記入し直してください。",
        "This row is not of the run given (or of that folder): give its folder as --run,"
        " or fill in a fresh work list.",
    ),
    Refusal.STALE_PASSES: Text(
        "新しい検査では保留・返戻ではなくなっています。何もしなくてかまいません。",
        "In a newer run this record is neither held nor returned: nothing to do.",
    ),
    Refusal.STALE_CHANGED: Text(
        "新しい検査では届書か台帳の内容が変わっています。新しい作業一覧で確認し直してください。",
        "In a newer run form or registry have changed: decide again on the fresh work list.",
    ),
    Refusal.OLDER_DECISION: Text(
        "この記録には、より新しい判定が台帳にあります。変える場合は新しい作業一覧に記入してください。",
        "The ledger has a newer decision on this record: use a fresh work list to change it.",
    ),
    Refusal.DUPLICATE: Text(
        "同じ記録の同じ判定の行がもう1つあります。1行だけ取り込みました。",
        "There is another row of this record with the same decision: one was taken.",
    ),
    Refusal.CONTRADICTORY: Text(
        "同じ記録に、違う判定の行があります。正しい1行だけを残してください。",
        "There are rows of this record with different decisions: keep the right one.",
    ),
    Refusal.RETURN_NOT_CLEARED: Text(
        "返戻の記録は本人確認済にできません。届書を直して出し直してもらってください。",
        "A returned record cannot be confirmed: have the form corrected and filed again.",
    ),
    Refusal.CLASS_NOT_CLEARED: Text(
        "この保留は本人確認済にできません(番号の確認や台帳の取り直しが必要です)。",
        "This hold cannot be cleared: the number must be checked or the registry renewed.",
    ),
    Refusal.NO_PROOF: Text(
        "この保留は、何で確認したかを理由に書いてください"
        "(住民票、運転免許証、マイナンバーカード、住基ネットの照会、窓口での面談、本人への電話など。"
        "事業所の回答だけでは足りません)。",
        "Say in the reason by what this was confirmed: a document (住民票 …), a query of"
        " the resident register, the person asked; the employer's word alone is not enough.",
    ),
}
"""What is said of each, with what to do."""
