"""URLs of the service site's live process: one stream."""

from django.urls import path

from xiezhi.foundation.live.views import stream

urlpatterns = [path("live/", stream, name="live")]
