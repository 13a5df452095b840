"""Who gets a 資格情報のお知らせ, as answers 1, 9, 11 and 12 say it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from clean_record import AS_OF, RECORD, REGISTRY_COLUMNS, REGISTRY_ROW, write_csv

from validator.checking import Options, check_files

Row = dict[str, "str | None"]
DEPENDANT: Row = {"form": "hifuyosha_ido", "change_type": "1", "event_on": "2026-11-18"}
NOTICE: Row = {"form": "oshirase_saikofu"}
# As of 2026-11-23, received on 2026-11-20: 70 on 20 November or before.
SEVENTY: Row = {"birth_date": "1956-11-20"}
SIXTY_NINE: Row = {"birth_date": "1956-11-22"}


@pytest.mark.parametrize(
    ("record", "comes"),
    [
        ({}, True),
        (DEPENDANT, True),
        ({"my_number": None, "no_number_reason": "出生"}, True),
        ({**DEPENDANT, "change_type": "2"}, False),
        ({**DEPENDANT, "change_type": "3"}, False),
        ({"my_number": None}, False),  # returned
        ({"sex": "2"}, False),  # held
        ({"form": "shimei_henko", "old_name_kanji": "手本　太郎"}, False),
        ({"form": "kakuninsho_kofu", "certificate_reason": "F"}, False),
        ({**NOTICE, "cannot_login": "1"}, True),
        ({**NOTICE, "cannot_login": "0"}, False),
        (NOTICE, False),
        ({**NOTICE, **SEVENTY, "share_changed": "1"}, True),
        ({**NOTICE, **SEVENTY, "reason": "負担割合が変わった"}, True),
        ({**NOTICE, **SIXTY_NINE, "share_changed": "1"}, False),
    ],
)
def test_who_gets_a_notice(tmp_path: Path, record: Row, comes: bool) -> None:
    row = {**RECORD, "acquired_on": None, **record}
    if row.get("form") == "shikaku_shutoku":
        row["acquired_on"] = "2026-11-18"
    known = {"birth_date": date.fromisoformat(row["birth_date"] or "").isoformat()}
    registry = write_csv(tmp_path / "r.csv", [{**REGISTRY_ROW, **known}], REGISTRY_COLUMNS)
    options = Options(registry=registry, as_of=AS_OF)
    checked = check_files([write_csv(tmp_path / "b.csv", [row])], options)
    assert checked.records()["notice_expected"].to_list() == [comes]
