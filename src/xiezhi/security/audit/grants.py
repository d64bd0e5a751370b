"""Who may read the audit: the auditor of the unit, apart from those who run or use the system."""

from typing import Final

from xiezhi.foundation.permissions import Grants, has_role, is_system, same_unit
from xiezhi.security.audit.permissions import AuditPermission

AUDITOR: Final = "auditor"
"""The role of the security auditor (审计管理员), never held together with administration."""

GRANTS: Final[Grants] = {
    AuditPermission.READ: (
        (is_system,),
        (has_role(AUDITOR), same_unit("unit_id")),
    ),
}
