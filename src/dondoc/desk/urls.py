from django.urls import URLPattern, URLResolver, path

from dondoc.desk import views

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
]
