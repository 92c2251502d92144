from django.urls import path

from dondoc.units.views import account

app_name = "units"

urlpatterns = [
    path("dang-nhap/", account.log_in, name="login"),
    path("dang-xuat/", account.log_out, name="logout"),
    path("mat-khau/", account.change_password, name="password"),
    path("mat-khau/quen/", account.forgot, name="forgot"),
    path("mat-khau/quen/da-gui/", account.forgot_sent, name="forgot_sent"),
    path("mat-khau/moi/<uidb64>/<token>/", account.new_password, name="new_password"),
]
