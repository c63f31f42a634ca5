"""Outputs are whole or not there, nothing of the user's is lost, and no temporary file stays."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from litany.corpus.errors import OutputError
from litany.reports.outputs import MANIFEST, write_file, write_folder

OLD = [("index.html", b"old index"), ("diffs/2004.html", b"old diff"), ("data.csv", b"old data")]
NEW = [("index.html", b"new index"), ("diffs/2005.html", b"new diff"), ("data.csv", b"new data")]


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder but the manifest."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


@pytest.fixture(params=["swapped", "merged"])
def target(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A folder with an earlier output; where files are merged, it also holds one of the user's."""
    folder = tmp_path / "out"
    write_folder(folder, OLD)
    if request.param == "merged":
        (folder / "notes.txt").write_text("mine")
    return folder


def foreign(folder: Path) -> dict[str, bytes]:
    return {"notes.txt": b"mine"} if (folder / "notes.txt").exists() else {}


def test_a_file_is_written_with_the_permissions_of_the_umask(tmp_path: Path) -> None:
    write_file(tmp_path / "a.csv", b"1")
    expected = 0o666 & ~_umask()
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == expected
    assert names(tmp_path) == ["a.csv"]


def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"1")
    path.chmod(0o640)
    write_file(path, b"2")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"2", 0o640)


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"1")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_file(tmp_path / "link.csv", b"2")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"2"


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file("/dev/null", b"x")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_an_output_error() -> None:
    with pytest.raises(OutputError, match="/dev/full: no space left on the device; choose another place with -o"):
        write_file("/dev/full", b"x")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("folder", "is a folder; name a file"),
        ("file/a.csv", "a part of the path is a file, not a folder"),
        ("nowhere/a.csv", "there is no folder .*nowhere; make it first"),
        ("x" * 300 + ".csv", "the name is too long"),
    ],
)
def test_a_file_that_cannot_be_written(tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(OutputError, match=message):
        write_file(tmp_path / path, b"x")
    assert names(tmp_path) == ["file", "folder"]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_a_file_that_fails_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    (tmp_path / "a.csv").write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_file(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


def test_a_new_folder_and_its_parents(tmp_path: Path) -> None:
    write_folder(tmp_path / "a" / "b", NEW)
    assert tree(tmp_path / "a" / "b") == dict(NEW)
    assert names(tmp_path / "a") == ["b"]
    manifest = json.loads((tmp_path / "a" / "b" / MANIFEST).read_bytes())
    assert manifest["outputs"] == {"report": ["data.csv", "diffs/2005.html", "index.html"]}
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o777 & ~_umask()


def test_an_output_replaces_its_predecessor(target: Path) -> None:
    write_folder(target, NEW)
    assert tree(target) == dict(NEW) | foreign(target)
    assert names(target.parent) == ["out"]
    assert not list(target.glob(".*part*"))


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o750)
    write_folder(tmp_path / "out", NEW)
    assert tree(tmp_path / "out") == dict(NEW)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o750


def test_a_folder_that_someone_made_stays(tmp_path: Path) -> None:
    (tmp_path / "out" / "empty").mkdir(parents=True)
    write_folder(tmp_path / "out", NEW)
    assert (tmp_path / "out" / "empty").is_dir()


def test_a_file_that_is_not_ours_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_bytes(b"my home page")
    with pytest.raises(OutputError, match=r"index\.html: is in the way and litany did not write it"):
        write_folder(tmp_path / "out", NEW)
    assert tree(tmp_path / "out") == {"index.html": b"my home page"}
    assert names(tmp_path) == ["out"]


def test_two_outputs_share_a_folder(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", [("2004.md", b"a"), ("series.json", b"b")], what="split")
    write_folder(tmp_path / "out", OLD)
    write_folder(tmp_path / "out", NEW)
    assert tree(tmp_path / "out") == {"2004.md": b"a", "series.json": b"b"} | dict(NEW)
    write_folder(tmp_path / "out", [("series.json", b"c")], what="split")
    assert tree(tmp_path / "out") == {"series.json": b"c"} | dict(NEW)


def test_folders_that_become_empty_go(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_bytes(b"mine")
    write_folder(tmp_path / "out", OLD)
    write_folder(tmp_path / "out", [("index.html", b"1")])
    assert names(tmp_path / "out") == [MANIFEST, "index.html", "notes.txt"]


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    write_folder(tmp_path / "out", NEW)
    assert (tmp_path / "out").is_symlink()
    assert tree(tmp_path / "real") == dict(NEW)


@pytest.mark.parametrize("error", [RuntimeError("a bug"), KeyboardInterrupt()])
def test_failing_while_the_files_are_made_leaves_the_old_output(target: Path, error: BaseException) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield NEW[0]
        raise error

    before = tree(target)
    with pytest.raises(type(error)):
        write_folder(target, files())
    assert tree(target) == before
    assert names(target.parent) == ["out"]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("after", [False, True], ids=["before the rename", "after the rename"])
@pytest.mark.parametrize("step", range(9))
def test_failing_while_it_is_put_in_place_leaves_the_old_output(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: int, after: bool, error: BaseException
) -> None:
    """An interruption at any of the renames. A step beyond the last one lets the output succeed."""
    before, done, rename = tree(target), [0], Path.rename

    def fail(self: Path, to: Path) -> Path:
        done[0] += 1
        if done[0] != step + 1:
            return rename(self, to)
        if after:
            rename(self, to)
        raise error

    monkeypatch.setattr(Path, "rename", fail)
    try:
        write_folder(target, NEW)
    except (OutputError, KeyboardInterrupt):
        assert tree(target) == before
    else:
        assert tree(target) == dict(NEW) | foreign(target)
        assert done[0] <= step
    assert names(target.parent) == ["out"]
    assert not list(target.glob(".*part*"))


def test_failing_leaves_no_parents_behind(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a name"):
        write_folder(tmp_path / "a" / "b", [("../x", b"")])
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "", ".", "a//b", "./a", "..", MANIFEST])
def test_names_that_leave_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name for a file of an output folder"):
        write_folder(tmp_path / "out", [(name, b"")])


def test_a_manifest_cannot_make_us_remove_what_is_not_in_the_folder(tmp_path: Path) -> None:
    """A folder from elsewhere may come with a manifest that lists what its maker wants to have removed."""
    (tmp_path / "secret").write_bytes(b"mine")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "thesis.md").write_bytes(b"mine")
    out = tmp_path / "out"
    (out / "folder").mkdir(parents=True)
    (out / "folder" / "a").write_bytes(b"mine")
    (out / "link").symlink_to(tmp_path / "elsewhere")
    listed = ["../secret", str(tmp_path / "secret"), "folder", 7]
    (out / MANIFEST).write_text(json.dumps({"outputs": {"report": listed}}))
    write_folder(out, NEW)
    assert (tmp_path / "secret").read_bytes() == b"mine"
    assert (out / "folder" / "a").read_bytes() == b"mine"
    (out / MANIFEST).write_text(json.dumps({"outputs": {"report": ["link/thesis.md"]}}))
    with pytest.raises(OutputError, match=r"leads out of the output folder|litany did not write it"):
        write_folder(out, NEW)
    assert (tmp_path / "elsewhere" / "thesis.md").read_bytes() == b"mine"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"outputs": 3}', b'{"outputs": {"report": 3}}', b"\xff"])
def test_a_broken_manifest_lists_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST).write_bytes(content)
    (tmp_path / "mine").write_bytes(b"1")
    write_folder(tmp_path, NEW)
    assert tree(tmp_path) == {"mine": b"1"} | dict(NEW)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("file", "is a file; name a folder"),
        ("file/out", "/file: is a file; name a folder"),
        ("/proc/nowhere/out", "choose another place with -o"),
    ],
)
def test_a_folder_that_cannot_be_written(tmp_path: Path, path: str, message: str) -> None:
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(OutputError, match=message):
        write_folder(tmp_path / path, NEW)
    assert names(tmp_path) == ["file"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_no_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="no permission to write here"):
            write_folder(tmp_path / "out", NEW)
        with pytest.raises(OutputError, match="no permission to write here"):
            write_file(tmp_path / "a.csv", b"")
    finally:
        tmp_path.chmod(0o700)


def _umask() -> int:
    current = os.umask(0o077)
    os.umask(current)
    return current
