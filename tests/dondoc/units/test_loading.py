from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dondoc.common.models import AuditEntry
from dondoc.units.enums import CommuneKind, Role, UnitKind
from dondoc.units.models import Membership, Person, Predecessor, Unit, UnitGroup
from dondoc.units.queries import communes, match_many, members
from dondoc.units.services.loading import load_agencies, load_units

pytestmark = pytest.mark.django_db
ON = date(2025, 9, 12)


def test_the_country_has_34_provinces_and_3321_communes() -> None:
    load_units()
    provinces = Unit.objects.filter(kind=UnitKind.PROVINCE)
    assert provinces.filter(valid_to__isnull=True).count() == 34
    counts = {kind: Unit.objects.filter(commune_kind=kind).count() for kind in CommuneKind}
    assert counts == {CommuneKind.RURAL: 2621, CommuneKind.WARD: 687, CommuneKind.SPECIAL: 13}
    assert provinces.filter(name__startswith="thành phố", valid_to__isnull=True).count() == 6
    assert Predecessor.objects.count() == 29
    merged = Unit.objects.get(name="tỉnh Tuyên Quang")
    assert [link.predecessor.name for link in merged.predecessors.select_related("predecessor")] == ["tỉnh Hà Giang"]


def test_a_second_load_adds_nothing() -> None:
    assert load_units(["20", "11"]).units == 112
    assert load_units(["20", "11"]).units == 0
    assert AuditEntry.objects.filter(verb="units.load_units").count() == 1


def test_the_two_provinces_have_their_communes_with_official_codes() -> None:
    load_units(["20", "11"])
    lang_son, dien_bien = Unit.objects.get(code="20"), Unit.objects.get(code="11")
    assert communes(lang_son, ON).count() == 65
    assert communes(lang_son, ON).filter(commune_kind=CommuneKind.WARD).count() == 4
    assert communes(dien_bien, ON).count() == 45
    first = Unit.objects.get(code="06040")
    assert (first.name, first.province, first.valid_from) == ("xã Thất Khê", lang_son, date(2025, 7, 1))
    assert "1672/NQ-UBTVQH15" in first.legal_basis
    assert not communes(lang_son, date(2025, 6, 30)).exists()


def test_agencies_and_groups_of_lang_son() -> None:
    load_units(["20"])
    lang_son = Unit.objects.get(code="20")
    loaded = load_agencies(lang_son)
    assert loaded.groups == 12
    assert load_agencies(lang_son).units == 0
    names = {
        "Báo và Đài Phát thanh Truyền hình Lạng Sơn": "bao-dai",
        "Sở Văn hoá, Thể thao & Du lịch": "svhttdl",
        "Đảng ủy UBND tỉnh": "du-ubnd",
        "Uỷ ban nhân dân tỉnh Lạng Sơn": "ubnd-tinh",
        "Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn": "bqlkktck",
        "Sở Ngoại vụ": "sngv",
    }
    found = match_many(names, lang_son, ON)
    for name, lexicon_id in names.items():
        unit = found[name]
        assert isinstance(unit, Unit), name
        assert unit.lexicon_id == lexicon_id
    assert members(UnitGroup.objects.get(code="ubnd-xa-phuong"), ON).count() == 65


def test_a_merged_department_has_its_predecessors() -> None:
    load_units(["20"])
    lang_son = Unit.objects.get(code="20")
    load_agencies(lang_son)
    finance = Unit.objects.get(province=lang_son, lexicon_id="stc")
    link = finance.predecessors.select_related("predecessor").get()
    assert (link.predecessor.name, link.predecessor.valid_to, link.on) == (
        "Sở Kế hoạch và Đầu tư",
        date(2025, 2, 28),
        date(2025, 3, 1),
    )


def test_an_invented_province_gets_the_uniform_set(province: Unit) -> None:
    load_agencies(province, extra=["sdttg"])
    held = set(Unit.objects.filter(province=province).values_list("lexicon_id", flat=True))
    assert {"syt", "vp-ubnd", "sdttg", "mttq-tinh"} <= held
    assert "bqlkktck" not in held


def test_a_city_has_a_city_s_words() -> None:
    load_units(["31"])
    city = Unit.objects.get(code="31")
    load_agencies(city)
    assert Unit.objects.get(code="31:cat").name == "Công an thành phố"
    assert Unit.objects.get(code="31:vptu").name == "Văn phòng Thành ủy"


def test_the_commands_say_what_they_added() -> None:
    out = StringIO()
    call_command("load_units", "20", stdout=out)
    call_command("load_agencies", "20", stdout=out)
    assert out.getvalue() == "Đã thêm 66 đơn vị.\ntỉnh Lạng Sơn: đã thêm 49 cơ quan, 12 nhóm.\n"
    with pytest.raises(CommandError, match="Chạy load_units trước"):
        call_command("load_agencies", "99")


def test_the_first_administrator_comes_from_the_command_line(province: Unit) -> None:
    out = StringIO()
    call_command("make_administrator", "minh-hoa", "quan.tri", "Đỗ Văn Quản", stdout=out)
    username, password = out.getvalue().split()
    person = Person.objects.get(username=username)
    assert person.check_password(password)
    assert person.must_change_password
    assert Membership.objects.get(person=person).role == Role.ADMINISTRATOR
    with pytest.raises(CommandError, match="đã có người dùng"):
        call_command("make_administrator", "minh-hoa", "quan.tri", "Đỗ Văn Quản")
