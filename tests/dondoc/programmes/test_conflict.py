"""Two people change one task: the second is told who did what, loses nothing typed, and may write it still."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dondoc.files.models import StoredFile
from dondoc.programmes import services
from dondoc.programmes.models import Part, Programme, Task
from dondoc.programmes.services.conflict import Changed
from dondoc.units.models import Person, Unit, UnitGroup
from dondoc.units.rules import Actor
from tests.dondoc.factories.common import NOON, TODAY
from tests.dondoc.factories.programmes import add_task, by

ActorFor = Callable[..., Actor]
LogIn = Callable[[Person], Client]
pytestmark = pytest.mark.usefixtures("frozen_day")


@pytest.fixture
def task(programme: Programme, other_department: Unit) -> Task:
    return add_task(programme, "Rà soát bể bơi", lead=other_department, deadline=by("2025-09-20"))


def address(task: Task, name: str, *more: object) -> str:
    return reverse(f"programmes:{name}", args=[task.programme_id, task.pk, *more])


def seen_of(html: str) -> str:
    found = re.findall(r'name="seen" value="([\d-]+)"', html)
    assert len(set(found)) == 1
    return str(found[0])


def page(response: Any, status: int) -> str:
    assert response.status_code == status
    return str(response.content.decode())


class Two:
    """The department has the form open while the office notes progress."""

    def __init__(self, task: Task, client: Client, office: Actor) -> None:
        self.task, self.client = task, client
        self.seen = seen_of(page(client.get(address(task, "task")), 200))
        services.record_progress(actor=office, task=task, at=NOON, happened_on=TODAY, note="Đã họp lần hai", percent=60)

    def post(self, key: str, **facts: Any) -> Any:
        given = {f"{key}-{name}": value for name, value in facts.items()}
        return self.client.post(address(self.task, "act", key), {"seen": self.seen, f"{key}-happened_on": "12/9/2025"} | given)


@pytest.fixture
def two(task: Task, colleague: Person, office_specialist: Person, actor_for: ActorFor, log_in: LogIn) -> Two:
    return Two(task, log_in(colleague), actor_for(office_specialist))


def test_the_second_is_told_who_did_what_and_keeps_what_was_typed(two: Two) -> None:
    html = page(two.post("tien-do", note="Đang khảo sát 12 xã", percent="35"), 409)
    assert "Nhiệm vụ đã thay đổi từ khi mở biểu mẫu. Chưa ghi gì." in html
    told = html[html.index('<ul class="changes">') : html.index("</ul>", html.index('<ul class="changes">'))]
    assert "<b>Vũ Thị Văn Phòng</b>" in told
    assert "12/9/2025\u00a012:00: Cập nhật tiến độ" in told
    assert "60% · Đã họp lần hai" in told
    assert "Đang khảo sát 12 xã</textarea>" in html
    assert 'value="35"' in html
    assert two.task.events.count() == 1


def test_it_may_be_written_still(two: Two) -> None:
    html = page(two.post("tien-do", note="Đang khảo sát"), 409)
    assert ">Vẫn ghi</button>" in html
    two.seen = seen_of(html)
    assert two.post("tien-do", note="Đang khảo sát").status_code == 302
    assert sorted(two.task.events.values_list("note", flat=True)) == ["Đang khảo sát", "Đã họp lần hai"]


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(two: Two, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4 bien ban")
    html = page(two.post("bao-xong", note="Đã xong", evidence=upload), 409)
    assert "Tệp “bien-ban.pdf” chưa được giữ: chọn lại tệp trước khi ghi." in html
    assert not StoredFile.objects.exists()


def test_what_others_ended_meanwhile_is_told_before_any_refusal(
    task: Task, colleague: Person, owner: Person, actor_for: ActorFor, log_in: LogIn
) -> None:
    client = log_in(colleague)
    seen = seen_of(page(client.get(address(task, "task")), 200))
    services.accept(actor=actor_for(owner), task=task, at=NOON, happened_on=TODAY)
    facts = {"seen": seen, "bao-xong-happened_on": "12/9/2025", "bao-xong-note": "Đã xong"}
    html = page(client.post(address(task, "act", "bao-xong"), facts), 409)
    assert "Xác nhận hoàn thành" in html
    again = page(client.post(address(task, "act", "bao-xong"), facts | {"seen": seen_of(html)}), 422)
    assert "Đã hoàn thành ngày 12/9/2025. Mở lại trước nếu cần làm tiếp." in again


def test_nothing_changed_nothing_is_asked(task: Task, colleague: Person, log_in: LogIn) -> None:
    client = log_in(colleague)
    seen = seen_of(page(client.get(address(task, "task")), 200))
    facts = {"seen": seen, "tien-do-happened_on": "12/9/2025", "tien-do-note": "x"}
    assert client.post(address(task, "act", "tien-do"), facts).status_code == 302


def test_who_may_not_is_refused_and_not_asked_to_compare(two: Two, commune_clerk: Person, log_in: LogIn) -> None:
    two.client = log_in(commune_clerk)
    assert two.post("tien-do", note="x").status_code == 403


def test_another_bearer_chosen_meanwhile(
    task: Task, owner: Person, office: Unit, department: Unit, office_specialist: Person, actor_for: ActorFor, log_in: LogIn
) -> None:
    client, lead = log_in(owner), task.assignments.get()
    seen = seen_of(page(client.get(address(task, "task")), 200))
    services.set_unit(actor=actor_for(office_specialist), assignment=lead, at=NOON, unit=office)
    facts = {"seen": seen, "bearer": f"u{department.pk}"}
    html = page(client.post(address(task, "set_unit", lead.pk), facts), 409)
    assert "Gắn đơn vị" in html
    assert "Sở Nội vụ → Văn phòng UBND tỉnh" in html
    assert f'<option value="u{department.pk}" selected>' in html
    lead.refresh_from_db()
    assert lead.unit == office
    assert client.post(address(task, "set_unit", lead.pk), facts | {"seen": seen_of(html)}).status_code == 302
    lead.refresh_from_db()
    assert lead.unit == department


def test_marked_units_stay_marked(
    programme: Programme, all_communes: UnitGroup, communes: list[Unit], owner: Person, commune_clerk: Person,
    actor_for: ActorFor, log_in: LogIn,
) -> None:  # fmt: skip
    task = add_task(programme, lead=all_communes, members=communes)
    first, second = (Part.objects.get(assignment__task=task, unit=unit) for unit in communes[:2])
    client = log_in(owner)
    seen = seen_of(page(client.get(address(task, "parts")), 200))
    services.record_progress(actor=actor_for(commune_clerk), task=task, part=first, at=NOON, happened_on=TODAY, note="Đang làm")
    facts = {
        "seen": seen, "act": "mien", "parts": [first.pk, second.pk], "mien-happened_on": "12/9/2025",
        "mien-reason_code": "other", "mien-reason": "Không có hồ",
    }  # fmt: skip
    html = page(client.post(address(task, "act_on_parts"), facts), 409)
    assert "Cập nhật tiến độ (xã An Bình)" in html
    assert "Không có hồ" in html
    assert len(re.findall(r'name="parts" value="\d+"[^>]* checked', html)) == 2
    assert not Part.objects.filter(excused=True).exists()
    assert client.post(address(task, "act_on_parts"), facts | {"seen": seen_of(html)}).status_code == 302
    assert Part.objects.filter(excused=True).count() == 2


def test_the_service_compares_under_the_lock(task: Task) -> None:
    assert services.as_seen(task=task, revision=1, change=lambda: "done") == "done"
    assert services.as_seen(task=task, revision=None, change=lambda: "done") == "done"
    with pytest.raises(Changed):
        services.as_seen(task=task, revision=2, change=lambda: "done")


@pytest.mark.parametrize(
    ("key", "facts", "sentence"),
    [
        ("tien-do", {"percent": "101"}, "Tỷ lệ 101% lớn hơn 100%. Ghi số từ 0 đến 100."),
        ("tien-do", {"percent": "-1"}, "Tỷ lệ -1% nhỏ hơn 0%. Ghi số từ 0 đến 100."),
        ("tien-do", {"percent": "40%"}, "Tỷ lệ là số nguyên từ 0 đến 100, không ghi dấu %."),
        ("tien-do", {"evidence": ("may.exe", b"MZ\x90")}, "Không nhận được tệp “may.exe”. Chọn tệp PDF, Word, Excel, ảnh"),
        ("tien-do", {"evidence": ("to.pdf", b"%PDF-" + b"x" * 2048)}, "lớn hơn mức nhận được là 1 KB"),
        ("tien-do", {"evidence": ("trong.pdf", b"")}, "Tệp rỗng (0 byte)."),
    ],
)
def test_a_sentence_at_the_field(
    key: str, facts: dict[str, Any], sentence: str, task: Task, colleague: Person, log_in: LogIn, settings: Any
) -> None:
    settings.MAX_FILE_BYTES = 1024
    given = {name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value for name, value in facts.items()}
    sent = {f"{key}-happened_on": "12/9/2025", f"{key}-note": "x"} | {f"{key}-{name}": value for name, value in given.items()}
    html = page(log_in(colleague).post(address(task, "act", key), sent), 422)
    assert sentence in html
    assert 'aria-invalid="true"' in html
    assert not task.events.exists()
