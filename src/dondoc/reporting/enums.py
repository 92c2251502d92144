from django.db.models import TextChoices


class VersionState(TextChoices):
    DRAFT = "draft", "Đang soạn"
    ISSUED = "issued", "Đang dùng"
    WITHDRAWN = "withdrawn", "Thôi dùng"


class Need(TextChoices):
    """When a section of the outline has to be written."""

    ALWAYS = "always", "Bắt buộc"
    TARGET_MISSED = "target_missed", "Bắt buộc khi chưa đạt chỉ tiêu"
    FREE = "free", "Không bắt buộc"


class Method(TextChoices):
    """How an indicator is put together, over units or over periods. A ratio is the ratio of sums, never a mean of ratios."""

    SUM = "sum", "Cộng"
    RATIO = "ratio", "Tỷ lệ của tổng"
    LATEST = "latest", "Số mới nhất"
    MAXIMUM = "maximum", "Số lớn nhất"
    NONE = "none", "Không tổng hợp"


class Nothing(TextChoices):
    """The kinds of nothing beside zero, which is a number: no such thing here, not asked of this unit, no figure yet."""

    NONE = "none", "Không có"
    NOT_APPLICABLE = "not_applicable", "Không áp dụng"
    NO_DATA = "no_data", "Chưa có số liệu"


class Missing(TextChoices):
    """What a check does where a value that it needs is not a number."""

    SKIP_ANY = "skip_any", "Bỏ qua khi thiếu một số"
    SKIP_ALL = "skip_all", "Bỏ qua khi thiếu mọi số, thiếu thì tính là 0"
    NEVER = "never", "Luôn kiểm tra, thiếu thì tính là 0"


class Operator(TextChoices):
    EQUAL = "=", "bằng"
    AT_MOST = "<=", "không lớn hơn"
    AT_LEAST = ">=", "không nhỏ hơn"
    LESS = "<", "nhỏ hơn"
    MORE = ">", "lớn hơn"
    BOTH_OR_NEITHER = "both", "cùng có hoặc cùng không có"
    ONE_ONLY = "one", "chỉ một trong hai có"


class Severity(TextChoices):
    BLOCK = "block", "Không nộp được"
    WARN = "warn", "Cần giải thích"


class CampaignState(TextChoices):
    OPEN = "open", "Đang nhận"
    CLOSED = "closed", "Đã đóng"


class ReturnState(TextChoices):
    """Where one unit's report stands, as of its events."""

    EXPECTED = "expected", "Chưa nhận"
    APPROVING = "approving", "Chờ lãnh đạo đơn vị duyệt"
    RECEIVED = "received", "Chờ duyệt"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Đã duyệt"
    EXEMPT = "exempt", "Được miễn"


class ReturnEventKind(TextChoices):
    """What can happen to a unit's report; append-only."""

    PASSED = "passed", "Trình lãnh đạo đơn vị"
    HELD_BACK = "held_back", "Lãnh đạo đơn vị trả lại"
    SUBMITTED = "submitted", "Nộp"
    SIGNED = "signed", "Ghi văn bản đã ký"
    RETURNED = "returned", "Trả lại để bổ sung"
    ACCEPTED = "accepted", "Duyệt"
    REOPENED = "reopened", "Mở lại"
    EXEMPTED = "exempted", "Miễn báo cáo"
    UNEXEMPTED = "unexempted", "Bỏ miễn báo cáo"


class ValueOrigin(TextChoices):
    """How a value came into its cell."""

    TYPED = "typed", "Nhập trên trang"
    UPLOADED = "uploaded", "Từ tệp"
    KNOWN = "known", "Lấy từ số liệu đã có"
    BEHALF = "behalf", "Cơ quan tổng hợp nhập thay"


class RemarkCode(TextChoices):
    """Coded findings of a review."""

    MISSING = "missing", "Thiếu nội dung, số liệu"
    INCONSISTENT = "inconsistent", "Số liệu không khớp"
    UNLIKELY = "unlikely", "Số liệu cần kiểm tra lại"
    UNEXPLAINED = "unexplained", "Chưa nêu nguyên nhân"
    WRONG_FORM = "wrong_form", "Chưa đúng mẫu, thể thức"
    OTHER = "other", "Ý kiến khác"


class BlockKind(TextChoices):
    """What a piece of the consolidated report is."""

    PASSAGE = "passage", "Đoạn từ báo cáo của đơn vị"
    FIGURES = "figures", "Đoạn số liệu"
    TABLE = "table", "Bảng số liệu"
    CHART = "chart", "Biểu đồ"
    OWN = "own", "Đoạn tự viết"
