"""Pages are tested under settings of their own: no site, no database, the gallery's addresses."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2
import pytest
from django.test import RequestFactory, override_settings

from xiezhi.foundation.pages.gallery.writing import FOUNDATION, configure, gallery_environment

configure()


def gallery_settings() -> override_settings:
    """Put the foundation's own templates, files and addresses in place of a site's."""
    return override_settings(
        ROOT_URLCONF="xiezhi.foundation.pages.gallery.writing",
        XIEZHI_SHELL="xiezhi.foundation.pages.shell.plain_portal",
        STATIC_URL="/static/",
        STATICFILES_DIRS=[FOUNDATION / "static"],
        STATICFILES_FINDERS=["django.contrib.staticfiles.finders.FileSystemFinder"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "DIRS": [FOUNDATION / "jinja2"],
                "OPTIONS": {"environment": "xiezhi.foundation.pages.environment"},
            }
        ],
    )


@pytest.fixture(autouse=True)
def page_settings() -> Iterator[None]:
    """Run each test under the gallery's settings."""
    with gallery_settings():
        yield


@pytest.fixture
def environment() -> jinja2.Environment:
    """Give the environment over the foundation's and the gallery's templates."""
    return gallery_environment()


@pytest.fixture
def requests() -> RequestFactory:
    """Give a maker of requests."""
    return RequestFactory()
