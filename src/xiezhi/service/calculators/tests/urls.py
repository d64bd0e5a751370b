"""The calculators and what every page needs, without the other parts of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("xiezhi.service.calculators.urls")),
    path("preferences/", include("xiezhi.foundation.pages.urls")),
]
