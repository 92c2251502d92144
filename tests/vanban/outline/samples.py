"""Invented documents in the forms that offices use."""

PLAN = """\
ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HƯNG LÂM                 Độc lập - Tự do - Hạnh phúc

Số: 77/KH-UBND             Hưng Lâm, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
Phát triển đường giao thông nông thôn năm 2026

Thực hiện Nghị quyết số 15/NQ-HĐND ngày 10/12/2025 của Hội đồng nhân dân
tỉnh, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC TIÊU
1. Mục tiêu chung
Nâng cấp các tuyến đường liên xã, bảo đảm đi lại thông suốt trong mùa mưa, góp phần
giảm chi phí vận chuyển nông sản giai đoạn 2026 -
2030.
2. Mục tiêu cụ thể: làm mới 120 km đường.
a) Đường liên xã: 80 km.
b) Đường trục thôn: 40 km.
II. NHIỆM VỤ VÀ GIẢI PHÁP THỰC HIỆN TRONG NĂM
2026
1. Sở Xây dựng
- Chủ trì, phối hợp với Sở Tài chính lập danh mục công trình theo phụ lục số 1,
1A kèm theo Kế hoạch này.
+ Hoàn thành trước ngày
15/4/2026.
2. Ủy ban nhân dân các xã, phường
Vận động người dân hiến đất làm đường.
Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện./.

Nơi nhận:                                  TM. ỦY BAN NHÂN DÂN
- Như trên;                                KT. CHỦ TỊCH
- Lưu: VT, KT.                             PHÓ CHỦ TỊCH

                                           Trần Văn Thử

PHỤ LỤC 1
DANH MỤC CÔNG TRÌNH
I. Đường liên xã
1. Tuyến Đông Hà đi Tây Hà
PHỤ LỤC 1A
DANH MỤC DỰ PHÒNG
1. Tuyến Nam Sơn
"""

LETTER = """\
Kính gửi:
- Sở Y tế;
- Ủy ban nhân dân các xã, phường.

Để chuẩn bị cho đợt tiêm chủng tháng 5, Văn phòng đề nghị các cơ quan như sau:
1. Sở Y tế cung cấp vắc-xin trước ngày 20/4/2026.
2. Ủy ban nhân dân các xã, phường lập danh sách trẻ em.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""

DECISION = """\
THỦ TƯỚNG CHÍNH PHỦ       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

QUYẾT ĐỊNH
Ban hành Quy chế quản lý bến bãi

Căn cứ Luật Tổ chức Chính phủ;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý bến bãi.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
1. Bãi bỏ các quy định trước đây.
2. Giao Bộ Xây dựng theo dõi.

                                  THỦ TƯỚNG

QUY CHẾ
Quản lý bến bãi
(Ban hành kèm theo Quyết định số 5/QĐ-TTg ngày 03/02/2026)

Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Quy chế này quy định việc quản lý bến bãi.
Chương II
TỔ CHỨC THỰC HIỆN
Điều 2. Trách nhiệm
1. Bộ Xây dựng:
a) Hướng dẫn địa phương;
b) Kiểm tra hằng năm.
"""
