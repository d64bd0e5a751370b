"""URLs of the operators' page on drills."""

from django.urls import path

from xiezhi.operations.continuity import views

app_name = "continuity"
urlpatterns = [path("", views.drill_page, name="drill")]
