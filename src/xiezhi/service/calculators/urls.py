"""Addresses of the calculators: pages below ``law/``, JSON below ``api/law/``."""

from django.urls import path

from xiezhi.service.calculators import api, views

app_name = "calculators"

urlpatterns = [
    path("law/", views.index, name="index"),
    path("law/sources/", views.source_list, name="sources"),
    path("law/<str:code>/", views.calculator, name="calculator"),
    path("api/law/openapi.json", api.openapi_document, name="openapi"),
    path("api/law/sources", api.source_list, name="api-sources"),
    path("api/law/<str:code>", api.calculate, name="api"),
]
