"""The WSGI application of the service site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezhi.sites.service.settings")
os.environ.setdefault("XIEZHI_PROCESS", "web")
application = get_wsgi_application()
