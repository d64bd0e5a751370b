"""The service site with one more app."""

from xiezhi.sites.service.settings import *  # noqa: F403 - the site and one app more
from xiezhi.sites.service.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.newkind"]
