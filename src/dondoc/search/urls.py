from django.urls import URLPattern, URLResolver, path

from dondoc.search import views

app_name = "search"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.page, name="page"),
]
