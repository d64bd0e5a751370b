"""The ferry's word: what operators are told of the carrier, also when the carrier is in trouble."""

from __future__ import annotations

import json
import os
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from xiezhi.exchange import ferry
from xiezhi.exchange.tests.waiting import LONG, until
from xiezhi.exchange.transports import FerryWord, Lane, Trouble
from xiezhi.exchange.transports.ferry_word import NAME
from xiezhi.exchange.transports.spool import SpoolTransport


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    """Lay the trays of two sites."""
    for own, peer in (("service", "court"), ("court", "service")):
        SpoolTransport(tmp_path, own).prepare([peer])
    return tmp_path


@pytest.fixture
def court(spool: Path) -> SpoolTransport:
    """Give the court's side of the spool."""
    return SpoolTransport(spool, "court")


@pytest.fixture
def outbound(spool: Path) -> Path:
    """Give the service site's tray for the court."""
    return spool / "service/out/court"


@pytest.fixture
def inbound(spool: Path) -> Path:
    """Give the court's tray from the service site."""
    return spool / "court/in/service"


def told(transport: SpoolTransport, peer: str = "service") -> FerryWord:
    """Give the ferry's word; there must be one."""
    word = transport.ferry_word(peer)
    assert word is not None
    return word


def test_the_ferry_says_what_it_carried_each_way(
    spool: Path, court: SpoolTransport, outbound: Path
) -> None:
    word = ferry.Word(spool)
    (outbound / "a.parcel").write_bytes(b"a")
    word.tell(ferry.carry(spool))
    (outbound / "b.parcel").write_bytes(b"b")
    (spool / "court/out/service/c.parcel").write_bytes(b"c")
    word._due = 0.0
    word.tell(ferry.carry(spool))

    ours, theirs = told(court), told(SpoolTransport(spool, "service"), "court")

    assert (ours.brought, ours.taken) == (2, 1)
    assert (theirs.brought, theirs.taken) == (1, 2)
    assert (ours.troubles, ours.more_troubles) == ((), 0)


def test_receivers_take_the_word_for_no_message(spool: Path, court: SpoolTransport) -> None:
    ferry.Word(spool).tell(ferry.carry(spool))

    assert [court.arrived("service", lane, 64) for lane in Lane] == [[], []]


def test_the_word_names_what_stands_in_the_way_of_this_pair_alone(
    spool: Path, court: SpoolTransport, outbound: Path, inbound: Path
) -> None:
    for own, peer in (("service", "bank"), ("bank", "service")):
        SpoolTransport(spool, own).prepare([peer])
    (outbound / "a.parcel").write_bytes(b"a")
    (inbound / "a.parcel").mkdir()

    ferry.Word(spool).tell(ferry.carry(spool))

    assert told(court).troubles == (Trouble("service/out/court/a.parcel", "EISDIR"),)
    assert told(SpoolTransport(spool, "service"), "court").troubles == told(court).troubles
    assert told(SpoolTransport(spool, "bank")).troubles == ()


def test_the_word_names_a_few_troubles_and_counts_the_rest(
    spool: Path, court: SpoolTransport, outbound: Path, inbound: Path
) -> None:
    for number in range(25):
        (outbound / f"{number}.parcel").write_bytes(b"a")
        (inbound / f"{number}.parcel").mkdir()

    ferry.Word(spool).tell(ferry.carry(spool))

    assert (len(told(court).troubles), told(court).more_troubles) == (20, 5)


def test_files_in_trouble_keep_no_others_back(
    outbound: Path, inbound: Path, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ferry, "BATCH", 2)
    for name in ("a", "b", "c"):
        (outbound / f"{name}.parcel").write_bytes(b"")
        (inbound / f"{name}.parcel").mkdir()
    (outbound / "d.parcel").write_bytes(b"whole")

    assert ferry.carry(spool).carried == 1


def test_the_running_ferry_keeps_speaking(
    spool: Path, court: SpoolTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ferry, "WORD_SECONDS", 0.02)
    stop = threading.Event()
    thread = threading.Thread(target=lambda: ferry.run(spool, interval=0.01, stop=stop))
    thread.start()
    until(lambda: court.ferry_word("service") is not None)
    first = told(court)
    shutil.rmtree(spool / "service/in")
    until(lambda: told(court).troubles == () and told(court).clock > first.clock)
    (spool / "court/out/service/a.parcel").write_bytes(b"a")
    until(lambda: told(court).troubles == (Trouble("service/in/court", "ENOENT"),))
    stop.set()
    thread.join(LONG)

    assert told(court).begun_at == first.begun_at


def test_the_ferry_sweeps_out_what_interrupted_copies_left(
    spool: Path, outbound: Path, inbound: Path
) -> None:
    (inbound / ".a.parcel.part").write_bytes(b"trunc")
    (outbound / "b.parcel").write_bytes(b"whole")
    stop = threading.Event()
    stop.set()

    ferry.run(spool, interval=0, stop=stop, copy=True)

    assert list(inbound.iterdir()) == []


def test_the_word_tells_silence_and_a_wrong_clock(
    spool: Path, court: SpoolTransport, inbound: Path
) -> None:
    ferry.Word(spool).tell(ferry.carry(spool))
    assert abs(told(court).skew) < timedelta(minutes=1)
    heard = datetime(2026, 3, 2, tzinfo=UTC)
    os.utime(inbound / NAME, (heard.timestamp(), heard.timestamp()))

    word = told(court)

    assert word.skew == word.clock - heard
    assert word.silent_for(heard + timedelta(hours=1)) == timedelta(hours=1)
    assert word.silent_for(heard - timedelta(hours=1)) == timedelta(0)


PLAIN: dict[str, object] = {
    "v": 1,
    "clock": "2026-03-02T00:00:00Z",
    "begun_at": "2026-03-02T00:00:00Z",
    "brought": 0,
    "taken": 0,
    "troubles": [],
    "more_troubles": 0,
}


def test_a_word_may_come_from_any_program(court: SpoolTransport, inbound: Path) -> None:
    (inbound / NAME).write_text(json.dumps(PLAIN))

    assert told(court).begun_at == datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"v": 1}',
        "[" * 30000,
        " " * 40000 + json.dumps(PLAIN),
        json.dumps(PLAIN | {"v": 2}),
        json.dumps(PLAIN | {"taken": -1}),
        json.dumps(PLAIN | {"clock": "2026-03-02T00:00:00"}),
        json.dumps(PLAIN | {"troubles": [{"place": "a", "error": "<b>"}]}),
        json.dumps(PLAIN | {"troubles": [{"place": "a" * 500, "error": "EIO"}]}),
        json.dumps(PLAIN | {"troubles": [{"place": "a", "error": "EIO"}] * 21}),
    ],
    ids=[
        *("empty", "list", "fields missing", "deep", "large", "other version", "negative"),
        *("no zone", "markup", "long place", "many"),
    ],
)
def test_what_is_no_word_is_none(court: SpoolTransport, inbound: Path, content: str) -> None:
    (inbound / NAME).write_text(content)

    assert court.ferry_word("service") is None


def test_a_link_or_a_pipe_is_no_word(court: SpoolTransport, spool: Path, inbound: Path) -> None:
    ferry.Word(spool).tell(ferry.carry(spool))
    elsewhere = (inbound / NAME).rename(spool / "elsewhere")
    (inbound / NAME).symlink_to(elsewhere)
    link = court.ferry_word("service")
    (inbound / NAME).unlink()
    os.mkfifo(inbound / NAME)

    assert (link, court.ferry_word("service")) == (None, None)


def test_a_word_that_could_not_be_kept_is_none(court: SpoolTransport, inbound: Path) -> None:
    clock = datetime(2026, 3, 2, tzinfo=UTC).isoformat()
    word = {"v": 1, "clock": clock, "begun_at": clock, "brought": 0, "taken": 0}
    trouble = {"place": "in\0out", "error": "OSError"}
    place = inbound / NAME
    place.write_text(json.dumps(word | {"troubles": [trouble], "more_troubles": 0}))
    assert court.ferry_word("service") is None

    place.write_text(json.dumps(word | {"troubles": [], "more_troubles": 0}))
    assert court.ferry_word("service") is not None
