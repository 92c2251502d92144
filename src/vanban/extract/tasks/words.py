"""The words by which work is given out: cues, verbs, titles, formulas. Tables, compiled once.

Source of the forms: domain rules 2.3 (groups), 3.2 (lead and coordination), and the ways of Decree 30/2020 documents.
"""

import re

TITLE = (
    r"(?:(?:các\s+)?đồng\s+chí|(?:các\s+)?[Ông]{3}/[Bà]{2}|[Tt]hủ\s+trưởng|[Nn]gười\s+đứng\s+đầu|(?:Phó\s+)?(?:Tổng\s+)?[Gg]iám\s+đốc|"
    r"(?:Phó\s+)?[Cc]hủ\s+tịch|(?:Phó\s+)?[Cc]hủ\s+nhiệm|(?:Các\s+|các\s+)?Bộ\s+trưởng|(?:Phó\s+)?[Cc]hánh|(?:Phó\s+)?[Cc]ục\s+trưởng|"
    r"[Cc]hi\s+cục\s+trưởng|[Tt]rưởng\s+ban|[Bb]í\s+thư|[Ll]ãnh\s+đạo|[Tt]rưởng)"
)
"""A person's office that stands before the name of the agency which answers."""

ASK = r"(?:đề\s+nghị|yêu\s+cầu|giao|phân\s+công|chỉ\s+thị(?!\s+(?:số|này))|chỉ\s+đạo\s+và\s+yêu\s+cầu|ủy\s+quyền)"
"""A word by which the issuer gives work to the agency named next."""

NOT_WORK = re.compile(
    r"\s*(?:đã|đang|được|bị|là(?!\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối))|không(?!\s+để)|chưa|còn|cũng|vẫn|về|của|tại|trong(?!\s+phạm\s+vi)|với|để|cho|từ|gồm|bao\s+gồm|như|trên(?!\s+cơ\s+sở)|đối\s+với|khi|nếu|mà|do|ở|"
    r"số|báo\s+cáo\s+về(?!\s+(?:Bộ|Sở|UBND|Ủy|Văn|Ban|Thủ|Chính))|trình\s+bày|có\s+(?:hiệu\s+lực|văn\s+bản\s+số|ý\s+kiến|nhiều|một|số|tổng|[0-9])|thuộc|nhận\s+(?:được|thấy)|thống\s+nhất|ghi\s+nhận|sẽ|năm|"
    r"trân\s+trọng|ban\s+hành\s+(?:Kế\s+hoạch|Quyết\s+định|Chỉ\s+thị|Chương\s+trình)\s+(?:với|này))(?!\w)"
)
"""What follows the name of an agency where the sentence tells of it and gives it no work."""

WORK = (
    r"(?:chủ\s+(?:trì|động|quản)|phối\s+hợp|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|tham\s+mưu|phải|cần|căn\s+cứ|theo\s+(?:chức\s+năng|nhiệm\s+vụ|"
    r"thẩm\s+quyền|dõi|phân\s+công|lĩnh\s+vực)|xây\s+dựng|tổ\s+chức(?!,)|tiếp\s+tục|tập\s+trung|tăng\s+cường|đẩy\s+(?:mạnh|nhanh)|"
    r"thực\s+hiện|triển\s+khai|hướng\s+dẫn|rà\s+soát|kiểm\s+(?:tra|soát|điểm)|đôn\s+đốc|giám\s+sát|tổng\s+hợp|báo\s+cáo|trình|bố\s+trí|"
    r"ban\s+hành|chỉ\s+đạo|lãnh\s+đạo|phân\s+tích|thường\s+xuyên|kịp\s+thời|nghiêm\s+(?:túc|chỉnh)|khẩn\s+trương|tiến\s+hành|"
    r"thông\s+(?:báo|tin)|cung\s+cấp|công\s+(?:bố|khai)|đề\s+xuất|nghiên\s+cứu|hoàn\s+(?:thiện|thành)|quán\s+triệt|[đb]ảm\s+bảo|bảo\s+đảm|"
    r"phát\s+(?:huy|động|hiện|triển)|nâng\s+cao|thẩm\s+(?:định|tra)|quản\s+lý|vận\s+(?:động|hành)|tuyên\s+truyền|phổ\s+biến|xử\s+lý|lập|"
    r"gửi|đăng|cử|phân\s+(?:công|bổ)|hỗ\s+trợ|tạo\s+điều\s+kiện|khuyến\s+khích|cập\s+nhật|đánh\s+giá|xem\s+xét|giải\s+(?:quyết|trình)|"
    r"tích\s+cực|đổi\s+mới|lồng\s+ghép|huy\s+động|tiếp\s+(?:thu|nhận)|xác\s+(?:định|nhận|minh)|duy\s+trì|mở|xét|khen\s+thưởng|biểu\s+dương|"
    r"nêu\s+rõ|niêm\s+yết|ký|nộp|chấp\s+hành|đưa|quy\s+định|định\s+kỳ|hằng|hàng|trực\s+tiếp|thành\s+lập|kiện\s+toàn|sắp\s+xếp|"
    r"điều\s+(?:tra|chỉnh|phối|hành)|đấu\s+tranh|bổ\s+sung|sửa\s+đổi|làm\s+(?:rõ|việc|tốt)|cùng|nắm|giữ|tham\s+gia|tuyển|đào\s+tạo|"
    r"chuẩn\s+bị|chuyển|liên\s+hệ|đăng\s+ký|thẩm\s+định|tự|sớm|quan\s+tâm|chú\s+trọng|ưu\s+tiên|khảo\s+sát|thống\s+kê|số\s+hóa|lựa\s+chọn|"
    r"phê\s+duyệt|giao|yêu\s+cầu|đề\s+nghị|nhận|rút|khắc\s+phục|tháo\s+gỡ|bàn\s+giao|định\s+hướng|là\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối)|dự\s+(?:kiến|toán)|trong\s+phạm\s+vi|"
    r"trên\s+cơ\s+sở|bám\s+sát|ngoài\s+(?:nhiệm\s+vụ|việc|các)|không\s+để|cân\s+đối|sử\s+dụng|đảm\s+(?:nhận|nhiệm)|áp\s+dụng|ứng\s+dụng|vận\s+dụng|"
    r"tăng(?:\s+(?:thời|số|tỷ)|\s+cường)|thu\s+(?:thập|hồi|hút|tiền|nộp|gom)|họp\s+(?:dân|bàn|xét)|chăm\s+sóc|chấn\s+chỉnh|ngăn\s+chặn|nhân\s+rộng|rút\s+ngắn|"
    r"cắt\s+giảm|thúc\s+đẩy|kết\s+nối|tích\s+hợp|chia\s+sẻ|biên\s+soạn|soạn\s+thảo|tập\s+huấn|bồi\s+dưỡng|tuần\s+tra|thanh\s+tra|kiểm\s+kê|"
    r"trang\s+bị|mua\s+sắm|sửa\s+chữa|cải\s+tạo|nâng\s+cấp|truyền\s+thông|đối\s+thoại|tiếp\s+công\s+dân|giải\s+ngân|giới\s+thiệu|tư\s+vấn|"
    r"chấm\s+điểm|bình\s+xét|phản\s+ánh|bảo\s+vệ|bảo\s+trì|kê\s+khai|tôn\s+vinh)(?!\w)"
)
"""A verb that begins what an agency is to do (or the words that go before it)."""

STRONG = (
    r"(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|phải|chủ\s+(?:trì|động)|nghiêm\s+(?:túc|chỉnh)|tập\s+trung|tiếp\s+tục|khẩn\s+trương|"
    r"tích\s+cực|tăng\s+cường|theo\s+chức\s+năng|căn\s+cứ|gửi|kịp\s+thời|cần|triển\s+khai\s+thực\s+hiện|thực\s+hiện\s+(?:nghiêm|tốt|các))(?!\w)"
)
"""A verb that cannot be part of the name of an agency or group."""

CLEAR = (
    STRONG.removesuffix(r")(?!\w)")
    + r"|xác\s+định|thực\s+hiện|tiếp\s+nhận|cung\s+cấp|thông\s+báo|ban\s+hành|phối\s+hợp|báo\s+cáo|rà\s+soát|hướng\s+dẫn|"
    r"chỉ\s+đạo|đôn\s+đốc|tổng\s+hợp|tham\s+mưu|triển\s+khai|theo\s+dõi|kiểm\s+điểm|bố\s+trí|xem\s+xét|giải\s+quyết|xây\s+dựng|lập)(?!\w)"
)
"""A verb that the name of a body hardly ever holds."""

MODIFIER = (
    r"(?:hoạt\s+động|có\s+liên\s+quan|liên\s+quan|thuộc|trực\s+thuộc|trên\s+địa\s+bàn|được\s+(?:cấp|giao|phân\s+công)|có(?!\s+(?:trách|nhiệm))|"
    r"tham\s+gia|của|tại|khai\s+thác|sử\s+dụng|kinh\s+doanh|sản\s+xuất|đóng\s+trên|nêu\s+trên|khác|quản\s+lý)(?!\w)"
)
"""What narrows a group: "các tổ chức được cấp giấy phép …"."""

QUALIFIER = (
    r"(?:(?:chưa|chậm)\s+(?:gửi|nộp|báo\s+cáo|ban\s+hành|hoàn\s+thành|có|đạt|giải\s+ngân|đăng\s+ký|triển\s+khai|xây\s+dựng|bố\s+trí|phê\s+duyệt|thực\s+hiện|tiến\s+độ)|"
    r"còn\s+(?:nhiệm\s+vụ|tồn|nợ|hồ\s+sơ|vướng|khó\s+khăn|chậm|\d+)|có\s+(?:nhiệm\s+vụ|tên|tỷ\s+lệ|dự\s+án|hồ\s+sơ|kết\s+quả)|để\s+xảy\s+ra|đạt\s+(?:dưới|thấp))(?!\w)"
)
"""What tells the late ones of a group from the others: "các đơn vị chưa gửi báo cáo"."""

PROPER = r"[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ][\wÀ-ỹ]*(?:\s+[A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ][\wÀ-ỹ]*){0,4}"
"""Words that all begin with a capital, as the names of places do."""

GROUP_NOUN = (
    r"(?:(?:[Cc]ác|[Nn]hững|[Mm]ọi)\s+)?(?:[Cc]ông\s+ty|[Tt]ổng\s+công\s+ty|[Tt]ập\s+đoàn|[Dd]oanh\s+nghiệp|[Cc]hủ\s+đầu\s+tư|[Nn]hà\s+đầu\s+tư|"
    r"[Nn]hà\s+thầu|[Đđ]ơn\s+vị|[Cc]ơ\s+quan|[Tt]ổ\s+chức(?=,|\s+(?:chính|được|có|hành|tín))|[Hh]ợp\s+tác\s+xã|[Cc]á\s+nhân|[Cc]ơ\s+sở(?!\s+(?:dữ\s+liệu|vật\s+chất|pháp\s+lý|hạ\s+tầng))|"
    r"[Bb]an\s+[Qq]uản\s+lý|[Tt]rường(?!\s+hợp)|[Bb]ệnh\s+viện|[Tt]rung\s+tâm|[Tt]ổ\s+công\s+tác|[Hh]ội\s+đồng|[Bb]an\s+[Cc]hỉ\s+đạo|[Đđ]oàn|[Hh]iệp\s+hội|"
    r"[Hh]ội|[Cc]hi\s+cục|[Cc]ục|[Vv]iện|[Pp]hòng|[Vv]ăn\s+phòng|[Bb]ộ\s+phận|[Đđ]ịa\s+phương)(?!\w)"
)
"""How a name or group begins that the lexicon may not hold."""

HEADING_LEAD_IN = re.compile(
    r"\s*(?:(?:Trách\s+nhiệm|Nhiệm\s+vụ)(?:\s+(?:chung|cụ\s+thể))?\s+(?:của|đối\s+với)|Đối\s+với|Đề\s+nghị|Yêu\s+cầu|Giao(?:\s+cho)?|"
    r"UBND\s+tỉnh\s+(?:giao|yêu\s+cầu|đề\s+nghị))\s+",
    re.IGNORECASE,
)
"""What stands before the agency's name in the heading over its tasks."""

HEADING_TAIL = re.compile(
    r"[\s,]*(?:\((?:[^()]*)\)\s*)?(?:(?:có\s+)?(?:trách\s+nhiệm|nhiệm\s+vụ)|(?:chủ\s+động\s+|tập\s+trung\s+|khẩn\s+trương\s+|nghiêm\s+túc\s+|chịu\s+trách\s+nhiệm\s+)?"
    r"(?:tổ\s+chức\s+|triển\s+khai\s+)*(?:thực\s+hiện|triển\s+khai)?\s*(?:tốt\s+)?(?:các|một\s+số|những)\s+(?:nhiệm\s+vụ|nội\s+dung|công\s+việc)[^.;:\n]{0,80}?"
    r"|(?:theo|căn\s+cứ)\s+(?:vào\s+)?(?:chức\s+năng|thẩm\s+quyền|nhiệm\s+vụ)(?:[^.;:]{0,70}?(?=:\s*$)|(?:,?\s+(?:và|chức\s+năng|thẩm\s+quyền|nhiệm\s+vụ|quyền\s+hạn|được\s+giao|của\s+mình))*(?=\s*$))"
    r"|chủ\s+trì)?\s*[:.;,]?\s*$",
    re.IGNORECASE,
)
"""What may stand after the name in such a heading."""

HEADING_WITH = re.compile(r"[\s,]*(?:chủ\s+trì\s*,?\s*(?:và\s+)?)?phối\s+hợp\s+(?:chặt\s+chẽ\s+)?(?:với|cùng)\s+", re.IGNORECASE)
"""The heading names partners too: "Sở Tài chính chủ trì, phối hợp với các sở, ngành:"."""

LIST_INTRO = re.compile(
    r"(?:như\s+sau|sau\s+đây|dưới\s+đây|(?:nội\s+dung|nhiệm\s+vụ|công\s+việc|giải\s+pháp|biện\s+pháp|việc|vấn\s+đề)\s+sau|cụ\s+thể|gồm|:)\s*(?:đây\s*)?[:.]?\s*$",
    re.IGNORECASE,
)
"""The end of a sentence that a list of tasks follows."""

PREAMBLE = re.compile(
    r"\s*(?:Trên\s+cơ\s+sở|Căn\s+cứ|Trong\s+(?:quá\s+trình|thời\s+gian|năm|tháng|quý)|H[ằà]ng\s+(?:năm|quý|tháng|tuần)|Định\s+kỳ|Trước\s+(?:ngày|khi|tháng)|"
    r"Chậm\s+nhất|Khi\s|Trường\s+hợp|Sau\s+khi|Để\s|Theo\s|Đối\s+với|Đồng\s+thời|Từ\s|Nhằm|Bên\s+cạnh|Ngoài\s+ra|Riêng|Qua\s)",
    re.IGNORECASE,
)
"""How a sentence begins that names its agency only after a comma."""

CLOSING = re.compile(
    r"(?:chịu\s+trách\s+nhiệm\s+thi\s+hành|nghiêm\s+túc\s+(?:tổ\s+chức\s+)?(?:triển\s+khai\s+)?thực\s+hiện|"
    r"(?:tổ\s+chức|nghiêm\s+túc)?\s*(?:triển\s+khai|,)?\s*thực\s+hiện\s*(?:nghiêm\s+túc\s*)?\./|biết\s+(?:và|,)\s+thực\s+hiện|"
    r"(?:nếu\s+)?(?:có|phát\s+sinh|gặp)\s+(?:những\s+)?(?:khó\s+khăn|vướng\s+mắc)|cần\s+sửa\s+đổi,?\s+bổ\s+sung)",
    re.IGNORECASE,
)
"""The closing formula of a document, which tells everybody to carry it out and adds no task."""

TROUBLE = re.compile(
    r"\s*(?:Trong\s+)?quá\s+trình\s[^.;]{0,120}?(?:có|phát\s+sinh|gặp)\s+(?:những\s+|các\s+|vấn\s+đề\s+)?(?:khó\s+khăn|vướng\s+mắc|phát\s+sinh)",
    re.IGNORECASE,
)
"""The standing formula "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, …": no task, numbered or not."""

AIM_HEADING = re.compile(
    r"\s*(?:MỤC\s+(?:ĐÍCH|TIÊU)|YÊU\s+CẦU(?=\s*(?:$|[,.:;]|CHUNG|ĐỐI))|QUAN\s+ĐIỂM|NGUYÊN\s+TẮC|CHỈ\s+TIÊU|ĐỐI\s+TƯỢNG|PHẠM\s+VI|KINH\s+PHÍ|NGUỒN\s+KINH\s+PHÍ|SỰ\s+CẦN\s+THIẾT|"
    r"KẾT\s+QUẢ|TÌNH\s+HÌNH|ĐÁNH\s+GIÁ|TỒN\s+TẠI|HẠN\s+CHẾ|NGUYÊN\s+NHÂN|BÀI\s+HỌC|THỰC\s+TRẠNG|BỐI\s+CẢNH|KHÓ\s+KHĂN|ƯU\s+ĐIỂM|THUẬN\s+LỢI|"
    r"TẦM\s+NHÌN|CĂN\s+CỨ|GIẢI\s+THÍCH|ĐẶC\s+ĐIỂM|NHỮNG\s+KẾT\s+QUẢ|VỀ\s+TÌNH\s+HÌNH|CÔNG\s+TÁC\s+ĐÃ)(?!\w)",
    re.IGNORECASE,
)
"""Headings over aims, facts and money: what stands there gives no agency work by its place alone."""
