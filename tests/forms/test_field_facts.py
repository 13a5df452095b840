"""What the declared checks say of single records, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from validator.forms.field_checks import KINDS
from validator.forms.field_facts import add_field_facts
from validator.forms.load import default_forms
from validator.forms.shape import form_schema, shape_failures

FORMS = default_forms()
Row = dict[str, "str | None"]
COMPLETE: dict[str, Row] = {
    "hifuyosha_ido": {"change_type": "1", "living_together": "2", "relationship": "妻"},
    "shikaku_soshitsu": {"loss_cause": "4"},
    "shimei_henko": {"old_name_kanji": "見本　花子"},
    "kisai_jiko_henko": {"changed_item": "氏名"},
    "kakuninsho_funshitsu": {"loss_kind": "紛失", "circumstances": "引越し"},
    "kakuninsho_funshitsu_soshitsugo": {"circumstances": "引越し"},
}


def facts(rows: Sequence[Row], *, media: bool = False) -> pl.DataFrame:
    names = FORMS.vocabulary.names
    frame = pl.DataFrame(
        [{name: row.get(name) for name in names} for row in rows],
        schema=dict.fromkeys(names, pl.String),
    )
    return add_field_facts(frame.with_columns(is_media=pl.lit(media)), FORMS)


def said(row: Row, *, media: bool = False) -> dict[str, str]:
    """Kind → names of the fields, of one record."""
    frame = facts([row], media=media)
    kinds = ("blank", "blank_note", *KINDS)
    return {k: v for k in kinds if (v := frame[f"ff_{k}"].item()) is not None}


def record(form: str, **changes: str | None) -> Row:
    return {"form": form, **COMPLETE.get(form, {}), **changes}


@pytest.mark.parametrize("form", FORMS.names)
def test_nothing_is_said_of_a_record_with_what_its_form_needs(form: str) -> None:
    assert said(record(form)) == {}


@pytest.mark.parametrize("form", FORMS.names)
def test_every_example_of_the_declarations_is_fine(form: str) -> None:
    examples = {f.column: f.example for f in FORMS.form(form).field if f.example}
    row = {**examples, "form": form, "birth_date": "1985-04-01", **COMPLETE.get(form, {})}
    assert said(row) == {}
    assert (
        shape_failures(pl.DataFrame([{**row, "my_number": "", "insured_my_number": ""}]), form)
        == []
    )


@pytest.mark.parametrize(
    ("form", "changes", "kind", "names"),
    [
        ("kakuninsho_funshitsu", {"loss_kind": None}, "blank", "紛失・き損の別"),
        ("kakuninsho_funshitsu", {"loss_kind": " 　"}, "blank", "紛失・き損の別"),
        ("kisai_jiko_henko", {"changed_item": None}, "blank", "変更項目"),
        ("hifuyosha_ido", {"living_together": None}, "blank_note", "同居・別居の別"),
        ("hifuyosha_ido", {"change_type": "該当", "living_together": None, "relationship": None}, "blank_note", "続柄、同居・別居の別"),
        ("hifuyosha_ido", {"change_type": "4"}, "unknown_code", "異動の別"),
        ("hifuyosha_ido", {"living_together": "半分"}, "unknown_code", "同居・別居の別"),
        ("kakuninsho_funshitsu", {"loss_kind": "?"}, "unknown_code", "紛失・き損の別"),
        ("shikaku_shutoku", {"acquisition_kind": "2"}, "unknown_code", "取得区分"),
        ("shikaku_shutoku", {"acquisition_kind": "再取得"}, "unknown_word", "取得区分"),
        ("riyo_toroku_kaijo", {"member_kind": "その他"}, "unknown_code", "被保険者区分"),
        ("shikaku_shutoku", {"has_dependants": "？"}, "flag", "被扶養者の有無"),
        ("oshirase_saikofu", {"share_changed": "2"}, "flag", "負担割合変更"),
        ("shikaku_shutoku", {"remarks": "あ" * 501}, "too_long", "備考"),
        ("shikaku_shutoku", {"name_kanji": "見" * 101}, "too_long", "氏名（漢字）"),
        ("shimei_henko", {"old_name_kana": "見本 花子"}, "shape", "変更前氏名(カナ)"),
        ("shimei_henko", {"old_name_kanji": "---"}, "shape", "変更前氏名(漢字)"),
        ("hifuyosha_ido", {"insured_name_kana": "12"}, "shape", "被保険者氏名(カナ)"),
        ("shikaku_shutoku", {"pay_cash": "−１，０００"}, "negative", "報酬月額(通貨)"),
        ("shikaku_soshitsu", {"certificates_returned": "-1"}, "negative", "資格確認書回収(添付)"),
        ("shikaku_soshitsu", {"certificates_held": "不明"}, "amount", "資格確認書交付枚数"),
    ],
)  # fmt: skip
def test_each_kind(form: str, changes: Row, kind: str, names: str) -> None:
    assert said(record(form, **changes)) == {kind: names}
    assert said(record(form, **changes), media=True) == {}


@pytest.mark.parametrize(
    ("form", "changes"),
    [
        ("hifuyosha_ido", {"change_type": "2", "living_together": None, "relationship": None}),
        ("hifuyosha_ido", {"relationship": "配偶者の連れ子", "occupation": "会社員", "event_reason": "就職のため"}),
        ("hifuyosha_ido", {"change_type": "　増 ", "living_together": "○"}),
        ("hifuyosha_ido", {"annual_income": "130万円くらい"}),
        ("shikaku_soshitsu", {"loss_cause": "一身上の都合"}),
        ("shikaku_soshitsu", {"lost_on": "2026-02-30", "my_number": "12", "sex": "9"}),
        ("shikaku_soshitsu", {"certificates_returned": "１枚", "certificates_not_returned": "なし"}),
        ("kakuninsho_funshitsu", {"loss_kind": "破損", "card_lost": "無"}),
        ("shikaku_shutoku", {"remarks": "あ" * 500, "pay_total": "３０万円", "pay_cash": "¥300,000"}),
        ("shimei_henko", {"old_name_kanji": "●田 花子", "old_name_kana": "ﾐﾎﾝ ﾊﾅｺ"}),
        ("shikaku_shutoku", {"lost_on": "きのう", "change_type": "9", "loss_kind": "x"}),
    ],
)  # fmt: skip
def test_free_words_and_what_other_rules_read_are_left_alone(form: str, changes: Row) -> None:
    assert said(record(form, **changes)) == {}


def test_forms_of_one_batch_are_asked_each_by_its_own_declaration() -> None:
    rows = [
        record("shikaku_shutoku", loss_kind="x"),
        record("kakuninsho_funshitsu", loss_kind="x"),
        record("shikaku_shutoku"),
        record("kakuninsho_funshitsu", loss_kind=None, circumstances=None),
        record("hifuyosha_ido", insured_name_kana="a", old_name_kana="a"),
        record("shimei_henko", insured_name_kana="a", old_name_kana="a"),
    ]
    frame = facts(rows)
    assert frame["ff_unknown_code"].to_list() == [None, "紛失・き損の別", None, None, None, None]
    assert frame["ff_blank"].to_list() == [None, None, None, "紛失・き損の別", None, None]
    assert frame["ff_blank_note"].to_list() == [None, None, None, "状況", None, None]
    assert frame["ff_shape_en"].to_list() == [None] * 4 + ["insured_name_kana", "old_name_kana"]
    for kind in ("too_long", "flag", "negative", "amount", "unknown_word"):
        assert frame[f"ff_{kind}"].null_count() == len(rows)


def test_an_empty_frame_has_the_columns_too() -> None:
    frame = facts([])
    assert {f"ff_{kind}" for kind in ("blank", "blank_note", *KINDS)} <= set(frame.columns)


@pytest.mark.parametrize("form", FORMS.names)
def test_each_form_is_a_pandera_schema(form: str) -> None:
    schema = form_schema(form)
    assert list(schema.columns) == [f.column for f in FORMS.form(form).field]
    needed = {name for name, column in schema.columns.items() if column.required}
    additions = set(FORMS.vocabulary.required.addition)
    assert needed == (additions if form == "shikaku_shutoku" else set())


def test_the_schema_names_columns_and_checks_and_no_value() -> None:
    rows = {"form": ["資格確認書紛失・き損届"] * 2, "loss_kind": ["紛失", "秘密"],
            "remarks": ["あ" * 500, "秘密" * 300]}  # fmt: skip
    failures = shape_failures(pl.DataFrame(rows), "kakuninsho_funshitsu")
    assert failures == ["loss_kind: closed_list", "remarks: max_chars"]
    missing = shape_failures(pl.DataFrame(rows), "shikaku_shutoku")
    assert any("address" in failure or "frame" in failure for failure in missing)
    numbers = pl.DataFrame({"remarks": [1]})
    assert shape_failures(numbers, "riyo_toroku_kaijo") != []
    with pytest.raises(KeyError):
        form_schema("jusho_henko")
