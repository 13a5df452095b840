"""What is refused and what is left alone: fields, columns, words, chance."""

from __future__ import annotations

import random
from itertools import product

import pytest
from clean_record import number, wrong_number

from validator.privacy.guard.evidence import tail

from .asking import OTHERS, WRONG, N, ask, fours, reasons, wide

NAMES = [
    "個人番号", "マイナンバー", "ﾏｲﾅﾝﾊﾞｰ", "個人番号(マイナンバー)", "my_number", "MyNumber", "MY NUMBER",
    "insured_my_number", "被保険者個人番号", "個 人 番 号", "ＭｙＮｕｍｂｅｒ", "kojin_bango", "扶養者マイナンバー",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [WRONG, N[1:], N + "1", wide(WRONG), fours(WRONG, "-"), N])
def test_a_column_of_that_name_is_refused_even_mistyped(name: str, value: str) -> None:
    for separator, ending in ((",", "csv"), ("\t", "tsv"), (";", "txt"), ("|", "txt")):
        table = f"氏名{separator}{name}\n見本{separator}{value}\n"
        assert ask(f"a.{ending}", table) == [("", 2, 4, "field")]
    for text in (f"{name}: {value}\n", f'{{"{name}": "{value}"}}', f"<{name}>{value}</{name}>"):
        assert reasons("a.txt", text) == ["field"]


def test_a_column_of_that_name_with_other_things_in_it_is_fine() -> None:
    for value in ("", "別紙のとおり", "************", "0" * 12, "1234567890", "12345678901234"):
        assert ask("a.csv", f"氏名,個人番号\n見本,{value}\n") == []
    assert ask("a.csv", "氏名,個人番号又は法人番号\n見本商事,7000012050002\n") == []


def test_quoted_cells_and_cells_of_several_lines_keep_their_column() -> None:
    table = f'氏名,住所,個人番号\n"見本, 太郎","東京都\n豊洲","{WRONG}"\n見本,"千葉,市川",{WRONG}\n'
    assert [found[1:4:2] for found in ask("a.csv", table)] == [(3, "field"), (4, "field")]
    assert ask("a.csv", f'個人番号,口座\n"別紙, {N[:6]}",{WRONG}\n') == []


def test_a_label_above_its_number() -> None:
    assert ask("a.txt", f"個人番号\n{WRONG}\n\n{WRONG}\n")[0][1:] == (2, 1, "field")
    assert len(ask("a.txt", f"個人番号\n{WRONG}\n{number(5)}\n{wrong_number(7)}\n")) == 3
    assert ask("a.txt", f"個人番号\nなし\n{WRONG}\n") == []


def test_formula_numbers_count_in_fields_only() -> None:
    for known in (number(12345678901), number(11111111111), "0" * 12):
        assert ask("a.txt", f"例 {known} です") == []
    assert reasons("a.csv", f"氏名,個人番号\nx,{number(12345678901)}\n") == ["field"]


def test_in_programs_and_in_prose_a_wrong_check_digit_is_an_example() -> None:
    for name in ("a.py", "a.md"):
        assert ask(name, f'my_number = "{WRONG}"\n') == []
        assert reasons(name, f'my_number = "{N}"\n') == ["field"]
    assert ask("a.py", f"LIMIT = {N}\n") == []
    assert reasons("a.py", f"LIMIT = {N}\n", strict=True) == ["number"]
    assert reasons("a.py", f"# {fours(N, '-')}\n") == ["number"]


def test_made_up_people_may_stand_in_tests() -> None:
    table = f"個人番号,SYNTHETIC\n{WRONG},1\n"
    assert ask("tests/data/a.csv", table) == []
    assert reasons("data/a.csv", table) == ["field"]
    assert reasons("tests/a.csv", f"個人番号\n{WRONG}\n") == ["field"]
    assert reasons("tests/a.csv", table.replace(WRONG, N)) == ["field"]


WORDS = [
    "注文番号", "order", "order_id", "orderNo", "伝票番号", "送り状番号", "tracking", "法人番号", "免許証番号", "JAN",
    "transaction", "口座番号", "request", "金額", "timestamp", "account", "商品コード", "電話",
]  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_a_word_for_another_number_speaks_against_a_lone_one(word: str) -> None:
    for text in (
        f"{word}: {N}",
        f"{word} {fours(N, '-')}",
        f"名,{word}\n見本,{N}\n",
        f'{{"{word}":"{N}"}}',
    ):
        assert ask("a.txt", text) == []
        assert reasons("a.txt", text, strict=True) == ["number"]
    both = f"名,{word},個人番号\n見本,{WRONG},{N}\n"
    assert reasons("a.csv", both) == ["field"]


def test_part_of_something_longer_is_no_number() -> None:
    uuid = f"550e8400-e29b-41d4-a716-{N}"
    for text in (f"x{N}", f"{N}x", f"1{N}", f"0.{N}", f"{N}.55", f"a-{N}", f"/item/{N}", f"?id={N}", f"+{N}",
                 uuid, f"{uuid[:-12]}{N[:4]}", f"1-{fours(N, '-')}", f"{fours(N, '-')}-1234", f"¥{N}", f"{N}円",
                 f"{N[:3]},{N[3:6]},{N[6:9]},{N[9:]}"):  # fmt: skip
        assert ask("a.txt", f"値 {text} です") == [], text.replace(N, "N")


def test_a_short_hash_in_a_list_of_changes_is_no_number() -> None:
    assert reasons("CHANGES.md", f"- **deps**: V8: cherry-pick {N} (#382)\n") == []


def test_hashes_are_left_alone_even_strictly() -> None:
    for text in (
        f"a{N}bcdef01234567",
        f"550e8400-e29b-41d4-a716-{N}",
        f"sha256:{'ab' * 20}{N}{'cd' * 6}",
    ):
        assert ask("a.txt", text, strict=True) == []
    assert reasons("a.txt", f"MN{N}", strict=True) == ["number"]


def test_times_and_lists_are_no_numbers() -> None:
    """Every minute of some days, in the usual orders, and lists of years: one in ten fits."""
    stamps = [
        f"2026{m:02d}{d:02d}{h:02d}{i:02d}"
        for m, d, h, i in product((1, 11), (3, 28), range(24), range(0, 60, 7))
    ]
    stamps += [
        f"26{m:02d}{d:02d}{h:02d}{i:02d}59"
        for m, d, h, i in product((1, 11), (3, 28), range(24), (0, 31, 59))
    ]
    stamps += [
        f"{d:02d}112026{h:02d}{i:02d}" for d, h, i in product((3, 28), range(24), (0, 31, 59))
    ]
    fitting = [s for s in stamps if number(s[:11]) == s]
    assert len(fitting) > 50
    for stamp in fitting:
        assert ask("a.txt", stamp) == []
        assert ask(f"backup-{stamp}.txt", "x") == []
    for year in range(1950, 2050):
        assert ask("a.txt", f"{year} {year + 1} {year + 2}") == []
        assert ask("a.txt", f"{year}-{year + 5}-{year + 17}") == []


def test_a_column_of_unknown_numbers_is_judged_by_its_share() -> None:
    chance = random.Random(5)
    for rows in (3, 10, 100, 3000):
        for _ in range(20):
            table = "".join(f"{chance.randrange(10**11, 10**12)},x\n" for _ in range(rows))
            refused = ask("a.csv", table)
            if refused:
                fits = sum(number(line[:11]) == line[:12] for line in table.splitlines())
                assert fits * 2 >= rows
    for word in ("", "注文番号,名\n"):
        numbers = word + "".join(f"{one},x\n" for one in OTHERS)
        assert len(ask("a.csv", numbers)) == len(OTHERS)


def test_one_in_ten_random_columns_of_one_number_is_refused_and_no_more() -> None:
    chance = random.Random(9)
    refused = sum(bool(ask("a.txt", f"{chance.randrange(10**11, 10**12)}\n")) for _ in range(2000))
    assert 140 < refused < 260


@pytest.mark.parametrize("seen", [1, 2, 3, 5, 9])
def test_tail_is_the_share_of_all_outcomes(seen: int) -> None:
    for fitting in range(seen + 1):
        share = sum(
            0.1 ** sum(outcome) * 0.9 ** (seen - sum(outcome))
            for outcome in product((0, 1), repeat=seen)
            if sum(outcome) >= fitting
        )
        assert tail(fitting, seen) == pytest.approx(share)


def test_file_names() -> None:
    for name in (
        f"{N}.csv",
        f"見本_{fours(N, '-')}.xlsx",
        f"届/{wide(N)}/a.txt",
        f"tanaka_{N}.txt",
        f"mynumber{N}.txt",
    ):
        assert "file_name" in reasons(name, "x")
    for name in (
        f"order-{N}.pdf",
        f"a{N}b.txt",
        f"{N}1.log",
        "202611230915.csv",
        "IMG_20261123_091502.jpg",
    ):
        assert ask(name, "x") == []
