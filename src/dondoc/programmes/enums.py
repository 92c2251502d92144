from django.db.models import TextChoices


class ProgrammeState(TextChoices):
    ACTIVE = "active", "Đang thực hiện"
    CLOSED = "closed", "Đã kết thúc"


class DocumentRole(TextChoices):
    PLAN = "plan", "Văn bản gốc"
    AMENDMENT = "amendment", "Sửa đổi, bổ sung"
    REPLACEMENT = "replacement", "Thay thế"
    LETTER = "letter", "Văn bản giao thêm việc"


class AssignmentRole(TextChoices):
    LEAD = "lead", "Chủ trì"
    COORDINATING = "coordinating", "Phối hợp"
    SUPERVISING = "supervising", "Theo dõi, chỉ đạo"


class TaskKind(TextChoices):
    """What a task is given for. It decides who closes it: see ``rules.replay``."""

    INFORM = "inform", "Để biết"
    EXECUTE = "execute", "Để thực hiện"
    REPORT = "report", "Để báo cáo"
    CONSULT = "consult", "Xin ý kiến"


class OriginKind(TextChoices):
    """Where a task comes from that no document in the program names."""

    LETTER = "letter", "Văn bản, công văn"
    MEETING = "meeting", "Kết luận cuộc họp"
    DIRECTION = "direction", "Chỉ đạo trực tiếp"


class EventKind(TextChoices):
    """What can happen to a task or to one unit's part of it. States are computed from these, never set."""

    RECEIVED = "received", "Tiếp nhận"
    DECLINED = "declined", "Đề nghị không nhận việc"
    INSISTED = "insisted", "Giữ nguyên việc đã giao"
    REASSIGNED = "reassigned", "Giao đơn vị khác"
    HANDED_ON = "handed_on", "Giao người thực hiện"
    PROGRESS = "progress", "Cập nhật tiến độ"
    DELIVERED = "delivered", "Báo hoàn thành"
    ACCEPTED = "accepted", "Xác nhận hoàn thành"
    RETURNED = "returned", "Trả lại"
    REOPENED = "reopened", "Mở lại"
    SUSPENDED = "suspended", "Tạm dừng"
    RESUMED = "resumed", "Tiếp tục"
    CANCELLED = "cancelled", "Dừng theo dõi"
    EXTENSION_ASKED = "extension_asked", "Đề nghị gia hạn"
    EXTENSION_REFUSED = "extension_refused", "Không đồng ý gia hạn"
    EXTENSION_WITHDRAWN = "extension_withdrawn", "Rút đề nghị gia hạn"
    EXTENDED = "extended", "Gia hạn"


class TaskState(TextChoices):
    """The published states (domain rule 3.2), as of a day."""

    NOT_STARTED = "not_started", "Chưa thực hiện"
    IN_PROGRESS = "in_progress", "Trong hạn"
    DUE_SOON = "due_soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn"
    DONE_ON_TIME = "done_on_time", "Hoàn thành đúng hạn"
    DONE_LATE = "done_late", "Hoàn thành trễ hạn"
    DONE = "done", "Hoàn thành"
    NO_DEADLINE = "no_deadline", "Không thời hạn"
    SUSPENDED = "suspended", "Tạm dừng"
    CANCELLED = "cancelled", "Dừng theo dõi"


class ExtensionReason(TextChoices):
    """Why a deadline moved: the split that vetting asks for."""

    OBJECTIVE = "objective", "Nguyên nhân khách quan"
    SUBJECTIVE = "subjective", "Nguyên nhân chủ quan"
    BOTH = "both", "Cả khách quan và chủ quan"


class ExtensionRefusal(TextChoices):
    """Why the giver does not give more time."""

    NO_GROUNDS = "no_grounds", "Chưa đủ căn cứ"
    FEASIBLE = "feasible", "Còn hoàn thành được trong hạn"
    URGENT = "urgent", "Việc gấp, không lùi được"
    COVERED = "covered", "Đã gia hạn chung cho cả nhiệm vụ"
    OTHER = "other", "Lý do khác"


class ReturnReason(TextChoices):
    INCOMPLETE = "incomplete", "Thiếu nội dung hoặc số liệu"
    WRONG_PRODUCT = "wrong_product", "Chưa đúng sản phẩm được giao"
    WRONG_FORM = "wrong_form", "Chưa đúng thể thức, thẩm quyền"
    OTHER = "other", "Lý do khác"


class DeclineReason(TextChoices):
    """Why a unit asks not to be given something."""

    NOT_COMPETENT = "not_competent", "Không thuộc chức năng, thẩm quyền"
    NOT_CONCERNED = "not_concerned", "Đơn vị không có đối tượng, nội dung này"
    DOUBLE = "double", "Trùng với nhiệm vụ đã giao"
    OTHER = "other", "Lý do khác"


class StopReason(TextChoices):
    """Why the giver stops, takes up again or excuses."""

    DIRECTED = "directed", "Theo văn bản chỉ đạo"
    OVERTAKEN = "overtaken", "Nội dung không còn phù hợp"
    WAITING = "waiting", "Chờ văn bản, kinh phí của cấp trên"
    NOT_CONCERNED = "not_concerned", "Đơn vị không có đối tượng, nội dung này"
    OTHER = "other", "Lý do khác"


class ObstacleCause(TextChoices):
    """Why something does not go on."""

    FUNDS = "funds", "Kinh phí"
    STAFF = "staff", "Nhân lực"
    POLICY = "policy", "Cơ chế, chính sách"
    COORDINATION = "coordination", "Phối hợp giữa các cơ quan"
    PROCEDURE = "procedure", "Thủ tục, mặt bằng"
    TECHNOLOGY = "technology", "Hạ tầng, dữ liệu, công nghệ"
    DISASTER = "disaster", "Thời tiết, thiên tai, dịch bệnh"
    OTHER = "other", "Nguyên nhân khác"


class Solver(TextChoices):
    """Who can take an obstacle away."""

    OWN = "own", "Đơn vị tự giải quyết"
    LEAD = "lead", "Cơ quan chủ trì chương trình"
    UNIT = "unit", "Một cơ quan, đơn vị khác"
    PROVINCE = "province", "UBND tỉnh, Chủ tịch UBND tỉnh"
    ABOVE = "above", "Cấp trên (Tỉnh ủy, HĐND tỉnh, bộ, ngành)"


class ObstacleEventKind(TextChoices):
    """What can happen to an obstacle. Its state is computed from these."""

    RAISED = "raised", "Nêu vướng mắc"
    PASSED_ON = "passed_on", "Chuyển giải quyết"
    ANSWERED = "answered", "Cho ý kiến"
    SOLVED = "solved", "Đã giải quyết xong"
    REOPENED = "reopened", "Mở lại"
    WITHDRAWN = "withdrawn", "Rút lại"


class ObstacleState(TextChoices):
    WAITING = "waiting", "Chờ ý kiến"
    ANSWERED = "answered", "Đã có ý kiến"
    SOLVED = "solved", "Đã giải quyết"
    WITHDRAWN = "withdrawn", "Đã rút"


class Direction(TextChoices):
    """Which way an indicator is better."""

    UP = "up", "Càng cao càng tốt"
    DOWN = "down", "Càng thấp càng tốt"
    WITHIN = "within", "Giữ trong khoảng"


class ChangeKind(TextChoices):
    """What "tăng 10%" means: ten points more than the baseline, or a tenth of it."""

    AMOUNT = "amount", "Cộng thêm vào giá trị gốc (điểm %, đơn vị đo)"
    SHARE = "share", "Tính bằng % của giá trị gốc"


class RollUp(TextChoices):
    """How the figures of the units become the figure of the province."""

    SUM = "sum", "Cộng các đơn vị"
    RATIO = "ratio", "Tỷ lệ của tổng (tổng tử số chia tổng mẫu số)"
    LATEST = "latest", "Lấy số mới nhất"
    MAXIMUM = "maximum", "Lấy số lớn nhất"
    PROVINCE = "province", "Chỉ đo chung toàn tỉnh"


class Frequency(TextChoices):
    """How often an indicator is measured."""

    MONTH = "month", "Hằng tháng"
    QUARTER = "quarter", "Hằng quý"
    HALF = "half", "6 tháng một lần"
    YEAR = "year", "Hằng năm"
    ANY = "any", "Khi có số liệu"


class FigureKind(TextChoices):
    """A figure, or one of the four kinds of nothing."""

    FIGURE = "figure", "Có số"
    ZERO = "zero", "Bằng không"
    NONE = "none", "Không có"
    NOT_APPLICABLE = "na", "Không áp dụng"
    NOT_REPORTED = "missing", "Chưa có số liệu"


class Verdict(TextChoices):
    """What the giver says of a measurement."""

    ACCEPTED = "accepted", "Duyệt"
    RETURNED = "returned", "Trả lại"


class FigureReturn(TextChoices):
    """Why a measurement goes back."""

    UNLIKELY = "unlikely", "Số liệu cần kiểm tra lại"
    NO_SOURCE = "no_source", "Thiếu nguồn, minh chứng"
    WRONG_PERIOD = "wrong_period", "Chưa đúng kỳ, thời điểm"
    WRONG_METHOD = "wrong_method", "Chưa đúng cách tính"
    OTHER = "other", "Lý do khác"


class Course(TextChoices):
    """Where an indicator stands against its plan, as of a day."""

    REACHED = "reached", "Đạt"
    ON_COURSE = "on_course", "Đúng tiến độ"
    SLOW = "slow", "Chậm"
    OFF_COURSE = "off_course", "Lệch hướng"
    UNKNOWN = "unknown", "Chưa đủ số liệu"


class StepKind(TextChoices):
    """What a line of a unit's own plan is."""

    GOAL = "goal", "Mục tiêu"
    WORK = "work", "Nhiệm vụ"


class StepEventKind(TextChoices):
    """What happens to a line of a unit's own plan."""

    PROGRESS = "progress", "Cập nhật tiến độ"
    REOPENED = "reopened", "Mở lại"
    DROPPED = "dropped", "Bỏ khỏi kế hoạch"
