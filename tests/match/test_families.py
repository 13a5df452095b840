"""Records of one family and forms of one person, against a slow look at every pair."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.match.companions import COMPANION_FLAGS, find_companions
from validator.match.families import FAMILY_FLAGS, find_families

Record = dict[str, object]
TEXT = (
    "form", "block", "key_kanji", "key_kana", "name_kanji", "name_kana", "insured_name_kanji",
    "insured_name_kana", "office_code", "insured_symbol", "insured_number", "branch_number",
    "relation", "address", "certificate_letters", "has_dependants_flag",
)  # fmt: skip
SCHEMA = {
    **dict.fromkeys(TEXT, pl.String),
    "number": pl.Int64,
    "insured_id": pl.Int64,
    "sex_code": pl.Int8,
    **dict.fromkeys(("birth", "insured_birth", "received", "lost", "event", "acquired"), pl.Date),
    **dict.fromkeys(("is_addition", "is_removal", "card_gone"), pl.Boolean),
}
TARO: Record = {
    "form": "shikaku_shutoku", "number": 1, "key_kanji": "見本太郎", "key_kana": "ミホンタロウ",
    "name_kanji": "見本太郎", "name_kana": "ミホンタロウ", "birth": date(1985, 4, 1), "sex_code": 1,
    "insured_symbol": "101", "insured_number": "7", "is_addition": True, "is_removal": False,
    "received": date(2026, 11, 20),
}  # fmt: skip
HANAKO: Record = {
    **TARO, "form": "hifuyosha_ido", "number": 2, "key_kanji": "見本花子", "key_kana": "ミホンハナコ",
    "name_kanji": "見本花子", "name_kana": "ミホンハナコ", "birth": date(1987, 5, 6), "sex_code": 2,
    "relation": "spouse", "insured_id": 1, "insured_name_kana": "ミホンタロウ",
    "insured_name_kanji": "見本太郎", "insured_birth": date(1985, 4, 1),
}  # fmt: skip


def frame(records: list[Record]) -> pl.DataFrame:
    whole = [{**dict.fromkeys(SCHEMA), **record} for record in records]
    return pl.DataFrame(whole, schema=SCHEMA, orient="row").with_row_index("row")


def family(*records: Record) -> dict[str, set[int]]:
    flags = find_families(frame(list(records)))
    return {flag: set(flags.filter(flag)["row"].to_list()) for flag in FAMILY_FLAGS}


def companions(*records: Record) -> dict[str, set[int]]:
    flags = find_companions(frame(list(records)))
    return {flag: set(flags.filter(flag)["row"].to_list()) for flag in COMPANION_FLAGS}


def test_a_clean_family_raises_nothing() -> None:
    child = {**HANAKO, "number": 3, "relation": "child", "key_kana": "ミホンツキコ"}
    assert not any(family(TARO, HANAKO, child).values())
    assert not any(family(TARO).values())
    assert find_families(frame([TARO])).is_empty()


def test_two_spouses_of_one_insured_person_only() -> None:
    second = {**HANAKO, "number": 3, "key_kana": "テホンツキコ"}
    assert family(HANAKO, second)["second_spouse"] == {0, 1}
    assert (
        family(HANAKO, {**second, "is_addition": False, "is_removal": True})["second_spouse"]
        == set()
    )
    other = {"insured_symbol": "102", "insured_number": "8", "insured_id": 9}
    assert family(HANAKO, {**second, **other})["second_spouse"] == set()
    # The same spouse sent twice is a repetition, not a second spouse.
    assert family(HANAKO, HANAKO)["second_spouse"] == set()


def test_a_dependant_of_two_insured_persons() -> None:
    mother = {
        "insured_id": 9,
        "insured_name_kana": "ミホンハハコ",
        "insured_birth": date(1986, 1, 1),
        "insured_number": "8",
    }
    assert family(HANAKO, {**HANAKO, **mother})["two_families"] == {0, 1}
    assert family(HANAKO, HANAKO)["two_families"] == set()
    # Named by number on one form and by name on the other: still one insured person.
    assert family(HANAKO, {**HANAKO, "insured_id": None})["two_families"] == set()


def test_one_branch_number_for_two_people() -> None:
    one, two = ({**HANAKO, "branch_number": "01"}, {**HANAKO, "number": 3, "branch_number": "01"})
    assert family(one, {**two, "birth": date(2015, 1, 1)})["branch_shared"] == {0, 1}
    assert (
        family(one, {**two, "birth": date(2015, 1, 1), "branch_number": "02"})["branch_shared"]
        == set()
    )
    # Another form of the same person, or a person whose name has changed.
    assert (
        family(one, {**one, "form": "kisai_jiko_henko", "key_kana": "テホンハナコ"})[
            "branch_shared"
        ]
        == set()
    )


def test_two_forms_of_one_person_that_disagree() -> None:
    address = {"address": "東京都江東区豊洲一丁目2番27号"}
    other = {**TARO, "form": "kakuninsho_kofu", "is_addition": False, **address}
    taro = {**TARO, **address}
    assert family(taro, {**other, "address": "江東区豊洲1-2-27"})["forms_disagree"] == set()
    assert family(taro, {**other, "address": "大阪府大阪市北区梅田三丁目1番1号"})[
        "forms_disagree"
    ] == {0, 1}
    assert family(taro, {**other, "address": None})["forms_disagree"] == set()
    assert family(taro, {**other, "sex_code": 2})["forms_disagree"] == {0, 1}
    kana = {"key_kana": "ミホンジロウ", "name_kana": "ミホンジロウ"}
    assert family(taro, {**other, **kana})["forms_disagree"] == {0, 1}
    assert family(taro, {**other, **kana, "form": "shimei_henko"})["forms_disagree"] == set()
    # Another birth date: another person, which rule DU001 says.
    assert (
        family(taro, {**other, "sex_code": 2, "birth": date(1990, 1, 1)})["forms_disagree"] == set()
    )


def loss(day: int, **more: object) -> Record:
    return {**TARO, "form": "shikaku_soshitsu", "is_addition": False, "is_removal": True,
            "lost": date(2026, 11, 11), "received": date(2026, 11, day), **more}  # fmt: skip


def test_the_order_of_loss_form_and_loss_report() -> None:
    after = {
        **TARO,
        "form": "kakuninsho_funshitsu_soshitsugo",
        "is_addition": False,
        "lost": date(2026, 11, 11),
    }
    in_time = {**TARO, "form": "kakuninsho_funshitsu", "is_addition": False}
    for day, early in ((19, True), (20, False), (21, False)):
        record = {**after, "received": date(2026, 11, day)}
        assert family(loss(20), record)["loss_filed_later"] == ({1} if early else set())
        assert family(loss(20), record)["loss_form_filed"] == (set() if early else {1})
    for day, late in ((19, False), (20, False), (21, True)):
        record = {**in_time, "received": date(2026, 11, day)}
        assert family(loss(20), record)["loss_filed_before"] == ({1} if late else set())
    namesake = {**after, "number": 8, "received": date(2026, 11, 21)}
    assert family(loss(20), namesake)["loss_form_filed"] == set()
    # Someone else's loss form says nothing; nor does a loss that is still to come.
    stranger = {"number": 8, "key_kana": "テホン", "insured_number": "9"}
    assert family(loss(10, **stranger), in_time)["loss_filed_before"] == set()
    assert family(loss(19, lost=date(2026, 12, 1)), in_time)["loss_filed_before"] == set()


def test_a_dependants_report_is_not_met_by_the_insured_persons_loss_form() -> None:
    report = {**HANAKO, "form": "kakuninsho_funshitsu", "is_addition": False, "branch_number": "01",
              "received": date(2026, 11, 21)}  # fmt: skip
    assert family(loss(12), report)["loss_filed_before"] == set()


KEYS = st.fixed_dictionaries(
    {
        "number": st.sampled_from([1, 2, None]),
        "key_kana": st.sampled_from(["ミホンタロウ", "テホン", None]),
        "birth": st.sampled_from([date(1985, 4, 1), date(1990, 1, 1), None]),
        "insured_number": st.sampled_from(["7", "8", None]),
    }
)


@settings(max_examples=40)
@given(st.lists(KEYS, min_size=1, max_size=3), st.lists(KEYS, min_size=0, max_size=3))
def test_announced_dependants(insured: list[Record], forms: list[Record]) -> None:
    announcing = [{**TARO, **keys, "has_dependants_flag": "yes"} for keys in insured]
    named = [
        {**HANAKO, "insured_id": keys["number"], "insured_name_kana": keys["key_kana"],
         "insured_birth": keys["birth"], "insured_number": keys["insured_number"]}
        for keys in forms
    ]  # fmt: skip

    def same(a: Record, b: Record) -> bool:
        return any(
            all(a[k] is not None and a[k] == b[k] for k in keys)
            for keys in (("number",), ("key_kana", "birth"), ("insured_number",))
        )

    lacking = {n for n, who in enumerate(insured) if not any(same(who, form) for form in forms)}
    assert companions(*announcing, *named)["lacks_dependant_form"] == lacking


def test_nothing_is_missing_where_nothing_is_announced() -> None:
    for flag in ("no", None):
        assert companions({**TARO, "has_dependants_flag": flag})["lacks_dependant_form"] == set()
    removal = {**HANAKO, "is_addition": False, "is_removal": True}
    announced = {**TARO, "has_dependants_flag": "yes"}
    assert companions(announced, HANAKO)["lacks_dependant_form"] == set()
    assert companions(announced, removal)["lacks_dependant_form"] == {0}


def test_a_certificate_of_another_membership_has_another_order() -> None:
    after = {**TARO, "form": "kakuninsho_funshitsu_soshitsugo", "is_addition": False,
             "received": date(2026, 11, 19), "lost": date(2026, 11, 11)}  # fmt: skip
    assert family(loss(20), after)["loss_filed_later"] == {1}
    assert family(loss(20), {**after, "lost": date(2025, 4, 1)})["loss_filed_later"] == set()
    assert family(loss(20), loss(18), after)["loss_filed_later"] == set()
    in_time = {**TARO, "form": "kakuninsho_funshitsu", "is_addition": False,
               "received": date(2026, 11, 21)}  # fmt: skip
    back = {**TARO, "acquired": date(2026, 11, 11)}
    assert family(loss(20), in_time)["loss_filed_before"] == {1}
    assert family(loss(20), in_time, back)["loss_filed_before"] == set()
    assert family(loss(20), in_time, {**back, "acquired": date(2020, 4, 1)})[
        "loss_filed_before"
    ] == {1}


def test_another_employer_or_another_number_is_another_membership() -> None:
    before = {**TARO, "form": "kakuninsho_funshitsu", "is_addition": False, "office_code": "1",
              "received": date(2026, 11, 21)}  # fmt: skip
    assert family(loss(20, office_code="1"), before)["loss_filed_before"] == {1}
    assert family(loss(20), before)["loss_filed_before"] == {1}
    assert family(loss(20, office_code="2"), before)["loss_filed_before"] == set()
    assert family(loss(20, insured_number="99"), before)["loss_filed_before"] == set()
    after = {**before, "form": "kakuninsho_funshitsu_soshitsugo", "lost": date(2026, 11, 11),
             "received": date(2026, 11, 19)}  # fmt: skip
    assert family(loss(20, office_code="1"), after)["loss_filed_later"] == {1}
    assert family(loss(20, office_code="2"), after)["loss_filed_later"] == set()


def test_a_removed_dependant_and_a_namesake_with_another_number() -> None:
    removed = {**HANAKO, "is_addition": False, "is_removal": True, "event": date(2026, 11, 1),
               "received": date(2026, 11, 3)}  # fmt: skip
    report = {**TARO, "form": "kakuninsho_funshitsu", "is_addition": False, "relation": "spouse",
              "number": 2, "key_kana": "ミホンハナコ", "birth": date(1987, 5, 6)}  # fmt: skip
    assert family(removed, report)["loss_filed_before"] == {1}
    assert family(removed, {**report, "number": None})["loss_filed_before"] == {1}
    assert family(removed, {**report, "number": 3})["loss_filed_before"] == set()


def test_an_application_goes_with_reason_g_and_with_a_lost_card() -> None:
    ticked = {**TARO, "certificate_letters": "AG"}
    application = {**TARO, "form": "kakuninsho_kofu", "is_addition": False}
    others = [{**application, "number": 5, "key_kana": "テホン", "insured_number": "9"}]
    assert companions(ticked)["lacks_certificate_form"] == {0}
    assert companions(ticked, application)["lacks_certificate_form"] == set()
    assert companions(ticked, *others)["lacks_certificate_form"] == {0}
    assert companions({**TARO, "certificate_letters": "AF"})["lacks_certificate_form"] == set()
    lost = {**TARO, "form": "kakuninsho_funshitsu", "is_addition": False, "card_gone": True}
    assert companions(lost)["lacks_application"] == {0}
    for order in permutations([lost, application]):
        assert companions(*order)["lacks_application"] == set()
