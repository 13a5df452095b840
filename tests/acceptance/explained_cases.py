"""People whom a clerk looks at, hand-made: what stands on both sides, and what a good clerk says.

Every case is a family of its own, in an office of its own. Tokens: ``{own}`` the person's number,
``{other}`` and ``{third}`` of two more people, ``{n}`` the number of the house (of the case).
"""

from __future__ import annotations

from dataclasses import dataclass, field

Row = dict[str, "str | None"]
HOME = "東京都江東区豊洲一丁目{n}番27号"
AWAY = "神奈川県横浜市西区平沼二丁目{n}番3号"


@dataclass(frozen=True)
class Case:
    """``written``: changes to each record; ``registry``: changes to each row.

    ``cause``, ``same`` (True: at least 0.5; None: not asked) and ``detail`` are of the first
    record; ``repair``: how its ``repair`` begins.
    """

    name: str
    cause: str | None
    same: bool | None = True
    written: tuple[Row, ...] = ({},)
    registry: tuple[Row, ...] = ({},)
    detail: str | None = None
    repair: str | None = None
    verdict: str = "hold"
    hold_class: str | None = None
    more: dict[str, object] = field(default_factory=dict)


def one(
    name: str, cause: str | None, written: Row, registry: Row | None = None, **more: object
) -> Case:
    """One record beside the row of its number."""
    return Case(name, cause, written=(written,), registry=(registry or {},), **more)  # type: ignore[arg-type]


def somebodys(
    name: str, cause: str, written: Row, other: Row, *, own: Row | None = None, **more: object
) -> Case:
    """The number of somebody else; the person's own row is there only if given."""
    rows = ({"my_number": "{other}", **other}, *([] if own is None else [own]))
    record = {"my_number": "{other}", **written}
    return Case(name, cause, same=False, written=(record,), registry=rows, **more)  # type: ignore[arg-type]


WOMAN: Row = {"name_kanji": "見本　花子", "name_kana": "ミホン　ハナコ", "sex": "2"}
YUTA: Row = {"name_kanji": "見本　悠太", "name_kana": "ミホン　ユウタ"}
YUMA: Row = {"name_kanji": "見本　悠真", "name_kana": "ミホン　ユウマ"}
KENICHI: Row = {"name_kanji": "見本　健一", "name_kana": "ミホン　ケンイチ"}
KENJI: Row = {"name_kanji": "見本　健二", "name_kana": "ミホン　ケンジ"}
STRANGER: Row = {
    "name_kanji": "小鳥遊　京子", "name_kana": "タカナシ　キョウコ", "birth_date": "1972-09-14",
    "sex": "2", "address": AWAY,
}  # fmt: skip
FOREIGNER: Row = {
    "name_kanji": "NGUYEN VAN AN", "name_kana": "グエン　ヴァン　アン",
    "alias_kanji": "見本　太郎", "alias_kana": "ミホン　タロウ",
}  # fmt: skip

PEOPLE = [
    # Addresses.
    one("moved", "moved", {}, {"address": AWAY}, hold_class="3"),
    one("moved, the registry knows the old home", "moved", {},
        {"address": AWAY, "previous_address": HOME}),
    one("moved within the town, the registry knows the old home", "moved", {},
        {"address": "東京都江東区豊洲一丁目{n}番99号", "previous_address": HOME}),
    one("moved, old home in another notation", "moved",
        {"address": "江東区豊洲1-{n}-27"}, {"address": AWAY, "previous_address": HOME}),
    one("another room", "building_differs", {"address": HOME + "　見本荘101号室"},
        {"address": HOME + "　見本荘102号室"}),
    one("neighbour's number", "block_differs", {"address": "東京都江東区豊洲一丁目{n}番28号"}),
    # Marriage.
    one("married", "maiden_name", WOMAN, {**WOMAN, "name_kanji": "田中　花子", "name_kana": "タナカ　ハナコ"},
        hold_class="2"),
    one("married and moved", "maiden_name", WOMAN,
        {**WOMAN, "name_kanji": "田中　花子", "name_kana": "タナカ　ハナコ", "address": AWAY}),
    one("married and moved, the registry knows both", "maiden_name", WOMAN,
        {**WOMAN, "name_kanji": "田中　花子", "name_kana": "タナカ　ハナコ", "address": AWAY,
         "former_name_kanji": "見本　花子", "former_name_kana": "ミホン　ハナコ", "previous_address": HOME}),
    one("former name", "maiden_name", WOMAN,
        {**WOMAN, "name_kanji": "田中　花子", "name_kana": "タナカ　ハナコ",
         "former_name_kanji": "見本　花子", "former_name_kana": "ミホン　ハナコ"}),
    one("former name in kanji, kana corrected already", "maiden_name",
        {**WOMAN, "name_kana": "タナカ　ハナコ"},
        {**WOMAN, "name_kanji": "田中　花子", "name_kana": "タナカ　ハナコ"}),
    one("former kana, kanji corrected already", "maiden_name",
        {**WOMAN, "name_kanji": "田中　花子"},
        {**WOMAN, "name_kanji": "田中　花子", "name_kana": "タナカ　ハナコ"}),
    one("names without a space", "maiden_name", {**WOMAN, "name_kanji": "見本花子", "name_kana": "ミホンハナコ"},
        {**WOMAN, "name_kanji": "田中花子", "name_kana": "タナカハナコ"}),
    # Names.
    one("kana voiced", "kana_typo", {"name_kana": "ミホン　ダロウ"}, hold_class="N"),
    one("kana doubled", "kana_typo", {"name_kana": "ミホホン　タロウ"}),
    one("kana of a look-alike shape", "kana_typo", {"name_kana": "ミホソ　タロウ"}),
    one("look-alike kanji", "kanji_lookalike",
        {"name_kanji": "山埼　太郎", "name_kana": "ヤマサキ　タロウ"},
        {"name_kanji": "山崎　太郎", "name_kana": "ヤマサキ　タロウ"}),
    one("homophone family name", "kanji_lookalike",
        {"name_kanji": "伊東　太郎", "name_kana": "イトウ　タロウ"},
        {"name_kanji": "伊藤　太郎", "name_kana": "イトウ　タロウ"}),
    one("homophone family name of other length", "kanji_lookalike",
        {"name_kanji": "大窪　太郎", "name_kana": "オオクボ　タロウ"},
        {"name_kanji": "大久保　太郎", "name_kana": "オオクボ　タロウ"}),
    one("homophone given name", "kanji_lookalike",
        {"name_kanji": "見本　裕子", "name_kana": "ミホン　ユウコ", "sex": "2"},
        {"name_kanji": "見本　優子", "name_kana": "ミホン　ユウコ", "sex": "2"}),
    one("another reading of the given name", "kana_newly_recorded",
        {"name_kanji": "見本　裕子", "name_kana": "ミホン　ユウコ", "sex": "2"},
        {"name_kanji": "見本　裕子", "name_kana": "ミホン　ヒロコ", "sex": "2"}),
    one("another reading of the family name, one kana apart", "kana_newly_recorded",
        {"name_kanji": "小山　太郎", "name_kana": "コヤマ　タロウ"},
        {"name_kanji": "小山　太郎", "name_kana": "オヤマ　タロウ"}),
    one("parts in the wrong order", "name_parts",
        {"name_kanji": "太郎　見本", "name_kana": "タロウ　ミホン"}),
    one("honorific", "name_parts", {"name_kanji": "見本　太郎様"}),
    one("no name", "name_unreadable", {"name_kanji": "不明"}),
    # Aliases.
    one("alias in kanji and kana", None, {}, FOREIGNER, same=None, verdict="pass"),
    one("family name of the alias before the legal given name", "alias_used",
        {"name_kanji": "見本　AN", "name_kana": "ミホン　アン"}, FOREIGNER),
    one("legal family name before the given name of the alias", "alias_used",
        {"name_kanji": "NGUYEN 太郎", "name_kana": "グエン　タロウ"}, FOREIGNER),
    one("slip in the kana of the alias", "kana_typo", {"name_kana": "ミホン　ダロウ"}, FOREIGNER),
    # Birth dates and sex.
    one("day and month", "day_month_swapped", {"birth_date": "1985-01-04"}, hold_class="1"),
    one("day and month in words", "day_month_swapped", {"birth_date": "昭和60年1月4日"}),
    one("no such month", "day_month_swapped", {"birth_date": "1985-25-04"},
        {"birth_date": "1985-04-25"}, verdict="return"),
    one("one digit of the day", "date_typo", {"birth_date": "1985-04-07"}),
    one("one digit, no such day", "date_typo", {"birth_date": "1985-02-30"},
        {"birth_date": "1985-02-20"}, verdict="return"),
    one("the day before", "date_typo", {"birth_date": "1985-03-31"}),
    one("the day after the end of a year", "date_typo", {"birth_date": "1986-01-01"},
        {"birth_date": "1985-12-31"}),
    one("one era year", "date_typo", {"birth_date": "昭和59年4月1日"}),
    one("two digits of the year turned", "date_typo", {"birth_date": "1958-04-01"}),
    one("平成60", "era_confused", {"birth_date": "平成60年4月1日"}, verdict="return"),
    one("平成 for 昭和", "era_confused", {"birth_date": "平成10年4月1日"}, {"birth_date": "1935-04-01"}),
    one("昭和 for 平成", "era_confused", {"birth_date": "S8.4.1"}, {"birth_date": "1996-04-01"}, verdict="return"),
    one("昭和65", "era_confused", {"birth_date": "昭和65年4月1日"}, {"birth_date": "1990-04-01"}, verdict="return"),
    one("western year behind an era", "era_confused", {"birth_date": "S1985.4.1"}, verdict="return"),
    one("昭和85", "era_confused", {"birth_date": "昭和85年4月1日"}, verdict="return"),
    one("1960 for 昭和60", "era_confused", {"birth_date": "1960-04-01"}),
    one("sex", "wrong_sex_code", {"sex": "2"}, hold_class="1"),
    one("sex and moved", "wrong_sex_code", {"sex": "2"}, {"address": AWAY}),
    one("day and moved", "date_typo", {"birth_date": "1985-04-07"}, {"address": AWAY}),
    one("day and room", "date_typo", {"birth_date": "1985-04-07", "address": HOME + "　101号室"},
        {"address": HOME + "　102号室"}),
    # Relatives.
    somebodys("twin's number", "family_number", KENICHI, KENJI, own=KENICHI, detail="twin+registry", hold_class="2"),
    somebodys("twin's number, the person is not in the extract", "family_number", KENICHI, KENJI,
              detail="twin+registry"),
    somebodys("twin whose name differs in one character", "family_number", YUTA, YUMA, detail="twin+registry"),
    somebodys("twin sister's number", "family_number", {}, WOMAN, detail="twin+registry"),
    somebodys("father's number, one kanji in common", "family_number", KENICHI,
              {**KENJI, "birth_date": "1955-08-02"}, detail="parent+registry"),
    somebodys("father's number, born on the same day of the year", "family_number", KENICHI,
              {**KENJI, "birth_date": "1955-04-01"}, detail="parent+registry"),
    somebodys("grandfather of the same name", "family_number", {}, {"birth_date": "1925-03-09"},
              detail="parent+registry"),
    somebodys("wife's number", "family_number", {}, {**WOMAN, "birth_date": "1987-03-03"},
              detail="spouse+registry"),
    somebodys("wife's number, no spaces", "family_number",
              {"name_kanji": "見本太郎", "name_kana": "ミホンタロウ"},
              {"name_kanji": "見本花子", "name_kana": "ミホンハナコ", "sex": "2", "birth_date": "1987-03-03"},
              detail="spouse+registry"),
    somebodys("child's number", "family_number", {},
              {"name_kanji": "見本　一郎", "name_kana": "ミホン　イチロウ", "birth_date": "2015-05-05"},
              detail="child+registry"),
    somebodys("brother's number, the family has moved on", "family_number", KENICHI,
              {**KENJI, "birth_date": "1988-08-02", "address": AWAY, "previous_address": HOME}),
    somebodys("late father's number", "family_number", KENICHI,
              {**KENJI, "birth_date": "1955-08-02", "status": "deceased"}, hold_class="0"),
    # Strangers.
    somebodys("stranger's number", "someone_elses_number", {}, STRANGER),
    somebodys("stranger's number, own row there", "someone_elses_number", {}, STRANGER, own={}),
    somebodys("stranger's number and a kana slip", "someone_elses_number",
              {"name_kana": "ミホン　ダロウ"}, STRANGER, own={}),
    somebodys("stranger of the same family name", "someone_elses_number", {},
              {**STRANGER, "name_kanji": "見本　京子", "name_kana": "ミホン　キョウコ"}),
    somebodys("stranger of the same birthday and sex", "someone_elses_number", {},
              {**STRANGER, "birth_date": "1985-04-01", "sex": "1"}),
    somebodys("stranger in the same building", "someone_elses_number", {"address": HOME + "　101号室"},
              {**STRANGER, "address": HOME + "　502号室"}),
    somebodys("stranger who lives there now", "someone_elses_number", {}, {**STRANGER, "address": HOME}),
    somebodys("namesake elsewhere", "someone_elses_number", {},
              {"birth_date": "1949-10-23", "address": AWAY}),
    somebodys("namesake elsewhere, born nearly on the same day, own row there", "someone_elses_number", {},
              {"birth_date": "1985-04-11", "address": AWAY}, own={}),
    somebodys("stranger and a name with an honorific", "someone_elses_number",
              {"name_kanji": "見本　太郎様"}, STRANGER),
    somebodys("stranger and an unreadable name", "someone_elses_number", {"name_kanji": "????"}, STRANGER),
    # The holder's status.
    one("deceased", "registry_status", {}, {"status": "deceased"}, hold_class="0", same=None),
    one("moved abroad", "registry_status", {}, {"status": "moved_abroad"}, hold_class="0", same=None),
    Case("renumbered, the new number is there", "registry_status", None,
         registry=({"status": "replaced"}, {"my_number": "{other}"}), repair="five_items", hold_class="0"),
    # Numbers.
    one("number left out", "number_missing", {"my_number": None}, repair="five_items", verdict="return", same=None),
    one("number left out, kana differs", "number_missing", {"my_number": None, "name_kana": "ミホン　ジロウ"},
        repair="", verdict="return", same=None),
    one("number left out, address differs", "number_missing", {"my_number": None, "address": AWAY},
        repair="", verdict="return", same=None),
    Case("number left out, two people agree", "number_missing", None, written=({"my_number": None},),
         registry=({}, {"my_number": "{other}"}), repair="ambiguous", verdict="return"),
    one("placeholder", "number_placeholder", {"my_number": "0" * 12}, verdict="return", same=None),
    one("one digit", "number_typo", {"my_number": "{typo}"}, repair="substitution@", verdict="return", same=None),
    one("two neighbours", "number_typo", {"my_number": "{swap}"}, repair="neighbours_swapped@", verdict="return",
        same=None),
    one("a digit lost", "number_typo", {"my_number": "{lost}"}, repair="digit_lost@", verdict="return", same=None),
    one("a digit doubled", "number_typo", {"my_number": "{doubled}"}, repair="digit_doubled@", verdict="return",
        same=None),
    one("one digit, and moved", "number_typo", {"my_number": "{typo}"}, {"address": AWAY},
        repair="substitution@", verdict="return", same=None),
    one("one digit, and married", "number_typo", {"my_number": "{typo}", **WOMAN},
        {**WOMAN, "name_kanji": "田中　花子", "name_kana": "タナカ　ハナコ"},
        repair="substitution@", verdict="return", same=None),
    Case("one digit, and the holder is somebody", "number_typo", same=False,
         written=({"my_number": "{unseen}"},), registry=({}, {"my_number": "{unseen}", **STRANGER}),
         repair="substitution@"),
    one("unknown number", "number_typo", {"my_number": "{third}"}, hold_class="0", same=None),
    # Columns.
    one("kanji and kana swapped", "columns_swapped", {"name_kanji": "ミホン　タロウ", "name_kana": "見本　太郎"},
        verdict="return"),
    one("kana and address swapped", "columns_swapped", {"name_kana": HOME, "address": "ミホン　タロウ"},
        verdict="return", same=None),
    one("shifted right from the kanji name on", "columns_shifted",
        {"name_kanji": None, "name_kana": "見本　太郎", "birth_date": "ミホン　タロウ", "sex": "1985-04-01",
         "postal_code": "1", "address": "135-0061"}, verdict="return", same=None),
    one("shifted left from the kana name on", "columns_shifted",
        {"name_kana": "1985-04-01", "birth_date": "1", "sex": "135-0061", "postal_code": HOME,
         "address": "2026-11-18"}, verdict="return", same=None),
    # Several records.
    Case("husband and wife carry each other's number", "family_number", same=False,
         written=({"my_number": "{other}"}, {**WOMAN, "birth_date": "1987-03-03"}),
         registry=({}, {"my_number": "{other}", **WOMAN, "birth_date": "1987-03-03"}), detail="spouse+registry"),
    Case("both twins carry one number", "family_number", same=False,
         written=({"my_number": "{other}", **KENICHI}, {"my_number": "{other}", **KENJI}),
         registry=({"my_number": "{other}", **KENJI}, KENICHI), detail="twin+batch", hold_class="D"),
    Case("a colleague's number", "someone_elses_number", same=False,
         written=({"my_number": "{other}"}, {"my_number": "{other}", **STRANGER}),
         registry=({}, {"my_number": "{other}", **STRANGER}), hold_class="D"),
    Case("all sexes of an office of three", "wrong_sex_code",
         written=({"sex": "2"}, {**WOMAN, "my_number": "{other}", "sex": "1"},
                  {**YUTA, "my_number": "{third}", "sex": "2"}),
         registry=({}, {**WOMAN, "my_number": "{other}"}, {**YUTA, "my_number": "{third}"})),
    # The registry's own gaps.
    one("no birth date in the registry", "registry_incomplete", {}, {"birth_date": None}, hold_class="S", same=None),
    Case("two rows with the number", "registry_incomplete", None,
         registry=({}, {"my_number": "{own}", **STRANGER}), hold_class="S"),
]  # fmt: skip
