"""Django application of the files."""

from django.apps import AppConfig


class Config(AppConfig):
    """The files."""

    name = "xiezhi.files"
    label = "files"
