"""Who may do what with posts: one reads one's own, administrators of users keep their court's."""

from __future__ import annotations

from xiezhi.foundation.permissions import Grants, has_role, is_system, owns, same_unit
from xiezhi.identity.staff.permissions import StaffPermission as May

own_court = same_unit("court_id")
user_admin = has_role("system_admin", "tier1_operator")

GRANTS: Grants = {
    May.READ_POST: ((is_system,), (owns("account_id"),), (user_admin, own_court)),
    May.APPOINT: ((is_system,), (user_admin, own_court)),
}
