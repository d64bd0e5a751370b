"""URLs of staff accounts."""

from django.urls import path

from xiezhi.identity.staff import views

app_name = "staff"
urlpatterns = [
    path("login/", views.login_page, name="login"),
    path("logout/", views.logout_page, name="logout"),
    path("post/", views.post_page, name="post"),
]
