"""What may cross, by type of message: from which kind of site to which.

Types that concern the exchange itself cross between all. Everything else is in this table or it
does not cross. A partner is granted further types by its peers' operators, one by one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from xiezhi.contracts.messages import (
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationRejected,
    ApplicationSubmitted,
    ApplicationUnderReview,
    DisclosurePublished,
)

EXCHANGE: Final = "exchange."
"""Types that begin so concern the exchange itself."""


class SiteRole(StrEnum):
    """What a site is to the others."""

    SERVICE = "service"
    COURT = "court"
    PARTNER = "partner"


SITE_ROLE_LABELS: Final = {
    SiteRole.SERVICE: "互联网诉讼服务",
    SiteRole.COURT: "法院专网",
    SiteRole.PARTNER: "协同单位",
}

Way = tuple[SiteRole, SiteRole]
"""From a site of the first role to one of the second."""

IN: Final[frozenset[Way]] = frozenset({(SiteRole.SERVICE, SiteRole.COURT)})
OUT: Final[frozenset[Way]] = frozenset({(SiteRole.COURT, SiteRole.SERVICE)})

TRAFFIC: Final[dict[str, frozenset[Way]]] = {
    ApplicationSubmitted.TYPE: IN,
    ApplicationReceived.TYPE: OUT,
    ApplicationUnderReview.TYPE: OUT,
    ApplicationAccepted.TYPE: OUT,
    ApplicationRejected.TYPE: OUT,
    DisclosurePublished.TYPE: OUT,
}


def may_cross(message_type: str, source: SiteRole, target: SiteRole) -> bool:
    """Tell whether a type crosses from a site of one role to a site of another."""
    if message_type.startswith(EXCHANGE):
        return True
    return (source, target) in TRAFFIC.get(message_type, frozenset())


def crossing(source: SiteRole, target: SiteRole) -> list[str]:
    """List the types that cross from one role to another."""
    return sorted(name for name, ways in TRAFFIC.items() if (source, target) in ways)
