"""What a held person writes into the 被保険者資格申立書 (QA-03)."""

import re

from output.letters.lettering import texts

MOVED = {"address": "東京都江東区豊洲三丁目9番9号", "office_name": "見本出版株式会社"}
AT_70 = "3割(70歳以上の方は、2割の場合があります)"
SHARES = {
    "1985-04-01": "3割",
    "2020-04-01": "3割",  # six on 1 April 2026: at school
    "2020-04-02": "2割(義務教育就学前)",
    "1956-11-30": "3割",  # from the month after the 70th birthday
    "1956-11-01": AT_70,  # born on the first: from that month
    "1956-10-31": AT_70,
}
ROWS = re.compile(
    r"保険種別 社保 保険者等名称 (\S+) 事業所名 (\S+) 一部負担金の割合 (.*?) 登録の予定 (\S+)まで"
)


def guidance(text: str) -> str:
    """The sheet for the person: the part behind the second heading of the name."""
    head, _, sheet = text.rpartition("医療機関を受診するときのご案内")
    assert head
    return sheet


def test_exactly_these_entries(tmp_path):
    cases = [({**MOVED, "birth_date": day}, {"birth_date": day}) for day in SHARES]
    for text, share in zip(texts(tmp_path, cases), SHARES.values(), strict=True):
        rows = ROWS.search(guidance(text))
        assert rows, text
        assert rows.groups() == ("出版健康保険組合", "見本出版株式会社", share, "令和8年11月25日")
        assert "電話 00-0000-0000" in guidance(text)


def test_who_leaves_is_told_not_to_name_us(tmp_path):
    leaving = [
        {"form": "shikaku_soshitsu", "lost_on": "2026-11-19", "left_on": "2026-11-18",
         "loss_cause": "4", "acquired_on": None},
        {"form": "hifuyosha_ido", "change_type": "2", "event_on": "2026-11-18",
         "acquired_on": None},
    ]  # fmt: skip
    for text in texts(tmp_path, [({**MOVED, **record}, {}) for record in leaving]):
        assert "当組合の名称は記入しないでください" in guidance(text)
        assert "社保" not in guidance(text)


def test_without_a_birth_date_every_share_is_named(tmp_path):
    record = {**MOVED, "form": "shimei_henko", "birth_date": None, "acquired_on": None,
              "changed_on": "2026-11-18", "old_name_kanji": "川上　太郎"}  # fmt: skip
    (text,) = texts(tmp_path, [(record, {})])
    assert "70歳以上の方・義務教育就学前の方は、2割の場合があります" in guidance(text)
