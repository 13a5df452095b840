"""A run whose letters are written, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from clean_record import AS_OF, RECORD, REGISTRY_ROW, number, write_batch, write_registry

from validator.checking import Checked, Options, check_files
from validator.config import Config, LettersConfig
from validator.output.letters import filed_of, write_letters

CONFIG = LettersConfig(insurer_name="出版健康保険組合", contact=("適用課", "電話 00-0000-0000"))
Changes = Mapping[str, "str | None"]


def person(n: int, **changes: str | None) -> dict[str, str | None]:
    """The n-th person of a batch, who agrees with `holder` of n unless changed."""
    return {
        "my_number": number(20_000_000_000 + n),
        "name_kanji": f"見本　{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'一二三四五六七八九十'[n // 10 % 10]}",
        "insured_number": str(3000 + n),
        **changes,
    }


def holder(n: int, **changes: str | None) -> dict[str, str | None]:
    """The registry row of `person` n."""
    same = {k: v for k, v in person(n).items() if k in REGISTRY_ROW}
    return {**same, **changes}


def checked(
    folder: Path,
    records: Sequence[Changes],
    registry: Sequence[Changes] | None = ({},),
    *,
    lang: str = "ja",
    letters: LettersConfig = CONFIG,
    config: Mapping[str, object] | None = None,
) -> Checked:
    """A run over these records (changes of the clean one) and registry rows."""
    options = Options(
        registry=None if registry is None else write_registry(folder, *registry),
        as_of=AS_OF,
        lang=lang,
        config=Config.model_validate({**(config or {}), "letters": letters.model_dump()}),
    )
    return check_files([write_batch(folder, *records)], options)


def letters_of(
    folder: Path, records: Sequence[Changes], registry: Sequence[Changes] | None = ({},), **more
) -> dict[str, str]:
    """The written letters by file name, without the list for the senders."""
    out = folder / "letters"
    write_letters(filed_of(checked(folder, records, registry, **more)), out)
    if not out.exists():
        return {}
    return {p.name: p.read_text("utf-8") for p in sorted(out.iterdir()) if p.name != "index.html"}


def texts(folder: Path, cases: Sequence[tuple[Changes, Changes]], **more) -> list[str]:
    """What each case (changes of a form, of its registry row) says in a letter of its own.

    One run for all; what tells the people apart (name, number, reference, office) is taken out.
    """
    records = [person(n, office_code=str(1000 + n)) | dict(r) for n, (r, _) in enumerate(cases)]
    rows = [holder(n) | dict(changes) for n, (_, changes) in enumerate(cases)]
    letters = letters_of(folder, records, rows, **more)
    said = []
    for n, record in enumerate(records):
        text = " ".join(plain(letters.get(f"{n + 1:04}-{1000 + n}.html", "")).split())
        for own in (record["name_kanji"] or "-", f"{3000 + n}", f"{1000 + n}"):
            text = text.replace(" ".join(own.split()), "*")
        said.append(re.sub(r"[b-t]{12}-L[0-9]+", "*", text))
    assert len(letters) == len(cases)
    return said


def plain(html: str) -> str:
    """The text of a page as a reader sees it, without its style sheet."""
    import html as entities

    body = html[html.index("<body>") :] if html else ""
    return entities.unescape(re.sub(r"<[^>]*>", " ", body))


__all__ = ["CONFIG", "RECORD", "checked", "holder", "letters_of", "person", "plain", "texts"]
