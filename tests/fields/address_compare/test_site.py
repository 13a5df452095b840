"""What a site adds to the comparison: its own renamed towns, and the ruling of 1963 on 小字."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from clean_record import AS_OF, RECORD, REGISTRY_COLUMNS, REGISTRY_ROW, number, write_csv

from validator.checking import Options, check_files
from validator.cli.main import main
from validator.config import load_config
from validator.errors import UsageError
from validator.fields.address.compare import compare_address_pairs
from validator.fields.address.gazetteer import load_gazetteer
from validator.fields.address.parse import parse_addresses
from validator.fields.address.site import AddressSite, load_site

from .table import named

TOYOSU = "東京都江東区豊洲一丁目2番3号"


def table(folder: Path, *lines: str) -> Path:
    path = folder / "renames.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def compared(site: AddressSite, submitted: str, registry: str) -> tuple[str, frozenset[str]]:
    pairs = pl.DataFrame({"submitted": [submitted], "registry": [registry]})
    level, steps = compare_address_pairs(pairs, site).row(0)
    return level, named(steps)


class TestRenamedTowns:
    """Old and new name are one town, whichever of them the data has."""

    @pytest.mark.parametrize(
        ("line", "submitted", "registry"),
        [
            ("東京都江東区\t見本町\t豊洲", "東京都江東区見本町1-2-3", TOYOSU),
            ("江東区\t見本町\t豊洲", "江東区見本町1-2-3", TOYOSU),
            ("13108\t見本町\t豊洲", "東京都江東区見本町一丁目2番3号", TOYOSU),
            ("131083\t見本町\t豊洲", "東京都江東区見本町1丁目2-3", TOYOSU),
            ("13108\t古浜\t若洲", "東京都江東区古浜1-2-3", "東京都江東区若洲一丁目2番3号"),
            ("13108\t豊洲\t見本町", "東京都江東区豊洲1-2-3", "東京都江東区見本町一丁目2番3号"),
            ("13108\t豊洲\t有明", "東京都江東区豊洲1-2-3", "東京都江東区有明一丁目2番3号"),
            ("13108\t豊洲西\t有明", "東京都江東区豊洲西1-2-3", "東京都江東区有明一丁目2番3号"),
        ],
    )
    def test_old_and_new_are_one(
        self, tmp_path: Path, line: str, submitted: str, registry: str
    ) -> None:
        site = load_site(table(tmp_path, line), koaza_optional=False)
        assert compared(AddressSite(), submitted, registry)[0] != "equivalent"
        level, steps = compared(site, submitted, registry)
        assert (level, "OLD_TOWN" in steps) == ("equivalent", True)
        assert compared(site, registry, submitted)[0] == "equivalent"
        assert compared(site, submitted[:-1] + "9", registry)[0] == "similar"

    def test_a_town_renamed_twice_bears_its_last_name(self, tmp_path: Path) -> None:
        path = table(tmp_path, "13108\t見本町\t手本町", "13108\t手本町\t豊洲")
        site = load_site(path, koaza_optional=False)
        for old in ("見本町", "手本町"):
            assert compared(site, f"江東区{old}1-2-3", TOYOSU)[0] == "equivalent"

    def test_all_other_towns_are_read_as_before(self, tmp_path: Path) -> None:
        path = table(tmp_path, "13108\t見本町\t豊洲", "盛岡市\t見本\t上飯岡", "47201\t豊見\t泊")
        gazetteer = load_site(path, koaza_optional=False).gazetteer
        assert gazetteer is not None
        known = load_gazetteer()
        towns = known.towns.filter(pl.col("second").is_null()).sample(4_000, seed=11)
        place = known.municipalities[towns["municipality"]]
        asked = place["prefecture"] + place["city"] + towns["name"] + "12-3"
        assert parse_addresses(asked, gazetteer=gazetteer).equals(parse_addresses(asked))

    def test_headings_remarks_and_blank_lines_are_passed_over(self, tmp_path: Path) -> None:
        lines = ("municipality\told\tnew", "# 2026", "", "13108\t見本町\t豊洲")
        site = load_site(table(tmp_path, *lines), koaza_optional=False)
        assert compared(site, "江東区見本町1-2-3", TOYOSU)[0] == "equivalent"

    @pytest.mark.parametrize(
        ("lines", "wrong"),
        [
            (("13108\t見本町\t豊洲", "13108 見本町 豊洲"), 2),
            (("13108\t見本町",), 1),
            (("13108\t\t豊洲",), 1),
            (("# 表", "99999\t見本町\t豊洲"), 2),
            (("中央区\t見本町\t日本橋",), 1),
            (("東京都江東区豊洲\t見本町\t豊洲",), 1),
            (("13108\t豊洲\t豐洲",), 1),
            (("13108\t見本町\t豊洲", "", "13108\t見本町\t有明"), 3),
            (("13108\t豊洲\t有明", "13108\t有明\t豊洲"), 2),
        ],
    )
    def test_a_wrong_line_is_named_but_not_shown(
        self, tmp_path: Path, lines: tuple[str, ...], wrong: int
    ) -> None:
        with pytest.raises(UsageError) as refused:
            load_site(table(tmp_path, *lines), koaza_optional=False)
        assert (refused.value.file, refused.value.lines) == ("renames.tsv", (wrong,))
        for lang in ("ja", "en"):
            said = refused.value.render(lang)
            assert "\n" not in said
            assert not any(field in said for field in lines[wrong - 1].split("\t") if field)

    def test_a_file_that_cannot_be_read_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "sjis.tsv").write_bytes("13108\t見本町\t豊洲".encode("cp932"))
        for name in ("sjis.tsv", "absent.tsv"):
            with pytest.raises(UsageError):
                load_site(tmp_path / name, koaza_optional=False)


class TestKoaza:
    """行政実例 1963: where 大字 and number are one home, the 小字 may be left out."""

    SITE = AddressSite(koaza_optional=True)

    @pytest.mark.parametrize(
        ("submitted", "registry", "level", "step"),
        [
            ("新潟県村上市桃川1", "新潟県村上市桃川字ツベタ1番地", "equivalent", "KOAZA_OMITTED"),
            ("新潟県村上市桃川字ツベタ1", "新潟県村上市桃川1番地", "equivalent", "KOAZA_OMITTED"),
            ("新潟県村上市桃川2", "新潟県村上市桃川字ツベタ1番地", "similar", "KOAZA_MISSING"),
            ("新潟県村上市桃川", "新潟県村上市桃川字ツベタ1番地", "similar", "KOAZA_MISSING"),
            ("新潟県村上市桃川字水上1", "新潟県村上市桃川字ツベタ1", "similar", "KOAZA_DIFFERS"),
            # 小字 by 小字 the numbers begin anew there.
            ("福島県伊達市梁川町大関12", "福島県伊達市梁川町大関字大舘12", "similar", "KOAZA_MISSING"),
        ],
    )  # fmt: skip
    def test_it_may_be_missing_where_numbers_are_given_out_once(
        self, submitted: str, registry: str, level: str, step: str
    ) -> None:
        found, steps = compared(self.SITE, submitted, registry)
        assert (found, step in steps) == (level, True)
        assert compared(AddressSite(), submitted, registry)[0] == "similar"


def test_check_follows_the_configuration(tmp_path: Path) -> None:
    own = [number(31_000_000_000 + 17 * n) for n in range(2)]
    submitted = ("東京都江東区見本町1-2-3", "新潟県村上市桃川1")
    registered = (TOYOSU, "新潟県村上市桃川字ツベタ1番地")
    batch = write_csv(
        tmp_path / "batch.csv",
        [{**RECORD, "my_number": n, "address": a} for n, a in zip(own, submitted, strict=True)],
    )
    registry = write_csv(
        tmp_path / "registry.csv",
        [
            {**REGISTRY_ROW, "my_number": n, "address": a}
            for n, a in zip(own, registered, strict=True)
        ],
        REGISTRY_COLUMNS,
    )
    renames = table(tmp_path, "江東区\t見本町\t豊洲")
    (tmp_path / "site.toml").write_text(
        f"[addresses]\ntown_renames = '{renames}'\nkoaza_optional = true\n", encoding="utf-8"
    )

    def found(config: Path | None) -> list[str]:
        options = Options(registry=registry, as_of=AS_OF, config=load_config(config))
        return check_files([batch], options).records()["level_address"].to_list()

    assert found(None) == ["different", "similar"]
    assert found(tmp_path / "site.toml") == ["equivalent", "equivalent"]


def test_a_town_that_the_site_renamed_is_a_town(tmp_path: Path) -> None:
    batch = write_csv(tmp_path / "batch.csv", [{**RECORD, "address": "東京都江東区見本町1-2-3"}])
    renames = table(tmp_path, "江東区\t見本町\t豊洲")
    (tmp_path / "site.toml").write_text(f"[addresses]\ntown_renames = '{renames}'\n", "utf-8")

    def codes(config: Path | None) -> list[str]:
        options = Options(as_of=AS_OF, config=load_config(config))
        return check_files([batch], options).records()["findings"].to_list()[0]

    assert "AD036" in codes(None)
    assert "AD036" not in codes(tmp_path / "site.toml")


def test_the_comparison_alone_follows_the_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    renames = table(tmp_path, "江東区\t見本町\t豊洲")
    config = tmp_path / "site.toml"
    config.write_text(f"[addresses]\ntown_renames = '{renames}'\n", "utf-8")
    words = ["compare", "address", "東京都江東区見本町1-2-3", TOYOSU]
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("different")
    assert main([*words, "--config", str(config)]) == 0
    assert capsys.readouterr().out.startswith("equivalent")
