"""Files full of other numbers: what programs log, what offices write, nobody's My Number among it.

Everything is drawn by seed. Where a kind of number can pass the check digit by chance (order
numbers, timestamps to the minute, account numbers), one in ten does.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

START = datetime(2026, 11, 1)


def _digits(chance: random.Random, n: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(n))


def _hex(chance: random.Random, n: int) -> str:
    return "".join(chance.choice("0123456789abcdef") for _ in range(n))


def _uuid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128)))


def _phone(chance: random.Random) -> str:
    return chance.choice([
        f"03-{_digits(chance, 4)}-{_digits(chance, 4)}",
        f"090-{_digits(chance, 4)}-{_digits(chance, 4)}",
        f"+81-90-{_digits(chance, 4)}-{_digits(chance, 4)}",
        f"+8190{_digits(chance, 8)}",
        f"0120-{_digits(chance, 3)}-{_digits(chance, 3)}",
    ])  # fmt: skip


def _corporate(chance: random.Random) -> str:
    number = _digits(chance, 13)
    return chance.choice([number, f"{number[0]}-{number[1:5]}-{number[5:9]}-{number[9:]}"])


def _card(chance: random.Random) -> str:
    return "-".join(_digits(chance, 4) for _ in range(4))


LINES: list[Callable[[random.Random, datetime], str]] = [
    lambda c, t: f"{t:%Y-%m-%d %H:%M:%S},{c.randrange(1000):03d} INFO [worker-{c.randrange(9)}] request {_uuid(c)} took {c.randrange(900)} ms",
    lambda c, t: f"{t:%Y%m%d%H%M} batch started, run {t:%Y%m%d%H%M%S}",
    lambda c, t: f"{t:%Y%m%d%H%M},{c.randrange(10**6)},ok",
    lambda c, t: f"epoch={int(t.timestamp() * 1000)} value={c.random():.12f}",
    lambda c, t: f"{int(t.timestamp() * 1000)} {c.randrange(10**9)} {c.randrange(10**12)} GET /item/{_digits(c, 12)} 200",
    lambda c, t: f'{{"ts":{int(t.timestamp())},"id":"{_digits(c, 12)}","sha":"{_hex(c, 40)}","total":{c.randrange(10**6)}}}',
    lambda c, t: f"{t:%b %d %H:%M:%S} host app[{c.randrange(9999)}]: order {_digits(c, 12)} shipped, tracking {_digits(c, 4)}-{_digits(c, 4)}-{_digits(c, 4)}",
    lambda c, t: f"法人番号 {_corporate(c)} 電話 {_phone(c)} 金額 ¥{c.randrange(10**9):,}",
    lambda c, t: f'sha256:{_hex(c, 64)}  etag "{_hex(c, 32)}" crc {_hex(c, 8)}',
    lambda c, t: f"注文番号: {_digits(c, 12)} 合計 {c.randrange(10**7):,}円 カード {_card(c)}",
    lambda c, t: f"{c.random():.12f} {c.random() * 1000:.9f} {c.randrange(10**12)}.{c.randrange(100):02d} 円",
    lambda c, t: f"arn:aws:iam::{_digits(c, 12)}:role/app-{c.randrange(9)}",
    lambda c, t: f"緯度 {c.uniform(24, 45):.10f} 経度 {c.uniform(123, 145):.10f} 郵便 {_digits(c, 3)}-{_digits(c, 4)}",
    lambda c, t: f'10.0.{c.randrange(255)}.{c.randrange(255)} - - [{t:%d/%b/%Y:%H:%M:%S} +0900] "GET /a?id={_digits(c, 12)} HTTP/1.1" 200 {c.randrange(10**6)}',
    lambda c, t: f"{t.year} {t.year + 1} {t.year + 2} 年度, 1000 2000 3000, {t:%Y-%m-%d}T{t:%H:%M:%S}.{_digits(c, 6)}+09:00",
    lambda c, t: f"user_{_digits(c, 12)} session={_hex(c, 24)} INV-{_digits(c, 12)} JAN {_digits(c, 13)}",
    lambda c, t: f"基礎年金番号 {_digits(c, 4)}-{_digits(c, 6)} 保険者番号 {_digits(c, 8)} 記号 {_digits(c, 4)} 番号 {_digits(c, 5)}",
]  # fmt: skip


def log_lines(seed: int, count: int) -> Iterator[str]:
    """Lines of every kind."""
    chance = random.Random(seed)
    moment = START + timedelta(minutes=seed)
    for _ in range(count):
        moment += timedelta(seconds=chance.randrange(1, 90))
        yield chance.choice(LINES)(chance, moment)


def write_logs(folder: Path, files: int, lines: int = 40) -> list[Path]:
    """Log files whose names hold a day and a time, too."""
    written = []
    for seed in range(files):
        moment = START + timedelta(minutes=7 * seed)
        path = folder / f"app-{moment:%Y%m%d%H%M}-{seed}.{('log', 'txt', 'csv')[seed % 3]}"
        path.write_text("\n".join(log_lines(seed, lines)) + "\n", encoding="utf-8")
        written.append(path)
    return written
