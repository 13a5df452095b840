"""Who gets a letter, what its file is called, and that only their own people stand in it."""

import re
import stat

import polars as pl
import pytest
from clean_record import OWN, number
from output.letters.lettering import CONFIG, checked, holder, letters_of, person, plain

from validator.config import LettersConfig
from validator.output.letters import filed_of, write_letters
from validator.output.letters import write as writing

MOVED = {"address": "東京都江東区豊洲三丁目9番9号"}


def test_nobody_held_nobody_written_to(tmp_path):
    assert letters_of(tmp_path, [{}]) == {}
    assert not (tmp_path / "letters").exists()


def test_one_file_an_employer_with_only_its_people(tmp_path):
    records = [
        person(n, office_code=str(1000 + n % 3), office_name=f"見本出版{n % 3}", **MOVED)
        for n in range(9)
    ]
    letters = letters_of(tmp_path, records, [holder(n) for n in range(9)])
    assert list(letters) == ["0001-1000.html", "0002-1001.html", "0003-1002.html"]
    for office, page in enumerate(letters.values()):
        own = {records[n]["name_kanji"] for n in range(9) if n % 3 == office}
        others = {r["name_kanji"] for r in records} - own
        text = plain(page)
        assert all(name in text for name in own)
        assert not [name for name in others if name in text]
        assert f"見本出版{office} 御中" in text


def test_private_files(tmp_path):
    write_letters(filed_of(checked(tmp_path, [MOVED])), tmp_path / "letters")
    folder = tmp_path / "letters"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}


HOSTILE_CODES = [
    "../../x", "x" * 300, "a\x01b", "a/b", "..", "CON", "見本太郎", "1985-04-01", "19850401",
    "850401", "SATO", "12345 ", "<script>", "１２３４", OWN, f"{OWN[:4]} {OWN[4:8]} {OWN[8:]}",
]  # fmt: skip


def test_a_file_name_is_a_number_and_a_short_code_of_digits_only(tmp_path):
    records = [person(n, office_code=code, **MOVED) for n, code in enumerate(HOSTILE_CODES)]
    letters = letters_of(tmp_path, records, [holder(n) for n in range(len(records))])
    assert len(letters) == len(HOSTILE_CODES)
    assert all(re.fullmatch(r"[0-9]{4}(-[0-9]{1,5})?\.html", name) for name in letters)
    assert [name for name in letters if "-" in name] == ["0012-12345.html"]


def test_codes_that_are_masked_alike_stay_apart(tmp_path):
    codes = [number(40_000_000_000 + n) for n in range(2)]
    records = [person(n, office_code=code, **MOVED) for n, code in enumerate(codes)]
    letters = letters_of(tmp_path, records, [holder(n) for n in range(2)])
    assert list(letters) == ["0001.html", "0002.html"]
    for n, page in enumerate(letters.values()):
        assert records[n]["name_kanji"] in plain(page)
        assert records[1 - n]["name_kanji"] not in plain(page)
        assert not [code for code in codes if code[:6] in page]


def test_one_code_under_two_names_is_two_letters(tmp_path):
    names = ["見本出版", "見本出版　", "ほかの印刷", None]
    records = [
        person(n, office_code="1234", office_name=name, **MOVED) for n, name in enumerate(names)
    ]
    letters = letters_of(tmp_path, records, [holder(n) for n in range(4)])
    assert [page.count("data-record") for page in letters.values()] == [2, 1, 1]


def test_a_blank_name_is_the_only_one_of_its_code(tmp_path):
    records = [
        person(0, office_code="1234", office_name=None, **MOVED),
        person(1, office_code="1234", office_name="見本出版", **MOVED),
    ]
    (page,) = letters_of(tmp_path, records, [holder(0), holder(1)]).values()
    assert page.count("data-record") == 2
    assert "見本出版 御中" in plain(page)


def test_a_member_without_employer_gets_a_letter_of_their_own(tmp_path):
    kinds = ["任継", "特退", "任意継続被保険者", "特例退職"]
    records = [
        person(n, office_code="1234", office_name="見本出版", member_kind=kind, **MOVED)
        for n, kind in enumerate(kinds)
    ]
    letters = letters_of(tmp_path, records, [holder(n) for n in range(4)])
    assert list(letters) == [f"direct-{n:04}.html" for n in range(1, 5)]
    for record, page in zip(records, letters.values(), strict=True):
        text = plain(page)
        assert f"{record['name_kanji']} 様" in text
        assert "見本出版" not in text
        assert not [r for r in records if r is not record and r["name_kanji"] in text]
        assert "なし(任意継続・特例退職)" in text


def test_without_an_office_code_there_is_a_warning_instead_of_an_address(tmp_path):
    letters = letters_of(
        tmp_path,
        [person(n, office_code=None, **MOVED) for n in range(2)],
        [holder(0), holder(1)],
    )
    assert list(letters) == ["unknown-office.html"]
    text = plain(letters["unknown-office.html"])
    assert "このまま送付しないでください" in text
    assert "宛先の事業所が分かりません" in text
    assert "batch.csv 2行目" in text


@pytest.mark.parametrize("code", ["\u202e", "\xad", "\u180e", "\U000e0041", " \u2060\u3000"])
def test_a_code_that_nobody_can_see_is_none(tmp_path, code):
    letters = letters_of(tmp_path, [person(0, office_code=code, **MOVED)], [holder(0)])
    assert list(letters) == ["unknown-office.html"]


def test_the_list_for_the_senders(tmp_path):
    records = [
        person(0, office_code="1001", office_name="見本出版", **MOVED),
        person(1, office_code="1001", office_name="見本出版", birth_date="1985-13-01"),
        person(2, office_code=None, **MOVED),
    ]
    write_letters(
        filed_of(checked(tmp_path, records, [holder(n) for n in range(3)])), tmp_path / "letters"
    )
    page = (tmp_path / "letters" / "index.html").read_text("utf-8")
    assert 'href="0001-1001.html"' in page
    assert 'href="unknown-office.html"' in page
    text = plain(page)
    assert "組合の中で使うもの" in text
    assert not [r["name_kanji"] for r in records if r["name_kanji"] in text]


def test_letters_can_be_switched_off(tmp_path):
    assert letters_of(tmp_path, [MOVED], letters=LettersConfig(write="none")) == {}


def test_what_is_not_listed_is_announced(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "LISTED_IN_A_LETTER", 2)
    monkeypatch.setattr(writing, "LISTED_IN_ALL", 3)
    records = [person(n, office_code=str(1000 + n // 4), **MOVED) for n in range(8)]
    letters = letters_of(tmp_path, records, [holder(n) for n in range(8)])
    assert [page.count("data-record") for page in letters.values()] == [2, 1]
    assert [re.search("このほかに(.)名", plain(p))[1] for p in letters.values()] == ["2", "3"]
    index = (tmp_path / "letters" / "index.html").read_text("utf-8")
    assert "載せていない人" in index


def test_written_in_english(tmp_path):
    (page,) = letters_of(tmp_path, [{**MOVED, "office_name": "見本出版"}], lang="en").values()
    text = plain(page)
    assert "Please check the address in the 住民票" in text
    assert "社保" in text
    assert '<html lang="en"' in page
    assert "ご確認" not in text


def test_the_insurer_stands_only_where_it_is_configured(tmp_path):
    (page,) = letters_of(tmp_path, [MOVED]).values()
    assert CONFIG.insurer_name in plain(page)
    bare = tmp_path / "bare"
    bare.mkdir()
    (page,) = letters_of(bare, [MOVED], letters=LettersConfig()).values()
    assert "出版健康保険組合" not in page
    assert "(健康保険組合の連絡先)" in plain(page)


def test_a_rerun_writes_the_same_bytes(tmp_path):
    records = [person(n, office_code=str(1000 + n % 2), **MOVED) for n in range(6)]
    run = checked(tmp_path, records, [holder(n) for n in range(6)])
    for name in ("a", "b"):
        write_letters(filed_of(run), tmp_path / name)
    written = [{p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("a", "b")]
    assert written[0] == written[1]


def test_every_flagged_record_of_a_made_up_world_is_in_exactly_one_letter(tmp_path):
    from clean_record import AS_OF

    from shikaku_world.batches import make_batch
    from shikaku_world.writers import write
    from validator.checking import Options, check_files

    world = make_batch(400, 7, AS_OF, "demo")
    write(world.batch, tmp_path / "batch.csv", "csv")
    write(world.registry, tmp_path / "registry.csv", "csv")
    run = check_files(
        [tmp_path / "batch.csv"], Options(registry=tmp_path / "registry.csv", as_of=AS_OF)
    )
    write_letters(filed_of(run), tmp_path / "letters")
    pages = {p.name: p.read_text("utf-8") for p in (tmp_path / "letters").glob("0*.html")}
    listed = [
        (record, name) for name, page in pages.items()
        for record in re.findall('data-record="([^"]*)"', page)
    ]  # fmt: skip
    flagged = run.judged.records.filter(pl.col("verdict") != "pass")
    assert sorted(r for r, _ in listed) == sorted(flagged["record_id"])
    offices = dict(flagged.select("record_id", "office_code").iter_rows())
    assert all(name.endswith(f"-{offices[record]}.html") for record, name in listed)
