"""Which engine should hold the built registry? Measures candidates on made-up rows.

    python benchmarks/registry_engines.py --rows 1000000

For every engine, each step in a process of its own: build from a frame in memory, size on disk,
fetch 100 holders (the fetch alone, and the whole process with imports), fetch all holders,
peak memory. Prints a Markdown table. Engines that are not installed are skipped with a word.
The made-up numbers have no check digit; no row stands for a person.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_FETCH = 100
_STEP = 700_000  # distance between made-up numbers
_LOW = 100_000_000_000


def made_up_rows(rows: int):  # type: ignore[no-untyped-def]
    """``number`` Int64 sorted, and 27 text columns: 14 raw and 13 normal forms."""
    import polars as pl

    families = [a + b for a in "佐鈴高田伊渡山中小加吉斎松井木林" for b in "藤木橋中東邉本村林田"]
    given = [a + b for a in "太健由美翔結大陽蓮葵咲悠" for b in "郎一花子人衣翔太介奈香"]
    kana = [
        a + b for a in ("サ", "タカ", "イトウ", "ワタ", "ナカ") for b in ("トウ", "ハシ", "ナベ")
    ]
    towns = [
        a + b + c + "丁目"
        for a in ("東京都江東区", "北海道札幌市中央区", "大阪府大阪市北区", "福岡県福岡市博多区")
        for b in ("見本", "東見本", "西見本", "南町", "北町", "本町")
        for c in "一二三四五六"
    ]
    index = pl.int_range(rows, dtype=pl.UInt64)
    base = pl.select(index.alias("i"), index.hash(seed=1).alias("h"))

    def pick(words: list[str], salt: int) -> pl.Expr:
        place = (pl.col("h") // salt % len(words)).cast(pl.Int64)
        return pl.lit(pl.Series(words)).gather(place)

    def digits(below: int, salt: int) -> pl.Expr:
        return (pl.col("h") // salt % below).cast(pl.String)

    seldom = pl.col("h") % 37 == 0
    name = pl.concat_str(pick(families, 3), pl.lit("　"), pick(given, 1009))
    reading = pl.concat_str(pick(kana, 5), pl.lit("　"), pick(kana, 2003))
    address = pl.concat_str(
        pick(towns, 7),
        digits(40, 11),
        pl.lit("番"),
        digits(33, 13),
        pl.lit("号　見本荘"),
        digits(999, 17),
    )
    raw = {
        "name_kanji": name,
        "name_kana": reading,
        "birth_date": pl.date(
            1930 + pl.col("h") % 94, 1 + pl.col("h") % 12, 1 + pl.col("h") % 28
        ).cast(pl.String),
        "sex": digits(2, 19),
        "address": address,
        "postal_code": digits(8_999_999, 23),
        "alias_kanji": pl.when(seldom).then(name),
        "alias_kana": pl.when(seldom).then(reading),
        "former_name_kanji": pl.when(seldom).then(name),
        "former_name_kana": pl.when(seldom).then(reading),
        "previous_address": pl.when(seldom).then(address),
        "status": pl.lit("resident"),
        "as_of": pl.lit("2025-12-01"),
        "remarks": pl.lit(None, dtype=pl.String),
    }
    frame = base.select(
        (pl.col("i").cast(pl.Int64) * _STEP + _LOW + (pl.col("h") % _STEP).cast(pl.Int64)).alias(
            "number"
        ),
        *(expression.alias(column) for column, expression in raw.items()),
    )
    sources = ["name_kanji", "name_kana", "birth_date", "address", "postal_code"]
    normal = (sources * 3)[:13]
    return frame.with_columns(
        pl.col(column).str.replace_all("　", "").alias(f"n_{place}_{column}")
        for place, column in enumerate(normal)
    )


@dataclass(frozen=True)
class Engine:
    """``build(frame, folder)``; ``fetch(folder, numbers or None for all)`` → rows fetched."""

    needs: tuple[str, ...]
    build: Callable  # type: ignore[type-arg]
    fetch: Callable  # type: ignore[type-arg]


def _parquet(group: int, page: int | None = None) -> Engine:
    def build(frame, folder: Path) -> None:  # type: ignore[no-untyped-def]
        frame.write_parquet(
            folder / "r.parquet", compression="zstd", row_group_size=group, data_page_size=page
        )

    def fetch(folder: Path, numbers: list[int] | None) -> int:
        import polars as pl

        rows = pl.scan_parquet(folder / "r.parquet")
        if numbers is not None:
            rows = rows.filter(pl.col("number").is_in(pl.Series(numbers).implode()))
        return rows.collect().height

    return Engine(("polars",), build, fetch)


def _build_ipc(frame, folder: Path) -> None:  # type: ignore[no-untyped-def]
    frame.write_ipc(folder / "r.arrow", compression="uncompressed")


def _fetch_ipc(folder: Path, numbers: list[int] | None) -> int:
    import polars as pl

    rows = pl.read_ipc(folder / "r.arrow")
    if numbers is not None:
        rows = rows[rows.get_column("number").search_sorted(pl.Series(numbers))]
    return rows.height


def _build_arrow(frame, folder: Path) -> None:  # type: ignore[no-untyped-def]
    import polars as pl

    frame.rechunk().write_ipc(
        folder / "r.arrow", compat_level=pl.CompatLevel.oldest(), record_batch_size=frame.height
    )


def _fetch_arrow(folder: Path, numbers: list[int] | None) -> int:
    import polars as pl
    import pyarrow as pa

    with pa.memory_map(str(folder / "r.arrow")) as source:
        table = pa.ipc.open_file(source).read_all()
        if numbers is not None:
            sorted_numbers = pl.from_arrow(table.column("number"))
            places = sorted_numbers.search_sorted(pl.Series(numbers))
            table = table.take(pa.array(places.to_list()))
        return pl.from_arrow(table).height


def _build_sqlite(frame, folder: Path) -> None:  # type: ignore[no-untyped-def]
    connection = sqlite3.connect(folder / "r.sqlite")
    columns = ", ".join(f'"{c}" TEXT' for c in frame.columns if c != "number")
    connection.execute(f"CREATE TABLE r (number INTEGER PRIMARY KEY, {columns})")
    marks = ", ".join("?" * frame.width)
    connection.executemany(f"INSERT INTO r VALUES ({marks})", frame.iter_rows())
    connection.commit()
    connection.close()


def _fetch_sqlite(folder: Path, numbers: list[int] | None) -> int:
    import polars as pl

    connection = sqlite3.connect(folder / "r.sqlite")
    if numbers is None:
        cursor = connection.execute("SELECT * FROM r")
    else:
        marks = ", ".join("?" * len(numbers))
        cursor = connection.execute(f"SELECT * FROM r WHERE number IN ({marks})", numbers)
    names = [c[0] for c in cursor.description]
    schema = {n: pl.Int64 if n == "number" else pl.String for n in names}
    frames = []
    while block := cursor.fetchmany(50_000):
        frames.append(pl.DataFrame(block, schema=schema, orient="row"))
    return pl.concat(frames).height


def _build_duckdb(frame, folder: Path) -> None:  # type: ignore[no-untyped-def]
    import duckdb

    connection = duckdb.connect(str(folder / "r.duckdb"))
    connection.register("frame", frame)
    connection.execute("CREATE TABLE r AS SELECT * FROM frame")
    connection.execute("CREATE UNIQUE INDEX r_number ON r (number)")
    connection.close()


def _fetch_duckdb(folder: Path, numbers: list[int] | None) -> int:
    import duckdb
    import polars as pl

    connection = duckdb.connect(str(folder / "r.duckdb"), read_only=True)
    if numbers is None:
        found = connection.execute("SELECT * FROM r")
    else:
        marks = ", ".join("?" * len(numbers))
        found = connection.execute(f"SELECT * FROM r WHERE number IN ({marks})", numbers)
    return pl.from_arrow(found.to_arrow_table()).height


ENGINES = {
    "Parquet, groups 4,096, pages 1 MiB": _parquet(4_096),
    "Parquet, groups 131,072, pages 1 MiB": _parquet(131_072),
    "Parquet, groups 131,072, pages 32 KiB": _parquet(131_072, 32 * 1024),
    "Parquet, groups 131,072, pages 4 KiB": _parquet(131_072, 4 * 1024),
    "Arrow IPC, read by polars": Engine(("polars",), _build_ipc, _fetch_ipc),
    "Arrow IPC, memory-mapped by pyarrow": Engine(("pyarrow",), _build_arrow, _fetch_arrow),
    "SQLite with index": Engine(("sqlite3",), _build_sqlite, _fetch_sqlite),
    "DuckDB with index": Engine(("duckdb", "pyarrow"), _build_duckdb, _fetch_duckdb),
}


def _peak_mib() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _child(step: str, name: str, folder: Path, rows: int) -> dict[str, float]:
    import polars as pl

    engine = ENGINES[name]
    if step == "build":
        frame = pl.read_parquet(folder.parent / "rows.parquet")
        begin = time.perf_counter()
        engine.build(frame, folder)
        return {"seconds": time.perf_counter() - begin, "peak": _peak_mib()}
    numbers = None
    if step == "few":
        numbers = json.loads((folder.parent / "few.json").read_text(encoding="ascii"))
    begin = time.perf_counter()
    fetched = engine.fetch(folder, numbers)
    seconds = time.perf_counter() - begin
    if fetched != (rows if numbers is None else len(numbers)):
        raise SystemExit(f"{name}: wrong number of rows")
    return {"seconds": seconds, "peak": _peak_mib()}


def _run(step: str, name: str, folder: Path, rows: int) -> dict[str, float]:
    begin = time.perf_counter()
    command = [sys.executable, __file__, "--rows", str(rows), "--child", step, name, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result | {"whole": time.perf_counter() - begin}


def _best(step: str, name: str, folder: Path, rows: int, times: int) -> dict[str, float]:
    return min((_run(step, name, folder, rows) for _ in range(times)), key=lambda r: r["seconds"])


def main() -> None:
    """Measure all engines and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--child", nargs=3, metavar=("STEP", "ENGINE", "FOLDER"))
    options = parser.parse_args()
    if options.child:
        step, name, folder = options.child
        print(json.dumps(_child(step, name, Path(folder), options.rows)))
        return
    bench = Path(".bench")
    bench.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=bench) as scratch:
        here = Path(scratch)
        frame = made_up_rows(options.rows)
        frame.write_parquet(here / "rows.parquet")
        few = frame.get_column("number").sample(_FETCH, seed=7).sort().to_list()
        (here / "few.json").write_text(json.dumps(few), encoding="ascii")
        del frame
        print(f"{options.rows:,} rows, 28 columns; seconds, MiB; best of three fetches\n")
        print(
            "| engine | build | build peak | on disk | 100 holders | … whole process | … peak |"
            " all | all peak |"
        )
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        for name, engine in ENGINES.items():
            if any(find_spec(module) is None for module in engine.needs):
                print(f"| {name} | not installed: skipped |" + " |" * 7)
                continue
            folder = here / "engine"
            folder.mkdir()
            built = _run("build", name, folder, options.rows)
            size = sum(f.stat().st_size for f in folder.iterdir()) / 2**20
            few_result = _best("few", name, folder, options.rows, 3)
            all_result = _best("all", name, folder, options.rows, 3)
            print(
                f"| {name} | {built['seconds']:.2f} | {built['peak']:.0f} | {size:.0f}"
                f" | {few_result['seconds']:.3f} | {few_result['whole']:.2f}"
                f" | {few_result['peak']:.0f} | {all_result['seconds']:.2f}"
                f" | {all_result['peak']:.0f} |",
                flush=True,
            )
            for file in folder.iterdir():
                file.unlink()
            folder.rmdir()


if __name__ == "__main__":
    main()
