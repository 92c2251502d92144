from django.urls import URLPattern, URLResolver, path

from dondoc.desk.calendar import views as calendar
from dondoc.desk.views import home, lists

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("viec/", lists.unit_debts, name="debts"),
    path("viec/nhiem-vu/", lists.tasks, name="tasks"),
    path("viec/cho-xac-nhan/", lists.deliveries, name="deliveries"),
    path("lich/", calendar.calendar, name="calendar"),
    path("lich/dia-chi/", calendar.new_address, name="new_address"),
    path("lich/dia-chi/thoi/", calendar.give_up, name="give_up_address"),
    path("lich/<str:token>.ics", calendar.feed, name="feed"),
]
