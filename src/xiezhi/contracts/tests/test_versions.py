"""An old version is read as the newest, the newest is told as an old one, or it is not told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from xiezhi.contracts.messages import REGISTRY, Message
from xiezhi.contracts.versions import (
    CannotSay,
    dead_ends,
    downcast,
    downcasts,
    forget_casts,
    highest,
    upcast,
    upcasts,
)


class Call1(Message):
    """A call with one name."""

    TYPE: ClassVar[str] = "test.call"

    name: str


class Call2(Message):
    """The same with a family name."""

    TYPE: ClassVar[str] = "test.call"
    VERSION: ClassVar[int] = 2

    family: str
    given: str


class Call3(Message):
    """The same with a number to call."""

    TYPE: ClassVar[str] = "test.call"
    VERSION: ClassVar[int] = 3

    family: str
    given: str
    extension: int | None = None


def split_name(old: Call1) -> Call2:
    return Call2(family=old.name[:1], given=old.name[1:])


def add_extension(old: Call2) -> Call3:
    return Call3(family=old.family, given=old.given)


def drop_extension(new: Call3) -> Call2:
    if new.extension is not None:
        raise CannotSay
    return Call2(family=new.family, given=new.given)


def join_name(new: Call2) -> Call1:
    return Call1(name=new.family + new.given)


@pytest.fixture(autouse=True)
def three_versions() -> Iterator[None]:
    classes = (Call1, Call2, Call3)
    REGISTRY.update({(each.TYPE, each.VERSION): each for each in classes})
    upcasts(Call1, Call2)(split_name)
    upcasts(Call2, Call3)(add_extension)
    downcasts(Call3, Call2)(drop_extension)
    downcasts(Call2, Call1)(join_name)
    yield
    for each in classes:
        del REGISTRY[(each.TYPE, each.VERSION)]
    forget_casts(*classes)


def test_upcast_reads_every_version_as_the_newest() -> None:
    newest = Call3(family="王", given="小明")

    assert highest("test.call") == 3
    assert upcast("test.call", 1, {"name": "王小明"}) == newest
    assert upcast("test.call", 2, {"family": "王", "given": "小明"}) == newest
    assert upcast("test.call", 3, newest.model_dump()) == newest


def test_upcast_refuses_a_version_never_released_and_a_body_of_another_version() -> None:
    with pytest.raises(KeyError):
        upcast("test.call", 4, {})
    with pytest.raises(ValidationError):
        upcast("test.call", 2, {"name": "王小明"})


def test_downcast_says_the_newest_in_old_words_where_they_suffice() -> None:
    assert downcast(Call3(family="王", given="小明"), 1) == Call1(name="王小明")
    with pytest.raises(CannotSay):
        downcast(Call3(family="王", given="小明", extension=7), 2)


def test_downcast_goes_nowhere_without_a_way_and_never_upwards() -> None:
    forget_casts(Call2)

    with pytest.raises(CannotSay):
        downcast(Call3(family="王", given="小明"), 1)
    with pytest.raises(CannotSay):
        downcast(Call1(name="王小明"), 2)


def test_a_step_that_is_missing_is_a_dead_end() -> None:
    assert dead_ends() == []
    forget_casts(Call1)

    assert dead_ends() == [("test.call", 1)]
    with pytest.raises(LookupError):
        upcast("test.call", 1, {"name": "王小明"})


def test_casts_join_neighbours_once() -> None:
    with pytest.raises(ValueError, match="no neighbours"):
        upcasts(Call1, Call3)(lambda old: Call3(family=old.name, given=""))
    with pytest.raises(ValueError, match="two functions"):
        upcasts(Call1, Call2)(lambda old: Call2(family="", given=old.name))


@given(name=st.text("王小明李", min_size=1))
def test_what_an_old_version_says_survives_the_way_up_and_down(name: str) -> None:
    said = Call1.model_validate({"name": name})

    assert downcast(upcast("test.call", 1, {"name": name}), 1) == said
