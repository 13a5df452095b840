"""Handing submitted lines over untouched, split by what became of them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO

import polars as pl

from validator.batch.model import Batch, Source
from validator.batch.opening import read_submitted
from validator.batch.quoting import header_end
from validator.errors import InputError, InternalError, OutputError

_BOM = b"\xef\xbb\xbf"


def write_subset(
    batch: Batch,
    source: Source,
    line_disposition: pl.Series,
    targets: Mapping[str, Path],
) -> dict[str, int]:
    """Write the lines of one source to one file per disposition, in the submitted format.

    ``line_disposition`` has one text per ``line_index`` of the source, each a key of ``targets``.
    Returns the number of lines written for every key; a file without a line is not made. Files are
    created 0600 and must not exist. Raises InputError when the submitted file has changed since it
    was read, OutputError when a file cannot be written.
    """
    dispositions = line_disposition.to_list()
    if len(dispositions) != source.lines or not set(dispositions) <= set(targets):
        raise InternalError(
            "引き渡す行の数か区分が入力と合いません。開発者に連絡してください。",
            "the lines to hand over do not fit the input; report this to the developers.",
            file=source.name,
        )
    data = _unchanged(source)
    wanted = {key: path for key, path in targets.items() if key in set(dispositions)}
    try:
        if source.format == "xlsx":
            from validator.batch.handover_xlsx import write_workbooks

            write_workbooks(
                data,
                source,
                _sheet(batch, source),
                _begins(batch, source),
                dispositions,
                wanted,
            )
        elif source.format == "parquet":
            _write_parquet(data, source, line_disposition, wanted)
        elif source.format == "media":
            from validator.batch.handover_media import write_media

            write_media(data, source, _begins(batch, source), dispositions, wanted)
        else:
            _write_text(data, source, _begins(batch, source), dispositions, wanted)
    except OSError:
        raise OutputError(
            "引き渡しファイルを書き込めません。空き容量と権限を確認してください。",
            "a hand-over file could not be written; check free space and permissions.",
            file=source.name,
        ) from None
    return {key: dispositions.count(key) for key in targets}


def create_private(path: Path) -> BinaryIO:
    """Open a new file for writing, readable by its owner only; it must not exist."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return os.fdopen(os.open(path, flags, 0o600), "wb")


def text_records(data: bytes, begins: Sequence[int]) -> Iterable[bytes]:
    """The bytes of each record that begins at one of the physical lines, line ends included."""
    gapless = bool(begins) and begins[-1] - begins[0] + 1 == len(begins)
    if gapless and b'"' not in data:
        return islice(io.BytesIO(data), begins[0] - 1, begins[-1])
    return _quoted_records(data, begins)


def _quoted_records(data: bytes, begins: Sequence[int]) -> Iterator[bytes]:
    wanted = iter(begins)
    begin = next(wanted, None)
    parts: list[bytes] = []
    odd = False
    for number, raw in enumerate(io.BytesIO(data), start=1):
        if not parts:
            if number != begin:
                continue
            begin = next(wanted, None)
        odd ^= bool(raw.count(b'"') % 2)
        parts.append(raw)
        if not odd:
            yield b"".join(parts)
            parts = []
    if parts:
        yield b"".join(parts)


def _unchanged(source: Source) -> bytes:
    changed = InputError(
        "処理中に入力ファイルが変わりました。書き込みが終わってから、もう一度実行してください。",
        "the input file changed while it was being processed; run again when it is complete.",
        file=source.name,
    )
    try:
        submitted = read_submitted(source.path)
    except InputError:
        raise changed from None
    if submitted.sha256 != source.sha256:
        raise changed
    return submitted.data


def _begins(batch: Batch, source: Source) -> list[int]:
    own = batch.frame.lazy().filter(pl.col("source") == source.index)
    lines = own.select("line_index", "line").unique("line_index", keep="first").sort("line_index")
    return lines.select("line").collect()["line"].to_list()


def _sheet(batch: Batch, source: Source) -> str:
    return str(batch.frame.filter(pl.col("source") == source.index)["sheet"][0])


def _write_text(
    data: bytes,
    source: Source,
    begins: Sequence[int],
    dispositions: Sequence[str],
    targets: Mapping[str, Path],
) -> None:
    head = b"" if source.format == "jsonl" else _header_bytes(data)
    if source.format == "jsonl" and data.startswith(_BOM):
        head, data = _BOM, data[len(_BOM) :]
    with ExitStack() as stack:
        handles = {key: stack.enter_context(create_private(path)) for key, path in targets.items()}
        for handle in handles.values():
            handle.write(head)
        cut = _json_records if source.format == "jsonl" else text_records
        records = iter(cut(data, begins))
        for disposition, run in groupby(dispositions):
            # Line by line in C: most lines of a batch share one disposition.
            handles[disposition].writelines(islice(records, len(list(run))))


def _json_records(data: bytes, begins: Sequence[int]) -> Iterator[bytes]:
    wanted = set(begins)
    for number, raw in enumerate(io.BytesIO(data), start=1):
        if number in wanted:
            yield raw


def _header_bytes(data: bytes) -> bytes:
    start = len(_BOM) if data.startswith(_BOM) else 0
    first = start
    while data.startswith((b"\n", b"\r\n"), first):
        first = data.index(b"\n", first) + 1
    return data[:start] + data[first : header_end(data, first)]


def _write_parquet(
    data: bytes,
    source: Source,
    line_disposition: pl.Series,
    targets: Mapping[str, Path],
) -> None:
    from validator.batch.parquet import load_parquet

    frame = load_parquet(data, source.name)
    for key, path in targets.items():
        buffer = io.BytesIO()
        frame.filter(line_disposition == key).write_parquet(buffer)
        with create_private(path) as handle:
            handle.write(buffer.getbuffer())
