"""URLs of the operators' login."""

from django.urls import path

from xiezhi.identity.operators import views

app_name = "operators"
urlpatterns = [
    path("login/", views.password_page, name="login"),
    path("login/code/", views.code_page, name="code"),
    path("logout/", views.logout_page, name="logout"),
]
