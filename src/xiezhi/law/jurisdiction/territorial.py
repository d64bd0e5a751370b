"""The places whose courts may hear a civil case, with the article of each (地域管辖)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from xiezhi.law import causes, titles
from xiezhi.law.errors import LawError
from xiezhi.law.jurisdiction.rules import FILE, Rule, exceptions, place_names, rules
from xiezhi.law.parameters import parameter
from xiezhi.law.results import Caution, Step

AGREEMENT_BASIS = f"{titles.CIVIL_PROCEDURE}第三十五条"
CHOICE_BASIS = f"{titles.CIVIL_PROCEDURE}第三十六条"


@dataclass(frozen=True, slots=True)
class Agreement:
    """A clause that chooses courts by kinds of place."""

    places: tuple[str, ...]
    written: bool = True


@dataclass(frozen=True, slots=True)
class TerritoryFacts:
    """What the answer depends on.

    ``cause`` is a third- or fourth-level civil cause; ``places`` maps kinds of place to
    regions, as far as known; ``immovable`` says whether the dispute is about the title to an
    immovable (``None``: unknown); ``told`` names exceptions such as ``spouse-away``.
    """

    cause: str
    places: Mapping[str, str] = field(default_factory=dict)
    immovable: bool | None = None
    agreement: Agreement | None = None
    told: frozenset[str] = frozenset()
    both_military: bool = False


@dataclass(frozen=True, slots=True)
class Connection:
    """One kind of place, the region where it lies (empty if not told), its article."""

    kind: str
    label: str
    region: str
    basis: str


@dataclass(frozen=True, slots=True)
class Territory:
    """The connections of a case; empty when ``missing`` names what a person must establish."""

    value: tuple[Connection, ...]
    steps: tuple[Step, ...]
    basis: str
    exclusive: bool = False
    basic_only: bool = False
    special_court: str = ""
    missing: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def needs_person(self) -> bool:
        """Tell whether a fact is missing without which nobody can answer."""
        return bool(self.missing)

    def regions(self) -> tuple[str, ...]:
        """Return the regions known, each once, in the order of the article."""
        return tuple(dict.fromkeys(one.region for one in self.value if one.region))


def territorial(facts: TerritoryFacts, *, on: date) -> Territory:
    """Say which places' courts have jurisdiction, or which fact is missing.

    Basis: 民事诉讼法第二十二条至第三十六条；民诉法解释第九条至第二十八条。
    Refuses: ``LawError`` for an unknown cause, place, or exception; a cause above the third
    level; an agreement that is not written or names a place without real connection.
    """
    _check(facts, on)
    if facts.both_military:
        basis = f"{titles.CIVIL_INTERPRETATION}第十一条"
        step = Step("专门管辖", "双方当事人均为军人或者军队单位", "军事法院", basis)
        return Territory((), (step,), basis, exclusive=True, special_court="军事法院")
    chosen: Rule | None = None
    for rule in rules(on):
        if not rule.covers(facts.cause):
            continue
        if rule.immovable and facts.immovable is None:
            return _ask_immovable(rule)
        if not rule.immovable or facts.immovable:
            chosen = rule
            break
    if chosen is None:  # the general rule covers every cause
        raise LawError("没有录入该案由的管辖规则。", code="jurisdiction.rule")
    if facts.agreement is not None:
        return _agreed(facts, facts.agreement, chosen, on)
    return _statutory(facts, chosen, on)


def _statutory(facts: TerritoryFacts, rule: Rule, on: date) -> Territory:
    basis, places, steps = rule.basis, rule.places, [_step(rule)]
    if not rule.exclusive and not rule.special:
        for other in exceptions(on):
            if other.name in facts.told and other.covers(facts.cause):
                basis, places = other.basis, other.places
                steps.append(_step(other))
                break
    found = _connections(facts, places, basis)
    cautions = (Caution("jurisdiction.note", f"{rule.note}。", rule.basis),) if rule.note else ()
    if len(found) > 1:
        steps.append(Step("共同管辖", "原告可以向其中一个法院起诉", "由原告选择", CHOICE_BASIS))
    return Territory(
        found,
        tuple(steps),
        basis,
        exclusive=rule.exclusive,
        basic_only=rule.basic,
        special_court=rule.special,
        cautions=cautions,
    )


def _agreed(facts: TerritoryFacts, agreement: Agreement, rule: Rule, on: date) -> Territory:
    if rule.exclusive or rule.basic:
        ignored = Step(
            "协议管辖", "协议不得违反专属管辖的规定，约定无效", "不适用", AGREEMENT_BASIS
        )
        legal = _statutory(facts, rule, on)
        return replace(legal, steps=(ignored, *legal.steps))
    one = causes.cause(facts.cause, on)
    if not agreement.written:
        raise LawError("管辖协议应当采用书面形式。", code="jurisdiction.agreement-written",
                       basis=AGREEMENT_BASIS)  # fmt: skip
    if one.fee_kind not in _PROPERTY_KINDS:
        raise LawError(
            "只有合同或者其他财产权益纠纷可以协议选择管辖法院。",
            code="jurisdiction.agreement-kind",
            basis=AGREEMENT_BASIS,
        )
    allowed = parameter(FILE, "agreement-places", on).value
    outside = [place for place in agreement.places if place not in allowed]
    if outside or not agreement.places:
        names = "、".join(place_names()[place] for place in outside) or "（未约定）"
        raise LawError(
            f"约定的地点“{names}”与争议没有法律列明的联系，需要由人工判断。",
            code="jurisdiction.agreement-place",
            basis=AGREEMENT_BASIS,
        )
    found = _connections(facts, agreement.places, AGREEMENT_BASIS)
    step = Step(
        "协议管辖", "书面约定，不违反级别管辖和专属管辖", _names(agreement.places), AGREEMENT_BASIS
    )
    return Territory(found, (step,), AGREEMENT_BASIS, special_court=rule.special)


_PROPERTY_KINDS = frozenset({"property", "intellectual-property", "bankruptcy-derived"})


def _check(facts: TerritoryFacts, on: date) -> None:
    one = causes.cause(facts.cause, on)
    if one.level < causes.civil(on)["1"].level:
        raise LawError("请选择第三级或者第四级案由。", code="jurisdiction.cause-level")
    names = place_names()
    asked = (*facts.places, *(facts.agreement.places if facts.agreement else ()))
    for place in asked:
        if place not in names:
            raise LawError(f"没有名为“{place}”的地点种类。", code="jurisdiction.place")
    known = {rule.name for rule in exceptions(on)}
    if unknown := sorted(facts.told - known):
        raise LawError(f"没有名为“{unknown[0]}”的管辖事实。", code="jurisdiction.fact")


def _ask_immovable(rule: Rule) -> Territory:
    step = Step(
        rule.label, "争议是否为不动产的权利确认、分割等物权纠纷", "需要由人工判断", rule.basis
    )
    return Territory((), (step,), rule.basis, missing=("immovable",))


def _connections(
    facts: TerritoryFacts, places: tuple[str, ...], basis: str
) -> tuple[Connection, ...]:
    names = place_names()
    return tuple(
        Connection(place, names[place], facts.places.get(place, ""), basis) for place in places
    )


def _step(rule: Rule) -> Step:
    kind = "专属管辖" if rule.exclusive else "地域管辖"
    return Step(kind, rule.label, _names(rule.places), rule.basis)


def _names(places: tuple[str, ...]) -> str:
    names = place_names()
    return "、".join(names[place] for place in places)
