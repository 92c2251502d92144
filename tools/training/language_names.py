"""Invented lines that make names known to the language model: communes and provinces, agencies, people."""

import itertools
from collections.abc import Iterator
from pathlib import Path

_SURNAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trương Mai Cao Tạ Lương Hà Lưu Đào Trịnh Đoàn Lâm "
    "Phùng Tô Quách Chu Triệu Nông Vi Hứa Bế Lò Quàng Lường Cầm Tòng Vàng Giàng Sùng Thào Mùa Hầu Ma Bàn Tẩn Chảo Bạch Kiều Thái"
)
_MIDDLE = (
    "Văn Thị Đức Minh Hữu Thanh Quang Ngọc Xuân Hồng Công Quốc Đình Trọng Thế Anh Duy Tiến Mạnh Bá Thành Hoàng Kim Thu Thúy Bích Hải "
    "Việt Gia Tuấn Trung Chí Viết Phú Như Khắc Huy Sỹ Nhật Tấn"
)
_GIVEN = (
    "Hùng Dũng Cường Sơn Hà Hương Thủy Bình Long Tùng Quyết Phúc Tâm Hiếu Nghĩa Lợi Thắng Chiến Khánh Vinh Đạt Trường Giang Linh Phương "
    "Yến Oanh Kiên Quỳnh Diệp Thảo Lan Nga Hạnh Hiền Hòa Hoa Huệ Liên Loan Luyến Mai Nhung Nguyệt Phượng Thoa Thơm Tuyết Vân Xuyến Ánh Bảo "
    "Biên Cảnh Châu Chung Dân Đại Đồng Đông Duẩn Giáp Hân Hậu Hoan Hoạt Huấn Hưng Khải Khang Khoa Khôi Lâm Lộc Luân Lực Mạnh Nam Nhân "
    "Ninh Phong Phú Phúc Quân Quý Sáng Tài Tân Thái Thạch Thịnh Thông Thuận Thức Thường Tiến Toàn Toản Trí Trung Tú Tuấn Tuyên Viên Việt "
    "Vượng Vũ Vỹ Ngân Ngà Trang Trâm Uyên Vy Hằng Hường Duyên Dung Đào Cúc Bích Anh Minh Ngọc Thanh Hải Hoàng Huy Hào Hảo Hoàn Quang Quyền"
)
_TITLES = ("Phó Chủ tịch", "Chủ tịch", "đồng chí", "ông", "bà", "Giám đốc")


def name_lines(agency_files: list[Path]) -> Iterator[str]:
    """Each commune with its province, each agency of the files (the first column of a list, the third of the lexicon), people."""
    yield from _places()
    for path in agency_files:
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            yield cells[2] if len(cells) > 3 else cells[0]
    surnames, middle, titles = itertools.cycle(_SURNAMES.split()), itertools.cycle(_MIDDLE.split()), itertools.cycle(_TITLES)
    for given in _GIVEN.split():
        for _ in range(5):
            yield f"{next(titles)} {next(surnames)} {next(middle)} {given}"


def _places() -> Iterator[str]:
    from vietnam_provinces import Province, Ward  # noqa: PLC0415 -- slow import

    provinces = {province.code: province.name for province in Province.iter_all()}
    yield from provinces.values()
    for ward in Ward.iter_all():
        yield f"{ward.name}, {provinces[ward.province_code]}"
        yield f"Ủy ban nhân dân {ward.name}"
