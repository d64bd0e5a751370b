"""Django application of the grading."""

from django.apps import AppConfig


class Config(AppConfig):
    """The grading, and the start-up checks of security."""

    name = "xiezhi.security.grading"
    label = "security_grading"

    def ready(self) -> None:
        """Register the system checks."""
        from xiezhi.security.grading import checks  # noqa: F401, PLC0415
