"""URLs of the operators' page."""

from django.urls import path

from xiezhi.exchange import views

app_name = "exchange"
urlpatterns = [path("", views.console, name="console")]
