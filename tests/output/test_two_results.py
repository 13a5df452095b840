"""What changed between two results, found again whatever the files are called."""

import json

import pytest
from clean_record import AS_OF, OWN, media_line, number, write_batch, write_registry
from clean_record import write_media as media_file

from validator.cli.main import main

BODIES = [27182818284 + n for n in range(6)]
PEOPLE = [
    {
        "my_number": number(body),
        "name_kanji": f"見本　{kanji}",
        "name_kana": f"ミホン　{kana}",
        "birth_date": f"1985-04-{n + 1:02}",
        "insured_number": str(n + 1),
    }
    for n, (body, kanji, kana) in enumerate(
        zip(BODIES, "一二三四五六", ("イチ", "ニ", "サン", "ヨン", "ゴ", "ロク"), strict=True)
    )
]
KANA = {"name_kana": "ミホン　ジロウ"}
MOVED = {"address": "大阪府大阪市北区梅田一丁目1番1号"}


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Check records into a folder: ``check(out, changes by person, registry changes)``."""
    monkeypatch.chdir(tmp_path)

    def run(out, people, changed=None, several=None):
        rows = [{**PEOPLE[n], **c} for n, c in people.items()]
        registry = [{**p, **(changed or {}).get(n, {})} for n, p in enumerate(PEOPLE)]
        for row in registry:
            del row["insured_number"]
        write_registry(tmp_path, *registry)
        files = []
        for at, part in enumerate([rows] if several is None else [rows[:several], rows[several:]]):
            folder = tmp_path / f"{out}-in{at}"
            folder.mkdir()
            files.append(str(write_batch(folder, *part)))
        options = ["--registry", "registry.csv", "--as-of", AS_OF.isoformat(), "--quiet"]
        assert main(["check", *files, "--out", out, *options]) in (0, 1)
        return out

    return run


def diff(capsys, *arguments):
    capsys.readouterr()
    code = main(["diff", *arguments, "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    changes = {c["line"]: (c["change"], c["old_hold_class"], c["hold_class"]) for c in document["changes"] if c["record_id"]}  # fmt: skip
    return code, document["counts"], changes


def counted(**counts):
    names = ("newly_held", "newly_returned", "released", "changed", "added", "gone", "same")
    return {name: counts.get(name, 0) for name in names}


def test_one_batch_against_two_registries(check, capsys):
    people = {0: {}, 1: MOVED, 2: MOVED, 3: {}, 4: {"sex": "9z"}}
    check("old", people)
    check("new", people, {0: KANA, 1: MOVED, 2: MOVED | KANA})
    code, counts, changes = diff(capsys, "old", "new")
    assert code == 1
    assert counts == counted(newly_held=1, released=1, changed=1, same=2)
    assert changes == {
        2: ("newly_held", None, "N"),
        3: ("released", "3", None),
        4: ("changed", "3", "N"),
    }
    assert diff(capsys, "old", "old")[:2] == (0, counted(same=5))
    assert [diff(capsys, "old", "new", "--fail-on", on)[0] for on in ("return", "never")] == [0, 0]
    check("worse", {**people, 0: {"sex": "9z"}})
    assert diff(capsys, "old", "worse", "--fail-on", "return")[0] == 1


@pytest.mark.parametrize("several", [None, 2])
def test_a_corrected_file_in_another_order(check, capsys, several):
    check(
        "old",
        {0: {}, 1: KANA, 2: MOVED, 3: {"my_number": number(55555555555)}, 4: {}},
        several=several,
    )
    check("new", {4: MOVED, 5: {}, 3: {}, 2: MOVED, 1: {}})
    code, counts, changes = diff(capsys, "old", "new")
    # Line 5 stays as it was; the corrected ones are found as people.
    assert counts == counted(newly_held=1, released=2, added=1, gone=1, same=1)
    assert changes[2] == ("newly_held", None, "3")
    assert changes[6] == ("released", "N", None)
    assert code == 1


def test_same_lines_that_stand_twice_go_with_one_another(check, capsys, tmp_path):
    check("old", {0: {}, 1: KANA})
    rows = [{**PEOPLE[0]}, {**PEOPLE[1], **KANA}, {**PEOPLE[0]}]
    write_batch(tmp_path, *rows, name="b.csv")
    assert (
        main(
            [
                "check",
                "b.csv",
                "--registry",
                "registry.csv",
                "--out",
                "new",
                "--as-of",
                AS_OF.isoformat(),
                "--quiet",
            ]
        )
        == 1
    )
    assert diff(capsys, "old", "new")[1] == counted(added=1, same=2)


def test_electronic_media(check, capsys, tmp_path):
    write_registry(tmp_path, {}, {"my_number": number(31415926536), "name_kanji": "見本　花子"})
    other = {13: number(31415926536), 8: "見本　花江", 6: "77"}
    for name, lines in {
        "old": [media_line(), media_line(other)],
        "new": [media_line(other | {8: "見本　花子"}), media_line()],
    }.items():
        media_file(tmp_path / f"{name}.CSV", lines)
        main(
            [
                "check",
                f"{name}.CSV",
                "--registry",
                "registry.csv",
                "--out",
                name,
                "--as-of",
                AS_OF.isoformat(),
                "--quiet",
            ]
        )
    code, counts, _ = diff(capsys, "old", "new")
    assert (code, counts) == (0, counted(released=1, same=1))


def test_nothing_of_a_person_is_shown(check, capsys):
    check("old", {0: {}, 1: KANA, 2: {}})
    check("new", {0: KANA, 1: {}, 3: {}})
    for style in ("text", "json", "csv"):
        capsys.readouterr()
        main(["diff", "old", "new", "--format", style])
        shown = capsys.readouterr()
        for secret in ("見本", "ミホン", "1985", "豊洲", OWN, OWN[:6]):
            assert secret not in shown.out + shown.err


def test_what_is_no_result_is_refused(check, capsys, tmp_path):
    check("old", {0: {}})
    (tmp_path / "empty").mkdir()
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "summary.json").write_text('{"complete": true')
    for wrong in ("empty", "cut", "nothing", "registry.csv"):
        capsys.readouterr()
        assert main(["diff", "old", wrong]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    (tmp_path / "old" / "accepted.csv").unlink()
    check("new", {1: {}})
    assert main(["diff", "old", "new"]) == 2
