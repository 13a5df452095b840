"""A run with a work list, and the list as other programs give it back."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from clean_record import AS_OF, number, write_batch, write_registry
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from validator.checking import Options, check_files
from validator.resolve import Resolved, resolve_worklist

PEOPLE = [number(70_000_000_000 + 11 * n) for n in range(9)]
# Line of the batch → how its form differs from the registry.
DIFFERENCES: dict[int, dict[str, str | None]] = {
    2: {},
    3: {"name_kana": "ミホン　ジロウ", "office_code": "0123"},  # class N
    4: {"address": "東京都江東区豊洲二丁目2番27号"},  # class 3
    5: {"birth_date": "1985-04-02"},  # class 1: with proof
    6: {"sex": "9"},  # returned
    7: {"name_kana": "ミホン　タラウ", "address": "東京都江東区豊洲二丁目2番27号"},  # class 2
    8: {"my_number": number(98_765_432_109)},  # class 0: never cleared
}
TODAY = AS_OF
Row = dict[str, Any]


def make_run(folder: Path, *, with_state: bool) -> Path:
    """Folder ``out`` of a run over `DIFFERENCES`; with a ledger in ``state`` if asked for."""
    folder.mkdir(parents=True)
    rows = [{"my_number": n, **c} for n, c in zip(PEOPLE, DIFFERENCES.values(), strict=False)]
    batch = write_batch(folder, *rows)
    known = write_registry(
        folder,
        *({"my_number": n, "postal_code": f"135-00{at:02}"} for at, n in enumerate(PEOPLE)),
    )
    state = folder / "state" if with_state else None
    check_files([batch], Options(registry=known, as_of=AS_OF, out=folder / "out", state=state))
    return folder / "out"


def read_rows(path: Path) -> list[Row]:
    """The rows of 「作業一覧」, by heading."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("作業一覧").to_python()
    return [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:] if row[0] != ""]


def write_rows(
    path: Path, rows: Iterable[Row], *, headers: list[str] | None = None, sheet: str = "作業一覧"
) -> Path:
    """A plain workbook of these rows, as a program without any formats writes it."""
    listed = list(rows)
    names = headers or list(dict.fromkeys(h for row in listed for h in row))
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    for place, name in enumerate(names):
        page.write_string(0, place, name)
        for line, row in enumerate(listed, start=1):
            value = row.get(name, "")
            if isinstance(value, (date, datetime)):
                page.write_datetime(line, place, value, day)
            elif isinstance(value, str):
                page.write_string(line, place, value)
            else:
                page.write(line, place, value)
    book.close()
    path.write_bytes(buffer.getvalue())
    return path


CONFIRMED: Row = {
    "判定": "本人確認済",
    "理由": "字体の違い",
    "担当者": "見本 係",
    "決定日": "2026-11-23",
}


@dataclass
class Desk:
    """One clerk's copy of a run: the list, a ledger, and where the run is."""

    folder: Path
    rows: dict[int, Row]

    @classmethod
    def of(cls, made: Path, folder: Path) -> Desk:
        shutil.copytree(made, folder)
        return cls(folder, {int(row["行"]): row for row in read_rows(folder / "out/worklist.xlsx")})

    def resolve(
        self,
        changes: Mapping[int, Row] | Iterable[Row],
        *,
        name: str = "desk.xlsx",
        run: Path | None = None,
        as_of: date | None = None,
        edit: Callable[[list[Row]], list[Row]] = lambda rows: rows,
        **options: Any,
    ) -> Resolved:
        """Resolve the whole list with the inputs of these lines, or exactly these rows."""
        if isinstance(changes, Mapping):
            rows = [{**row, **changes.get(line, {})} for line, row in self.rows.items()]
        else:
            rows = list(changes)
        path = write_rows(self.folder / name, edit(rows), **options)
        return resolve_worklist(path, self.folder / "state", run=run, as_of=as_of, today=TODAY)


def results(resolved: Resolved) -> dict[int, str]:
    """Line of the batch → entered, known, or the name of the refusal."""
    return {
        int(o.record_id.rpartition("-L")[2]): (
            o.refusal.value if o.refusal else "known" if o.known else "entered"
        )
        for o in resolved.outcomes
        if "-L" in o.record_id
    }
