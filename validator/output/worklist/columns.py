"""The columns of the sheet 「作業一覧」, from left to right: what `resolve` reads back, too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SHEET, FINDINGS_SHEET, CLEARED_SHEET = "作業一覧", "明細", "確認済"
RULES_SHEET, TOTALS_SHEET, GUIDE_SHEET = "規則の説明", "集計", "この表の使い方"

RECORD_ID = "record_id"
DECISION, REASON, CLERK, DECIDED_ON = "判定", "理由", "担当者", "決定日"
INPUTS = (DECISION, REASON, CLERK, DECIDED_ON)
KEY, SEAL = "照合キー", "確認値"


class Kind(StrEnum):
    """How the cells of a column are written."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    DATE = "date"
    SIDES = "sides"  # both sides of an item, marked where they differ
    INPUT = "input"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Column:
    """``width``: half-width characters; ``note``: what stands in it, for the guide."""

    header: str
    width: int
    kind: Kind
    note: str


QUEUE = "順"
DUE, DUE_WORDS = "期限", "期限まで"
ITEM_HEADERS = {
    "name_kanji": "氏名(漢字)",
    "name_kana": "氏名(カナ)",
    "birth_date": "生年月日",
    "sex": "性別",
    "address": "住所",
}

COLUMNS = (
    Column(QUEUE, 5, Kind.COUNT, "取りかかる順番です。急ぐもの、別人かもしれないものが先です。"),
    Column(DUE, 12, Kind.DATE, "受付日の翌日から数えて5日目です。"),
    Column(DUE_WORDS, 9, Kind.TEXT, "検査の基準日から期限までの日数です。"),
    Column("判定区分", 8, Kind.TEXT, "保留(確認が必要)か、返戻(事業所へ返す)かです。"),
    Column("保留区分", 13, Kind.TEXT, "何の違いで保留になったかです。"),
    Column("原因", 13, Kind.TEXT, "違いの起きた理由の推定です。"),
    Column("同一人らしさ", 8, Kind.SHARE, "届書の人と台帳の人が同じ人である見込みです。"),
    Column("異なる項目", 11, Kind.TEXT, "届書と台帳で違う項目です。"),
    Column("事業所", 15, Kind.TEXT, "事業所の番号と名称です。"),
    Column("届書", 11, Kind.TEXT, "届書の種類です。"),
    Column("記号・番号", 11, Kind.TEXT, "被保険者等記号・番号・枝番です。"),
    Column(ITEM_HEADERS["name_kanji"], 15, Kind.SIDES, "上が届書、下が台帳です。"),
    Column(ITEM_HEADERS["name_kana"], 19, Kind.SIDES, "上が届書、下が台帳です。"),
    Column(ITEM_HEADERS["birth_date"], 15, Kind.SIDES, "上が届書、下が台帳です。"),
    Column(ITEM_HEADERS["sex"], 8, Kind.SIDES, "上が届書、下が台帳です。"),
    Column(ITEM_HEADERS["address"], 32, Kind.SIDES, "上が届書、下が台帳です。"),
    Column("誰に何を聞くか", 50, Kind.TEXT, "確認する相手、事業所への文例、確認する書類です。"),
    Column("提案", 22, Kind.TEXT, "台帳から考えられる正しい値などです。確かめてから使います。"),
    Column("解除の条件", 10, Kind.TEXT, "「本人確認済」にできるか、何で確認したかが必要かです。"),
    Column("前回の判定", 18, Kind.TEXT, "前にこの人について記入された判定です。"),
    Column(DECISION, 12, Kind.INPUT, "一覧から選びます。"),
    Column(REASON, 22, Kind.INPUT, "一覧から選ぶか、自由に書きます。"),
    Column(CLERK, 11, Kind.INPUT, "判定した人の名前です。"),
    Column(DECIDED_ON, 13, Kind.INPUT, "判定した日です。"),
    Column(RECORD_ID, 20, Kind.TEXT, "この記録の受付番号です。変えないでください。"),
    Column("行", 7, Kind.COUNT, "届書のファイルの何行目かです。"),
    Column("ファイル", 18, Kind.TEXT, "届書のファイルの名前(とシート)です。"),
    Column("受付日", 12, Kind.DATE, "届書を受け付けた日です。"),
    Column(KEY, 10, Kind.HIDDEN, "どの検査のどの記録かを示します。変えないでください。"),
    Column(SEAL, 10, Kind.HIDDEN, "書き換えられていないことを確かめる値です。"),
)
PRINTED_TO = "誰に何を聞くか"
"""The last column on paper: what a clerk needs at the telephone, in a size that can be read."""
HEADERS = tuple(column.header for column in COLUMNS)
SEALED = tuple(column.header for column in COLUMNS if column.kind not in (Kind.INPUT, Kind.HIDDEN))
"""What a clerk may not change: the seal of a row is made of these, and of its key."""
