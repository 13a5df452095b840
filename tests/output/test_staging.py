"""A staged folder is absent or whole, whatever happens, and leaves no litter."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from validator.errors import BusyError, OutputError, UsageError
from validator.output import staging
from validator.output.staging import open_private, stage

ROOT = Path(__file__).resolve().parents[2]
WHOLE = {"a.txt", "inner/b.txt", "inner/deep/c.txt"}

# Writes three files; arguments: target, overwrite, and the step at which to be killed (or 0).
# Every call that touches the file system raises an audit event first: each one is a moment.
WRITER = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from validator.output.staging import stage

    target, overwrite, kill_at = Path(sys.argv[1]), sys.argv[2] == "1", int(sys.argv[3])
    steps = 0

    def count(event, arguments):
        global steps
        if event.startswith(("os.", "open", "fcntl.", "shutil.")):
            steps += 1
            if steps == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    with stage(target, overwrite) as folder:
        for name in ("a.txt", "inner/b.txt", "inner/deep/c.txt"):
            path = folder.path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(sys.argv[4] + name)
    print(steps)
    """
)


def run_writer(
    target: Path, *, overwrite: bool, kill_at: int = 0, mark: str = "new "
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WRITER, str(target), str(int(overwrite)), str(kill_at), mark],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def content(target: Path) -> dict[str, str]:
    return {
        str(p.relative_to(target)): p.read_text(encoding="utf-8")
        for p in target.rglob("*")
        if p.is_file()
    }


def is_whole(target: Path) -> bool:
    found = content(target)
    marks = {text.removesuffix(name) for name, text in found.items()}
    return set(found) == WHOLE and len(marks) == 1


def write_whole(target: Path, overwrite: bool = False) -> None:
    with stage(target, overwrite) as folder:
        for name in sorted(WHOLE):
            path = folder.path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text("old " + name, encoding="utf-8")


def modes(folder: Path) -> dict[str, int]:
    everything = [folder, *folder.rglob("*")]
    return {p.name: p.stat().st_mode & 0o777 for p in everything}


def test_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_whole(tmp_path / "made" / "out")
        assert os.umask(0) == 0, "the umask of the caller is restored"
    finally:
        os.umask(before)
    found = modes(tmp_path / "made")
    assert {found["made"], found["out"], found["inner"], found["deep"]} == {0o700}
    assert {found["a.txt"], found["b.txt"], found["c.txt"]} == {0o600}


def test_target_is_absent_until_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with stage(target, False) as folder:
        (folder.path / "a.txt").write_text("x", encoding="utf-8")
        assert not target.exists()
        assert folder.path.parent == tmp_path
    assert content(target) == {"a.txt": "x"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("kind", ["full", "empty", "file", "dangling"])
def test_existing_target_is_refused(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "out"
    if kind == "file":
        target.write_text("mine", encoding="utf-8")
    elif kind == "dangling":
        target.symlink_to(tmp_path / "nowhere")
    else:
        target.mkdir()
        if kind == "full":
            (target / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError), stage(target, False):
        pytest.fail("entered")
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_target_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "out"

    def write() -> None:
        with stage(target, False) as folder:
            (folder.path / "a.txt").write_text("x", encoding="utf-8")
            target.mkdir()

    with pytest.raises(UsageError):
        write()
    assert list(target.iterdir()) == []
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_overwrite_replaces_the_folder_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "stale").write_text("x", encoding="utf-8")
    write_whole(target, overwrite=True)
    assert set(content(target)) == WHOLE
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_overwrite_failing_keeps_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_whole(target)

    def write() -> None:
        with stage(target, True) as folder:
            (folder.path / "a.txt").write_text("half", encoding="utf-8")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        write()
    assert is_whole(target)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_overwrite_never_takes_away_inputs_links_or_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    batch = target / "batch.csv"
    batch.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError), stage(target, True, protect=[batch]):
        pytest.fail("entered")
    link = tmp_path / "link"
    link.symlink_to(target)
    with pytest.raises(UsageError), stage(link, True):
        pytest.fail("entered")
    (target / "sub").mkdir()
    monkeypatch.chdir(target / "sub")
    with pytest.raises(UsageError), stage(target, True):
        pytest.fail("entered")
    assert batch.read_text(encoding="utf-8") == "mine"


def test_exception_in_the_block_leaves_nothing_not_even_new_parents(tmp_path: Path) -> None:
    def write() -> None:
        with stage(tmp_path / "x" / "y" / "out", False) as folder:
            (folder.path / "inner").mkdir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write()
    assert list(tmp_path.iterdir()) == []


def test_second_run_is_told_that_the_first_holds_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with stage(target, False) as folder:
        (folder.path / "a.txt").write_text("x", encoding="utf-8")
        with pytest.raises(BusyError), stage(target, False):
            pytest.fail("entered")
    assert content(target) == {"a.txt": "x"}


def test_other_targets_beside_are_not_disturbed(tmp_path: Path) -> None:
    with stage(tmp_path / "one", False), stage(tmp_path / "two", False):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one", "two"]


def test_longest_possible_name_works(tmp_path: Path) -> None:
    target = tmp_path / ("長" * 85)
    write_whole(target)
    assert is_whole(target)


@pytest.mark.parametrize("place", ["/proc/out", "file/out"])
def test_impossible_place_is_an_output_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError) as caught, stage(tmp_path / place, False):
        pytest.fail("entered")
    assert "\n" not in caught.value.render("ja")


FULL_DISK = textwrap.dedent(
    """
    import resource, sys
    from pathlib import Path
    import polars as pl
    from validator.errors import ValidatorError
    from validator.output.staging import open_private, stage

    frame = pl.DataFrame({"x": pl.int_range(400_000, eager=True).hash().cast(pl.String)})
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
    try:
        with stage(Path(sys.argv[1]), False) as folder:
            path = folder.path / "x"
            match sys.argv[2]:
                case "bytes":
                    with open_private(path) as out:
                        out.write(b"x" * 1_000_000)
                case "parquet":
                    frame.write_parquet(path)
                case "opened":
                    with open_private(path) as out:
                        frame.write_parquet(out)
                case "csv":
                    frame.write_csv(path)
    except ValidatorError as error:
        print(error.render("en"))
        sys.exit(error.exit_code)
    """
)


@pytest.mark.parametrize("writer", ["bytes", "parquet", "opened", "csv"])
def test_full_disk_is_an_output_error_and_leaves_nothing(tmp_path: Path, writer: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / "sub" / "out"), writer],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (7, "")
    assert "full" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_folder_without_permission_is_an_output_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError), stage(tmp_path / "out", False):
            pytest.fail("entered")
    finally:
        tmp_path.chmod(0o700)


def test_private_file_is_new_and_no_link(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with open_private(path) as out:
        out.write(b"mine")
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError), open_private(path):
        pytest.fail("opened")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="link"), open_private(tmp_path / "link"):
        pytest.fail("opened")


@pytest.mark.parametrize("overwrite", [False, True])
def test_killed_at_any_step(tmp_path: Path, overwrite: bool) -> None:
    """Dies at every step of a run in turn; the next run of whichever kind cleans up."""
    target = tmp_path / "out"

    def prepare() -> None:
        if overwrite and not target.exists():
            write_whole(target)

    prepare()
    steps = int(run_writer(target, overwrite=True).stdout)
    assert steps > 20
    seen = set()
    for step in range(1, steps + 1):
        if not overwrite and target.exists():
            assert content(target)
            for path in sorted(target.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            target.rmdir()
        prepare()
        killed = run_writer(target, overwrite=overwrite, kill_at=step)
        if not overwrite and killed.returncode == 0:
            break
        assert killed.returncode == -signal.SIGKILL
        seen.add(target.exists())
        assert not target.exists() or is_whole(target)
        if target.exists() and step % 2:
            with pytest.raises(UsageError), stage(target, False):
                pytest.fail("entered")
        else:
            write_whole(target, overwrite=True)
        assert [p.name for p in tmp_path.iterdir()] == ["out"]
        assert is_whole(target)
    assert seen == {True, False}


def test_what_a_killed_run_wrote_does_not_slip_into_the_next(tmp_path: Path) -> None:
    target = tmp_path / "out"
    leftovers = 0
    for step in range(10, 31, 4):
        run_writer(target, overwrite=True, kill_at=step)
        leftovers += any(p.is_file() for p in tmp_path.rglob("*"))
        with stage(target, True) as folder:
            (folder.path / "only.txt").write_text("x", encoding="utf-8")
        assert content(target) == {"only.txt": "x"}
    assert leftovers


def test_killed_at_random_moments(tmp_path: Path) -> None:
    moments = random.Random(20251201)
    target = tmp_path / "out"
    for _ in range(15):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(target), "1", "0", f"{moments.random()} "],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        try:
            process.wait(timeout=moments.uniform(0.01, 0.15))
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()
        assert not target.exists() or is_whole(target)
    write_whole(target, overwrite=True)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_a_folder_of_many_files_is_private_and_a_fault_of_one_stops_it(tmp_path, monkeypatch):
    def write(target: Path) -> None:
        with stage(target, overwrite=False) as folder:
            (folder.path / "letters").mkdir()
            for n in range(200):
                (folder.path / "letters" / f"{n}.html").write_bytes(b"x")
                (folder.path / "letters" / f"{n}.html").chmod(0o644)

    write(tmp_path / "a")
    modes = {p.stat().st_mode & 0o777 for p in (tmp_path / "a" / "letters").iterdir()}
    assert modes == {0o600}
    sync = staging.sync

    def failing(path: Path | str) -> None:
        if Path(path).name == "150.html":
            raise OSError(errno.ENOSPC, "full")
        sync(path)

    monkeypatch.setattr(staging, "sync", failing)
    with pytest.raises(OutputError):
        write(tmp_path / "b")
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
