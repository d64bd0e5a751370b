"""Settings of the service site: the portal on the Internet."""

from xiezhi.sites import environment
from xiezhi.sites.base import *  # noqa: F403 - a site is the shared settings and its own
from xiezhi.sites.base import ALLOWED_HOSTS, SHARED_APPS, XIEZHI_PROCESS
from xiezhi.sites.guard import raise_wall

SITE = "service"
raise_wall(SITE)

XIEZHI_SITE = SITE
XIEZHI_SITE_DIRECTORY = environment.site_directory(SITE)
XIEZHI_PEERS = ["court"]
XIEZHI_ACTOR_RESOLVER = "xiezhi.sites.service.gate.actor_of"
XIEZHI_PORTAL_HOSTS = ALLOWED_HOSTS
XIEZHI_OPERATIONS_HOSTS = environment.operations_hosts()
ALLOWED_HOSTS = [*XIEZHI_PORTAL_HOSTS, *XIEZHI_OPERATIONS_HOSTS]
XIEZHI_LIVE_PORT = environment.port("SERVICE_LIVE", 8001)

SECRET_KEY = environment.secret_key(SITE)
DATABASES = {"default": environment.database(SITE)}
INSTALLED_APPS = [
    *SHARED_APPS,
    "xiezhi.identity.people",
    "xiezhi.identity.operators",
    "xiezhi.service.desk",
    "xiezhi.service.filing",
    "xiezhi.service.calculators",
]
PAGES = "live_urls" if XIEZHI_PROCESS == "live" else "urls"
ROOT_URLCONF = f"xiezhi.sites.{SITE}.{PAGES}"
AUTH_USER_MODEL = "identity_people.Account"
LOGIN_URL = "/account/login/"
SESSION_COOKIE_NAME = f"xz_{SITE}_session"
CSRF_COOKIE_NAME = f"xz_{SITE}_csrf"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "xiezhi.identity.people.backends.BlindIndexBackend",
]
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "login",
    "login_name",
    "code",
    "next",
    "csrfmiddlewaretoken",
]
AXES_LOCKOUT_CALLABLE = "xiezhi.identity.login.lockout.keep_page"
XIEZHI_SHELL = "xiezhi.sites.service.shell.shell"
