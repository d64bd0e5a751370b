"""Rows of docs/rules.yaml and the marks that claim them."""

from pathlib import Path

import pytest

from tests.rules import UnknownRowError, claimed, rule_ids, rules

ROWS = Path(__file__).parents[2] / "docs/rules.yaml"


def test_every_row_of_the_file_is_read_once() -> None:
    lines = [line for line in ROWS.read_text().splitlines() if line.startswith("  ")]

    assert len(rules(ROWS)) == len(lines)
    assert rules(ROWS)["service.filing"] == ("R5", "R17", "O9", "Q1")


def test_the_rows_are_those_that_were_asked_for(shared_dir: Path) -> None:
    asked = {
        line.split(":")[0].strip()
        for line in (shared_dir / "rules.yaml").read_text().splitlines()
        if "source: [" in line
    }

    assert rule_ids(ROWS) == asked


def test_a_mark_names_rows_that_exist() -> None:
    known = rule_ids(ROWS)
    mark = pytest.mark.rule("service.filing", "trial.periods").mark

    assert claimed(mark, known) == ("service.filing", "trial.periods")


@pytest.mark.parametrize("words", [(), ("service.nothing",), ("service.filing", "trial.nothing")])
def test_a_mark_of_an_unknown_row_is_refused(words: tuple[str, ...]) -> None:
    with pytest.raises(UnknownRowError):
        claimed(pytest.mark.rule(*words).mark, rule_ids(ROWS))
