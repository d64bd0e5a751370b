"""Who may do what with an account."""

from __future__ import annotations

from xiezhi.foundation.permissions import Grants, is_system, owns
from xiezhi.identity.people.permissions import AccountPermission as May

GRANTS: Grants = {
    May.READ: ((owns("id"),), (is_system,)),
}
