"""Every data file loads, says where it comes from, and yields to a court's own files."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from xiezhi import law
from xiezhi.law import parameters, statutes
from xiezhi.law.errors import LawError
from xiezhi.law.parameters import Status

SECOND = """[[parameter]]
name = "x"
from = 2026-05-01
source = "y"
status = "local"
value = 1
"""


def test_every_file_loads_with_source_and_standing() -> None:
    for file in parameters.files():
        for versions in parameters.table(file).values():
            for entry in versions:
                assert entry.source
                assert entry.since <= entry.until
                assert entry.status in Status


def test_sources_lists_exactly_what_is_not_verified() -> None:
    listed = law.sources()
    assert listed
    assert {entry.status for entry in listed} <= set(Status) - {Status.VERIFIED}
    every = parameters.sources(every=True)
    assert len(every) > len(listed)
    assert sum(entry.status is not Status.VERIFIED for entry in every) == len(listed)


@pytest.mark.parametrize("file", parameters.files())
def test_every_source_cites_as_an_instrument_does(file: str) -> None:
    for versions in parameters.table(file).values():
        for source in (entry.source for entry in versions):
            assert not re.search(r"第[0-9]+[条款项]", source), source
            bare = re.sub(r"第[^第》]*?[条款项目](?:之[一二三])?[、至]*", "", source)
            if bare != source:
                assert re.fullmatch(r"(?:《[^》]+》[^《》]*；?)+", bare), source
            for found in statutes.find(source):
                assert found.citation.law, source


def test_a_convention_never_calls_itself_law() -> None:
    for entry in law.sources():
        if entry.status is Status.CONVENTION:
            assert entry.note or entry.source == "合理性检查", entry.name


def test_a_day_before_the_first_rule_is_refused() -> None:
    with pytest.raises(LawError, match="没有录入2006-01-01适用的规则参数") as caught:
        parameters.parameter("fees", "acceptance", date(2006, 1, 1), scope="property")
    assert caught.value.code == "parameter.missing"
    assert "law/data/fees.toml" in caught.value.remedy


def test_a_local_directory_comes_first_and_can_be_taken_away(tmp_path: Path) -> None:
    (tmp_path / "provinces.toml").write_text(
        '[[parameter]]\nname = "average-wage"\nscope = "示"\nfrom = 2026-01-01\n'
        'source = "本地统计公报"\nstatus = "local"\nvalue = 100000\n',
        encoding="utf-8",
    )
    on = date(2026, 3, 1)
    before = parameters.parameter("provinces", "average-wage", on, scope="示")
    parameters.add_local_directory(tmp_path)
    try:
        entry = parameters.parameter("provinces", "average-wage", on, scope="示")
        assert (entry.value, entry.status) == (100000, Status.LOCAL)
    finally:
        parameters.remove_local_directory(tmp_path)
    after = parameters.parameter("provinces", "average-wage", on, scope="示")
    assert after.value == before.value == 96000


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ('colour = "red"\n', "unknown keys"),
        ("to = 2025-01-01\n", "ends before it begins"),
        (SECOND, "two versions"),
    ],
)
def test_a_faulty_local_file_is_refused(tmp_path: Path, change: str, message: str) -> None:
    head = '[[parameter]]\nname = "x"\nfrom = 2026-01-01\nsource = "y"\nstatus = "local"\n'
    (tmp_path / "provinces.toml").write_text(f"{head}value = 1\n{change}", encoding="utf-8")
    parameters.add_local_directory(tmp_path)
    try:
        with pytest.raises(ValueError, match=message):
            parameters.table("provinces")
    finally:
        parameters.remove_local_directory(tmp_path)


def test_no_rate_or_day_count_hides_in_the_code() -> None:
    root = Path(parameters.__file__).parent
    pattern = re.compile(r"Decimal\(\"0\.0[0-9]*[1-9]\"\)|timedelta\(days=(?!1\)|n\))\d+\)")
    for path in root.rglob("*.py"):
        if "tests" not in path.parts and path.name != "results.py":
            assert not pattern.search(path.read_text(encoding="utf-8")), path
