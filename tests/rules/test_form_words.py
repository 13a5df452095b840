"""Words, codes, counts and free texts of the forms, as people write them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.batch.columns import canonical_columns
from validator.fields.form_facts import WORD_COLUMNS, form_facts
from validator.fields.prepare import prepare
from validator.forms.load import default_forms
from validator.forms.words import (
    INADMISSIBLE,
    UNKNOWN,
    UNKNOWN_CODE,
    read_certificate_reason,
    read_no_number_reason,
    word_reader,
)

# text: letters, conditions, state
REASONS = {
    "A": ("A", None, "read"), "ａ": ("A", None, "read"), "G A": ("AG", None, "read"),
    "A、F": ("AF", None, "read"), "理由：D": ("D", None, "read"), "F カード紛失": ("F", None, "read"),
    "①": (None, "|1|", "read"), "①②": (None, "|1|2|", "read"), "⑫": (None, "|12|", "read"),
    "12": (None, "|12|", "read"), "Ｆ・①": ("F", "|1|", "read"), "３,11": (None, "|3|11|", "read"),
    "13": (None, None, "unknown"), "未取得": ("A", None, "read"), "カードを持っていない": ("A", None, "read"),
    "利用登録なし": ("B", None, "read"), "未登録": ("B", None, "read"), "利用登録解除": ("C", None, "read"),
    "期限切れから3か月": ("D", None, "read"), "返納": ("E", None, "read"), "更新中": ("F", None, "read"),
    "マイナンバーカード紛失のため": ("F", None, "read"), "要介助": ("G", None, "read"),
    "ICチップの不良": (None, "|4|", "read"), "card please": (None, None, "unknown"),
    "本人希望": (None, None, "unknown"), "念のため": (None, None, "just_in_case"), "ねんの為": (None, None, "just_in_case"),
    "F 念のため": ("F", None, "just_in_case"), "なんとなく不安だから": (None, None, "just_in_case"),
    "G 高齢で操作が不安なため": ("G", None, "read"), "G 万一のとき施設の職員が示す": ("G", None, "read"),
    "万一に備えて": (None, None, "just_in_case"), "お守りとして": (None, None, "just_in_case"),
}  # fmt: skip

# Contract section 3: 1, 2 or their words; 3 / その他 only with an admissible word behind it.
NO_NUMBER = {
    "1": "abroad", "２": "short_stay", "海外在住": "abroad", "Short_Stay": "short_stay",
    "short stay": "short_stay", "1 海外在住": "abroad", "１：海外在住": "abroad", "2（短期在留）": "short_stay",
    "海外在住のため": "abroad", "出生": "newborn", "新生児のため": "newborn", "出生直後": "newborn",
    "出生のため番号未着": "newborn", "個人番号通知待ち": "pending", "入国直後につき": "just_arrived",
    "3 出生": "newborn", "３出生": "newborn", "その他（出生）": "newborn", "その他/出生": "newborn",
    "3 その他（入国直後）": "just_arrived", "その他の理由：番号未着": "pending", "3 海外在住": "abroad",
    "3": INADMISSIBLE, "その他": INADMISSIBLE, "その他（）": INADMISSIBLE, "3 3": INADMISSIBLE,
    "その他 1": INADMISSIBLE, "1 短期在留": INADMISSIBLE, "1 出生": INADMISSIBLE, "12": INADMISSIBLE,
    "4": INADMISSIBLE, "のため": INADMISSIBLE, "その他（不明）": INADMISSIBLE, "番号": INADMISSIBLE,
    "番号不明": INADMISSIBLE, "出生届を紛失": INADMISSIBLE, "通知待ちではない": INADMISSIBLE, "　": None,
}  # fmt: skip

WORDS = {
    "loss_cause": {
        "4": "left", "０５": "death", "07": "aged_75", "9": "disability", "11": "treaty",
        "6": UNKNOWN_CODE, "自己都合退職": "left", "死亡": "death", "７５歳到達": "aged_75",
        "その他(転勤)": "other", "一身上の都合": UNKNOWN,
    },
    "loss_kind": {
        "lost": "lost", "DAMAGED": "damaged", "紛　失": "lost", "汚損": "damaged",
        "紛失・き損": UNKNOWN, "1": UNKNOWN,
    },
    "not_returned_reason": {
        "self_discarded": "self_discarded", "本人が廃棄": "self_discarded", "返納済": "returned_earlier",
        "既に返却": "returned_earlier", "有効期限切れ": "expired", "自宅で見つからず": "lost", "不明": UNKNOWN,
    },
    "member_kind": {"一般": "general", "任意継続被保険者": "continued", "特退": "special", "嘱託": UNKNOWN},
    "submitted_via": {"事業主経由": "employer", "本人から直接": "direct", "direct": "direct", "郵送": UNKNOWN},
    "living_together": {"1": "together", "別居": "apart", "○": "together", "無": "apart", "３": UNKNOWN_CODE},
}  # fmt: skip

MENTIONS = {
    "旧保険証を回収": {"old_card"},
    "マイナ保険証を利用": set(),
    "健康保険証としての利用登録済": set(),
    "資格情報のお知らせを添付して返送": {"notice_returned"},
    "お知らせ再交付の添付": set(),
    "婚姻により改姓": {"name_change"},
    "氏名変更届を別途提出": set(),
    "マイナ保険証は現在使用中": {"usable_card"},
    "マイナ保険証の利用可能でないため": set(),
    "個人番号の登録を取りやめ、削除してください": {"deletes_number"},
    "Please delete my number": {"deletes_number"},
    "マイナンバーカードを廃棄": set(),
    "被扶養者の削除に伴い個人番号は省略": set(),
    "個人番号を返してほしい": {"deletes_number"},
    "マイナンバーの情報を破棄してください": {"deletes_number"},
    "マイナンバーの提供を撤回します": {"deletes_number"},
    "個人番号の利用停止を求めます": {"deletes_number"},
    "番号の登録を削除": {"deletes_number"},
    "マイナンバーを消してください。": {"deletes_number"},
    # What is handed back, taken apart or corrected is no number.
    "マイナンバー通知カードは返却済": set(),
    "マイナンバー確認書類を返却": set(),
    "個人番号の届書を破棄": set(),
    "マイナンバーと保険証の紐付けを取り消したい": set(),
    "マイナンバーカードと保険証のひも付けの削除": set(),
    "マイナンバーの保険証利用を停止": set(),
    "誤った個人番号の削除と正しい番号の登録": set(),
    "電話番号の削除": set(),
    "財布を落とし、マイナ保険証も紛失": {"card_lost_too"},
    "マイナンバーカードごと盗まれた": {"card_lost_too"},
    "紛失した。マイナ保険証は手元にある": set(),
    "マイナ保険証は紛失していない": set(),
    "負担割合が1割から2割に変わった": {"share_changed"},
    "負担割合の変更はない": set(),
}


@pytest.mark.parametrize(("text", "code"), NO_NUMBER.items())
def test_a_reason_for_having_no_number_is_read(text: str, code: str | None) -> None:
    assert read_no_number_reason(text) == code


@pytest.mark.parametrize(("text", "expected"), REASONS.items())
def test_a_reason_for_a_certificate(text: str, expected: tuple[str | None, ...]) -> None:
    read = read_certificate_reason(text)
    assert read is not None
    assert (read.letters, read.conditions, read.state) == expected


@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_blanks_say_nothing(blank: str) -> None:
    assert read_certificate_reason(blank) is None
    assert [word_reader(column)(blank) for column in WORD_COLUMNS] == [None] * len(WORD_COLUMNS)


@pytest.mark.parametrize(
    ("column", "word", "expected"),
    [(c, w, e) for c, words in WORDS.items() for w, e in words.items()],
)
def test_a_word_of_a_column(column: str, word: str, expected: str) -> None:
    assert word_reader(column)(word) == expected


@given(st.text(max_size=300), st.sampled_from(sorted(WORD_COLUMNS)))
def test_no_text_is_an_error(text: str, column: str) -> None:
    read = read_certificate_reason(text)
    assert read is None or set(read.letters or "") <= set("ABCDEFG")
    read_word = word_reader(column)(text)
    assert read_word is None or read_word.isascii()


def test_every_word_that_a_form_declares_is_known() -> None:
    told = [
        (field.column, word)
        for form in default_forms().all()
        for field in form.field
        if field.column in WORD_COLUMNS
        for code in field.codes
        for word in (code.code, *code.words)
    ]
    assert len(told) > 30
    assert [t for t in told if (word_reader(t[0])(t[1]) or UNKNOWN).startswith(UNKNOWN)] == []


def frame(rows: list[dict[str, str | None]]) -> pl.DataFrame:
    places = {
        "row": list(range(len(rows))), "source": [0] * len(rows), "block": [None] * len(rows),
        "line_index": list(range(len(rows))),
    }  # fmt: skip
    schema = {"row": pl.UInt32, "source": pl.UInt16, "block": pl.String, "line_index": pl.UInt32}
    texts = {c: [row.get(c) for row in rows] for c in canonical_columns()}
    made = pl.DataFrame({**places, **texts}, schema={**schema, **dict.fromkeys(texts, pl.String)})
    given_places = {c: [row.get(c) for row in rows] for c in ("block", "line_index")}
    return made.with_columns(
        pl.Series(c, values, dtype=schema[c]) for c, values in given_places.items() if any(values)
    )


@pytest.mark.parametrize(("text", "names"), MENTIONS.items())
@pytest.mark.parametrize("column", ["remarks", "circumstances", "change_reason"])
def test_what_a_text_speaks_of(text: str, names: set[str], column: str) -> None:
    (said,) = form_facts(frame([{column: text}, {}]))["mentions"].head(1)
    assert set((said or "").strip("|").split("|")) - {""} == names


def test_counts_and_amounts() -> None:
    written = {
        "1": 1, "０": 0, "2 枚": 2, "なし": 0, "二": None, "-1": None, "": None, None: None,
        "1234": None,
    }  # fmt: skip
    found = form_facts(frame([{"certificates_returned": w} for w in written]))
    assert found["returned_count"].to_list() == list(written.values())
    amounts = {
        "1,300,000": 1_300_000, "１３０万円": 1_300_000, "98.5万": 985_000, "0円": 0, "無収入": 0,
        "約100万円": 1_000_000, "¥200,000": 200_000, "パート": None, "1,200円/時": None,
    }  # fmt: skip
    found = form_facts(frame([{"annual_income": w} for w in amounts]))
    assert found["income"].to_list() == list(amounts.values())


def test_only_an_application_takes_its_reason_from_other_columns() -> None:
    rows: list[dict[str, str | None]] = [
        {"form": "kakuninsho_kofu", "reason": "カード紛失"},
        {"form": "kakuninsho_kofu", "certificate_reason": "B", "invalid_condition": "⑫"},
        {"form": "riyo_toroku_kaijo", "reason": "念のため"},
        {"form": "shikaku_shutoku", "certificate_reason": "A", "reason": "G"},
    ]
    found = form_facts(frame(rows))
    assert found["certificate_letters"].to_list() == ["F", "B", None, "A"]
    assert found["certificate_conditions"].to_list() == [None, "|12|", None, None]
    assert found["certificate_reason_state"].to_list() == ["read", "read", None, "read"]


@pytest.mark.parametrize(
    ("kind", "additions", "removals"),
    [("1", [False, True, True], [False] * 3), ("2", [False] * 3, [True] * 3),
     ("3", [False] * 3, [False] * 3)],
)  # fmt: skip
def test_the_insured_block_follows_its_line_and_adds_nobody(
    kind: str, additions: list[bool], removals: list[bool]
) -> None:
    rows: list[dict[str, str | None]] = [
        {"form": "hifuyosha_ido", "block": "insured"},
        {"form": "hifuyosha_ido", "block": "spouse", "change_type": kind},
        {"form": "hifuyosha_ido", "block": "other1", "change_type": kind},
    ]
    table = frame(rows).with_columns(line_index=pl.lit(7, dtype=pl.UInt32))
    found = prepare(table, media_sources=frozenset(), as_of=date(2026, 11, 23))
    assert found["is_insured_block"].to_list() == [True, False, False]
    assert found["is_addition"].to_list() == additions
    assert found["is_removal"].to_list() == removals
    assert found["row"].to_list() == [0, 1, 2]


def test_facts_change_no_row_and_no_submitted_text() -> None:
    rows: list[dict[str, str | None]] = [
        {"form": "shikaku_soshitsu", "remarks": "保険証", "certificates_returned": "１"},
        {"form": "shikaku_soshitsu", "remarks": None, "annual_income": "x"},
        {"form": "shimei_henko", "old_name_kanji": "見本 太郎", "name_kanji": "見本　太郎",
         "old_name_kana": "ﾐﾎﾝ ﾀﾛｳ", "name_kana": "ミホン　タロウ"},
        {"form": "shimei_henko", "old_name_kanji": "見本　太郎", "name_kanji": "見本　太郎"},
        {"form": "shimei_henko", "old_name_kanji": "見本　太郎", "name_kanji": "見本　太郎",
         "old_name_kana": "ミホン　フトロウ", "name_kana": "ミホン　タロウ"},
    ]  # fmt: skip
    table = frame(rows)
    found = form_facts(table)
    assert found.select(table.columns).equals(table)
    assert found["name_unchanged"].to_list() == [False, False, True, False, False]
