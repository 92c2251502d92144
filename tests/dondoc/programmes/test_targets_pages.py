"""Pages of targets: contents, owner, colleague and stranger for each, what was typed stays, queries do not grow."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from dondoc.documents.models import Document
from dondoc.programmes.models import Measurement, Programme, Target
from dondoc.units.models import Person, Unit, UnitGroup
from tests.dondoc.factories.common import TODAY
from tests.dondoc.factories.targets import AUGUST, JULY, add_ratio, add_target, all_measured, figure, measured

pytestmark = pytest.mark.usefixtures("frozen_day")

D = Decimal
LogIn = Callable[[Person], Client]
PARTS = ((9, 10), (10, 100), (30, 60))


@pytest.fixture
def share(programme: Programme, all_communes: UnitGroup) -> Target:
    return add_ratio(programme, all_communes)


def body(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def at(name: str, held: Target, *more: int) -> str:
    return reverse(f"programmes:{name}", args=[held.programme_id, held.pk, *more])


def entry(**facts: object) -> dict[str, object]:
    return {
        "kind": "",
        "happened_on": "12/9/2025",
        "source_words": "",
        "note": "",
        "reason": "",
        "explanation": "",
        "seen": "",
        **facts,
    }


class TestWhoSees:
    @pytest.mark.parametrize("name", ["target", "measurement"])
    def test_everyone_of_the_province_reads_and_nobody_else(
        self, name: str, share: Target, commune: Unit, owner: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        row = measured(share, commune, owner, figure(above=1, below=2))
        address = at(name, share, row.pk) if name == "measurement" else at(name, share)
        assert [log_in(person).get(address).status_code for person in (owner, colleague, stranger)] == [200, 200, 404]

    @pytest.mark.parametrize("name", ["define_target", "change_target", "add_milestone", "join_targets"])
    def test_the_giver_alone_opens_the_forms(
        self, name: str, share: Target, owner: Person, colleague: Person, commune_clerk: Person, stranger: Person, log_in: LogIn
    ) -> None:
        people = (owner, colleague, commune_clerk, stranger)
        assert [log_in(person).get(at(name, share)).status_code for person in people] == [200, 403, 403, 404]
        assert [log_in(person).post(at(name, share), {}).status_code for person in people] == [422, 403, 403, 404]

    @pytest.mark.parametrize("name", ["measure", "grid"])
    def test_measuring_units_and_the_giver_record(
        self, name: str, share: Target, owner: Person, colleague: Person, commune_clerk: Person, stranger: Person, log_in: LogIn
    ) -> None:
        people = (owner, colleague, commune_clerk, stranger)
        assert [log_in(person).get(at(name, share)).status_code for person in people] == [200, 403, 200, 404]

    def test_the_giver_alone_accepts_and_returns(
        self,
        share: Target,
        commune: Unit,
        owner: Person,
        colleague: Person,
        commune_clerk: Person,
        stranger: Person,
        log_in: LogIn,
    ) -> None:
        row = measured(share, commune, commune_clerk, figure(above=1, below=2))
        back = {"reason_code": "unlikely", "reason": "Kiểm tra lại"}
        for person, status in ((stranger, 404), (colleague, 403), (commune_clerk, 403), (owner, 302)):
            assert log_in(person).post(at("accept_figures", share), {"measurements": row.pk}).status_code == status
        for person, status in ((stranger, 404), (colleague, 403), (commune_clerk, 403), (owner, 302)):
            assert log_in(person).post(at("return_figure", share, row.pk), back).status_code == status
        assert [one.verdict for one in row.reviews.all()] == ["accepted", "returned"]

    def test_a_restricted_programme_is_for_its_units(
        self, share: Target, owner: Person, colleague: Person, log_in: LogIn
    ) -> None:
        Programme.objects.filter(pk=share.programme_id).update(visibility="restricted")
        addresses = [at("target", share), at("grid", share), reverse("programmes:targets", args=[share.programme_id])]
        assert [log_in(owner).get(address).status_code for address in addresses] == [200, 200, 200]
        assert [log_in(colleague).get(address).status_code for address in addresses] == [404, 404, 404]

    def test_a_target_of_another_programme_is_not_found(self, share: Target, owner: Person, log_in: LogIn) -> None:
        assert log_in(owner).get(reverse("programmes:target", args=[share.programme_id, share.pk + 1])).status_code == 404


class TestAllOnOnePage:
    def test_each_has_its_picture_place_goal_and_slip(
        self, share: Target, communes: list[Unit], owner: Person, log_in: LogIn
    ) -> None:
        add_target(share.programme, "Số vụ đuối nước", comparator="decrease", value=20, measure="%")
        all_measured(share, communes, owner, ((50, 100),) * 3)
        html = body(log_in(owner).get(reverse("programmes:targets", args=[share.programme_id])))
        assert html.count('class="spark"') == 2
        assert "Tháng 8/2025 50%" in html
        assert "ít nhất 60%" in html
        assert "3/3 đơn vị đã duyệt" in html
        assert "Chưa rõ “giảm %” là điểm % hay % của giá trị gốc." in html
        assert "mục II.1" in html
        assert "Kế hoạch tại 31/8/2025: 42,2%." in html, "the picture says its figures"

    def test_filter_by_verdict_and_day(self, share: Target, communes: list[Unit], owner: Person, log_in: LogIn) -> None:
        all_measured(share, communes, owner, ((1, 100),) * 3)
        page = reverse("programmes:targets", args=[share.programme_id])
        client = log_in(owner)
        assert "chi-tieu-" in body(client.get(page, {"xem": "off_course"}))
        assert "Không có chỉ tiêu nào hợp bộ lọc." in body(client.get(page, {"xem": "reached"}))
        yesterday = body(client.get(page, {"ngay": f"{TODAY - timedelta(days=1):%d/%m/%Y}"}))
        assert "chưa có số liệu" in yesterday
        assert "đã biết đến hết ngày 11/9/2025" in yesterday

    def test_empty_says_why(self, programme: Programme, owner: Person, log_in: LogIn) -> None:
        html = body(log_in(owner).get(reverse("programmes:targets", args=[programme.pk])))
        assert "không nêu chỉ tiêu" in html

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_do_not_grow(
        self,
        count: int,
        programme: Programme,
        all_communes: UnitGroup,
        communes: list[Unit],
        owner: Person,
        log_in: LogIn,
        django_assert_num_queries: Any,
    ) -> None:
        for number in range(count):
            held = add_ratio(programme, all_communes, f"Chỉ tiêu {number}")
            all_measured(held, communes, owner, PARTS)
        client, page = log_in(owner), reverse("programmes:targets", args=[programme.pk])
        client.get(page)
        with django_assert_num_queries(9):
            client.get(page)

    def test_exported(self, share: Target, communes: list[Unit], owner: Person, log_in: LogIn) -> None:
        all_measured(share, communes, owner, PARTS)
        page = reverse("programmes:targets", args=[share.programme_id])
        table = b"".join(log_in(owner).get(page, {"xuat": "csv"}).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert "28,8;2025-08-31" in table
        assert "ít nhất 60%" in table


class TestOneTarget:
    def test_line_table_units_and_definition(
        self, share: Target, communes: list[Unit], commune_clerk: Person, owner: Person, log_in: LogIn
    ) -> None:
        measured(share, communes[0], commune_clerk, figure(above=9, below=10))
        all_measured(share, communes[1:2], owner, PARTS[1:2])
        html = body(log_in(owner).get(at("target", share)))
        assert html.count('class="chart wide"') == html.count('class="chart narrow"') == 1
        assert "Chờ duyệt 1" in html
        assert "10 : 100" in html
        assert "<b>Chưa gửi:</b> phường Hòa Lạc." in html
        assert 'class="none"' in html, "hatched"
        assert "tỷ lệ của tổng: số trẻ biết bơi chia số trẻ" in html
        assert f"?ky={AUGUST}#ky" in html, "a point leads to its units"

    def test_a_changed_value_is_a_step_and_the_old_one_stays(
        self, share: Target, communes: list[Unit], document: Document, owner: Person, log_in: LogIn
    ) -> None:
        all_measured(share, communes, owner, PARTS)
        facts = {"comparator": ">=", "value": "70", "value_high": "", "decided_by": document.pk, "horizon": "2030"}
        response = log_in(owner).post(
            at("change_target", share), {**facts, "effective_from": "12/9/2025", "reason": "Đủ kinh phí"}
        )
        assert response.status_code == 302, body(response)
        html = body(log_in(owner).get(at("target", share)))
        assert 'class="step"' in html
        assert "ít nhất 70% phải đạt" in html
        assert re.search(r"từ 07/8/2025: <b>ít nhất 60%</b>", html)
        assert "Đủ kinh phí" in html

    def test_without_what_it_needs_it_says_so(
        self, programme: Programme, owner: Person, colleague: Person, log_in: LogIn
    ) -> None:
        held = add_target(programme, comparator="increase", value=10, horizon="")
        html = body(log_in(owner).get(at("target", held)))
        assert "Văn bản không nêu năm phải đạt." in html
        assert "Ghi định nghĩa chỉ tiêu" in html
        assert "Chưa có số đo nào" in html
        assert "Ghi định nghĩa chỉ tiêu" not in body(log_in(colleague).get(at("target", held)))

    def test_a_joined_year_leads_to_its_target(self, programme: Programme, owner: Person, log_in: LogIn) -> None:
        head, far = add_target(programme), add_target(programme, horizon="2045")
        client = log_in(owner)
        assert client.post(at("join_targets", head), {"others": [far.pk], "reason": ""}).status_code == 302
        assert client.get(at("target", far)).headers["Location"] == at("target", head)
        html = body(client.get(at("target", head), {"den": "2045"}))
        assert "Đường đi đến 2045" in html
        client.post(at("part_target", far))
        assert client.get(at("target", far)).status_code == 200

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_do_not_grow(
        self, count: int, share: Target, communes: list[Unit], owner: Person, log_in: LogIn, django_assert_num_queries: Any
    ) -> None:
        all_measured(share, communes[:count], owner, PARTS[:count])
        client = log_in(owner)
        client.get(at("target", share))
        with django_assert_num_queries(17):
            client.get(at("target", share))

    def test_exported_with_every_kind_of_word(
        self, share: Target, communes: list[Unit], commune_clerk: Person, owner: Person, log_in: LogIn
    ) -> None:
        measured(share, communes[0], commune_clerk, figure(above=9, below=10), source_words="Sổ A2")
        table = b"".join(log_in(owner).get(at("target", share), {"xuat": "csv"}).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        assert "xã An Bình;Có số;90;9;10;Chờ duyệt;2025-09-12;Sổ A2" in table


class TestToRecord:
    def test_a_clerk_records_one_figure_with_its_evidence(
        self, share: Target, commune_clerk: Person, owner: Person, stranger: Person, log_in: LogIn
    ) -> None:
        client = log_in(commune_clerk)
        html = body(client.get(at("measure", share)))
        assert "Ghi số đo: xã An Bình, Tháng 8/2025" in html
        assert html.count('class="box"') == 5
        paper = SimpleUploadedFile("so-theo-doi.txt", b"So theo doi", content_type="text/plain")
        response = client.post(
            at("measure", share), entry(numerator="1.234,5", denominator="2000", evidence=paper, source_words="Sổ A2")
        )
        assert response.status_code == 302
        row = Measurement.objects.get()
        assert (row.numerator, row.denominator, row.value, row.source_words) == (D("1234.5"), D(2000), D("61.725"), "Sổ A2")
        paper_back = log_in(owner).get(at("figure_evidence", share, row.pk))
        assert b"".join(paper_back.streaming_content) == b"So theo doi"  # type: ignore[attr-defined]
        assert log_in(stranger).get(at("figure_evidence", share, row.pk)).status_code == 404
        assert "so-theo-doi.txt" in body(log_in(owner).get(at("measurement", share, row.pk)))

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"numerator": "1.234", "denominator": "2000"}, "“1.234” có thể là 1234 hoặc 1,234"),
            ({"numerator": "7", "denominator": "5"}, "7 lớn hơn mẫu số (5)"),
            ({"numerator": "", "denominator": ""}, "bốn ô: Bằng không, Không có"),
            ({"numerator": "7", "denominator": "9", "kind": "none"}, "Đã ghi số và chọn “Không có”"),
            ({"numerator": "7", "denominator": "9", "happened_on": "30/8/2025"}, "trước ngày cuối kỳ (31/8/2025)"),
        ],
    )
    def test_faults_stand_at_their_field_and_what_was_typed_stays(
        self, share: Target, commune_clerk: Person, facts: dict[str, str], words: str, log_in: LogIn
    ) -> None:
        response = log_in(commune_clerk).post(at("measure", share), entry(**{"source_words": "Sổ A2", **facts}))
        html = body(response)
        assert response.status_code == 422
        assert words in html
        assert 'value="Sổ A2"' in html
        assert 'aria-invalid="true"' in html
        assert not Measurement.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "words"), [("none", "- (không có)"), ("na", "x (không áp dụng)"), ("missing", "… (chưa có số liệu)")]
    )
    def test_each_kind_of_nothing_has_its_word(
        self, share: Target, commune_clerk: Person, kind: str, words: str, log_in: LogIn
    ) -> None:
        client = log_in(commune_clerk)
        assert client.post(at("measure", share), entry(kind=kind)).status_code == 302
        assert words in body(client.get(at("target", share)))

    def test_two_who_write_the_same_are_told_apart(
        self, share: Target, commune: Unit, commune_clerk: Person, owner: Person, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        there = f"{at('measure', share)}?don-vi={commune.pk}&ky={AUGUST}"
        assert 'name="seen"' in body(client.get(there))
        first = measured(share, commune, commune_clerk, figure(above=1, below=2))
        response = client.post(there, entry(numerator="1", denominator="4", source_words="Điện thoại"))
        html = body(response)
        assert response.status_code == 422
        assert "Hoàng Thị Xã vừa ghi 50% (1/2)" in html
        assert 'value="4"' in html
        assert f'name="seen" value="{first.pk}"' in html
        again = client.post(there, entry(numerator="1", denominator="4", seen=first.pk, reason="Xã báo lại"))
        assert again.status_code == 302, body(again)
        assert [row.value for row in Measurement.objects.order_by("pk")] == [D(50), D(25)]

    def test_a_period_or_unit_that_is_not_there(self, share: Target, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        assert "Chưa có kỳ nào" in body(client.get(at("measure", share), {"ky": "30/9/2025"}))
        assert "Chọn đơn vị để ghi số." in body(client.get(at("measure", share)))


class TestGrid:
    def rows(self, html: str) -> list[str]:
        return re.findall(r'<tr id="dv-\d+"', html)

    def post(self, client: Client, held: Target, cells: dict[int, dict[str, str]], **common: str) -> HttpResponse:
        data = {"chung-happened_on": "12/9/2025", "chung-source_words": "", "chung-reason": "", "chung-accept_it": "on"}
        data |= {f"chung-{name}": value for name, value in common.items()}
        for unit, cell in cells.items():
            data |= {f"u{unit}-{name}": value for name, value in {"kind": "", "seen": "", **cell}.items()}
        return client.post(f"{at('grid', held)}?ky={AUGUST}", data)

    def test_sound_rows_are_kept_and_faulty_ones_come_back_as_typed(
        self, share: Target, communes: list[Unit], owner: Person, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        cells = {
            communes[0].pk: {"numerator": "9", "denominator": "10"},
            communes[1].pk: {"numerator": "12", "denominator": "10"},
            communes[2].pk: {"kind": "none"},
        }
        response = self.post(client, share, cells)
        html = body(response)
        assert response.status_code == 422
        assert "Đã ghi 2 số. Còn 1 số chưa ghi được" in html
        assert "12 lớn hơn mẫu số (10)" in html
        assert 'value="12"' in html
        assert {row.unit_id: (row.value, row.counted) for row in Measurement.objects.all()} == {
            communes[0].pk: (D(90), True),
            communes[2].pk: (None, True),
        }

    def test_nothing_changed_is_nothing_written(self, share: Target, communes: list[Unit], owner: Person, log_in: LogIn) -> None:
        row = measured(share, communes[0], owner, figure(above=1, below=2))
        same = {
            communes[0].pk: {"numerator": "1", "denominator": "2", "seen": str(row.pk)},
            communes[1].pk: {},
            communes[2].pk: {},
        }
        assert self.post(log_in(owner), share, same).status_code == 302
        assert Measurement.objects.count() == 1

    def test_what_another_wrote_since_is_not_overwritten_by_a_row_left_alone(
        self, share: Target, communes: list[Unit], commune_clerk: Person, owner: Person, log_in: LogIn
    ) -> None:
        first = measured(share, communes[0], commune_clerk, figure(above=1, below=2))
        second = measured(share, communes[0], commune_clerk, figure(above=2, below=2), seen=first.pk, reason="Đếm lại")
        alone = {communes[0].pk: {"numerator": "1", "denominator": "2", "seen": str(first.pk)}}
        assert self.post(log_in(owner), share, alone).status_code == 302
        touched = {communes[0].pk: {"numerator": "1", "denominator": "3", "seen": str(first.pk)}}
        html = body(self.post(log_in(owner), share, touched, reason="Theo sổ"))
        assert "Hoàng Thị Xã vừa ghi 100% (2/2)" in html
        assert Measurement.objects.get(newest=True) == second

    def test_a_clerk_sees_all_and_types_in_their_own_row(
        self, share: Target, communes: list[Unit], commune_clerk: Person, log_in: LogIn
    ) -> None:
        html = body(log_in(commune_clerk).get(at("grid", share)))
        assert len(self.rows(html)) == 3
        assert f'name="u{communes[0].pk}-numerator"' in html
        assert f'name="u{communes[1].pk}-numerator"' not in html
        assert "Duyệt các số" not in html

    @pytest.mark.parametrize("count", [1, 3])
    def test_queries_do_not_grow(
        self, count: int, share: Target, communes: list[Unit], owner: Person, log_in: LogIn, django_assert_num_queries: Any
    ) -> None:
        all_measured(share, communes[:count], owner, PARTS[:count])
        client = log_in(owner)
        client.get(at("grid", share))
        with django_assert_num_queries(16):
            client.get(at("grid", share))


class TestToDefine:
    FACTS: ClassVar = {"measure": "%", "per": "100", "baseline_value": "41,5", "baseline_on": "31/12/2024"}

    def test_the_giver_sets_the_definition(
        self, programme: Programme, all_communes: UnitGroup, owner: Person, log_in: LogIn
    ) -> None:
        held = add_target(programme)
        facts = {
            **self.FACTS,
            "numerator": "a",
            "denominator": "b",
            "roll_up": "ratio",
            "measured_by": f"g{all_communes.pk}",
            "revision": 1,
        }
        assert log_in(owner).post(at("define_target", held), facts).status_code == 302
        held.refresh_from_db()
        assert (held.baseline_value, held.measured_by_group, held.revision) == (D("41.5"), all_communes, 2)

    def test_a_milestone_of_all_and_a_share_of_each(
        self, share: Target, communes: list[Unit], document: Document, owner: Person, log_in: LogIn
    ) -> None:
        facts = {"comparator": ">=", "value": "50", "value_high": "", "decided_by": document.pk, "by_day": "31/12/2027"}
        client = log_in(owner)
        assert client.post(at("add_milestone", share), facts).status_code == 302
        assert client.post(at("add_milestone", share), {**facts, "value": "45", "each_unit": "on"}).status_code == 302
        again = client.post(at("add_milestone", share), facts)
        assert "đã giao: toàn tỉnh" in body(again)
        all_measured(share, communes, owner, PARTS)
        html = body(client.get(at("target", share)))
        assert html.count("được giao ít nhất 45%") == 3
        assert "Đến 2027 · mốc tới" in html

    def test_who_comes_second_sees_both_and_loses_nothing(self, programme: Programme, owner: Person, log_in: LogIn) -> None:
        held = add_target(programme)
        client = log_in(owner)
        client.post(at("define_target", held), {**self.FACTS, "revision": 1})
        response = client.post(
            at("define_target", held), {**self.FACTS, "measure": "trẻ", "baseline_value": "39", "revision": 1, "reason": "x"}
        )
        html = body(response)
        assert response.status_code == 422
        assert "Người khác vừa sửa định nghĩa" in html
        assert "Bản người khác vừa ghi" in html
        assert "41,5" in html
        assert 'value="39"' in html
        assert 'name="revision" value="2"' in html


def test_july_and_august_make_a_line(share: Target, communes: list[Unit], owner: Person, log_in: LogIn) -> None:
    cache.clear()
    all_measured(share, communes, owner, ((41, 100),) * 3, ends_on=JULY)
    all_measured(share, communes, owner, ((42, 100),) * 3)
    html = body(log_in(owner).get(at("target", share)))
    assert html.count('class="band"') == 2, "one a picture"
    assert "bình phương tối thiểu qua 3 số đã duyệt" in html
    assert re.search(r"<desc[^>]*>Thực hiện: gốc 40% \(31/12/2024\); Tháng 7/2025 41%; Tháng 8/2025 42%\.", html)
