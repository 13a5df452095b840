"""Names within `check` and on the command line: characters that a site keeps, reading notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from clean_record import (
    AS_OF,
    RECORD,
    REGISTRY_COLUMNS,
    REGISTRY_ROW,
    number,
    write_csv,
)

from validator.checking import Checked, Options, check_files
from validator.cli.main import main

from .asking import Answer, Names, ask

READING_NOTES = {"KN030", "KN031", "KN032"}
Row = dict[str, str | None]


def config(folder: Path, *glyphs: str) -> Path:
    path = folder / "site.toml"
    kept = ", ".join(f"'{glyph}'" for glyph in glyphs)
    path.write_text(f"[names]\nglyph_exceptions = [{kept}]\n", encoding="utf-8")
    return path


def files(folder: Path, rows: Sequence[tuple[Row, Row]]) -> tuple[Path, Path]:
    """A batch and its registry: one person each, with a number of its own."""
    own = [number(31_000_000_000 + 17 * n) for n in range(len(rows))]
    batch = [{**RECORD, **row[0], "my_number": n} for row, n in zip(rows, own, strict=True)]
    registry = [
        {**REGISTRY_ROW, **row[1], "my_number": n} for row, n in zip(rows, own, strict=True)
    ]
    return (
        write_csv(folder / "batch.csv", batch),
        write_csv(folder / "registry.csv", registry, REGISTRY_COLUMNS),
    )


def row(kanji: str | None, kana: str | None, **more: str | None) -> Row:
    return {"name_kanji": kanji, "name_kana": kana, **more}


class TestKeptGlyphs:
    """Issue 3: an association may keep 髙, another may not."""

    ROWS = (
        (row("髙橋　花", "タカハシ　ハナ"), row("高橋　花", "タカハシ　ハナ")),
        (row("髙橋　花", "タカハシ　ハナ"), row("髙橋　花", "タカハシ　ハナ")),
        (row("濱田　花", "ハマダ　ハナ"), row("浜田　花", "ハマダ　ハナ")),
    )

    def levels(self, folder: Path, *options: str) -> list[str]:
        batch, registry = files(folder, self.ROWS)
        out = folder / "out"
        code = main(
            ["check", str(batch), "--registry", str(registry), "--out", str(out),
             "--as-of", AS_OF.isoformat(), *options]
        )  # fmt: skip
        assert code in (0, 1)
        return pl.read_parquet(out / "records.parquet")["level_name_kanji"].to_list()

    def test_with_the_sites_configuration(self, tmp_path: Path) -> None:
        kept = self.levels(tmp_path, "--config", str(config(tmp_path, "髙")))
        assert kept == ["similar", "same", "equivalent"]

    def test_without_one(self, tmp_path: Path) -> None:
        assert self.levels(tmp_path) == ["equivalent", "same", "equivalent"]

    def test_a_kept_glyph_holds_the_record(self, tmp_path: Path) -> None:
        levels = self.levels(tmp_path, "--config", str(config(tmp_path, "髙", "濱")))
        assert levels == ["similar", "same", "similar"]
        records = pl.read_parquet(tmp_path / "out" / "records.parquet")
        assert records.select("verdict", "hold_class").rows() == [
            ("hold", "N"), ("pass", None), ("hold", "N"),
        ]  # fmt: skip

    @pytest.mark.parametrize(("kept", "level"), [(["髙"], "similar"), ([], "equivalent")])
    def test_compare_on_the_command_line(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], kept: list[str], level: str
    ) -> None:
        site = str(config(tmp_path, *kept))
        assert main(["compare", "name", "髙田", "高田", "--config", site]) == 0
        assert capsys.readouterr().out.split("\n")[0] == level

    @pytest.mark.parametrize("a", ["髙田　花", "髙 田花", "ｱ髙田"])
    def test_the_same_glyph_on_both_sides_is_no_matter(self, a: str) -> None:
        names = [Names(a, None, a.replace("ｱ", "ア").replace(" ", ""), None)]
        assert ask(names, glyph_exceptions=["髙"]) == ask(names)

    def test_either_form_may_be_the_one_that_is_kept(self) -> None:
        names = [Names("髙田", None, "高田", None), Names("高田", None, "髙田", None)]
        for kept in ("髙", "高"):
            assert {found.level_kanji for found in ask(names, glyph_exceptions=[kept])} == {
                "similar"
            }

    def test_another_name_stays_another_name(self) -> None:
        name = Names("鈴木　一郎", "スズキ　イチロウ", "髙橋　花", "タカハシ　ハナ")
        assert ask([name], glyph_exceptions=["髙"]) == ask([name])

    ALIAS = Names("青空　花", "アオゾラ　ハナ", "髙橋　ジョイ", "タカハシ　ジョイ", "青空　花", "アオゾラ　ハナ")  # fmt: skip

    def test_an_alias_that_agrees_is_no_matter(self) -> None:
        assert ask([self.ALIAS], glyph_exceptions=["髙"]) == ask([self.ALIAS])

    def test_the_glyph_is_kept_in_an_alias_too(self) -> None:
        name = Names("高空　花", "タカゾラ　ハナ", "JOY SMITH", "ジョイ　スミス", "髙空　花", "タカゾラ　ハナ")  # fmt: skip
        assert ask([name])[0].level_kanji == "equivalent"
        assert ask([name], glyph_exceptions=["髙"])[0].level_kanji == "similar"

    @pytest.mark.parametrize("sign", ["^", "\\", "["])
    def test_a_sign_in_the_list_is_harmless(self, sign: str) -> None:
        found = ask([Names("髙田", None, "高田", None)], glyph_exceptions=[sign])
        assert found == [Answer("equivalent", "equivalent", "blank", "VARIANT:jis", "")]


class TestReadingNotes:
    """Names 5.2 (12): plausibility is a note; contract 3: it decides nothing."""

    SATO = row("佐藤　太郎", "サトウ　タロウ")

    def notes(
        self, folder: Path, rows: Sequence[tuple[Row, Row]], *, alone: bool = False
    ) -> list[set[str]]:
        batch, registry = files(folder, rows)
        checked = check_files([batch], Options(registry=None if alone else registry, as_of=AS_OF))
        self.assert_notes_only(checked)
        return [set(codes) & READING_NOTES for codes in checked.records()["findings"].to_list()]

    @staticmethod
    def assert_notes_only(checked: Checked) -> None:
        found = checked.findings().filter(pl.col("code").is_in(list(READING_NOTES)))
        assert set(found["severity"]) <= {"info"}
        assert set(found["effect"]) <= {"none"}

    def test_without_a_registry(self, tmp_path: Path) -> None:
        submitted = [
            self.SATO, row("佐藤　太郎", "ヤマダ　ハナコ"), row("髙橋　心愛", "タカハシ　ココア"),
            row("SMITH JOHN", "スミス　ジョン"), row(None, "サトウ　タロウ"), row("佐藤　太郎", "SATO TARO"),
        ]  # fmt: skip
        found = self.notes(tmp_path, [(r, r) for r in submitted], alone=True)
        assert found == [set(), {"KN030"}, set(), set(), set(), set()]

    def test_a_reading_that_the_registry_confirms_is_not_asked(self, tmp_path: Path) -> None:
        odd = row("佐藤　太郎", "ヤマダ　ハナコ")
        other_notation = row("佐藤太郎", "ﾔﾏﾀﾞ ﾊﾅｺ")
        assert self.notes(tmp_path, [(odd, odd), (other_notation, odd)]) == [set(), set()]

    def test_only_the_registrys_kana_can_be_read(self, tmp_path: Path) -> None:
        found = self.notes(tmp_path, [(row("佐藤　太郎", "ヤマダ　ハナコ"), self.SATO)])
        assert "KN031" in found[0]
        assert "KN032" not in found[0]

    def test_both_kana_can_be_read(self, tmp_path: Path) -> None:
        rows = [(row("佐藤　裕子", "サトウ　ヒロコ"), row("佐藤　裕子", "サトウ　ユウコ"))]
        assert self.notes(tmp_path, rows) == [{"KN032"}]

    def test_neither_kana_can_be_read(self, tmp_path: Path) -> None:
        rows = [(row("佐藤　太郎", "ヤマダ　ハナコ"), row("佐藤　太郎", "キムラ　ジロウ"))]
        assert self.notes(tmp_path, rows) == [{"KN030"}]

    def test_other_kanji_say_nothing_about_the_registrys_reading(self, tmp_path: Path) -> None:
        rows = [(row("山田　花子", "ヤマダ　ハナコ"), self.SATO)]
        assert self.notes(tmp_path, rows) == [set()]

    def test_a_registry_without_kana(self, tmp_path: Path) -> None:
        nothing = row("佐藤　太郎", None)
        rows = [(self.SATO, nothing), (row("佐藤　太郎", "ヤマダ　ハナコ"), nothing)]
        assert self.notes(tmp_path, rows) == [set(), {"KN030"}]

    def test_notes_change_no_verdict(self, tmp_path: Path) -> None:
        batch, _ = files(
            tmp_path, [(row("佐藤　太郎", "ヤマダ　ハナコ"), self.SATO), (self.SATO, self.SATO)]
        )
        records = check_files([batch], Options(as_of=AS_OF)).records()
        assert records["verdict"].to_list() == ["pass", "pass"]
