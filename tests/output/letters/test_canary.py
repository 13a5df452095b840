"""Nothing of the registry stands in a letter, whatever holds a record."""

import html
import re

import pytest
from clean_record import RECORD, REGISTRY_COLUMNS, REGISTRY_ROW, number
from output.letters.lettering import letters_of

STRANGER = {"name_kanji": "鳳凰院　凶真", "name_kana": "ホウオウイン　キョウマ", "sex": "2",
            "birth_date": "1933-07-09", "address": "沖縄県那覇市泉崎一丁目2番2号ヨソノマンション909"}  # fmt: skip
# What the form says, what the registry has beside it: one of each kind of hold.
KINDS = {
    "kanji": ({}, {"name_kanji": "鳳凰院　凶真"}),
    "kana": ({}, {"name_kana": "ホウオウイン　キョウマ"}),
    "kana typo": ({"name_kana": "ミホン　タロヴ"}, {"name_kana": "ミホン　タロワン"}),
    "both names": ({}, {"name_kanji": "鳳凰院　凶真", "name_kana": "ホウオウイン　キョウマ"}),
    "address": ({}, {"address": STRANGER["address"]}),
    "moved": ({}, {"address": STRANGER["address"], "previous_address": "東京都江東区豊洲一丁目2番27号"}),
    "building": ({"address": "東京都江東区豊洲一丁目2番27号ハイツ203"}, {"address": "東京都江東区豊洲一丁目2番27号ハイツ777"}),
    "era": ({"birth_date": "昭和10年7月9日"}, {"birth_date": "1998-07-09"}),
    "day and month": ({"birth_date": "1985-07-09"}, {"birth_date": "1985-09-07"}),
    "birth date": ({}, {"birth_date": "1933-07-09"}),
    "sex": ({}, {"sex": "2"}),
    "married": ({}, {"name_kanji": "鳳凰院　太郎", "name_kana": "ホウオウイン　タロウ", "former_name_kanji": "見本　太郎", "former_name_kana": "ミホン　タロウ"}),
    "alias in part": ({}, {"name_kanji": "PHOENIX KYOMA", "name_kana": "フェニックス　キョウマ", "alias_kanji": "見本　太郎", "alias_kana": "ベツノ　ヨミ"}),
    "stranger": ({}, STRANGER),
    "family": ({}, {"name_kanji": "見本　凶真", "name_kana": "ミホン　キョウマ", "sex": "2", "birth_date": "2012-07-09"}),
    "deceased": ({}, {"status": "deceased", **STRANGER}),
    "abroad": ({}, {"status": "moved_abroad"}),
    "renumbered": ({}, {"status": "replaced"}),
    "incomplete": ({}, {"birth_date": None, "address": STRANGER["address"]}),
    "unknown": ({"my_number": "{valid:31415926535}"}, STRANGER),
    "returned too": ({"acquired_on": "2026-02-30"}, STRANGER),
}  # fmt: skip
# Canaries: in every column of every row of the registry something that stands nowhere else.
ALSO = {
    "postal_code": "900-{n:04}", "alias_kanji": "通称{n}号山鳩", "alias_kana": "ヤマバト{n}",
    "former_name_kanji": "旧姓{n}号烏骨鶏", "former_name_kana": "ウコッケイ{n}",
    "previous_address": "北海道稚内市中央{n}丁目前住所", "as_of": "2026-10-{n:02}",
}  # fmt: skip
NUMBER = 61_000_000_000


def case(n: int, form, registry):
    """A record and the registry row of its number, with a canary in every free column."""
    base = {"my_number": number(NUMBER + n), "office_code": str(2000 + n), "insured_number": str(n)}
    row = {
        "my_number": base["my_number"],
        **{column: text.format(n=n + 1) for column, text in ALSO.items()},
        **registry,
    }
    return {**base, **form}, row


def canaries(row, record):
    """What must not be found: the values of the row that are not the form's own."""
    own = {*(RECORD | record).values(), "1", "2", None, "resident"}
    values = {(REGISTRY_ROW | row).get(c) for c in REGISTRY_COLUMNS} - own
    parts = {part for v in values if v for part in [v, *v.split("　")] if len(part) > 1}
    return {p for p in parts if not any(p in (o or "") for o in own)}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_value_of_the_registry_in_any_letter(tmp_path, lang):
    cases = [case(n, *kind) for n, kind in enumerate(KINDS.values())]
    records, rows = [r for r, _ in cases], [row for _, row in cases]
    # A number that stands for two in the registry, and one mistyped by a digit whose owner is found.
    records.append({"my_number": number(NUMBER + 90), "office_code": "2090"})
    rows += [{"my_number": number(NUMBER + 90), "name_kanji": f"二重　{c}郎", "birth_date": d}
             for c, d in (("鷹", "1933-01-02"), ("鷲", "1944-03-04"))]  # fmt: skip
    owner = number(NUMBER + 91)
    records.append({"my_number": owner[:3] + str((int(owner[3]) + 1) % 10) + owner[4:], "office_code": "2091",
                    "name_kanji": "白鷺　城太", "name_kana": "シラサギ　ジョウタ"})  # fmt: skip
    rows.append({"my_number": owner, "name_kanji": "白鷺　城太", "name_kana": "シラサギ　ジョウタ",
                 "alias_kanji": "隠れた通称の者"})  # fmt: skip
    letters = letters_of(tmp_path, records, rows, lang=lang)
    assert len(letters) == len(records)
    hidden = {c for record, row in cases for c in canaries(row, record)}
    hidden |= {"二重", "鷹郎", "鷲郎", "1933-01-02", "隠れた通称の者"}
    assert len(hidden) > 100
    written = {name: html.unescape(page) for name, page in letters.items()}
    written["index"] = html.unescape((tmp_path / "letters" / "index.html").read_text("utf-8"))
    for name, page in written.items():
        assert not [canary for canary in hidden if canary in page], name
        assert not re.search("台帳|死亡|国外転出|通称|旧姓|registry|deceased|alias", page), name
        assert not re.search(r"data-(?!v=|record=|guide=)", page), name


def test_no_number_in_any_letter(tmp_path):
    columns = ("office_code", "office_name", "insured_symbol", "insured_number", "branch_number",
               "name_kanji", "name_kana", "address", "postal_code", "birth_date", "sex",
               "insured_name_kanji")  # fmt: skip
    strays = [number(61_803_398_874 + 7919 * n) for n in range(len(columns))]
    ways = (lambda s: s, lambda s: f"見本{s}", lambda s: f"{s[:4]}-{s[4:8]}-{s[8:]}")
    records = [
        {
            "my_number": number(57_721_566_490 + 7919 * n),
            "address": "東京都江東区豊洲三丁目9番9号",
            column: way(stray),
        }
        for n, (column, stray) in enumerate(zip(columns, strays, strict=True))
        for way in ways
    ]
    letters = letters_of(tmp_path, records, [{"my_number": r["my_number"]} for r in records])
    numbers = {*strays, *(r["my_number"] for r in records)}
    windows = {n[i : i + 6] for n in numbers for i in range(7)}
    for name, page in letters.items():
        runs = re.findall("[0-9]{6,}", re.sub(r"(?<=[0-9]{4})[- ](?=[0-9]{4})", "", page))
        found = {run[i : i + 6] for run in runs for i in range(len(run) - 5)}
        assert not found & windows, name
