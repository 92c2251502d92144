"""Two times in one paragraph: a task for each where they can be told apart, else the one that binds first."""

import pytest

from tests.vanban.extract.test_tasks import tasks_of

# a bullet, (beginning of the task's words, end or rule) of each task
TWO_TIMES = [
    ("Kiểm kê kho sách, trình UBND tỉnh trước ngày 25/5/2026. Định kỳ ngày 15 hằng tháng cập nhật danh mục.",
     [("Kiểm kê", "2026-05-25"), ("Định kỳ ngày 15", "FREQ=MONTHLY;BYMONTHDAY=15")]),
    ("Tham mưu sơ kết vào tháng 7/2026 và tổng kết trước ngày 20/12/2026.", [("Tham mưu", "2026-07-31"), ("tổng kết", "2026-12-20")]),
    ("Tham mưu sơ kết vào năm 2028, tổng kết vào năm 2030.", [("Tham mưu", "2028-12-31"), ("tổng kết", "2030-12-31")]),
    ("Trao sách đợt 1 hoàn thành trước ngày 30/4/2026, đợt 2 hoàn thành trước ngày 31/10/2026.", [("Trao sách", "2026-04-30"), ("đợt 2", "2026-10-31")]),
    ("Lập danh mục trước ngày 20/4/2026, mua sắm thiết bị trước ngày 20/8/2026.", [("Lập danh mục", "2026-04-20"), ("mua sắm", "2026-08-20")]),
    ("Kiểm kê trước ngày 03/4/2026, gửi Sở Nội vụ trước ngày 05/5/2026.", [("Kiểm kê", "2026-04-03")]),
    ("Kiểm kê trước ngày 03/4/2026, xử lý xong sách hỏng trước ngày 05/5/2026 hoàn thành trước ngày 06/6/2026.", [("Kiểm kê", "2026-04-03"), ("xử lý", "2026-06-06")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TWO_TIMES)
def test_each_time_has_its_work(text: str, expected: list[tuple[str, str]]) -> None:
    found = tasks_of(f"1. Sở Y tế\n- {text}")
    dues = [task.deadline.rrule or str(task.deadline.end) for task in found if task.deadline]
    assert dues == [due for _, due in expected]
    assert all(task.text.startswith(begin) for task, (begin, _) in zip(found, expected, strict=True))
    assert not any(task.text.endswith(" và") for task in found)


def test_what_is_led_apart_has_no_time_of_the_clause_before() -> None:
    found = tasks_of(
        "1. Sở Y tế\n- Công bố danh mục sách mới trước ngày 15/6/2026; chủ trì, phối hợp với Sở Nội vụ kiểm kê kho sách."
    )
    assert [task.deadline is not None for task in found] == [True, False]
    assert found[1].text.startswith("chủ trì, phối hợp với Sở Nội vụ")
