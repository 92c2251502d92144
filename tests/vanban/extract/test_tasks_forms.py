"""Forms in which communes, notices, reminders and Party plans give work: one table a form."""

import pytest

from tests.vanban.extract.test_tasks import tasks_of


def told(body: str) -> list[tuple[tuple[str, ...], str]]:
    return [(task.lead, task.text) for task in tasks_of(body)]


NAME_OVER_PARAGRAPH = [
    ("Công an xã\nTuần tra khu vực phòng đọc vào buổi tối.", "Công an xã", "Tuần tra khu vực phòng đọc vào buổi tối"),
    ("Trạm Y tế xã\nHướng dẫn sơ cứu tại hội sách mùa hè.", "Trạm Y tế xã", "Hướng dẫn sơ cứu tại hội sách mùa hè"),
    ("Sở Y tế\nMở tủ sách tại các khoa điều trị.", "Sở Y tế", "Mở tủ sách tại các khoa điều trị"),
]


@pytest.mark.parametrize(("text", "lead", "words"), NAME_OVER_PARAGRAPH)
def test_a_name_ends_with_its_line(text: str, lead: str, words: str) -> None:
    assert told(f"V. TỔ CHỨC THỰC HIỆN\n1. {text}") == [((lead,), words)]
