"""What this app puts on every page: its place in the top bar, its lines in the person's menu."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from dondoc.common import deeds, navigation, slots
from dondoc.units.access import actor
from dondoc.units.enums import Role


def _menu(request: HttpRequest, _subject: object) -> str:
    return render_to_string("units/_menu.html", request=request)


def _administers(request: HttpRequest) -> bool:
    return actor(request).has_role(Role.ADMINISTRATOR)


navigation.add(navigation.Place("units", "Quản trị", "/don-vi/", "building", "q", may_enter=_administers))
slots.fill("top.menu", _menu)
deeds.name(
    {
        "units.create_unit": "Thêm đơn vị",
        "units.edit_unit": "Sửa thông tin đơn vị",
        "units.close_unit": "Kết thúc đơn vị",
        "units.reopen_unit": "Mở lại đơn vị",
        "units.add_predecessor": "Ghi đơn vị tiền thân",
        "units.remove_predecessor": "Bỏ đơn vị tiền thân",
        "units.create_group": "Thêm nhóm",
        "units.edit_group": "Sửa nhóm",
        "units.add_members": "Thêm thành viên nhóm",
        "units.end_member": "Đưa ra khỏi nhóm",
        "units.create_person": "Thêm người dùng",
        "units.make_administrator": "Tạo tài khoản quản trị từ máy chủ",
        "units.edit_person": "Sửa tài khoản",
        "units.reset_password": "Cấp lại mật khẩu",
        "units.change_password": "Đổi mật khẩu",
        "units.deactivate": "Ngừng tài khoản",
        "units.reactivate": "Mở lại tài khoản",
        "units.add_membership": "Thêm chỗ làm",
        "units.end_membership": "Kết thúc chỗ làm",
        "units.add_stand_in": "Ghi người thay",
        "units.end_stand_in": "Kết thúc việc thay",
        "units.set_parameter": "Ghi thông số",
        "units.import": "Nhập danh sách",
        "units.load_units": "Nạp danh mục đơn vị hành chính",
        "units.load_agencies": "Nạp các cơ quan cấp tỉnh",
    }
)
