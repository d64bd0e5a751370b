"""URLs of filing."""

from django.urls import path

from xiezhi.service.filing import views

app_name = "filing"
urlpatterns = [
    path("", views.kinds_page, name="kinds"),
    path("<str:kind_code>/", views.start_page, name="start"),
    path("applications/<uuid:application_id>/fee/", views.fee, name="fee"),
]
