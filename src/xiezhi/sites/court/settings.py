"""Settings of the court site: the workbench on the court intranet."""

from xiezhi.sites import environment
from xiezhi.sites.base import *  # noqa: F403 - a site is the shared settings and its own
from xiezhi.sites.base import SHARED_APPS, XIEZHI_PROCESS
from xiezhi.sites.guard import raise_wall

SITE = "court"
raise_wall(SITE)

XIEZHI_SITE = SITE
XIEZHI_SITE_DIRECTORY = environment.site_directory(SITE)
XIEZHI_PEERS = ["service"]
XIEZHI_ACTOR_RESOLVER = "xiezhi.sites.court.gate.actor_of"
XIEZHI_LIVE_PORT = environment.port("COURT_LIVE", 8101)

SECRET_KEY = environment.secret_key(SITE)
DATABASES = {"default": environment.database(SITE)}
INSTALLED_APPS = [
    *SHARED_APPS,
    "xiezhi.identity.staff",
    "xiezhi.casework",
    "xiezhi.trial.filing",
]
PAGES = "live_urls" if XIEZHI_PROCESS == "live" else "urls"
ROOT_URLCONF = f"xiezhi.sites.{SITE}.{PAGES}"
AUTH_USER_MODEL = "identity_staff.StaffAccount"
LOGIN_URL = "/account/login/"
SESSION_COOKIE_NAME = f"xz_{SITE}_session"
CSRF_COOKIE_NAME = f"xz_{SITE}_csrf"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "xiezhi.identity.staff.backends.StaffBackend",
]
AXES_LOCKOUT_CALLABLE = "xiezhi.identity.login.lockout.keep_page"
XIEZHI_SHELL = "xiezhi.sites.court.shell.workbench"
