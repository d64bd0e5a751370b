"""Jurisdiction: the articles one by one, agreements, levels, and what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from xiezhi.law import causes, jurisdiction, titles
from xiezhi.law.case_number import CourtLevel
from xiezhi.law.errors import LawError
from xiezhi.law.jurisdiction import Agreement, LevelFacts, TerritoryFacts

ON = date(2026, 3, 2)
CPL = titles.CIVIL_PROCEDURE
JI = titles.CIVIL_INTERPRETATION


def kinds(cause: str, **facts: object) -> tuple[str, ...]:
    told = TerritoryFacts(cause, **facts)  # type: ignore[arg-type]
    return tuple(one.kind for one in jurisdiction.territorial(told, on=ON).value)


@pytest.mark.parametrize(
    ("cause", "places", "basis"),
    [
        ("108.3", ("defendant", "performance"), f"{CPL}第二十四条"),
        ("88", ("defendant", "performance"), f"{CPL}第二十四条"),
        ("371", ("defendant", "insured-object"), f"{CPL}第二十五条；{JI}第二十一条"),
        ("378", ("payment", "defendant"), f"{CPL}第二十六条"),
        ("304", ("company",), f"{CPL}第二十七条；{JI}第二十二条"),
        ("121.12", ("origin", "destination", "defendant"), f"{CPL}第二十八条"),
        ("6", ("tort-act", "tort-result", "defendant"),
         f"{CPL}第二十九条；{JI}第二十四条"),
        ("411", ("accident", "first-arrival", "defendant"), f"{CPL}第三十条"),
        ("14", ("defendant",), f"{CPL}第二十二条"),
        ("410.1", ("made", "sold", "service", "tort-act", "tort-result", "defendant"),
         f"{JI}第二十六条"),
        ("458", ("debtor",), f"{JI}第二十三条；{CPL}第二百二十五条"),
        ("435", ("voters",), f"{CPL}第一百八十八条"),
        ("451", ("security", "security-registered"), f"{CPL}第二百零七条"),
        ("475", ("preserved", "respondent"), f"{CPL}第一百零四条"),
    ],
)  # fmt: skip
def test_places_by_cause(cause: str, places: tuple[str, ...], basis: str) -> None:
    found = jurisdiction.territorial(TerritoryFacts(cause), on=ON)
    assert tuple(one.kind for one in found.value) == places
    assert (found.basis, found.exclusive, found.needs_person) == (basis, False, False)


@pytest.mark.parametrize(
    ("cause", "places"),
    [
        ("116.2", ("immovable",)), ("120.3", ("immovable",)), ("140.1", ("immovable",)),
        ("55.5", ("immovable",)), ("47", ("immovable",)), ("29", ("deceased", "estate")),
        ("269", ("port",)), ("511", ("original",)), ("512.1", ("enforcing",)),
    ],
)  # fmt: skip
def test_exclusive_jurisdiction(cause: str, places: tuple[str, ...]) -> None:
    found = jurisdiction.territorial(TerritoryFacts(cause), on=ON)
    assert found.exclusive
    assert tuple(one.kind for one in found.value) == places


def test_other_leases_and_designs_are_ordinary_contracts() -> None:
    assert kinds("116.3") == ("defendant", "performance")
    assert kinds("120.2") == ("defendant", "performance")


def test_title_disputes_need_to_know_whether_it_is_an_immovable() -> None:
    unknown = jurisdiction.territorial(TerritoryFacts("38.1"), on=ON)
    assert (unknown.value, unknown.missing) == ((), ("immovable",))
    assert kinds("38.1", immovable=True) == ("immovable",)
    assert kinds("38.1", immovable=False) == ("defendant",)


def test_special_courts_are_named() -> None:
    assert jurisdiction.territorial(TerritoryFacts("228"), on=ON).special_court == "海事法院"
    assert "知识产权" in jurisdiction.territorial(TerritoryFacts("167.3"), on=ON).special_court
    soldiers = jurisdiction.territorial(TerritoryFacts("108.3", both_military=True), on=ON)
    assert (soldiers.special_court, soldiers.basis) == (
        "军事法院",
        f"{JI}第十一条",
    )


@pytest.mark.parametrize(
    ("cause", "fact", "places"),
    [
        ("14", "defendant-abroad", ("plaintiff",)),
        ("14", "defendant-missing", ("plaintiff",)),
        ("108.3", "defendant-imprisoned", ("plaintiff",)),
        ("108.3", "defendant-coerced", ("plaintiff",)),
        ("14", "spouse-away", ("plaintiff", "defendant")),
        ("24.1", "defendants-apart", ("plaintiff", "defendant")),
        ("108.3", "defendant-missing", ("defendant", "performance")),
        ("29", "defendant-missing", ("deceased", "estate")),
    ],
)
def test_exceptions_to_the_defendants_domicile(
    cause: str, fact: str, places: tuple[str, ...]
) -> None:
    assert kinds(cause, told=frozenset({fact})) == places


def test_regions_are_carried_and_the_plaintiff_may_choose() -> None:
    places = {"defendant": "东城区", "performance": "西山县"}
    found = jurisdiction.territorial(TerritoryFacts("108.3", places), on=ON)
    assert found.regions() == ("东城区", "西山县")
    assert found.steps[-1].basis == f"{CPL}第三十六条"


def test_written_agreement_on_a_connected_place_decides() -> None:
    chosen = Agreement(("plaintiff",))
    found = jurisdiction.territorial(TerritoryFacts("108.3", agreement=chosen), on=ON)
    assert [one.kind for one in found.value] == ["plaintiff"]
    assert found.basis == f"{CPL}第三十五条"


def test_agreement_against_exclusive_jurisdiction_is_void() -> None:
    chosen = Agreement(("plaintiff",))
    found = jurisdiction.territorial(TerritoryFacts("116.2", agreement=chosen), on=ON)
    assert [one.kind for one in found.value] == ["immovable"]
    assert "约定无效" in found.steps[0].formula


@pytest.mark.parametrize(
    ("cause", "agreement", "code"),
    [
        ("108.3", Agreement(("plaintiff",), written=False), "jurisdiction.agreement-written"),
        ("14", Agreement(("plaintiff",)), "jurisdiction.agreement-kind"),
        ("108.3", Agreement(("port",)), "jurisdiction.agreement-place"),
        ("108.3", Agreement(()), "jurisdiction.agreement-place"),
        ("108.3", Agreement(("moon",)), "jurisdiction.place"),
    ],
)
def test_impossible_agreements_are_refused(cause: str, agreement: Agreement, code: str) -> None:
    with pytest.raises(LawError) as caught:
        jurisdiction.territorial(TerritoryFacts(cause, agreement=agreement), on=ON)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (TerritoryFacts("999"), "cause.unknown"),
        (TerritoryFacts("group-10"), "jurisdiction.cause-level"),
        (TerritoryFacts("14", {"moon": "x"}), "jurisdiction.place"),
        (TerritoryFacts("14", told=frozenset({"luck"})), "jurisdiction.fact"),
    ],
)
def test_unknown_facts_are_refused(facts: TerritoryFacts, code: str) -> None:
    with pytest.raises(LawError) as caught:
        jurisdiction.territorial(facts, on=ON)
    assert caught.value.code == code


def test_every_cause_has_an_answer() -> None:
    for one in causes.civil(ON).values():
        if one.level >= 3:
            found = jurisdiction.territorial(TerritoryFacts(one.code, immovable=True), on=ON)
            assert found.value, one.label
            assert found.basis


@pytest.mark.parametrize(
    ("subject", "agreed", "place"),
    [
        ("money", "", "接收货币一方所在地"), ("immovable", "", "不动产所在地"),
        ("other", "", "履行义务一方所在地"), ("instant", "", "交易行为地"),
        ("lease", "", "租赁物使用地"), ("online-delivered", "", "买受人住所地"),
        ("online-shipped", "", "收货地"), ("money", "东城区", "东城区"),
    ],
)  # fmt: skip
def test_place_of_performance(subject: str, agreed: str, place: str) -> None:
    found = jurisdiction.place_of_performance(subject, agreed_place=agreed, on=ON)
    assert found.value == place


def test_contract_never_performed_leaves_the_defendants_domicile() -> None:
    found = jurisdiction.place_of_performance(
        "money", agreed_place="东城区", performed=False, domicile_at_agreed_place=False, on=ON
    )
    assert (found.value, found.basis) == (
        "",
        f"{JI}第十八条第三款",
    )
    kept = jurisdiction.place_of_performance(
        "money", agreed_place="东城区", performed=False, domicile_at_agreed_place=True, on=ON
    )
    assert kept.value == "东城区"
    with pytest.raises(LawError, match="没有名为“moon”的合同标的"):
        jurisdiction.place_of_performance("moon", on=ON)


@pytest.mark.parametrize(
    ("amount", "outside", "foreign", "province", "value"),
    [
        ("99999999.99", None, False, "京", CourtLevel.BASIC),
        ("100000000", True, False, "京", CourtLevel.INTERMEDIATE),
        ("499999999.99", False, False, "京", CourtLevel.BASIC),
        ("500000000", False, False, "京", CourtLevel.INTERMEDIATE),
        ("500000000", None, False, "京", CourtLevel.INTERMEDIATE),
        ("100000000", None, False, "京", None),
        ("5000000000", None, False, "京", CourtLevel.HIGH),
        ("39999999.99", None, True, "京", CourtLevel.BASIC),
        ("40000000", None, True, "京", CourtLevel.INTERMEDIATE),
        ("20000000", None, True, "川", CourtLevel.INTERMEDIATE),
        ("19999999.99", None, True, "川", CourtLevel.BASIC),
        ("5000000000", None, True, "川", CourtLevel.HIGH),
    ],
)
def test_levels_by_amount(
    amount: str,
    outside: bool | None,  # noqa: FBT001
    foreign: bool,  # noqa: FBT001
    province: str,
    value: CourtLevel | None,
) -> None:
    facts = LevelFacts(province, Decimal(amount), foreign=foreign, one_outside=outside)
    found = jurisdiction.level(facts, on=ON)
    assert found.value == value
    assert bool(found.missing) == (value is None)


def test_levels_that_no_amount_decides() -> None:
    assert jurisdiction.level(LevelFacts("京", None), on=ON).value is CourtLevel.BASIC
    payment = LevelFacts("京", Decimal(900_000_000), basic_only=True)
    assert jurisdiction.level(payment, on=ON).value is CourtLevel.BASIC
    assert jurisdiction.level(LevelFacts("京", None, major=True), on=ON).missing == ("major",)
    with pytest.raises(LawError, match="不能为负数"):
        jurisdiction.level(LevelFacts("京", Decimal(-1)), on=ON)
    with pytest.raises(LawError, match="没有录入“某”涉外案件"):
        jurisdiction.level(LevelFacts("某", None, foreign=True), on=ON)


def test_amounts_from_memory_say_so() -> None:
    found = jurisdiction.level(LevelFacts("京", Decimal(1)), on=ON)
    assert [caution.code for caution in found.cautions] == ["jurisdiction.unverified"]
    foreign = jurisdiction.level(LevelFacts("京", Decimal(1), foreign=True), on=ON)
    assert foreign.cautions == ()
