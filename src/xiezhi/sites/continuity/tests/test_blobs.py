"""Stored files: each comes into the backup once and goes back only where it is missing."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from xiezhi.files.storage import content_name
from xiezhi.foundation.ids import uuid7
from xiezhi.sites.continuity.blobs import (
    bring_missing,
    damaged,
    forget_unlisted,
    stored_names,
    take_in,
)
from xiezhi.sites.continuity.faults import ContinuityFaultError
from xiezhi.sites.continuity.lists import Kept, read_list, write_list
from xiezhi.sites.continuity.store import Store


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a site's folder of three files."""
    for _ in range(3):
        put(tmp_path / "blobs")
    return tmp_path / "blobs"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Give an empty store."""
    made = Store(tmp_path / "backup/court")
    made.prepare(None)
    return made


def put(root: Path, blob_id: UUID | None = None, content: bytes = b"sealed") -> Path:
    """Store one file as a site does."""
    path = root / content_name(blob_id or uuid7())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def taken(site: Path, store: Store, listed: Path, before: Path | None = None) -> list[Kept]:
    """Take one increment and give what its list names."""
    write_list(listed, take_in(site, store, before))
    return list(read_list(listed))


def test_an_increment_names_everything_and_reads_only_what_is_new(
    site: Path, store: Store, tmp_path: Path
) -> None:
    first = taken(site, store, tmp_path / "1.gz")
    for kept in store.blobs.glob("*/*/*"):
        kept.unlink()
        kept.write_bytes(b"not read again")
    new = put(site)

    second = taken(site, store, tmp_path / "2.gz", before=tmp_path / "1.gz")

    assert [each.name for each in second] == sorted(stored_names(site))
    assert {each.digest for each in second} == {first[0].digest}
    assert (store.blobs / new.relative_to(site)).read_bytes() == b"sealed"


def test_unfinished_files_and_links_are_left_out(site: Path, store: Store, tmp_path: Path) -> None:
    put(site).rename(site / "aa.tmp")
    half = put(site)
    half.rename(half.with_name(f"{half.name}.tmp"))
    planted = site / content_name(uuid7())
    planted.parent.mkdir(parents=True)
    planted.symlink_to("/etc/passwd")

    assert len(taken(site, store, tmp_path / "1.gz")) == 3
    assert not [path for path in store.blobs.rglob("*") if path.is_symlink()]


def test_a_file_that_is_destroyed_meanwhile_is_passed_over(
    site: Path, store: Store, tmp_path: Path
) -> None:
    increment = take_in(site, store, None)
    next(increment)
    for path in site.glob("*/*/*"):
        path.unlink()

    assert len(list(increment)) <= 1


def test_files_go_back_where_they_are_missing_and_nowhere_else(
    site: Path, store: Store, tmp_path: Path
) -> None:
    taken(site, store, tmp_path / "1.gz")
    one, two, three = site.glob("*/*/*")
    one.unlink()
    two.unlink()
    two.write_bytes(b"the site's own")
    new = put(site)

    assert bring_missing(store.blobs, site) == 1
    assert [path.read_bytes() for path in (one, two, three, new)] == [
        *(b"sealed", b"the site's own", b"sealed", b"sealed"),
    ]


def test_what_no_list_names_is_removed(site: Path, store: Store, tmp_path: Path) -> None:
    taken(site, store, tmp_path / "1.gz")
    gone = next(site.glob("*/*/*"))
    gone.unlink()
    put(site)
    taken(site, store, tmp_path / "2.gz")

    assert forget_unlisted(store, [tmp_path / "1.gz", tmp_path / "2.gz"]) == 0
    assert forget_unlisted(store, [tmp_path / "2.gz"]) == 1
    assert sorted(stored_names(store.blobs)) == sorted(stored_names(site))


def test_damage_is_named(site: Path, store: Store, tmp_path: Path) -> None:
    taken(site, store, tmp_path / "1.gz")
    one, two, three = sorted(store.blobs.glob("*/*/*"))
    one.unlink()
    for path, content in ((two, b"selaed"), (three, b"longer than before")):
        path.unlink()
        path.write_bytes(content)

    assert list(damaged(store, tmp_path / "1.gz")) == sorted(stored_names(site))


def test_a_damaged_list_is_refused(tmp_path: Path) -> None:
    write_list(tmp_path / "1.gz", [Kept("aa/bb/cc", 1, "00")])
    (tmp_path / "1.gz").write_bytes((tmp_path / "1.gz").read_bytes()[:-6])

    with pytest.raises(ContinuityFaultError, match="已损坏"):
        list(read_list(tmp_path / "1.gz"))
