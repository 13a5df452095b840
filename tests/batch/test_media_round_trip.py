"""Generated lines of every layout come out of the check byte for byte."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from media_round_trip import DISPOSITIONS, damaged, data_lines, in_their_order, registry_rows

from shikaku_world.media_lines import AS_OF, ITEMS, media_file, media_lines
from validator.checking import Options, check_files


@pytest.mark.parametrize(
    ("codes", "receiver"),
    [
        *(((code,), "association") for code in ITEMS),
        (tuple(ITEMS), "pension_office"),
    ],
)
def test_lines_are_handed_over_as_submitted(
    tmp_path: Path, codes: tuple[str, ...], receiver: str
) -> None:
    own = [media_lines(code, 300, 3, receiver=receiver) for code in codes]
    lines = [line for together in zip(*own, strict=True) for line in together]
    path, registry = tmp_path / "batch.CSV", tmp_path / "registry.csv"
    path.write_bytes(media_file(damaged(lines), 3, receiver=receiver))
    pl.DataFrame(list(registry_rows(lines))).unique("my_number").write_csv(registry)
    options = Options(registry=registry, out=tmp_path / "out", as_of=AS_OF, receiver=receiver)
    checked = check_files([path], options)
    submitted = data_lines(path)
    assert len(submitted) == len(lines)
    files = [tmp_path / "out" / f"{name}.CSV" for name in DISPOSITIONS]
    written = [data_lines(file) for file in files]
    assert min(map(len, written)) > 0
    assert [in_their_order(part, submitted) for part in written] == [len(p) for p in written]
    assert sorted(line for part in written for line in part) == sorted(submitted)
    counts = checked.summary.counts
    assert [counts.accepted, counts.held, counts.returned] == [len(part) for part in written]


def test_the_comparison_sees_a_changed_a_doubled_and_a_swapped_line() -> None:
    submitted = [b"a\r\n", b"b\r\n", b"c\r\n"]
    assert in_their_order(submitted[::2], submitted) == 2
    assert in_their_order([b"a\r\n", b"x\r\n"], submitted) == 1
    assert in_their_order([b"a\r\n", b"a\r\n"], submitted) == 1
    assert in_their_order([b"c\r\n", b"a\r\n"], submitted) == 1
