"""What can be permitted about the audit."""

from xiezhi.foundation.permissions import Permission


class AuditPermission(Permission):
    """Permissions on entries of the audit."""

    READ = "audit.read"
