"""Addresses of the shells; a site includes them under any prefix."""

from __future__ import annotations

from typing import Final

from django.urls import path

from xiezhi.foundation.pages import views

app_name: Final = "pages"

urlpatterns = [path("display/", views.display, name="display")]
