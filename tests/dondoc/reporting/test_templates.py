"""Templates as files, as versions, and those that come with the program."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.common.errors import NotAllowed, Refused
from dondoc.reporting.enums import Method, Need, Operator, VersionState
from dondoc.reporting.models import Template, TemplateVersion
from dondoc.reporting.queries.templates import facts_of, visible_templates, with_content
from dondoc.reporting.rules.templates import (
    FORMAT,
    CheckFacts,
    ColumnFacts,
    IndicatorFacts,
    SectionFacts,
    TableFacts,
    TemplateError,
    TemplateFacts,
    read,
    write,
)
from dondoc.reporting.services import templates
from dondoc.reporting.shipped import shipped
from dondoc.units.models import Person, Unit
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON

ActorFor = Callable[..., Actor]
SHORT = TemplateFacts("mau", "Báo cáo quý", sections=(SectionFacts("I", "KẾT QUẢ"),))


@pytest.mark.parametrize("facts", list(shipped()), ids=lambda facts: facts.code)
class TestShipped:
    def test_it_comes_back_from_its_file(self, facts: TemplateFacts) -> None:
        assert read(write(facts)) == facts

    def test_it_says_that_it_is_a_proposal(self, facts: TemplateFacts) -> None:
        assert facts.is_proposal


def test_the_final_review_has_both_its_templates() -> None:
    by_code = {facts.code: facts for facts in shipped()}
    commune, agency = by_code["pcmd-tong-ket-xa"], by_code["pcmd-tong-ket-so"]
    assert [table.code for table in (*commune.tables, *agency.tables)] == ["2A", "1A"]
    assert [column.key for column in commune.tables[0].columns] == ["2021", "2022", "2023", "2024", "2025"]
    inspected = next(one for one in commune.tables[0].indicators if one.code == "C.03")
    assert (inspected.across_units, inspected.numerator, inspected.denominator, inspected.target_value) == (
        "ratio", "C.02", "C.01", 20,
    )  # fmt: skip


def _file(**changed: Any) -> str:
    data = {"format": FORMAT, "code": "m", "title": "Mẫu", "sections": [{"code": "I", "heading": "Kết quả"}]}
    return json.dumps({**data, **changed})


def _rows(*indicators: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"code": "1", "title": "Biểu", "columns": [{"key": "2025", "words": "2025"}], "indicators": list(indicators)}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PK\x03\x04", "không phải là mẫu"),
        ("[]", "không phải là mẫu"),
        (_file(format="khac/9"), "bản khác"),
        (_file(title=""), "thiếu “title”"),
        (_file(sections=[], tables=[]), "chưa có mục nào"),
        (_file(sections=[{"code": "I", "heading": "A"}, {"code": "I", "heading": "B"}]), "có 2 lần"),
        (_file(sections="x"), "hỏng"),
        (_file(tables=_rows({"code": "A", "name": "Số", "formula": "B + 1"})), "mã B không có"),
        (_file(tables=_rows({"code": "A", "name": "Số", "formula": "A + 1"})), "từ chính nó"),
        (_file(tables=_rows({"code": "A", "name": "Tỷ lệ", "across_units": "ratio"})), "tử số (để trống)"),
        (_file(tables=_rows({"code": "A", "name": "Số", "decimals": 9})), "từ 0 đến 4"),
        (_file(tables=_rows({"code": "A", "name": "Số", "across_units": "mean"})), "không thể là “mean”"),
        (_file(tables=_rows({"code": "A", "name": "Số", "target_value": "nhiều"})), "không phải là số"),
        (_file(checks=[{"left": "A", "operator": "<=", "right": "1", "instruction": "Sửa."}]), "mã A không có"),
        (_file(checks=[{"left": "1", "operator": "<=", "right": "1"}]), "ghi câu hướng dẫn"),
        (_file(sections=[{"code": "I", "heading": "A", "need": Need.TARGET_MISSED}]), "không có trong mẫu"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(text: str, said: str) -> None:
    with pytest.raises(TemplateError, match=said.replace("(", r"\(").replace(")", r"\)")):
        read(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            _file(tables=_rows(*({"code": a, "name": a, "formula": f"{b} + 1"} for a, b in ("AB", "BC", "CA")))),
            "A: công thức quay vòng",
        ),
        (_file(tables=[*_rows(), *_rows()]), "Mã biểu 1 có 2 lần"),
        (_file(title="M" * 256), "tên dài 256 ký tự, nhiều nhất là 255"),
        (_file(tables=_rows({"code": "A", "name": "Số", "measure": "m" * 81})), "đơn vị tính dài 81"),
        (_file(tables=_rows({"code": "A", "name": "Số", "target_value": "NaN"})), "không phải là số ghi được"),
        (_file(tables=_rows({"code": "A", "name": "Số", "target_comparator": "~", "target_value": "1"})), "dấu so sánh"),
        (_file(legal_basis="\u0000"), "ký tự hỏng"),
    ],
)
def test_what_the_database_cannot_keep_is_told_before(text: str, said: str) -> None:
    with pytest.raises(TemplateError, match=said):
        read(text)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20)
CODES = st.from_regex(r"[A-H]\.[0-9]{2}", fullmatch=True)


@st.composite
def templates_of_any_kind(draw: st.DrawFn) -> TemplateFacts:
    codes = draw(st.lists(CODES, min_size=1, max_size=5, unique=True))
    pick = st.sampled_from(codes)
    methods = st.sampled_from(Method.values)
    rows = [
        IndicatorFacts(
            code, draw(WORDS), band=draw(WORDS), measure=draw(WORDS), decimals=draw(st.integers(0, 4)),
            formula=draw(st.sampled_from(["", "1", "2,5 * 3"])), across_units=draw(methods), across_periods=draw(methods),
            numerator=draw(pick), denominator=draw(pick), per=draw(st.integers(1, 1000)), breaks_down=draw(st.sampled_from(["", *codes])),
            source=draw(WORDS), target_comparator=draw(st.sampled_from(["", ">=", "<"])),
            target_value=draw(st.none() | st.decimals(0, 10**6, places=2)), target_basis=draw(WORDS),
        )
        for code in codes
    ]  # fmt: skip
    headings = [SectionFacts(str(n), draw(WORDS), draw(st.integers(0, 3)), draw(WORDS), draw(st.booleans())) for n in range(1, 3)]
    checks = draw(st.lists(st.builds(CheckFacts, pick, st.sampled_from(Operator.values), pick, WORDS), max_size=2))
    columns = tuple(ColumnFacts(key, draw(WORDS)) for key in draw(st.lists(WORDS, min_size=1, max_size=3, unique=True)))
    table = TableFacts("1", draw(WORDS), columns, tuple(rows), draw(WORDS))
    return TemplateFacts(
        "m", draw(WORDS), draw(WORDS), draw(st.booleans()), draw(WORDS), tuple(headings), (table,), tuple(checks)
    )


@given(templates_of_any_kind())
@settings(max_examples=60, deadline=None)
def test_what_is_written_is_read_again(facts: TemplateFacts) -> None:
    assert read(write(facts)) == facts


@pytest.mark.django_db
class TestVersions:
    def test_shipped_ones_are_loaded_once(self) -> None:
        assert templates.load_shipped(NOON) == len(list(shipped()))
        assert templates.load_shipped(NOON) == 0
        for facts, version in zip(
            sorted(shipped(), key=lambda one: one.code),
            with_content(TemplateVersion.objects.order_by("template__code")),
            strict=True,
        ):
            assert facts_of(version) == facts

    def test_a_draft_is_rewritten_and_then_issued(self, owner: Person, department: Unit, actor_for: ActorFor) -> None:
        actor = actor_for(owner)
        version = templates.make_template(actor=actor, owner=department, facts=SHORT, at=NOON)
        longer = replace(SHORT, sections=(*SHORT.sections, SectionFacts("II", "KIẾN NGHỊ", need=Need.FREE)))
        templates.rewrite(actor=actor, version=version, facts=longer, revision=1)
        templates.issue(actor=actor, version=version)
        version = TemplateVersion.objects.get(pk=version.pk)
        assert (version.state, facts_of(version)) == (VersionState.ISSUED, longer)
        with pytest.raises(Refused, match="không sửa được"):
            templates.rewrite(actor=actor, version=version, facts=SHORT, revision=2)

    def test_the_second_of_two_editors_is_told(self, owner: Person, department: Unit, actor_for: ActorFor) -> None:
        actor = actor_for(owner)
        version = templates.make_template(actor=actor, owner=department, facts=SHORT, at=NOON)
        templates.rewrite(actor=actor, version=version, facts=SHORT, revision=1)
        with pytest.raises(Refused, match="người khác sửa"):
            templates.rewrite(actor=actor, version=version, facts=SHORT, revision=1)

    def test_a_new_version_takes_the_place_of_the_old(self, owner: Person, department: Unit, actor_for: ActorFor) -> None:
        actor = actor_for(owner)
        first = templates.make_template(actor=actor, owner=department, facts=SHORT, at=NOON)
        templates.issue(actor=actor, version=first)
        second = templates.next_version(actor=actor, template=first.template, facts=SHORT, at=NOON)
        with pytest.raises(Refused, match="soạn dở"):
            templates.next_version(actor=actor, template=first.template, facts=SHORT, at=NOON)
        templates.issue(actor=actor, version=second)
        assert list(first.template.versions.order_by("number").values_list("number", "state")) == [
            (1, VersionState.WITHDRAWN), (2, VersionState.ISSUED),
        ]  # fmt: skip

    def test_a_discarded_draft_leaves_nothing(self, owner: Person, department: Unit, actor_for: ActorFor) -> None:
        version = templates.make_template(actor=actor_for(owner), owner=department, facts=SHORT, at=NOON)
        templates.discard(actor=actor_for(owner), version=version)
        assert not Template.objects.exists()

    def test_colleague_and_stranger(
        self, owner: Person, colleague: Person, stranger: Person, department: Unit, actor_for: ActorFor
    ) -> None:
        version = templates.make_template(actor=actor_for(owner), owner=department, facts=SHORT, at=NOON)
        for person in (colleague, stranger):
            with pytest.raises(NotAllowed):
                templates.rewrite(actor=actor_for(person), version=version, facts=SHORT, revision=1)
            with pytest.raises(NotAllowed):
                templates.issue(actor=actor_for(person), version=version)
        assert [visible_templates(actor_for(person)).count() for person in (owner, colleague, stranger)] == [1, 1, 0]
