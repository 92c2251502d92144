"""Helpers to make a unit's form and to change its workbook as people and programs do."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import load_workbook

from dondoc.reporting.models import Return
from dondoc.reporting.queries.mine import with_all
from dondoc.reporting.rules.cells import Place
from dondoc.reporting.rules.templates import TemplateFacts
from dondoc.reporting.unit_files.contents import Filled, Stamp, UnitForm, form_of
from dondoc.reporting.unit_files.excel import to_xlsx
from dondoc.reporting.unit_files.excel_reading import read
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.reporting.conftest import POOLS

SHEET = "Biểu 2A"
C01, C02, C03, D01 = (6, 7, 8, 10)
"""Rows of the small template; D and E are its columns of 2024 and 2025, F and G their reasons. C.03 is computed."""


STAMP = Stamp(7, 3, "xã An Bình", "boi", 1, NOON)


def form_with(facts: TemplateFacts = POOLS, **more: Any) -> UnitForm:
    """A form of the small template, without a database."""
    usual: dict[str, Any] = {"cells": {}, "earlier": {}, "texts": {}, "known": {}}
    return UnitForm(STAMP, "Tổng kết", "Sở Y tế", "Giai đoạn 2021 - 2025", "", "trước 23/9/2025", facts, **{**usual, **more})


def form(report: Return) -> UnitForm:
    return form_of(with_all(Return.objects.filter(pk=report.pk)).get(), TODAY, NOON)


def workbook(made: UnitForm) -> Any:
    return load_workbook(BytesIO(to_xlsx(made)))


def saved(book: Any) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def filled(change: Callable[[Any], object], made: UnitForm | None = None) -> Filled:
    """The form after somebody changed its workbook."""
    book = workbook(made or form_with())
    change(book)
    return read(saved(book))


def with_result(data: bytes, place: str, result: str) -> bytes:
    """The workbook as a program saves it that computes: beside the formula of a cell of the table stands what it came to."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name in source.namelist():
            body = source.read(name).decode() if name.endswith("sheet3.xml") else ""
            if start := body.find(f'<c r="{place}"') + 1:
                formula = body.index("</f>", start) + 4
                end = body.index("</c>", formula)
                body = f"{body[:formula]}<v>{result}</v>{body[end:]}"
            packed.writestr(name, body or source.read(name))
    return target.getvalue()


def typed(given: Filled) -> dict[Place, str]:
    """Place → what was read, as text."""
    return {one.place: str(one.typed) for one in given.cells}


def faults(given: Filled) -> dict[str, str]:
    """The cell's address → what is wrong there."""
    return {one.where: one.words for one in given.faults}
