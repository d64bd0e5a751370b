"""Django application of the files."""

from django.apps import AppConfig

from xiezhi.foundation.middleware import REFUSAL_HOOKS


class Config(AppConfig):
    """The files."""

    name = "xiezhi.files"
    label = "files"

    def ready(self) -> None:
        """Have damaged contents reported as incidents."""
        from xiezhi.files.incidents import report_damage  # noqa: PLC0415

        if report_damage not in REFUSAL_HOOKS:
            REFUSAL_HOOKS.append(report_damage)
