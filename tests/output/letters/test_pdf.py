"""Letters as PDF: real text in an embedded font, and the same proof of who stands in them."""

import io
import re
import sys

import polars as pl
import pypdf
import pytest
from clean_record import AS_OF, OWN, number, write_batch, write_registry
from hypothesis import example, given, settings
from hypothesis import strategies as st
from output.letters.lettering import CONFIG, checked, holder, person
from output.letters.test_canary import KINDS, canaries, case
from output.letters.test_hostile import PAYLOADS
from output.letters.test_reread import (
    HOLDERS,
    RECORDS,
    doubled_row,
    lost_row,
    moved_row,
    swapped_rows,
    swapped_values,
)

from validator.checking import Options, check_files
from validator.config import Config
from validator.errors import BalanceError, UsageError
from validator.output.letters import filed_of, write_letters
from validator.output.letters import write as writing
from validator.output.letters.letters import letters, listed_people
from validator.output.letters.pdf.font import PACKAGED, characters
from validator.output.letters.pdf.reread import folded
from validator.output.letters.pdf.setting import PdfPages
from validator.output.letters.people import letter_people, shown
from validator.output.letters.view import head
from validator.output.letters.view import person as set_person

PDF = CONFIG.model_copy(update={"write": "pdf"})
MOVED = {"address": "東京都江東区豊洲三丁目9番9号"}


def pdfs_of(folder, records, registry=({},), **more):
    """The text of each PDF, read by a program that the validator does not use."""
    out = folder / "letters"
    write_letters(filed_of(checked(folder, records, registry, letters=PDF, **more)), out)
    return {
        path.name: "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        for path in sorted(out.glob("*.pdf"))
    }


# JIS X 0213, CP932, beyond both, a variation selector; what no font has becomes 〓.
NAMES = [
    "𠮷野　髙﨑",
    "栁濵　德祐",
    "邉邊　齋齊",
    "槗本　䯂㐂",
    "𠮟　﨟﨎",
    "葛\U000e0100飾　辻\U000e0101",
]


@pytest.fixture(scope="module")
def rare(tmp_path_factory):
    records = [
        person(n, name_kanji=name, **MOVED) for n, name in enumerate([*NAMES, "𪚲\U00031350丈"])
    ]
    return pdfs_of(tmp_path_factory.mktemp("rare"), records, [holder(n) for n in range(7)])


def test_rare_names_are_text_and_the_rest_is_marked(rare):
    (text,) = rare.values()
    flat = folded(text)
    for name in NAMES:
        assert folded(name) in flat, name
    assert "〓" in text
    assert "この文書では表せない文字" in text
    assert "社保" in flat
    assert "3割" in text


def test_without_rare_characters_there_is_no_note(tmp_path):
    (text,) = pdfs_of(tmp_path, [{**MOVED, "office_name": "見本出版"}]).values()
    assert "〓" not in text
    for word in ("見本出版 御中", "住民票の住所をご確認ください", "回 答 票", "出版健康保険組合"):
        assert folded(word) in folded(text)


def test_the_font_is_embedded_and_the_document_tagged(tmp_path):
    write_letters(filed_of(checked(tmp_path, [MOVED], letters=PDF)), tmp_path / "letters")
    (path,) = (tmp_path / "letters").glob("*.pdf")
    reader = pypdf.PdfReader(path)
    fonts = [f.get_object() for p in reader.pages for f in p["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (below,) = font["/DescendantFonts"]
        assert {"/FontFile2", "/FontFile3"} & set(below.get_object()["/FontDescriptor"])
        assert "/ToUnicode" in font
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert root["/Lang"].startswith("ja")
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    raw = path.read_bytes()
    assert not re.search(rb"/JavaScript|/Launch|/URI|/EmbeddedFile", raw)
    assert path.stat().st_mode & 0o777 == 0o600


def test_one_file_an_employer_and_the_list_names_them(tmp_path):
    records = [person(n, office_code=str(1000 + n % 2), **MOVED) for n in range(4)]
    texts = pdfs_of(tmp_path, records, [holder(n) for n in range(4)])
    assert list(texts) == ["0001-1000.pdf", "0002-1001.pdf"]
    for n, text in enumerate(texts.values()):
        present = {i for i in range(4) if folded(records[i]["name_kanji"]) in folded(text)}
        assert present == {i for i in range(4) if i % 2 == n}
    index = (tmp_path / "letters" / "index.html").read_text("utf-8")
    assert 'href="0001-1000.pdf"' in index
    assert not list((tmp_path / "letters").glob("0*.html"))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return filed_of(checked(tmp_path_factory.mktemp("run"), RECORDS, HOLDERS, letters=PDF))


@pytest.mark.parametrize(
    "damage",
    [swapped_rows, moved_row, lost_row, doubled_row, *map(swapped_values, ("name_kanji", "record_id"))],
)  # fmt: skip
def test_a_row_in_the_wrong_place_is_found(tmp_path, run, monkeypatch, damage):
    monkeypatch.setattr(writing, "letter_people", lambda filed: damage(letter_people(filed)))
    with pytest.raises(BalanceError):
        write_letters(run, tmp_path / "letters")


def test_two_documents_that_change_places_are_found(tmp_path, run, monkeypatch):
    made = []
    whole = PdfPages.letter

    def swapped(pages, head, people):
        made.append((head, people))
        return whole(pages, *(made[0] if len(made) == 2 else (head, people)))

    monkeypatch.setattr(PdfPages, "letter", swapped)
    with pytest.raises(BalanceError):
        write_letters(run, tmp_path / "letters")


def test_no_value_of_the_registry_in_any_pdf(tmp_path):
    cases = [case(n, *kind) for n, kind in enumerate(KINDS.values())]
    texts = pdfs_of(tmp_path, [r for r, _ in cases], [row for _, row in cases])
    assert len(texts) == len(cases)
    hidden = {c for record, row in cases for c in canaries(row, record)}
    for text in texts.values():
        assert not [canary for canary in hidden if folded(canary) in folded(text)]
        assert not re.search("台帳|死亡|国外転出|通称|旧姓", "".join(text.split()))


def test_numbers_stay_out(tmp_path):
    strays = {
        c: number(61_803_398_874 + n)
        for n, c in enumerate(("name_kanji", "address", "office_name"))
    }
    texts = pdfs_of(tmp_path, [{**MOVED, "sex": "2", **strays}])
    for text in texts.values():
        flat = folded(text)
        assert not [s for s in (*strays.values(), OWN) if s[:6] in flat]


MARKUP = ['#import "x": *', "#panic()", "*bold*", "$ x $", "\\u{1F600}", "= heading", "@ref", "<label>",
          "#sys.inputs", "```", "//", "/* x", "\\", '"', "- list", '#read("/etc/passwd")']  # fmt: skip


@pytest.fixture(scope="module")
def setting(run):
    people = letter_people(run)
    site = writing.site_of(run, people)
    return site, PdfPages(site), people.head(1)


@settings(max_examples=4)
@given(texts=st.lists(st.text(max_size=30), min_size=10, max_size=10))
@example(texts=[*MARKUP, *(p[:160] for p in PAYLOADS)])
def test_whatever_is_written_is_set_as_it_is(setting, texts):
    site, pages, one = setting
    written = ("name_kanji", "address")
    rows = pl.concat([one.with_columns(pl.lit(t).alias(c) for c in written) for t in texts])
    people = rows.with_columns(shown(c) for c in written)
    people = people.with_columns(
        office_code=pl.lit(people["name_kanji"][0], dtype=pl.String),
        office_name=pl.lit(people["name_kanji"][-1], dtype=pl.String),
    )
    listed = listed_people(people, site, of_a_letter=99, of_all=99)
    (row,) = letters(people, listed, []).iter_rows(named=True)
    made = pages.letter(
        head(row, site), [set_person(r, site) for r in listed.iter_rows(named=True)]
    )
    document = pypdf.PdfReader(io.BytesIO(made))
    flat = folded("".join(page.extract_text() for page in document.pages))
    for text in people["name_kanji"]:
        assert folded(pages.printable(text or "")) in flat
    assert "root:" not in flat


def test_fonts_know_their_characters():
    shown = characters(PACKAGED)
    for text in (
        "𠮷髙﨑〓、。ア亜",
        "".join(NAMES).replace("\U000e0100", "").replace("\U000e0101", ""),
    ):
        assert not [c for c in text if ord(c) not in shown and c != "　"]
    # The whole of CP932, and of JIS X 0213 but for two brackets.
    for codec in ("cp932", "shift_jis_2004"):
        pairs = (bytes([a, b]) for a in range(0x81, 0xFD) for b in range(0x40, 0xFD))
        signs = {pair.decode(codec, "ignore") for pair in pairs}
        wanted = {s for s in signs if len(s) == 1 and s.isprintable() and s != "　"}
        assert len(wanted) > 7000
        missing = {s for s in wanted if ord(s) not in shown}
        assert missing <= set("⦅⦆")


@pytest.mark.parametrize("data", [b"", b"not a font", b"\0\1\0\0" + b"\xff" * 60])
def test_a_file_that_is_no_font_is_refused_before_all_work(tmp_path, data):
    font = tmp_path / "x.ttf"
    font.write_bytes(data)
    config = Config(letters=PDF.model_copy(update={"fonts": (font,)}))
    with pytest.raises(UsageError, match="font"):
        check_files(
            [tmp_path / "no such batch"], Options(as_of=AS_OF, config=config, out=tmp_path / "o")
        )


def test_a_font_of_the_site_is_asked_for_what_the_others_lack(tmp_path):
    config = PDF.model_copy(update={"fonts": (PACKAGED[1],)})
    write_letters(filed_of(checked(tmp_path, [MOVED], letters=config)), tmp_path / "letters")
    assert len(list((tmp_path / "letters").glob("*.pdf"))) == 1


def test_without_the_packages_the_run_is_refused_before_all_work(tmp_path, monkeypatch):
    for name in ("typst", "pypdfium2"):
        with monkeypatch.context() as hidden:
            hidden.setitem(sys.modules, name, None)
            options = Options(
                as_of=AS_OF, letters="pdf", out=tmp_path / "o", registry=write_registry(tmp_path)
            )
            with pytest.raises(UsageError) as refused:
                check_files([write_batch(tmp_path)], options)
            assert "pip install" in refused.value.ja
    assert not (tmp_path / "o").exists()
