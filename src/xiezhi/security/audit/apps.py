"""Django application of the audit."""

from django.apps import AppConfig

from xiezhi.foundation.events import follow
from xiezhi.foundation.middleware import REFUSAL_HOOKS


class Config(AppConfig):
    """The audit."""

    name = "xiezhi.security.audit"
    label = "security_audit"

    def ready(self) -> None:
        """Have every recorded event and every refusal audited."""
        # Models can be imported only now.
        from xiezhi.security.audit.actions.audit_event import audit_event  # noqa: PLC0415
        from xiezhi.security.audit.actions.audit_refusal import audit_refusal  # noqa: PLC0415

        follow(audit_event)
        if audit_refusal not in REFUSAL_HOOKS:
            REFUSAL_HOOKS.append(audit_refusal)
