"""Choice of procedure: civil-process.md section 3 with its worked example."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from xiezhi.law import procedure_choice as choice
from xiezhi.law.case_number import CourtLevel
from xiezhi.law.errors import LawError
from xiezhi.law.procedure_choice import CaseFacts

ON = date(2026, 3, 2)
PLAIN = CaseFacts(CourtLevel.BASIC, simple=True, money_only=True)


@pytest.mark.parametrize(
    ("amount", "agreed", "value", "by_agreement"),
    [
        ("48000", False, "small-claims", ()),
        ("48000.01", False, "summary", ("small-claims",)),
        ("48000.01", True, "small-claims", ()),
        ("192000", False, "summary", ("small-claims",)),
        ("192000", True, "small-claims", ()),
        ("192000.01", True, "summary", ()),
    ],
)
def test_small_claims_example_with_a_wage_of_96000(
    amount: str,
    agreed: bool,  # noqa: FBT001
    value: str,
    by_agreement: tuple[str, ...],
) -> None:
    facts = replace(PLAIN, amount=Decimal(amount), agreed_small_claims=agreed)
    found = choice.choose(facts, on=ON, province="示")
    assert (found.value, found.by_agreement) == (value, by_agreement)
    assert all(step.basis for step in found.steps)


def test_title_is_never_a_small_claim() -> None:
    facts = replace(PLAIN, amount=Decimal(40_000), told=frozenset({"title"}))
    found = choice.choose(facts, on=ON, province="示")
    assert found.value == "summary"
    assert found.steps[-1].basis == "《中华人民共和国民事诉讼法》第一百六十六条第一项"


@pytest.mark.parametrize(
    "fact",
    ["personal-status", "title", "foreign", "appraisal", "party-missing", "counterclaim",
     "unsuitable-small"],
)  # fmt: skip
def test_each_exclusion_of_small_claims(fact: str) -> None:
    facts = replace(PLAIN, amount=Decimal(100), told=frozenset({fact}))
    assert choice.choose(facts, on=ON, province="示").value == "summary"


@pytest.mark.parametrize(
    "fact",
    ["defendant-missing", "remanded", "many-parties", "supervision", "public-interest",
     "third-party-revocation", "unsuitable-summary"],
)  # fmt: skip
def test_each_exclusion_of_summary_procedure(fact: str) -> None:
    facts = replace(PLAIN, amount=Decimal(100), told=frozenset({fact}), agreed_summary=True)
    found = choice.choose(facts, on=ON, province="示")
    assert (found.value, found.by_agreement) == ("ordinary", ())
    assert found.basis.startswith(
        "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第二百五十七条"
    )


def test_only_basic_courts_use_summary_procedure() -> None:
    facts = replace(PLAIN, level=CourtLevel.INTERMEDIATE, amount=Decimal(100))
    assert choice.choose(facts, on=ON, province="示").value == "ordinary"


def test_not_simple_cases_need_agreement() -> None:
    facts = CaseFacts(CourtLevel.BASIC, simple=False)
    assert choice.choose(facts, on=ON, province="示").by_agreement == ("summary",)
    agreed = replace(facts, agreed_summary=True, amount=Decimal(100), money_only=True)
    assert choice.choose(agreed, on=ON, province="示").value == "summary"


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (CaseFacts(CourtLevel.BASIC), ("simple",)),
        (CaseFacts(CourtLevel.BASIC, simple=True), ("money_only",)),
        (PLAIN, ("amount",)),
    ],
)
def test_a_missing_fact_is_asked_for_not_guessed(
    facts: CaseFacts, missing: tuple[str, ...]
) -> None:
    found = choice.choose(facts, on=ON, province="示")
    assert (found.value, found.missing, found.label) == ("", missing, "需要由人工判断")


def test_claims_other_than_money_are_not_small_claims() -> None:
    facts = replace(PLAIN, money_only=False)
    assert choice.choose(facts, on=ON, province="京").value == "summary"


def test_a_province_without_wage_unknown_facts_and_negative_sums_are_refused() -> None:
    with pytest.raises(LawError, match="没有录入“京”2026年适用的上年度就业人员年平均工资"):
        choice.choose(replace(PLAIN, amount=Decimal(1)), on=ON, province="京")
    with pytest.raises(LawError, match="没有名为“luck”的案件事实"):
        choice.choose(replace(PLAIN, told=frozenset({"luck"})), on=ON, province="示")
    with pytest.raises(LawError, match="不能为负数"):
        choice.choose(replace(PLAIN, amount=Decimal(-1)), on=ON, province="示")


@pytest.mark.parametrize(
    ("procedure", "told", "clear", "value"),
    [
        ("summary", [], False, "sole"),
        ("small-claims", [], False, "sole"),
        ("ordinary", [], True, "sole"),
        ("ordinary", [], False, "panel"),
        ("ordinary", ["novel"], True, "panel"),
        ("ordinary", ["group-interest"], True, "jurors"),
        ("ordinary", ["wide-attention"], True, "jurors"),
        ("ordinary", ["public-interest-suit"], True, "seven"),
        ("ordinary", ["land-ecology-food", "jurors-needed"], True, "seven"),
        ("ordinary", ["major-influence"], True, "seven"),
    ],
)
def test_first_instance_tribunals(
    procedure: str,
    told: list[str],
    clear: bool,  # noqa: FBT001
    value: str,
) -> None:
    found = choice.first_instance_tribunal(
        procedure, level=CourtLevel.BASIC, on=ON, told=told, clear=clear
    )
    assert found.value == value
    assert found.label
    assert found.steps


@pytest.mark.parametrize(
    "fact",
    ["public-interest", "group-stability", "wide-attention", "novel", "statutory-panel",
     "unsuitable-sole", "public-interest-suit"],
)  # fmt: skip
def test_summary_cases_that_need_a_panel_are_refused(fact: str) -> None:
    with pytest.raises(LawError, match="案件不得独任审理，不能适用简易程序"):
        choice.first_instance_tribunal("summary", level=CourtLevel.BASIC, on=ON, told=[fact])


def test_higher_courts_sit_as_panels_at_first_instance() -> None:
    found = choice.first_instance_tribunal(
        "ordinary", level=CourtLevel.INTERMEDIATE, on=ON, clear=True
    )
    assert (found.value, found.allowed) == ("panel", ("jurors",))
    with pytest.raises(LawError, match="没有名为“poem”的程序"):
        choice.first_instance_tribunal("poem", level=CourtLevel.BASIC, on=ON)


@pytest.mark.parametrize(
    ("level", "first", "ruling", "clear", "agree", "told", "value"),
    [
        (CourtLevel.INTERMEDIATE, "summary", False, True, True, [], "sole"),
        (CourtLevel.INTERMEDIATE, "ordinary", True, True, True, [], "sole"),
        (CourtLevel.INTERMEDIATE, "ordinary", False, True, True, [], "panel"),
        (CourtLevel.INTERMEDIATE, "summary", False, False, True, [], "panel"),
        (CourtLevel.INTERMEDIATE, "summary", False, True, False, [], "panel"),
        (CourtLevel.INTERMEDIATE, "summary", False, True, True, ["novel"], "panel"),
        (CourtLevel.HIGH, "summary", False, True, True, [], "panel"),
    ],
)
def test_second_instance_tribunals(  # noqa: PLR0917
    level: CourtLevel, first: str, ruling: bool, clear: bool, agree: bool,  # noqa: FBT001
    told: list[str], value: str,
) -> None:  # fmt: skip
    found = choice.second_instance_tribunal(
        level=level, first_procedure=first, against_ruling=ruling, clear=clear,
        both_agree=agree, on=ON, told=told,
    )  # fmt: skip
    assert found.value == value


def test_basic_courts_hear_no_appeals() -> None:
    with pytest.raises(LawError, match="不审理二审案件"):
        choice.second_instance_tribunal(
            level=CourtLevel.BASIC, first_procedure="summary", against_ruling=False, clear=True,
            both_agree=True, on=ON,
        )  # fmt: skip


def test_every_fact_has_words() -> None:
    assert all(choice.facts().values())
    assert len(choice.facts()) == 24
