"""Who may do what with the exchange."""

from __future__ import annotations

from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.foundation.permissions import Grants, has_role, is_system

operator = has_role("system_admin", "tier1_operator")

GRANTS: Grants = {
    May.WATCH: ((operator,), (is_system,)),
    May.MEND: ((operator,),),
    May.CARRY: ((is_system,),),
    May.SKIP: ((has_role("system_admin"),),),
    May.RECOVER: ((is_system,),),
    May.EXPLAIN: ((operator,),),
    May.CONNECT: ((has_role("system_admin"),), (is_system,)),
}
