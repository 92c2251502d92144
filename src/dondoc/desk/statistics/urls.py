from django.urls import URLPattern, URLResolver, path

from dondoc.desk.statistics import views

app_name = "statistics"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.statistics, name="page"),
    path("nhiem-vu/", views.rows, name="rows"),
]
