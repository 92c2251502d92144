from collections.abc import Callable
from datetime import datetime

import pytest

from dondoc.documents.models import Document
from dondoc.programmes import services
from dondoc.programmes.models import Programme
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.programmes import by, duty, plan, programme_of, target, task
from tests.dondoc.factories.units import person_in

REPORT = "xây dựng báo cáo tổng kết Chương trình giai đoạn 2021 - 2025"


@pytest.fixture
def at() -> datetime:
    return NOON


@pytest.fixture
def document(department: Unit, owner: Person) -> Document:
    return plan(department, owner)


@pytest.fixture
def programme(document: Document, owner: Person) -> Programme:
    """Led by Sở Y tế, without tasks."""
    return programme_of(document, owner)


@pytest.fixture
def make_person() -> Callable[..., Person]:
    return person_in


@pytest.fixture
def review_plan(department: Unit, owner: Person, other_department: Unit, all_communes: UnitGroup) -> Document:
    """A final review in the manner of plan 208: the communes' report is named three times."""
    return plan(
        department,
        owner,
        [
            task(
                f"Các sở, ngành liên quan, UBND các xã, phường {REPORT}",
                lead=["Các sở, ngành liên quan", "UBND các xã, phường"],
                coordinating=["Sở Nội vụ"],
                supervising=["Ban Chỉ đạo tỉnh"],
                deadline=by("2025-09-10"),
                section="III.2.b",
            ),
            task(
                "Tổng hợp, xây dựng dự thảo báo cáo tổng kết của tỉnh",
                lead=["Sở Y tế"],
                deadline=by("2025-09-20"),
                section="III.2.c",
            ),
            duty(
                "Các sở, ngành liên quan xây dựng báo cáo theo đề cương tại phụ lục 1, 1A",
                reporters=["Các sở, ngành liên quan"],
                recipient="Sở Y tế",
                deadline=by("2025-09-10"),
                template=["Phụ lục 1", "Phụ lục 1A"],
            ),
            duty(
                "UBND các xã, phường gửi báo cáo về Sở Y tế trước ngày 10/9/2025",
                reporters=["UBND các xã, phường"],
                recipient="Sở Y tế",
                deadline=by("2025-09-10"),
                template=["Phụ lục 2", "Phụ lục 2A"],
            ),
            task(
                "Chỉ đạo, đôn đốc xây dựng, hoàn thiện báo cáo tổng kết bảo đảm chất lượng, thời gian quy định",
                lead=["UBND các xã, phường"],
                section="V.3",
            ),
            task(
                "Đẩy mạnh công tác tuyên truyền về kết quả thực hiện Chương trình",
                lead=["UBND các xã, phường"],
                section="V.3",
            ),
            target(
                "tỷ lệ trẻ em biết bơi đạt 50% vào năm 2025",
                indicator="Tỷ lệ trẻ em biết bơi",
                value=50,
                unit="%",
                horizon="2025",
                baseline="năm 2020",
            ),
        ],
    )


@pytest.fixture
def opened(review_plan: Document, owner: Person, actor_for: Callable[..., Actor]) -> Programme:
    return services.open_programme(actor_for(owner), review_plan, at=NOON)
