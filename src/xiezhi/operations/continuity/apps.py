"""Django application of continuity, installed on every site."""

from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    """Continuity: results of backups and drills."""

    name = "xiezhi.operations.continuity"
    label = "continuity"
    verbose_name = "备份与恢复演练"
