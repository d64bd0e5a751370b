"""URLs of accounts."""

from django.urls import path

from xiezhi.identity.people import views

app_name = "people"
urlpatterns = [
    path("register/", views.register_page, name="register"),
    path("login/", views.login_page, name="login"),
    path("logout/", views.logout_page, name="logout"),
]
