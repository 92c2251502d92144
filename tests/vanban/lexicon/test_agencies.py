import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.lexicon.agencies import find_agencies, is_agency_heading, parse_agency_list
from vanban.reading import AgencyKind
from vanban.spans import Span


def found(text: str, *extra: str) -> list[str]:
    return [mention.name for mention in find_agencies(text, Span(0, len(text)), extra)]


def listed(text: str, *extra: str) -> list[str]:
    return [mention.name for mention in parse_agency_list(text, Span(0, len(text)), extra)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sở Y tế", "syt"),
        ("SỞ Y TẾ", "syt"),
        ("sở Y tế tỉnh Cao Bằng", "syt"),
        ("Sở Văn hóa, Thể thao và Du lịch", "svhttdl"),
        ("Sở Văn hoá, Thể thao và Du lịch", "svhttdl"),
        ("Sở VHTT&DL", "svhttdl"),
        ("Sở VH, TT và DL", "svhttdl"),
        ("Sở KH&CN", "skhcn"),
        ("Sở Nông nghiệp và\nMôi trường", "snnmt"),
        ("Bộ Lao động - Thương binh và Xã hội", "bldtbxh"),
        ("Bộ Lao động – Thương binh\nvà Xã hội", "bldtbxh"),
        ("Bộ LĐTBXH", "bldtbxh"),
        ("Uỷ ban nhân dân tỉnh Sơn La", "ubnd-tinh"),
        ("UBND tỉnh", "ubnd-tinh"),
        ("Đảng ủy UBND tỉnh", "du-ubnd"),
        ("Đảng uỷ Uỷ ban nhân dân tỉnh", "du-ubnd"),
        ("Ban cán sự đảng UBND tỉnh", "bcsd-ubnd"),
        ("Ban Thường vụ Tỉnh uỷ Hà Tĩnh", "btv-tinh-uy"),
        ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "btgdvtu"),
        ("Báo và Đài Phát thanh Truyền\nhình Nghệ An", "bao-dai"),
        ("Báo và Đài PTTH tỉnh", "bao-dai"),
        ("Ngân hàng Nhà nước khu vực 5", "nhnn-kv"),
        ("Kho bạc Nhà nước khu vực VI", "kbnn"),
        ("Bộ CHQS tỉnh", "bchqs"),
        ("Viện Kiểm sát nhân dân tối cao", "vksndtc"),
        ("Thủ tướng Chính phủ", "thu-tuong"),
        ("VP UBND tỉnh", "vp-ubnd"),
    ],
)
def test_known_names_in_all_their_spellings(text: str, key: str) -> None:
    mentions = find_agencies(text, Span(0, len(text)))
    assert [(mention.id, mention.kind) for mention in mentions] == [(key, AgencyKind.UNIT)]
    assert mentions[0].span == Span(0, len(text))
    assert mentions[0].name == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Các sở, ban, ngành, tổ chức chính trị - xã hội tỉnh",
        "Các sở, ban, ngành, địa phương liên quan",
        "các cơ quan, đơn vị có liên quan",
        "UBND các xã, phường",
        "UBND các xã, phường, đặc khu trên địa bàn tỉnh",
        "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",
        "Các Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
        "Các đảng ủy trực thuộc Tỉnh ủy",
        "Các cấp, các ngành, các địa phương",
        "Ủy ban nhân dân cấp xã",
        "Các bộ, ngành, cơ quan, tổ chức có liên quan",
        "các đơn vị chức năng thuộc Bộ Quốc phòng",
        "Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội",
        "Công an các xã, phường",
        "Cơ sở khám bệnh, chữa bệnh",
        "Chủ đầu tư",
    ],
)
def test_a_group_stays_whole(text: str) -> None:
    mentions = find_agencies(text, Span(0, len(text)))
    assert [(mention.name, mention.kind) for mention in mentions] == [(text, AgencyKind.GROUP)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Sở Nội vụ chủ trì, phối hợp với Sở Tài chính, các cơ quan liên quan rà soát",
            ["Sở Nội vụ", "Sở Tài chính", "các cơ quan liên quan"],
        ),
        ("Giám đốc Sở Y tế, Chủ tịch UBND các xã, phường", ["Sở Y tế", "UBND các xã, phường"]),
        ("Công an tỉnh, các sở, ban, ngành và UBND các xã", ["Công an tỉnh", "các sở, ban, ngành", "UBND các xã"]),
        ("các Bộ: Tài chính, Nội vụ và Y tế; Công an tỉnh", ["Bộ Tài chính", "Bộ Nội vụ", "Bộ Y tế", "Công an tỉnh"]),
        ("Các Sở Tài chính, Xây dựng, UBND các xã", ["Sở Tài chính", "Sở Xây dựng", "UBND các xã"]),
        (
            "Phòng Kinh tế, Hạ tầng và Đô thị phường Kỳ Lừa, Quân khu 1",
            ["Phòng Kinh tế, Hạ tầng và Đô thị phường Kỳ Lừa", "Quân khu 1"],
        ),
        ("Ủy ban MTTQ Việt Nam các xã, phường; UBMTTQ xã Mai Sao", ["Ủy ban MTTQ Việt Nam các xã, phường", "UBMTTQ xã Mai Sao"]),
        ("UBND xã Mai Sao và UBND phường Kỳ Lừa", ["UBND xã Mai Sao", "UBND phường Kỳ Lừa"]),
        (
            "Trung tâm Khuyến nông tỉnh báo cáo Sở Nông nghiệp và Môi trường",
            ["Trung tâm Khuyến nông tỉnh", "Sở Nông nghiệp và Môi trường"],
        ),
        ("các trường hợp vi phạm; các ngành, nghề; bộ tiêu chí; Chính phủ điện tử", []),
        ("theo Công văn số 12/SYT-NV và Thông tư số 3/2025/TT-BYT", []),
        ("tổ chức thực hiện tốt công tác địa phương", []),
    ],
)
def test_in_running_text(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Sở Văn hóa, Thể thao và Du lịch; Báo Cao Bằng, Sở Y tế.",
            ["Sở Văn hóa, Thể thao và Du lịch", "Báo Cao Bằng", "Sở Y tế"],
        ),
        ("Các sở, ngành liên quan, UBND các xã, phường", ["Các sở, ngành liên quan", "UBND các xã, phường"]),
        ("- Sở Y tế\n- Tổ hợp tác Bình Minh\n- Sở Nội vụ", ["Sở Y tế", "Tổ hợp tác Bình Minh", "Sở Nội vụ"]),
        ("Sở Y tế (cơ quan thường trực), Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Trung tâm Thông tin và Hội nghị, Sở Nội vụ", ["Trung tâm Thông tin và Hội nghị", "Sở Nội vụ"]),
        ("Ban Chỉ đạo phòng, chống lãng phí huyện; Sở Tư pháp", ["Ban Chỉ đạo phòng, chống lãng phí huyện", "Sở Tư pháp"]),
        (
            "Các tổ chức, cá nhân được cấp phép thăm dò, khai thác cát",
            ["Các tổ chức, cá nhân được cấp phép thăm dò, khai thác cát"],
        ),
        ("Sở Y\ntế, Công an\ntỉnh", ["Sở Y tế", "Công an tỉnh"]),
        ("", []),
    ],
)
def test_a_list_is_divided_between_names_only(text: str, names: list[str]) -> None:
    assert listed(text) == names


def test_an_unknown_name_is_kept_as_written_and_never_bent() -> None:
    mention = parse_agency_list("Sở Y tế dự phòng Miền Đông", Span(0, 26))[0]
    assert (mention.name, mention.id, mention.kind) == ("Sở Y tế dự phòng Miền Đông", None, AgencyKind.UNKNOWN)


def test_names_of_the_caller_are_known() -> None:
    assert found("Ban Điều phối Sông Kỳ Cùng họp", "Ban Điều phối Sông Kỳ Cùng") == ["Ban Điều phối Sông Kỳ Cùng"]


@pytest.mark.parametrize(
    "text",
    [
        "Sở Y tế",
        "Đề nghị Báo và Đài Phát thanh Truyền hình Cao Bằng",
        "Các sở, ban, ngành",
        "Ủy ban nhân dân các xã, phường",
        "UBND các xã có di tích do xã quản lý",
        "Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh",
        "Thủ trưởng các cơ quan, đơn vị",
        "Bệnh viện Y học cổ truyền",
        "Chủ đầu tư",
    ],
)
def test_headings_that_name_an_agency(text: str) -> None:
    assert is_agency_heading(text, Span(0, len(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức thực hiện",
        "Mục đích, yêu cầu",
        "Các nhiệm vụ chủ yếu",
        "Các sở, ngành theo chức năng chủ động rà soát các quy định",
        "Sở Y tế chủ trì, phối hợp với Sở Tài chính xây dựng kế hoạch",
        "Hội nghị tổng kết",
        "Ban hành quy chế",
        "",
    ],
)
def test_headings_that_do_not(text: str) -> None:
    assert not is_agency_heading(text, Span(0, len(text)))


TEXT = st.text(alphabet=st.sampled_from("Sở Y tế, các UBND xã phường; và Bộ-\n\t().:/ủuỷ"), max_size=60)


@given(TEXT)
def test_mentions_are_in_order_apart_and_in_the_stretch(text: str) -> None:
    for mentions in (find_agencies(text, Span(0, len(text))), parse_agency_list(text, Span(0, len(text)))):
        edges = [edge for mention in mentions for edge in (mention.span.start, mention.span.end)]
        assert edges == sorted(edges)
        assert all(mention.name.strip() == mention.name != "" for mention in mentions)
        assert all(mention.span.end <= len(text) for mention in mentions)


@given(TEXT)
def test_a_stretch_is_read_as_if_it_stood_alone(text: str) -> None:
    inside = find_agencies(f"x. {text}", Span(3, 3 + len(text)))
    assert [mention.span.shift(-3) for mention in inside] == [mention.span for mention in find_agencies(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "below",
    [
        "- Mở chuyên mục tuyên truyền.",
        "- Lấy mẫu giám sát.",
        "Đánh giá kết quả.",
        "a) Rà soát danh sách.",
        "+ Công khai kết quả.",
    ],
)
def test_a_known_name_ends_with_its_line(below: str) -> None:
    text = f"1. Sở Giáo dục và Đào tạo\n{below}"
    assert [mention.name for mention in find_agencies(text, Span(0, len(text)))] == ["Sở Giáo dục và Đào tạo"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UBND các xã Tân Trào, Minh Xuân sớm bàn giao", ["UBND xã Tân Trào", "UBND xã Minh Xuân"]),
        ("Ủy ban nhân dân các phường: Bắc Lý và Nam Lý (danh sách kèm)", ["Ủy ban nhân dân phường Bắc Lý", "Ủy ban nhân dân phường Nam Lý"]),
        ("Công an các xã Tân Trào, Huế Thượng nắm địa bàn", ["Công an xã Tân Trào", "Công an xã Huế Thượng"]),
        ("UBND các xã, phường Bắc Lý, Pleiku, Nam Lý vận động", ["UBND các xã, phường Bắc Lý, Pleiku, Nam Lý"]),
        ("Các sở: Y tế, Nội vụ rà soát", ["Sở Y tế", "Sở Nội vụ"]),
        ("Các Quỹ: Quỹ Bảo trợ trẻ em tỉnh, Quỹ Khuyến học tỉnh công khai", ["Quỹ Bảo trợ trẻ em tỉnh", "Quỹ Khuyến học tỉnh"]),
        ("UBND các xã: Chủ động phối hợp", ["UBND các xã"]),
        ("UBND các xã, phường: Tổ chức ký cam kết", ["UBND các xã, phường"]),
        ("UBND các xã\nTân Trào là nơi tổ chức", ["UBND các xã"]),
        ("UBND các xã biên giới tuần tra", ["UBND các xã"]),
    ],
)  # fmt: skip
def test_members_told_by_name(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_the_first_member_begins_where_its_group_does() -> None:
    text = "giao các Sở: Y tế, Nội vụ"
    mentions = find_agencies(text, Span(0, len(text)))
    assert [mention.span.of(text) for mention in mentions] == ["các Sở: Y tế", "Nội vụ"]


def test_a_heading_that_names_its_communes() -> None:
    text = "UBND các xã Tân Trào, Minh Xuân"
    assert is_agency_heading(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Các doanh nghiệp viễn thông phủ sóng", "Các doanh nghiệp viễn thông"),
        ("Các trường đại học, cao đẳng trên địa bàn tỉnh đổi mới", "Các trường đại học, cao đẳng trên địa bàn tỉnh"),
        ("Các tổ chức, cá nhân nuôi trồng, buôn bán kê khai", "Các tổ chức, cá nhân nuôi trồng, buôn bán"),
        ("Chủ đầu tư các dự án lập tiến độ", "Chủ đầu tư các dự án"),
        ("Các chủ rừng phát dọn đường băng", "Các chủ rừng"),
        ("Tổ công nghệ số cộng đồng hướng dẫn", "Tổ công nghệ số cộng đồng"),
        ("Tổ công tác Đề án 06 cấp xã họp", "Tổ công tác Đề án 06 cấp xã"),
        ("Thành viên Ban Chỉ đạo đi cơ sở", "Thành viên Ban Chỉ đạo"),
        ("Ban Quản lý rừng phòng hộ Sông Mã tuần tra", "Ban Quản lý rừng phòng hộ Sông Mã"),
        ("Trạm Y tế phối hợp", "Trạm Y tế"),
        ("Hội Cựu chiến binh xã vận động", "Hội Cựu chiến binh xã"),
        ("Đoàn Thanh niên phường đảm nhận", "Đoàn Thanh niên phường"),
        ("Hội Nông dân xã Yên Bình vận động", "Hội Nông dân xã Yên Bình"),
        ("Ban công tác Mặt trận các thôn vận động", "Ban công tác Mặt trận các thôn"),
        ("Công chức Văn hóa - Xã hội và Môi trường lập danh sách", "Công chức Văn hóa - Xã hội và Môi trường"),
        ("Trưởng các bản họp dân", "Trưởng các bản"),
        ("Bí thư chi bộ, trưởng thôn vận động", "Bí thư chi bộ, trưởng thôn"),
        ("Các thôn, xóm ký cam kết", "Các thôn, xóm"),
        (
            "Liên đoàn Thương mại và Công nghiệp Việt Nam chi nhánh Đông Nam Bộ khảo sát",
            "Liên đoàn Thương mại và Công nghiệp Việt Nam chi nhánh Đông Nam Bộ",
        ),
        ("Quỹ Đầu tư phát triển tỉnh cho vay", "Quỹ Đầu tư phát triển tỉnh"),
        ("Trung tâm Dịch vụ tổng hợp xã cung ứng", "Trung tâm Dịch vụ tổng hợp xã"),
        ("Ban Quản lý dự án đầu tư xây dựng các công trình Thủy lợi bàn giao", "Ban Quản lý dự án đầu tư xây dựng các công trình Thủy lợi"),
        ("Bưu điện tỉnh chi trả", "Bưu điện tỉnh"),
    ],
)  # fmt: skip
def test_bodies_of_communes_offices_and_qualified_groups(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize("text", ["Hội Phụ nữ xã hội", "Hội Nông dân xã hội chủ nghĩa"])
def test_society_is_no_commune(text: str) -> None:
    assert all(not name.endswith("xã") for name in found(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Trung tâm Khuyến công, tư vấn và xúc tiến, Sở Y tế", ["Trung tâm Khuyến công, tư vấn và xúc tiến", "Sở Y tế"]),
        ("Hội Làm vườn, các đơn vị liên quan", ["Hội Làm vườn", "các đơn vị liên quan"]),
        ("Hội Làm vườn, đơn vị tư vấn", ["Hội Làm vườn", "đơn vị tư vấn"]),
        ("Trưởng các xóm, Kế toán ngân sách xã", ["Trưởng các xóm", "Kế toán ngân sách xã"]),
    ],
)
def test_lists_with_names_that_go_on(text: str, names: list[str]) -> None:
    assert listed(text) == names
