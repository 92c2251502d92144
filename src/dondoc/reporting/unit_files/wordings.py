"""What every form says of itself and of how it is filled in, whatever kind of file it is."""

from dondoc.common import wording
from dondoc.reporting.unit_files.contents import UnitForm

NUMBERS = "Ghi số bằng chữ số, ví dụ 1234,5. Số 0 ghi là 0 (có theo dõi, kết quả bằng không)."
MARKS = (
    "Không có số thì ghi một trong ba ký hiệu: “-” Không có (địa bàn không có đối tượng này); “x” Không áp dụng (không giao cho "
    "đơn vị); “…” Chưa có số liệu (nộp được, vẫn tính là nợ). Ô để trống là chưa ghi."
)
SEND = (
    "Lưu dạng {}, không đặt mật khẩu, rồi chọn tệp ở nút “Nhập từ tệp” trên trang của báo cáo. Số đã nhập trên trang sau khi tải "
    "mẫu không bị ghi đè: chỗ nào khác nhau, phần mềm hỏi lại."
)


def told_of(form: UnitForm) -> list[tuple[str, str]]:
    """Whose report it is, for what and until when: names and values, without those that the campaign does not say."""
    proposal = " (mẫu đề xuất, chưa có phụ lục chính thức)" if form.facts.is_proposal else ""
    told = [
        ("Đơn vị báo cáo", form.stamp.unit_name),
        ("Gửi", form.recipient),
        ("Kỳ báo cáo", form.period),
        ("Số liệu tính", form.window_words),
        ("Hạn nộp", form.deadline_words),
        ("Mẫu", f"{form.facts.title}, phiên bản {form.stamp.version}{proposal}"),
        ("Lập lúc", wording.moment(form.stamp.made_at)),
    ]
    return [(name, value) for name, value in told if value]
