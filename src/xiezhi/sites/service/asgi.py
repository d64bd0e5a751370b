"""The ASGI application of the service site."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezhi.sites.service.settings")
os.environ.setdefault("XIEZHI_PROCESS", "live")
application = get_asgi_application()
