from django.urls import URLPattern, URLResolver, path

from dondoc.notices import views

app_name = "notices"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.notice_list, name="list"),
    path("chuong/", views.bell, name="bell"),
    path("da-xem/", views.read_all, name="read_all"),
    path("<int:pk>/", views.follow, name="follow"),
]
