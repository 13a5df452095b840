"""What is asked and told: the same whatever the registry shows, exact where the form is at fault."""

import re

import polars as pl
from clean_record import OWN, number
from output.letters.lettering import checked, holder, letters_of, person, plain, texts

from validator.output.letters import filed_of
from validator.output.letters.asks import ASKS, speaks_of_form
from validator.output.letters.people import letter_people
from validator.output.letters.words import TABLE
from validator.resources import load_toml
from validator.rules.catalogue import all_rules
from validator.rules.model import Effect

HOLD_BOX = "届書のとおりで、相違ありません"


def text_of(folder, record, registry=({},), **more) -> str:
    (page,) = letters_of(folder, [record], registry, **more).values()
    return " ".join(plain(page).split())


# Whose number it is, whether that person lives, and which item differs must not be told.
SAME_TO_A_READER = {
    "birth date": ({}, {"birth_date": "1985-04-10"}),
    "sex": ({}, {"sex": "2"}),
    "number unknown": ({}, {"my_number": number(31415926536)}),
    "deceased": ({}, {"status": "deceased"}),
    "abroad": ({}, {"status": "moved_abroad"}),
    "renumbered": ({}, {"status": "replaced"}),
    "somebody else's": ({}, {"name_kanji": "川上　桜", "name_kana": "カワカミ　サクラ",
                             "birth_date": "1951-12-30", "sex": "2", "address": "北海道札幌市中央区北一条西二丁目1"}),
    "a family member's": ({}, {"name_kanji": "見本　桜", "name_kana": "ミホン　サクラ",
                               "birth_date": "2015-12-30", "sex": "2"}),
}  # fmt: skip


def test_number_birth_date_and_sex_are_one_question(tmp_path):
    seen = texts(tmp_path, list(SAME_TO_A_READER.values()))
    assert "個人番号をご確認ください" in seen[0]
    assert len(set(seen)) == 1, dict(zip(SAME_TO_A_READER, seen, strict=True))


FILED = "東京都江東区豊洲一丁目2番27号ハイツ203"
ADDRESSES = [
    {"address": "東京都江東区豊洲三丁目9番9号"},
    {"address": "大阪府大阪市北区梅田一丁目1番1号"},
    {"address": "東京都江東区豊洲一丁目2番27号ハイツ101"},
    {"address": "東京都江東区豊洲一丁目2番28号", "previous_address": FILED},
]
NAMES = [
    {"name_kanji": "三本　太郎"},
    {"name_kanji": "山田　太郎", "former_name_kanji": "見本　太郎"},
    {"name_kanji": "見本　太郎", "name_kana": "ミモト　タロウ"},
    {"name_kanji": "山田　太郎", "name_kana": "ヤマダ　タロウ"},
    {"name_kanji": "SMITH JOHN", "alias_kanji": "見本　次郎", "name_kana": "ミホン　ジロウ"},
]


def test_one_question_for_all_addresses_and_one_for_all_names(tmp_path):
    cases = [({"address": FILED}, row) for row in ADDRESSES]
    cases += [({"name_kanji": "見本　太郎"}, row) for row in NAMES]
    seen = texts(tmp_path, cases)
    for part, ask in (
        (seen[: len(ADDRESSES)], "住民票の住所をご確認ください"),
        (seen[len(ADDRESSES) :], "住民票の表記のとおりかご確認ください"),
    ):
        assert ask in part[0]
        assert len(set(part)) == 1, part


def test_the_number_on_another_employers_form_is_not_told(tmp_path):
    records = [
        person(0, office_code="1001"),
        {**person(0, office_code="1002"), "name_kanji": "川上　桜", "name_kana": "カワカミ　サクラ",
         "birth_date": "1990-01-01", "sex": "2"},
    ]  # fmt: skip
    letters = letters_of(tmp_path, records, [holder(0)])
    (name,) = letters
    assert name == "0001-1002.html"
    text = plain(letters[name])
    assert "個人番号をご確認ください" in text
    assert "別の人" not in text


def test_what_only_we_can_clear_up_needs_no_answer(tmp_path):
    text = text_of(tmp_path, {}, ({}, {"name_kanji": "川上　桜", "birth_date": "1951-12-30"}))
    assert "ご回答やお手続きは要りません" in text
    assert "届書の確認状況について(お知らせ)" in text
    assert HOLD_BOX not in text
    assert "回答票" not in text
    assert "ご返送" not in text
    assert "医療機関を受診するときのご案内" in text


AT_FAULT = [
    (
        {"my_number": "{wrong:27182818284}"},
        "検査用数字が一致しません",
        "マイナンバーカード|番号確認書類",
    ),
    ({"my_number": None}, "個人番号がなく", "海外在住"),
    ({"my_number": OWN[:10]}, "12桁ではありません(10桁)", "書き直してください"),
    ({"address": None}, "住所がありません", "住民票の住所を記入してください"),
    ({"birth_date": "昭和65年4月1日"}, "元号の期間にありません", "元号と年"),
    ({"name_kana": "見本　太郎"}, "カナ氏名の欄に", "カタカナ"),
    ({"sex": "9"}, "性別のコードが正しくありません", "1\\(男\\)または 2\\(女\\)"),
]


def test_what_is_wrong_with_the_form_is_said_exactly(tmp_path):
    seen = texts(tmp_path, [(record, {}) for record, _, _ in AT_FAULT])
    for text, (_, reason, remedy) in zip(seen, AT_FAULT, strict=True):
        assert "届書の返戻について" in text
        assert reason in text
        assert re.search(remedy, text)
        assert "訂正した届書を提出します" in text
        assert "医療機関を受診するときのご案内" not in text
    given, blank = seen[0], seen[1]
    assert "個人番号 記入あり(表示しません)" in given
    assert "個人番号 記入なし" in blank


def test_a_returned_record_is_asked_about_the_rest_in_one_go(tmp_path):
    text = text_of(
        tmp_path, {"acquired_on": "2026-02-30", "address": "東京都江東区豊洲三丁目9番9号"}
    )
    assert "日付を確かめ" in text
    assert "あわせてご確認いただくこと" in text
    assert "住民票の住所をご確認ください" in text


def test_a_rule_of_the_site_that_looks_at_the_registry_is_not_told(tmp_path):
    rules = {code: {"effect": "return", "reason": "x"} for code in ("AD020", "BD020", "MN012")}
    text = text_of(
        tmp_path,
        {"address": "東京都江東区豊洲三丁目9番9号"},
        ({"status": "deceased", "birth_date": "1985-04-02"},),
        config={"rules": rules},
    )
    assert "届書の返戻について" in text
    assert not re.search("台帳|死亡|違います", text)
    assert "住民票の住所をご確認ください" in text


def test_a_rule_of_the_site_that_looks_at_the_form_is_told(tmp_path):
    text = text_of(
        tmp_path,
        {"name_kanji": "見本　太郎様"},
        config={"rules": {"NK006": {"effect": "hold", "reason": "x"}}},
    )
    assert "敬称" in text
    assert HOLD_BOX in text


def test_every_returning_rule_has_its_remedy():
    remedies = load_toml(TABLE)["remedies"]
    returning = {rule.code for rule in all_rules() if rule.effect is Effect.RETURN}
    assert returning == set(remedies) - {"other"}


def test_rules_that_look_at_the_registry_do_not_speak_of_the_form_alone():
    hold = {rule.code for rule in all_rules() if rule.effect is Effect.HOLD}
    assert not {rule.code for rule in all_rules() if speaks_of_form(rule)} & hold
    for rule in all_rules():
        if speaks_of_form(rule):
            assert not re.search("台帳|住民票の", rule.message.ja), rule.code
            assert "registry" not in rule.message.en, rule.code


def test_every_question_is_in_the_table():
    table = load_toml(TABLE)
    assert set(table["asks"]) == set(ASKS)
    assert {*table["items"].values(), *table["classes"].values(), *table["causes"].values()} <= set(
        ASKS
    )
    assert set(table["causes"]) <= set(load_toml("codes/causes.toml")["causes"])
    assert {a["proof"] for a in table["asks"].values()} <= set(table["proofs"])


def test_everything_is_said_in_both_languages():
    table = load_toml(TABLE)
    for group in ("asks", "proofs", "remedies", "shares", "words"):
        for key, said in table[group].items():
            assert {"ja", "en"} <= set(said), (group, key)
            places = [set(re.findall(r"\{(\w+)\}", said[lang])) for lang in ("ja", "en")]
            assert key == "date" or places[0] == places[1], (group, key)


DUE = {
    "2026-11-20": "令和8年11月25日(あと2日)",
    "2026-11-18": "令和8年11月23日(本日)",
    "2026-11-10": "令和8年11月15日(8日超過・至急)",
    None: "至急(受付日の記載なし)",
}


def test_the_day_by_which_an_answer_is_needed(tmp_path):
    cases = [({"received_on": r, "acquired_on": "2026-11-09", "sex": "2"}, {}) for r in DUE]
    for text, due in zip(texts(tmp_path, cases), DUE.values(), strict=True):
        assert f"期限: {due}" in text


def test_order_of_a_letter_is_that_of_the_batch(tmp_path):
    """The order of work would tell how grave a difference is."""
    records = [person(0, address="東京都江東区豊洲三丁目9番9号"), person(1, sex="2"), person(2, name_kana="ミホン　ジロウ")]  # fmt: skip
    people = letter_people(filed_of(checked(tmp_path, records, [holder(n) for n in range(3)])))
    assert people["line"].to_list() == [2, 3, 4]
    assert people["asks"].to_list() == [["address"], ["identity"], ["name"]]
    assert people.schema["letter"].is_integer()
    assert people.select(pl.col("letter").n_unique()).item() == 1


def test_the_order_of_a_persons_two_forms_is_told(tmp_path):
    loss = {"form": "shikaku_soshitsu", "acquired_on": None, "lost_on": "2026-11-11",
            "left_on": "2026-11-10", "received_on": "2026-11-14"}  # fmt: skip
    report = {"acquired_on": None, "circumstances": "外出先で"}
    early = {**report, "form": "kakuninsho_funshitsu_soshitsugo", "lost_on": "2026-11-11",
             "received_on": "2026-11-13"}  # fmt: skip
    late = {**report, "form": "kakuninsho_funshitsu", "loss_kind": "lost",
            "received_on": "2026-11-16"}  # fmt: skip
    for at, (wrong, told) in enumerate(
        [(early, "より前に分かっていた紛失"), (late, "退職又は扶養削除後")]
    ):
        folder = tmp_path / str(at)
        folder.mkdir()
        (page,) = letters_of(folder, [wrong, loss]).values()
        text = " ".join(plain(page).split())
        assert "お返しする理由" in text
        assert told in text
