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


class ParameterKey(TextChoices):
    """What law or practice may move; each province may set its own (``units.parameters``)."""

    EXTENSIONS = "extensions", "Số lần gia hạn tối đa của một nhiệm vụ"
    LATE_REQUESTS = "late-requests", "Nhận đề nghị gia hạn sau khi hết hạn (phải giải trình)"
    LIGHT_LATE_DAYS = "light-late-days", "Đèn “Cần chỉ đạo”: có nhiệm vụ quá hạn trên"
    LIGHT_OBSTACLE_DAYS = "light-obstacle-days", "Đèn “Cần chỉ đạo”: có vướng mắc chờ ý kiến trên"
    REMINDERS_BEFORE = "reminders-before", "Nhắc đơn vị trước hạn"
    REMINDERS_LATE = "reminders-late", "Nhắc khi quá hạn: đơn vị, lãnh đạo đơn vị, cơ quan giao, Văn phòng"


class ParameterKind(TextChoices):
    TIMES = "times", "lần"
    DAYS = "days", "ngày"
    YES_NO = "yes-no", ""
    DAYS_DOWN = "days-down", "ngày"
    DAYS_UP = "days-up", "ngày"
