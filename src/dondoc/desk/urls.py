from django.urls import URLPattern, URLResolver, path

from dondoc.desk import views
from dondoc.desk.calendar import views as calendar

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/dia-chi/", calendar.new_address, name="new_address"),
    path("lich/dia-chi/thoi/", calendar.give_up, name="give_up_address"),
    path("lich/<str:token>.ics", calendar.feed, name="feed"),
]
