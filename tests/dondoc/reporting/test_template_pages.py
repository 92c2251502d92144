"""The pages of templates: who sees and does what, the editor, files in and out."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from pytest_django import DjangoAssertNumQueries

from dondoc.reporting.enums import VersionState
from dondoc.reporting.models import Template, TemplateVersion
from dondoc.reporting.queries.templates import facts_of
from dondoc.reporting.rules.templates import SectionFacts, TableFacts, TemplateFacts, read, write
from dondoc.reporting.services import templates
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.reporting.conftest import POOLS

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
LIST = "/bao-cao/mau/"
SECTION = {"level": "1", "asks": "on", "need": "always", "guidance": "", "indicator_code": ""}
TYPED = {**SECTION, "code": "I", "heading": "Của người thứ hai"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_day")]


@pytest.fixture
def draft(owner: Person, department: Unit, actor_for: ActorFor) -> TemplateVersion:
    return templates.make_template(actor=actor_for(owner), owner=department, facts=POOLS, at=NOON)


def page(version: TemplateVersion, more: str = "") -> str:
    return f"{LIST}{version.pk}/{more}"


def now(version: TemplateVersion) -> TemplateFacts:
    return facts_of(TemplateVersion.objects.get(pk=version.pk))


class TestWhoMay:
    def test_pages(self, draft: TemplateVersion, owner: Person, colleague: Person, stranger: Person, log_in: LogIn) -> None:
        free = ("", "tep/", "chep/")
        kept = ("sua/chung/", "sua/muc/", "sua/muc/?ma=I", "sua/bieu/", "sua/chi-tieu/?bieu=2A", "sua/kiem-tra/")
        for person, may_see, may_edit in ((owner, 200, 200), (colleague, 200, 403), (stranger, 404, 404)):
            client = log_in(person)
            assert {client.get(page(draft, more)).status_code for more in free} == {may_see}
            assert {client.get(page(draft, more)).status_code for more in kept} == {may_edit}

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ("sua/muc/", {**SECTION, "code": "III", "heading": "Thêm", "revision": "1"}),
            ("doi/muc/", {"ma": "I", "buoc": "bo", "revision": "1"}),
            ("dung/", {}),
            ("bo/", {}),
        ],
    )
    def test_acts_on_a_draft(
        self,
        draft: TemplateVersion, owner: Person, colleague: Person, stranger: Person, log_in: LogIn, more: str, said: dict[str, str],
    ) -> None:  # fmt: skip
        asked = [log_in(person).post(page(draft, more), said).status_code for person in (stranger, colleague)]
        assert (asked, now(draft)) == ([404, 403], POOLS)
        assert log_in(owner).post(page(draft, more), said).status_code == 302

    def test_a_new_version(
        self, template: TemplateVersion, owner: Person, colleague: Person, stranger: Person, log_in: LogIn
    ) -> None:
        asked = [log_in(person).post(page(template, "ban-moi/")).status_code for person in (stranger, colleague, owner)]
        assert asked == [404, 403, 302]
        assert TemplateVersion.objects.filter(template=template.template, state=VersionState.DRAFT).count() == 1

    def test_a_clerk_of_a_commune_makes_none(self, draft: TemplateVersion, commune_clerk: Person, log_in: LogIn) -> None:
        client = log_in(commune_clerk)
        addresses = [f"{LIST}moi/", f"{LIST}tu-tep/", page(draft, "chep/")]
        assert [client.get(one).status_code for one in addresses] == [403, 403, 403]
        assert client.get(LIST).content.decode().count("Lập mẫu") == 0


class TestList:
    def test_what_is_not_known_to_be_official_says_so(self, owner: Person, log_in: LogIn) -> None:
        templates.load_shipped(NOON)
        text = log_in(owner).get(LIST).content.decode()
        assert text.count("Đề xuất của phần mềm, chưa đối chiếu mẫu chính thức") == Template.objects.count()
        assert "Tỉnh chưa có mẫu riêng" in text

    def test_the_count_of_queries_does_not_hang_on_the_rows(
        self, template: TemplateVersion, owner: Person, department: Unit, actor_for: ActorFor, log_in: LogIn,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        client = log_in(owner)
        client.get(LIST)
        with django_assert_num_queries(8):
            assert client.get(LIST).content.decode().count(POOLS.title) == 1
        for code in ("boi-2", "boi-3"):
            templates.make_template(actor=actor_for(owner), owner=department, facts=replace(POOLS, code=code), at=NOON)
        with django_assert_num_queries(8):
            assert client.get(LIST).content.decode().count(POOLS.title) == 3


class TestVersionPage:
    def test_it_says_all_that_is_asked(self, template: TemplateVersion, owner: Person, log_in: LogIn) -> None:
        text = log_in(owner).get(page(template)).content.decode()
        for words in (
            "KẾT QUẢ THỰC HIỆN", "Nêu số liệu.", "Không bắt buộc", "C. Trẻ em", "Năm 2024, Năm 2025",
            "Tỷ lệ của tổng: C.02 / C.01 × 100", "Số mới nhất", "≥ 50%", "C.02 / C.01 * 100", "Sửa một trong hai số.", "Soạn bản mới",
        ):  # fmt: skip
            assert words in text
        assert "Thêm mục" not in text

    @pytest.mark.usefixtures("campaign")
    def test_it_names_the_campaigns_that_use_it(
        self, template: TemplateVersion, owner: Person, colleague: Person, log_in: LogIn
    ) -> None:
        asked = ["Tổng kết Chương trình phòng" in log_in(one).get(page(template)).content.decode() for one in (owner, colleague)]
        assert asked == [True, False]

    def test_the_count_of_queries_does_not_hang_on_the_content(
        self, draft: TemplateVersion, owner: Person, actor_for: ActorFor, log_in: LogIn,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        client = log_in(owner)
        client.get(page(draft))
        with django_assert_num_queries(12):
            client.get(page(draft))
        more = tuple(replace(POOLS.tables[0], code=code, indicators=()) for code in ("3", "4"))
        facts = replace(POOLS, tables=(*POOLS.tables, *more), sections=(*POOLS.sections, SectionFacts("III", "THÊM")))
        templates.rewrite(actor=actor_for(owner), version=draft, facts=facts, revision=1)
        with django_assert_num_queries(12):
            client.get(page(draft))

    def test_flaws_lead_to_their_place_and_keep_it_out_of_use(
        self, draft: TemplateVersion, owner: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        rows = (replace(POOLS.tables[0].indicators[0], formula="X.01 * 2"), *POOLS.tables[0].indicators[1:])
        facts = replace(POOLS, tables=(replace(POOLS.tables[0], indicators=rows),))
        templates.rewrite(actor=actor_for(owner), version=draft, facts=facts, revision=1)
        client = log_in(owner)
        text = client.get(page(draft)).content.decode()
        assert '<a href="#chi-tieu-0">Chỉ tiêu C.01: mã X.01 không có trong mẫu.</a>' in text
        assert 'id="chi-tieu-0"' in text
        assert page(draft, "dung/") not in text
        assert client.post(page(draft, "dung/")).status_code == 409


class TestEditor:
    def test_a_section_is_added_after_another(self, draft: TemplateVersion, owner: Person, log_in: LogIn) -> None:
        said = {**SECTION, "code": "I.1", "heading": "Dạy bơi", "level": "2", "revision": "1"}
        answer = log_in(owner).post(page(draft, "sua/muc/?sau=I"), said)
        assert answer.headers["Location"] == f"{page(draft)}#muc-1"
        assert [one.code for one in now(draft).sections] == ["I", "I.1", "II"]

    def test_an_indicator_is_changed_as_typed(self, draft: TemplateVersion, owner: Person, log_in: LogIn) -> None:
        client = log_in(owner)
        form = client.get(page(draft, "sua/chi-tieu/?ma=C.03")).context["form"]
        said = {name: "" if value is None else value for name, value in form.initial.items()}
        client.post(page(draft, "sua/chi-tieu/?ma=C.03"), {**said, "target_value": "62,5", "revision": "1"})
        row = now(draft).tables[0].indicators[2]
        assert replace(row, target_value=POOLS.tables[0].indicators[2].target_value) == POOLS.tables[0].indicators[2]
        assert str(row.target_value) == "62.5000"

    def test_columns_are_lines(self, draft: TemplateVersion, owner: Person, log_in: LogIn) -> None:
        said = {"code": "2A", "title": "Biểu", "columns": "Năm 2025\nth | Thực hiện năm 2024", "note": "", "revision": "1"}
        log_in(owner).post(page(draft, "sua/bieu/?ma=2A"), said)
        (table,) = now(draft).tables
        assert [(one.key, one.words) for one in table.columns] == [("2025", "Năm 2025"), ("th", "Thực hiện năm 2024")]
        assert table.indicators == POOLS.tables[0].indicators

    def test_a_check_is_named_by_what_it_says(self, draft: TemplateVersion, owner: Person, log_in: LogIn) -> None:
        said = {
            "left": "C.02",
            "operator": "<",
            "right": "C.01",
            "severity": "warn",
            "missing": "skip_any",
            "instruction": "Sửa.",
        }
        log_in(owner).post(page(draft, "sua/kiem-tra/?ma=C.02+%3C%3D+C.01"), {**said, "revision": "1"})
        assert [(one.operator, one.severity) for one in now(draft).checks] == [("<", "warn")]

    @pytest.mark.parametrize(
        ("kind", "key", "step", "left"),
        [
            ("muc", "II", "len", ["II", "I"]),
            ("muc", "I", "len", ["I", "II"]),
            ("muc", "I", "bo", ["II"]),
        ],
    )
    def test_sections_move(
        self, draft: TemplateVersion, owner: Person, log_in: LogIn, kind: str, key: str, step: str, left: list[str]
    ) -> None:
        log_in(owner).post(page(draft, f"doi/{kind}/"), {"ma": key, "buoc": step, "revision": "1"})
        assert [one.code for one in now(draft).sections] == left

    def test_a_code_twice_comes_back_with_what_was_typed(self, draft: TemplateVersion, owner: Person, log_in: LogIn) -> None:
        said = {**SECTION, "code": "II", "heading": "Phần mới gõ", "revision": "1"}
        answer = log_in(owner).post(page(draft, "sua/muc/"), said)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert ("Mã mục II có 2 lần" in text, "Phần mới gõ" in text, now(draft)) == (True, True, POOLS)

    def test_a_ratio_without_parts_is_told_at_its_field(self, draft: TemplateVersion, owner: Person, log_in: LogIn) -> None:
        said = {
            "table": "2A",
            "code": "D.02",
            "name": "Tỷ lệ",
            "decimals": "1",
            "per": "100",
            "across_units": "ratio",
            "across_periods": "sum",
        }
        form = log_in(owner).post(page(draft, "sua/chi-tieu/?bieu=2A"), {**said, "revision": "1"}).context["form"]
        assert form.errors["numerator"] == ["Tỷ lệ của tổng cần tử số. Chọn chỉ tiêu."]

    def test_an_issued_version_is_not_edited(self, template: TemplateVersion, owner: Person, log_in: LogIn) -> None:
        answer = log_in(owner).get(page(template, "sua/muc/?ma=I"))
        assert (answer.status_code, "Soạn bản mới" in answer.content.decode()) == (409, True)


class TestTwoEditors:
    def other(self, draft: TemplateVersion, actor: Actor, *sections: SectionFacts) -> None:
        templates.rewrite(actor=actor, version=draft, facts=replace(POOLS, sections=sections), revision=1)

    def test_the_second_sees_both_and_decides(
        self, draft: TemplateVersion, owner: Person, unit_leader: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        self.other(draft, actor_for(unit_leader), SectionFacts("I", "Của người thứ nhất"), POOLS.sections[1])
        client = log_in(owner)
        answer = client.post(page(draft, "sua/muc/?ma=I"), {**TYPED, "revision": "1"})
        text = answer.content.decode()
        assert answer.status_code == 422
        for words in ("Mẫu vừa được người khác sửa", "Của người thứ nhất", "Của người thứ hai", 'name="revision" value="2"'):
            assert words in text
        client.post(page(draft, "sua/muc/?ma=I"), {**TYPED, "revision": "2"})
        assert [one.heading for one in now(draft).sections] == ["Của người thứ hai", "KIẾN NGHỊ"]

    def test_what_the_first_took_out_is_not_lost(
        self, draft: TemplateVersion, owner: Person, unit_leader: Person, actor_for: ActorFor, log_in: LogIn
    ) -> None:
        self.other(draft, actor_for(unit_leader), POOLS.sections[1])
        client = log_in(owner)
        text = client.post(page(draft, "sua/muc/?ma=I"), {**TYPED, "revision": "1"}).content.decode()
        assert ("bị người khác bỏ" in text, "Của người thứ hai" in text) == (True, True)
        client.post(page(draft, "sua/muc/?ma=I"), {**TYPED, "revision": "2"})
        assert [one.heading for one in now(draft).sections] == ["KIẾN NGHỊ", "Của người thứ hai"]

    @pytest.mark.parametrize("revision", ["1", "", "x"])
    def test_an_old_button_moves_nothing(
        self, draft: TemplateVersion, owner: Person, unit_leader: Person, actor_for: ActorFor, log_in: LogIn, revision: str
    ) -> None:
        self.other(draft, actor_for(unit_leader), *POOLS.sections)
        answer = log_in(owner).post(page(draft, "doi/muc/"), {"ma": "I", "buoc": "bo", "revision": revision}, follow=True)
        assert "Mẫu vừa được người khác sửa" in answer.content.decode()
        assert now(draft) == POOLS


class TestFiles:
    def take(self, client: Client, name: str, data: bytes) -> tuple[int, str]:
        answer = client.post(f"{LIST}tu-tep/", {"upload": SimpleUploadedFile(name, data)})
        return answer.status_code, answer.content.decode()

    def test_what_goes_out_comes_in_again(
        self, template: TemplateVersion, owner: Person, department: Unit, log_in: LogIn
    ) -> None:
        client = log_in(owner)
        out = client.get(page(template, "tep/")).content
        assert read(out.decode()) == POOLS
        status, text = self.take(client, "mau.json", out)
        assert (status, "4 chỉ tiêu" in text, Template.objects.count()) == (200, True, 1)
        said = {"text": out.decode(), "doubts": "", "code": "boi", "owner": str(department.pk)}
        assert "Đã có mẫu mang mã boi" in client.post(f"{LIST}tu-tep/lap/", said).content.decode()
        client.post(f"{LIST}tu-tep/lap/", {**said, "code": "boi-2"})
        made = TemplateVersion.objects.get(template__code="boi-2")
        assert (made.state, facts_of(made)) == (VersionState.DRAFT, replace(POOLS, code="boi-2"))

    def test_all_faults_come_at_once_and_nothing_is_saved(self, owner: Person, log_in: LogIn) -> None:
        data = json.loads(write(POOLS))
        data["sections"].append(dict(data["sections"][0]))
        data["tables"][0]["indicators"][0]["formula"] = "X.09"
        status, text = self.take(log_in(owner), "mau.json", json.dumps(data).encode())
        assert (status, "Mã mục I có 2 lần" in text, "mã X.09 không có" in text) == (422, True, True)
        assert not Template.objects.exists()

    def test_a_file_over_the_limit_is_refused(self, owner: Person, log_in: LogIn) -> None:
        status, text = self.take(log_in(owner), "mau.docx", b"0" * (10 * 1024 * 1024 + 1))
        assert (status, "lớn hơn mức nhận được là 10 MB" in text) == (422, True)

    def test_an_outline_is_looked_over_and_becomes_a_draft(self, owner: Person, department: Unit, log_in: LogIn) -> None:
        document = Document()
        for line in ("Lời đầu.", "I. KẾT QUẢ", "Nêu số liệu.", "II. KIẾN NGHỊ"):
            document.add_paragraph(line)
        held = BytesIO()
        document.save(held)
        client = log_in(owner)
        status, text = self.take(client, "De cuong 2025.docx", held.getvalue())
        assert (status, "Chưa rõ thuộc mục nào: “Lời đầu.”" in text, Template.objects.exists()) == (200, True, False)
        facts = TemplateFacts(
            "x",
            "De cuong 2025",
            sections=(SectionFacts("I", "KẾT QUẢ", guidance="Nêu số liệu."), SectionFacts("II", "KIẾN NGHỊ")),
        )
        client.post(f"{LIST}tu-tep/lap/", {"text": write(facts), "doubts": "", "code": "de-cuong", "owner": str(department.pk)})
        assert facts_of(TemplateVersion.objects.get()) == replace(facts, code="de-cuong")

    def test_a_spoilt_text_makes_nothing(self, owner: Person, department: Unit, log_in: LogIn) -> None:
        said = {"text": "{}", "code": "x", "owner": str(department.pk)}
        assert log_in(owner).post(f"{LIST}tu-tep/lap/", said).status_code == 409
        assert not Template.objects.exists()


def test_a_shipped_template_is_copied_into_the_province(owner: Person, department: Unit, log_in: LogIn) -> None:
    templates.load_shipped(NOON)
    version = TemplateVersion.objects.get(template__code="pcmd-tong-ket-xa")
    client = log_in(owner)
    assert client.post(page(version, "ban-moi/")).status_code == 403
    client.post(page(version, "chep/"), {"code": "pcmd-tong-ket-xa", "owner": str(department.pk)})
    made = TemplateVersion.objects.get(template__owner=department)
    assert (made.state, facts_of(made)) == (VersionState.DRAFT, facts_of(version))


def test_a_new_template_starts_empty_and_is_discarded(owner: Person, department: Unit, log_in: LogIn) -> None:
    client = log_in(owner)
    client.post(f"{LIST}moi/", {"title": "Báo cáo quý", "for_whom": "", "code": "quy", "owner": str(department.pk)})
    version = TemplateVersion.objects.get()
    assert "Mẫu chưa có mục nào" in client.get(page(version)).content.decode()
    said = {"code": "1", "title": "Biểu", "columns": "Quý I", "note": "", "revision": "1"}
    client.post(page(version, "sua/bieu/"), said)
    assert [type(one) for one in now(version).tables] == [TableFacts]
    client.post(page(version, "bo/"))
    assert not Template.objects.exists()
