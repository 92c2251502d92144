from django.db.models import TextChoices


class UnitKind(TextChoices):
    PROVINCE = "province", "Tỉnh, thành phố"
    PEOPLES_COMMITTEE = "peoples_committee", "Ủy ban nhân dân tỉnh"
    OFFICE = "office", "Văn phòng"
    DEPARTMENT = "department", "Sở, ban, ngành"
    PARTY = "party", "Cơ quan Đảng"
    FRONT = "front", "Mặt trận, đoàn thể"
    ARMED = "armed", "Công an, quân đội"
    PRESS = "press", "Báo, đài"
    OTHER = "other", "Cơ quan, đơn vị khác"
    COMMUNE = "commune", "Xã, phường, đặc khu"


class CommuneKind(TextChoices):
    RURAL = "xa", "xã"
    WARD = "phuong", "phường"
    SPECIAL = "dac_khu", "đặc khu"


class GroupRule(TextChoices):
    """How a group finds its members on a day."""

    ALL_COMMUNES = "all_communes", "Tất cả xã, phường, đặc khu"
    ALL_DEPARTMENTS = "all_departments", "Tất cả sở, ban, ngành"
    KINDS = "kinds", "Theo loại cơ quan"
    LISTED = "listed", "Theo danh sách"
    OPEN = "open", "Để mở, người dùng chọn"


class Role(TextChoices):
    CLERK = "clerk", "Văn thư"
    SPECIALIST = "specialist", "Chuyên viên"
    UNIT_LEADER = "unit_leader", "Lãnh đạo đơn vị"
    PROVINCIAL_OFFICE = "provincial_office", "Văn phòng UBND tỉnh"
    ADMINISTRATOR = "administrator", "Quản trị"
