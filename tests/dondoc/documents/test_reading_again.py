"""A newer reading: known items find their place in it, what people said is never lost."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from dondoc.documents import services
from dondoc.documents.enums import ItemState
from dondoc.documents.models import Document, Item
from dondoc.documents.rules.drafts import Draft
from dondoc.documents.rules.matching import Old, match, quoted
from dondoc.units.rules import Actor
from tests.dondoc.documents.helpers import Find, fresh
from tests.dondoc.factories.common import NOON
from tests.dondoc.factories.documents import TEXT, contract, finding, made, metadata, place, task

pytestmark = pytest.mark.django_db

Keep = Callable[..., Document]
MORE = "Thêm một đoạn mở đầu mà bản đọc cũ không có.\n" + TEXT


def moved(words: str, lead: tuple[str, ...] = ("Sở Nội vụ",), **more: Any) -> dict[str, Any]:
    return task(words, list(lead), text=MORE, **more)


def everything(text: str, **more: Any) -> dict[str, Any]:
    """The factory's contract with its places in another text that holds the same words."""
    held = contract()
    shift = len(text) - len(TEXT)

    def shifted(value: Any) -> Any:
        if isinstance(value, dict):
            spans = {k: v for k, v in value.items() if k in {"span", "spans"}}
            rest = {k: shifted(v) for k, v in value.items() if k not in spans}
            return rest | {k: _shift(v, shift) for k, v in spans.items()}
        return [shifted(each) for each in value] if isinstance(value, list) else value

    return shifted(held) | more


def _shift(value: Any, shift: int) -> Any:
    if isinstance(value, dict):
        return {k: _shift(v, shift) for k, v in value.items()}
    if value and isinstance(value[0], int):
        return [each + shift for each in value]
    return [_shift(each, shift) for each in value]


def words_of(item: Item) -> str:
    return item.reading.text[item.span_start : item.span_end]


def test_every_item_keeps_its_key_and_moves_with_its_words(document: Document, keep: Keep) -> None:
    before = {item.key: words_of(item) for item in document.items.select_related("reading")}

    keep(document, made(MORE, "2", **everything(MORE)))

    after = {item.key: words_of(item) for item in document.items.select_related("reading")}
    assert after == before
    assert {item.reading.number for item in document.items.select_related("reading")} == {2}
    assert document.readings.filter(current=True).get().number == 2
    assert not document.items.filter(orphaned=True).exists()


def test_words_of_people_are_kept(document: Document, keep: Keep, actor: Actor, item_of: Find) -> None:
    accepted = services.accept(actor=actor, item=item_of("Sở Nội vụ hướng dẫn", kind="task"), at=NOON)
    corrected = item_of("Sở Y tế xây dựng", kind="task")
    services.correct(actor=actor, item=corrected, content={**corrected.content, "lead": ["Sở Tài chính"]}, at=NOON)
    rejected = services.reject(actor=actor, item=item_of("trạm y tế", kind="target"), at=NOON)

    keep(document, made(MORE, "2", **everything(MORE)))

    assert fresh(accepted).state == ItemState.ACCEPTED
    assert fresh(corrected).state == ItemState.CORRECTED
    assert fresh(corrected).content["lead"] == ["Sở Tài chính"]
    assert fresh(rejected).state == ItemState.REJECTED


def test_a_reading_that_says_otherwise_does_not_change_what_was_accepted(
    document: Document, keep: Keep, actor: Actor, item_of: Find
) -> None:
    item = services.accept(actor=actor, item=item_of("Sở Nội vụ hướng dẫn", kind="task"), at=NOON)
    newer = everything(MORE)
    newer["tasks"][1]["lead"] = ["Ban Thi đua"]

    keep(document, made(MORE, "2", **newer))

    now = fresh(item)
    assert now.state == ItemState.ACCEPTED
    assert now.content["lead"] == ["Sở Nội vụ"]
    assert now.read["lead"] == ["Ban Thi đua"]


def test_an_item_nobody_looked_at_follows_the_newer_reading(document: Document, keep: Keep, item_of: Find) -> None:
    item = item_of("Sở Nội vụ hướng dẫn", kind="task")
    newer = everything(MORE)
    newer["tasks"][1]["lead"] = ["Ban Thi đua"]

    keep(document, made(MORE, "2", **newer))

    assert fresh(item).content["lead"] == ["Ban Thi đua"]
    assert fresh(item).state == ItemState.PROPOSED


def test_what_the_reader_no_longer_finds_stays_confirmed_at_its_passage(
    document: Document, keep: Keep, actor: Actor, item_of: Find
) -> None:
    item = services.accept(actor=actor, item=item_of("Sở Nội vụ hướng dẫn", kind="task"), at=NOON)
    newer = everything(MORE)
    del newer["tasks"][1]

    keep(document, made(MORE, "2", **newer))

    now = fresh(item)
    assert (now.state, now.orphaned, now.reading.number) == (ItemState.ACCEPTED, False, 2)
    assert words_of(now) == "Sở Nội vụ hướng dẫn khen thưởng"
    assert now.content["lead"] == ["Sở Nội vụ"]


def test_what_lost_its_passage_is_orphaned_with_its_older_text(
    document: Document, keep: Keep, actor: Actor, item_of: Find
) -> None:
    item = services.accept(actor=actor, item=item_of("Sở Nội vụ hướng dẫn", kind="task"), at=NOON)
    text = MORE.replace("2. Sở Nội vụ hướng dẫn khen thưởng.\n", "")
    newer = contract(metadata=metadata(text), outline=[], citations=[], targets=[], tasks=[], reporting_duties=[])

    keep(document, made(text, "2", **newer))

    now = fresh(item)
    assert (now.state, now.orphaned, now.reading.number) == (ItemState.ACCEPTED, True, 1)
    assert words_of(now) == "Sở Nội vụ hướng dẫn khen thưởng"


def test_an_orphan_comes_back_when_a_later_reading_has_it(document: Document, keep: Keep, actor: Actor, item_of: Find) -> None:
    item = services.accept(actor=actor, item=item_of("Sở Nội vụ hướng dẫn", kind="task"), at=NOON)
    text = MORE.replace("2. Sở Nội vụ hướng dẫn khen thưởng.\n", "")
    none = contract(metadata=metadata(text), outline=[], citations=[], targets=[], tasks=[], reporting_duties=[])
    keep(document, made(text, "2", **none))

    keep(document, made(TEXT, "3"))

    assert fresh(item).orphaned is False
    assert fresh(item).reading.number == 3
    assert document.items.filter(kind="task").count() == 2


def test_an_untouched_item_that_is_gone_goes(document: Document, keep: Keep, item_of: Find) -> None:
    item = item_of("Sở Nội vụ hướng dẫn", kind="task")
    newer = everything(MORE)
    del newer["tasks"][1]

    keep(document, made(MORE, "2", **newer))

    assert not Item.objects.filter(pk=item.pk).exists()


def test_an_item_added_by_hand_moves_with_its_passage(document: Document, keep: Keep, actor: Actor) -> None:
    start, end = place("hướng dẫn khen thưởng")
    item = services.add(
        actor=actor, document=document, kind="task", content={"text": "Khen thưởng"}, start=start, end=end, quote="", at=NOON
    )

    keep(document, made(MORE, "2", **everything(MORE)))

    assert words_of(fresh(item)) == "hướng dẫn khen thưởng"
    assert fresh(item).content["text"] == "Khen thưởng"


def test_restored_diacritics_do_not_part_an_item_from_its_words(unread: Document, keep: Keep, actor: Actor) -> None:
    damaged = "So Y te xay dung bao cao tong ket chuong trinh giai doan nay.\n"
    mended = "Sở Y tế xây dựng báo cáo tổng kết chương trình giai đoạn này.\n"
    nothing: dict[str, Any] = {"metadata": {}, "outline": [], "citations": [], "targets": [], "reporting_duties": []}
    keep(unread, made(damaged, "1", **nothing, tasks=[task(damaged[:-2], ["So Y te"], text=damaged)]))
    item = services.accept(actor=actor, item=unread.items.get(), at=NOON)

    keep(unread, made(mended, "2", **nothing, tasks=[task(mended[:-2], ["Sở Y tế"], text=mended)]))

    assert unread.items.get().pk == item.pk
    assert fresh(item).read["lead"] == ["Sở Y tế"]
    assert fresh(item).content["lead"] == ["So Y te"]


def test_the_same_task_twice_goes_to_its_own_place(unread: Document, keep: Keep, actor: Actor) -> None:
    line = "Sở Y tế báo cáo kết quả hằng quý.\n"
    text = f"I. MỘT\n{line}II. HAI\n{line}"
    second = text.rindex("Sở Y tế")

    def two(start: int) -> list[dict[str, Any]]:
        first = text.index("Sở Y tế")
        return [
            task(line[:-2], ["Sở Y tế"], text=text, section="I") | {"span": [start + first, start + first + 32]},
            task(line[:-2], ["Sở Y tế"], text=text, section="II") | {"span": [start + second, start + second + 32]},
        ]

    nothing: dict[str, Any] = {"metadata": {}, "outline": [], "citations": [], "targets": [], "reporting_duties": []}
    keep(unread, made(text, "1", **nothing, tasks=two(0)))
    item = services.reject(actor=actor, item=unread.items.get(section="II"), at=NOON)

    keep(unread, made("Mở đầu.\n" + text, "2", **nothing, tasks=two(8)))

    assert fresh(item).section == "II"
    assert fresh(item).span_start == second + 8
    assert unread.items.get(section="I").state == ItemState.PROPOSED


def test_findings_are_the_same_by_their_rule(unread: Document, keep: Keep, actor: Actor) -> None:
    one = finding("number-skipped", "Không có mục II.", place("I. NHIỆM VỤ"), "editorial")
    keep(unread, made(findings=[one]))
    item = services.reject(actor=actor, item=unread.items.get(kind="finding"), at=NOON)

    other = finding("number-repeated", "Mục I có hai lần.", place("I. NHIỆM VỤ"), "editorial")
    keep(unread, made(version="2", findings=[one, other]))

    assert fresh(item).state == ItemState.REJECTED
    assert unread.items.filter(kind="finding", state=ItemState.PROPOSED).count() == 1


def test_a_failed_second_reading_leaves_the_first(document: Document, actor: Actor) -> None:
    services.read_again(actor=actor, document=document, at=NOON)
    services.read(document_id=document.pk)

    document.refresh_from_db()
    assert document.state == "read"
    assert "Tệp gốc không còn" in document.failure
    assert document.items.exists()


@pytest.mark.parametrize("seed", range(15))
def test_nothing_that_people_said_is_ever_lost(seed: int, document: Document, keep: Keep, actor: Actor) -> None:
    """Whatever the newer readings leave out, shorten or move, every reviewed item is there with its words."""
    chance = random.Random(seed)  # noqa: S311 - repeatable cases
    said: dict[Any, tuple[str, Any]] = {}
    for number in range(2, 6):
        for item in document.items.filter(orphaned=False).exclude(kind="metadata"):
            act = chance.choice(["accept", "reject", "leave", "leave"])
            if act != "leave" and item.state == ItemState.PROPOSED:
                getattr(services, act)(actor=actor, item=item, at=NOON)
                said[item.key] = (act, fresh(item).content.get("text"))
        lines = [line for line in TEXT.splitlines(keepends=True) if chance.random() > 0.2 or "ngày 07" in line]
        text = "Đoạn mới.\n" * chance.randint(0, 3) + "".join(lines)
        newer = contract(metadata={}, outline=[], targets=[], citations=[], reporting_duties=[], tasks=[])
        for each in contract()["tasks"]:
            if each["text"] in text and chance.random() > 0.3:
                newer["tasks"].append(each | {"span": place(each["text"], text)})
        keep(document, made(text, str(number), **newer))
        for key, (act, words) in said.items():
            item = document.items.select_related("reading").get(key=key)
            assert item.state == (ItemState.ACCEPTED if act == "accept" else ItemState.REJECTED)
            assert item.content.get("text") == words
            assert 0 <= item.span_start < item.span_end <= len(item.reading.text)
    assert document.items.values("key").distinct().count() == document.items.count()


class TestMatching:
    def test_pairs_are_one_to_one(self) -> None:
        olds = [Old("task", 0, 5, "", ({"text": "a b c"},)), Old("task", 9, 14, "", ({"text": "a b c"},))]
        drafts = [Draft("task", 0, 5, "", None, {"text": "a b c"})]

        assert match(olds, drafts, lambda start, end: (start, end)) == {0: 0}

    def test_kinds_do_not_mix(self) -> None:
        olds = [Old("task", 0, 5, "", ({"text": "a b c"},))]
        drafts = [Draft("target", 0, 5, "", None, {"text": "a b c"})]

        assert match(olds, drafts, lambda start, end: (start, end)) == {}

    def test_a_quote_is_found_over_line_breaks_at_the_nearest_place(self) -> None:
        assert quoted("hai ba", "một hai\nba bốn hai ba", 0) == (4, 10)
        assert quoted("hai ba", "một hai\nba bốn hai ba", 20) == (15, 21)
        assert quoted("không có", "một hai", 0) is None
