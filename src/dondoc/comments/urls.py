from django.urls import URLPattern, URLResolver, path

from dondoc.comments import views

app_name = "comments"

urlpatterns: list[URLPattern | URLResolver] = [
    path("y-kien/<int:pk>/", views.follow, name="follow"),
    path("y-kien/<int:pk>/sua/", views.edit, name="edit"),
    path("y-kien/<int:pk>/xoa/", views.remove, name="remove"),
    path("<slug:kind>/<int:key>/", views.thread, name="thread"),
    path("<slug:kind>/<int:key>/nguoi/", views.people, name="people"),
]
