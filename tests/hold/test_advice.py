"""Whom to ask, what clears a hold, what the clinic shows: by cause, form and kind of member."""

from __future__ import annotations

import polars as pl
import pytest

from validator.hold.cause import action, clearing
from validator.hold.clinic import DISPLAYS, display
from validator.resources import load_toml

CAUSES = load_toml("codes/causes.toml")


@pytest.mark.parametrize(
    ("cause", "verdict", "member", "expected"),
    [
        ("moved", "hold", None, "ask_employer"),
        ("moved", "hold", "general", "ask_employer"),
        # 任継 and 特退 have no employer.
        ("moved", "hold", "continued", "ask_person"),
        ("moved", "hold", "special", "ask_person"),
        ("number_missing", "return", None, "return_to_employer"),
        ("number_missing", "return", "continued", "return_to_person"),
        # Whatever the cause, what is returned goes back.
        ("number_typo", "return", None, "return_to_employer"),
        ("number_typo", "hold", None, "ask_employer"),
        ("registry_incomplete", "hold", "continued", "renew_registry"),
        ("not_evaluated", "hold", None, "check_registry"),
        ("systematic", "hold", None, "return_to_employer"),
    ],
)
def test_whom_to_ask(cause: str, verdict: str, member: str | None, expected: str) -> None:
    frame = pl.DataFrame(
        {"cause": [cause], "verdict": [verdict], "member_code": [member]},
        schema_overrides={"member_code": pl.String},
    )
    assert frame.select(action("cause")).item() == expected
    assert expected in CAUSES["actions"]


@pytest.mark.parametrize(
    ("cause", "same", "policy", "expected"),
    [
        ("moved", 0.99, "with_reason", "with_reason"),
        ("moved", 0.3, "with_reason", "with_proof"),
        ("family_number", 0.0, "with_reason", "with_proof"),
        ("number_typo", 0.9, "with_reason", "with_proof"),
        ("kana_typo", 1.0, "with_proof", "with_proof"),
        ("kana_typo", None, "with_reason", "with_reason"),
        ("family_number", 0.0, "no", "no"),
    ],
)
def test_what_clears(cause: str, same: float | None, policy: str, expected: str) -> None:
    row = {"cause": [cause], "same_person": [same], "clear": [policy], "verdict": ["hold"]}
    frame = pl.DataFrame(row, schema_overrides={"same_person": pl.Float64})
    assert frame.select(clearing()).item() == expected
    returned = frame.with_columns(verdict=pl.lit("return"))
    assert returned.select(clearing()).item() is None


@pytest.mark.parametrize(
    ("form", "adds", "removes", "held", "returned"),
    [
        ("shikaku_shutoku", True, False, "invalid", "none"),
        ("hifuyosha_ido", True, False, "invalid", "none"),
        ("hifuyosha_ido", False, True, "still_valid", "still_valid"),
        ("shikaku_soshitsu", False, True, "still_valid", "still_valid"),
        ("shimei_henko", False, False, "invalid", "unchanged"),
        ("kakuninsho_kofu", False, False, "unaffected", "unaffected"),
        ("riyo_toroku_kaijo", False, False, "unaffected", "unaffected"),
    ],
)
def test_what_the_clinic_shows(
    form: str, adds: bool, removes: bool, held: str, returned: str
) -> None:
    frame = pl.DataFrame(
        {"form": [form] * 2, "is_addition": [adds] * 2, "is_removal": [removes] * 2,
         "verdict": ["hold", "return"]}
    )  # fmt: skip
    assert frame.select(display()).to_series().to_list() == [held, returned]


def test_every_word_that_is_used_is_there() -> None:
    for name, cause in CAUSES["causes"].items():
        assert cause["action"] in CAUSES["actions"], name
        assert cause["document"] in CAUSES["documents"], name
        assert cause["ask"] in CAUSES["asks"], name
        assert cause.get("clear", "with_proof") == "with_proof", name
    assert set(load_toml("codes/evidence.toml")["clinic"]) == set(DISPLAYS)


def test_ready_words_never_tell_the_cause() -> None:
    """Causes that ask for one item ask in the same words."""
    of_item = {
        "number": {"number_typo", "family_number", "someone_elses_number", "registry_status"},
        "birth": {"era_confused", "day_month_swapped", "date_typo", "birth_date_differs"},
        "name": {"maiden_name", "alias_used", "kana_typo", "kana_reading", "kana_newly_recorded",
                 "kanji_lookalike", "name_unreadable", "name_parts", "name_differs"},
        "address": {"moved", "old_municipality", "building_differs", "address_incomplete",
                    "block_differs"},
    }  # fmt: skip
    for ask, names in of_item.items():
        assert {name for name, row in CAUSES["causes"].items() if row["ask"] == ask} == names
        words = CAUSES["asks"][ask]["ja"]
        assert not [
            hint for hint in ("婚姻", "家族", "別人", "転居", "台帳", "違") if hint in words
        ]
