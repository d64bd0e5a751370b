"""Who may do what with the results of backups and drills."""

from __future__ import annotations

from xiezhi.foundation.permissions import Grants, has_role, is_system
from xiezhi.operations.continuity.permissions import ContinuityPermission as May

operator = has_role("system_admin", "tier1_operator")

GRANTS: Grants = {
    May.WATCH: ((operator,), (is_system,)),
    May.RECORD: ((is_system,),),
}
