"""The ASGI application of the court site."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezhi.sites.court.settings")
os.environ.setdefault("XIEZHI_PROCESS", "live")
application = get_asgi_application()
