from django.db.models import TextChoices


class DocumentState(TextChoices):
    QUEUED = "queued", "Chờ đọc"
    READING = "reading", "Đang đọc"
    READ = "read", "Đã đọc"
    FAILED = "failed", "Không đọc được"
    QUARANTINED = "quarantined", "Đã cách ly"


class Visibility(TextChoices):
    PROVINCE = "province", "Trong tỉnh"
    RESTRICTED = "restricted", "Hạn chế"


class ItemKind(TextChoices):
    TASK = "task", "Nhiệm vụ"
    TARGET = "target", "Chỉ tiêu"
    DUTY = "duty", "Báo cáo"
    CITATION = "citation", "Viện dẫn"
    FINDING = "finding", "Cảnh báo"
    METADATA = "metadata", "Thông tin"


class ItemState(TextChoices):
    PROPOSED = "proposed", "Chưa xem"
    ACCEPTED = "accepted", "Đúng"
    CORRECTED = "corrected", "Đã sửa"
    REJECTED = "rejected", "Đã bỏ"


class ReviewAction(TextChoices):
    ACCEPT = "accept", "Đúng"
    CORRECT = "correct", "Sửa"
    REJECT = "reject", "Bỏ"
    ADD = "add", "Thêm"
    MERGE = "merge", "Gộp"
    SPLIT = "split", "Tách"
    UNDO = "undo", "Hoàn tác"
