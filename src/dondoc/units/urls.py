from django.urls import path

from dondoc.units.views import account, groups, importing, parameters, people, seats, units

app_name = "units"

urlpatterns = [
    path("dang-nhap/", account.log_in, name="login"),
    path("dang-xuat/", account.log_out, name="logout"),
    path("mat-khau/", account.change_password, name="password"),
    path("mat-khau/quen/", account.forgot, name="forgot"),
    path("mat-khau/quen/da-gui/", account.forgot_sent, name="forgot_sent"),
    path("mat-khau/moi/<uidb64>/<token>/", account.new_password, name="new_password"),
    path("don-vi/", units.listing, name="list"),
    path("don-vi/them/", units.create, name="create"),
    path("don-vi/<int:pk>/", units.detail, name="detail"),
    path("don-vi/<int:pk>/sua/", units.edit, name="edit"),
    path("don-vi/<int:pk>/ket-thuc/", units.close, name="close"),
    path("don-vi/<int:pk>/mo-lai/", units.reopen, name="reopen"),
    path("don-vi/<int:pk>/tien-than/", units.add_predecessor, name="add_predecessor"),
    path("don-vi/<int:pk>/tien-than/<int:link_pk>/bo/", units.remove_predecessor, name="remove_predecessor"),
    path("don-vi/nhom/", groups.listing, name="groups"),
    path("don-vi/nhom/them/", groups.create, name="group_create"),
    path("don-vi/nhom/<int:pk>/", groups.detail, name="group"),
    path("don-vi/nhom/<int:pk>/sua/", groups.edit, name="group_edit"),
    path("don-vi/nhom/<int:pk>/thanh-vien/", groups.add_members, name="group_members"),
    path("don-vi/nhom/<int:pk>/thanh-vien/<int:member_pk>/", groups.end_member, name="group_member_end"),
    path("don-vi/nguoi/", people.listing, name="people"),
    path("don-vi/nguoi/them/", people.create, name="person_create"),
    path("don-vi/nguoi/<int:pk>/", people.detail, name="person"),
    path("don-vi/nguoi/<int:pk>/sua/", people.edit, name="person_edit"),
    path("don-vi/nguoi/<int:pk>/mat-khau/", people.reset_password, name="person_password"),
    path("don-vi/nguoi/<int:pk>/ngung/", people.deactivate, name="person_deactivate"),
    path("don-vi/nguoi/<int:pk>/mo-lai/", people.reactivate, name="person_reactivate"),
    path("don-vi/cho-lam/them/", seats.add, name="seat_add"),
    path("don-vi/cho-lam/<int:pk>/ket-thuc/", seats.end, name="seat_end"),
    path("don-vi/cho-lam/<int:pk>/nguoi-thay/", seats.add_stand_in, name="stand_in_add"),
    path("don-vi/cho-lam/<int:pk>/nguoi-thay/<int:stand_in_pk>/", seats.end_stand_in, name="stand_in_end"),
    path("don-vi/thong-so/", parameters.listing, name="parameters"),
    path("don-vi/thong-so/<slug:key>/", parameters.edit, name="parameter"),
    path("don-vi/nhap/", importing.start, name="import"),
    path("don-vi/nhap/ghi/", importing.take_in, name="import_take_in"),
    path("don-vi/nhap/mau/<slug:kind>.csv", importing.template, name="import_template"),
]
