"""What stands right of the paper: tabs, cards, how far the review has come. A picture of the items for one request."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dondoc.comments.queries import counts_within
from dondoc.documents import queries
from dondoc.documents.commented import ITEM, within
from dondoc.documents.enums import ItemKind, ItemState, ReviewAction
from dondoc.documents.models import Document, DocumentReading, Item, Review
from dondoc.documents.places import name_of
from dondoc.documents.rules import certainty, pages, telling
from dondoc.documents.rules.confidence import Grade, grade
from dondoc.documents.rules.contents import ADDABLE
from dondoc.documents.rules.fields import BY_NAME, RULE_FIELDS, SEVERITIES, Field, day_of, written_parts
from dondoc.documents.rules.replay import effective, says_the_same
from dondoc.documents.runs import Mark
from dondoc.units.rules import Actor

PAGE = 30
PICTURED = ("application/pdf", "image/")

ICONS = {
    ItemKind.TASK: "clipboard-list",
    ItemKind.TARGET: "target-arrow",
    ItemKind.DUTY: "report",
    ItemKind.CITATION: "link",
    ItemKind.FINDING: "alert-triangle",
    ItemKind.METADATA: "file-info",
}
CSS = {
    ItemKind.TASK: "k",
    ItemKind.TARGET: "tg",
    ItemKind.DUTY: "dl",
    ItemKind.CITATION: "cit",
    ItemKind.FINDING: "w",
    ItemKind.METADATA: "t0",
}
TO_SEE = "can-xem"
TABS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (TO_SEE, "Cần xem", ()),
    ("thong-tin", "Thông tin", (ItemKind.METADATA, ItemKind.CITATION)),
    ("nhiem-vu", "Nhiệm vụ", (ItemKind.TASK,)),
    ("chi-tieu", "Chỉ tiêu", (ItemKind.TARGET,)),
    ("bao-cao", "Báo cáo", (ItemKind.DUTY,)),
    ("canh-bao", "Cảnh báo", (ItemKind.FINDING,)),
)
_TAB_OF = {kind: slug for slug, _, kinds in TABS for kind in kinds}


@dataclass(frozen=True, slots=True)
class Tab:
    slug: str
    label: str
    count: int
    selected: bool


@dataclass(slots=True)
class Card:
    """One item as it is shown."""

    item: Item
    page: int | None
    doubts: list[str]
    reviews: list[Review] = field(default_factory=list)
    quote: str = ""
    target: Document | None = None
    date_parts: dict[str, str] = field(default_factory=dict)
    picture: int | None = None
    comments: int = 0

    @property
    def content(self) -> dict[str, Any]:
        return self.item.content

    @property
    def title(self) -> str:
        return telling.title_of(self.item.kind, self.content)

    @property
    def label(self) -> str:
        return telling.label_of(self.item.kind, self.content)

    @property
    def facts(self) -> list[tuple[str, str]]:
        return telling.facts_of(self.item.kind, self.content)

    @property
    def icon(self) -> str:
        return ICONS[ItemKind(self.item.kind)]

    @property
    def grade(self) -> Grade | None:
        return grade(self.item.confidence)

    @property
    def severity(self) -> tuple[str, str]:
        return SEVERITIES.get(certainty.severity_of(self.item), SEVERITIES["verify"])

    @property
    def is_open(self) -> bool:
        return self.item.state == ItemState.PROPOSED

    @property
    def is_finding(self) -> bool:
        return self.item.kind == ItemKind.FINDING

    @property
    def is_addable(self) -> bool:
        return self.item.kind in ADDABLE

    @property
    def placeless(self) -> bool:
        return bool((self.item.read or {}).get("placeless"))

    @property
    def place(self) -> str:
        """What the source chip says."""
        if self.item.section:
            name = name_of(self.item)
            return f"{name}, trang {self.page}" if self.page else name
        return f"trang {self.page}, đầu văn bản" if self.page else "đầu văn bản"

    @property
    def field_to_fill(self) -> Field | None:
        """The particular that settles a finding."""
        return BY_NAME.get(RULE_FIELDS.get(str(self.content.get("rule") or ""), ""))

    @property
    def address(self) -> str:
        """Where the item's acts lie."""
        return reverse("documents:card", args=[self.item.document_id, self.item.key])

    @property
    def said(self) -> str:
        """The word for what a person decided."""
        if self.is_finding:
            return "Đã bỏ" if self.item.state == ItemState.REJECTED else "Đã kiểm tra"
        last = self.last
        if last is not None and last.action == ReviewAction.MERGE and last.content is None:
            return "Đã gộp vào mục khác"
        return "Thêm bằng tay" if last is not None and last.action == ReviewAction.ADD else self.item.get_state_display()

    @property
    def last(self) -> Review | None:
        said = effective(self.reviews)
        return said[-1] if said else None

    @property
    def read_otherwise(self) -> str:
        """What the newest reading says where a person's word stands against it."""
        item = self.item
        if item.state != ItemState.ACCEPTED or item.read is None or says_the_same(item.read, item.content):
            return ""
        return telling.title_of(item.kind, item.read)


class Panel:
    """The items of a document, sorted for one look at them."""

    def __init__(
        self, document: Document, reading: DocumentReading, actor: Actor, *, tab: str = "", key: UUID | None = None
    ) -> None:
        self.document, self.reading, self.actor = document, reading, actor
        self.items = queries.items_of(document)
        self._doubts = certainty.Doubts.of(self.items)
        self._messages = {item.pk: str(item.content.get("message") or "") for item in self.items if item.kind == ItemKind.FINDING}
        self.selected = next((item for item in self.items if key is not None and item.key == key), None)
        self.tab = self._tab(tab)

    def _tab(self, wanted: str) -> str:
        """The one asked for, if it shows the item asked for; else that item's; else the first that has something to see."""
        known = {slug for slug, _, _ in TABS}
        if self.selected is not None:
            shown = wanted in known and self.selected in self._in_tab(wanted)
            return wanted if shown else _TAB_OF[ItemKind(self.selected.kind)]
        if wanted in known:
            return wanted
        return next((slug for slug, _, _ in TABS if self._in_tab(slug)), TO_SEE)

    @cached_property
    def to_see(self) -> list[Item]:
        held = [item for item in self.items if certainty.needs_a_look(item, self._doubts)]
        return sorted(held, key=certainty.urgency)

    def _in_tab(self, slug: str) -> list[Item]:
        if slug == TO_SEE:
            return self.to_see
        kinds = next(kinds for name, _, kinds in TABS if name == slug)
        return [item for item in self.items if item.kind in kinds]

    @property
    def tabs(self) -> list[Tab]:
        return [Tab(slug, label, len(self._in_tab(slug)), slug == self.tab) for slug, label, _ in TABS]

    @property
    def sorted_items(self) -> list[Item]:
        """Those of the tab: open ones first, what is least sure before the rest; what was decided in the order of the text."""
        held = self._in_tab(self.tab)
        if self.tab == TO_SEE:
            return held
        if self.tab == "thong-tin":
            return sorted(held, key=_particulars_order)
        return sorted(held, key=lambda item: (item.orphaned, item.state != ItemState.PROPOSED, *certainty.urgency(item)))

    def cards(self, start: int = 0, count: int = PAGE) -> list[Card]:
        """The cards from ``start`` on; as many more as are needed to show the item asked for."""
        items = self.sorted_items
        if self.selected is not None and start == 0:
            count = max(count, items.index(self.selected) + 1 if self.selected in items else 0)
        return self.cards_of(items[start : start + count])

    def cards_of(self, items: Sequence[Item]) -> list[Card]:
        reviews = queries.reviews_of(items)
        targets = self._targets(items)
        return [
            Card(
                item=item,
                page=self._page_of(item),
                doubts=[self._messages[pk] for pk in self._doubts.on(item)],
                reviews=reviews.get(item.pk, []),
                quote=_quote(item) if item.orphaned else "",
                date_parts=self._date_parts(item),
                picture=self._picture(item),
                comments=self.talk.get((ITEM, item.pk), 0),
                target=targets.get((str(item.content.get("code")), day_of(item.content.get("date")))),
            )
            for item in items
        ]

    def _picture(self, item: Item) -> int | None:
        """The page of a PDF on which a finding is to be looked at as it was printed and signed."""
        source = self.reading.contract.get("source") or {}
        shown = self.is_pictured or (source.get("media_type") == "application/pdf" and self.document.file_id is not None)
        if item.kind != ItemKind.FINDING or not shown:
            return None
        return self._page_of(item) or 1

    @cached_property
    def is_pictured(self) -> bool:
        """Whether a page is worth looking at as an image: the file shows pages, and one of them was not simply kept."""
        media_type = str((self.reading.contract.get("source") or {}).get("media_type") or "")
        shown = media_type.startswith(PICTURED) and self.document.file_id is not None
        return shown and any(pages.decision_of(page) != pages.KEEP for page in self.reading.pages)

    def _date_parts(self, item: Item) -> dict[str, str]:
        """What stands in the fields of a doubted date: the parts that the document has; the month of a doubted one is left to read."""
        if item.kind != ItemKind.FINDING:
            return {}
        held = self.reading.contract.get("metadata") or {}
        parts = written_parts(str(held.get("date_written") or ""))
        if day_of(held.get("date")) is not None:
            parts["month"] = ""
        return parts

    def _targets(self, items: Sequence[Item]) -> dict[tuple[str, date | None], Document | None]:
        """The documents that are cited, where we have them and the actor may see them."""
        if not any(item.kind == ItemKind.CITATION for item in items):
            return {}
        return {(edge.code, edge.issued_on): edge.target for edge in queries.citations(self.document, self.actor)}

    def _page_of(self, item: Item) -> int | None:
        if item.reading_id != self.reading.pk or len(self.reading.pages) < 2:
            return None
        numbers = [page["number"] for page in self.reading.pages if page["span"][0] <= item.span_start]
        return int(numbers[-1]) if numbers else None

    @cached_property
    def talk(self) -> dict[tuple[str, int], int]:
        """How many comments stand at each item and at the document, by kind and key."""
        return counts_within(within(self.document))

    @property
    def comments(self) -> int:
        return sum(self.talk.values())

    # How far

    @property
    def total(self) -> int:
        return sum(not item.orphaned for item in self.items)

    @property
    def reviewed(self) -> int:
        return sum(not item.orphaned and item.state != ItemState.PROPOSED for item in self.items)

    @cached_property
    def certain(self) -> int:
        return sum(certainty.may_accept_in_bulk(item, self._doubts) for item in self.items)

    @property
    def kinds_on_card(self) -> list[tuple[str, str, int]]:
        """Particulars and citations that may be accepted together: kind, words, how many are open."""
        words = ((ItemKind.METADATA, "thông tin văn bản"), (ItemKind.CITATION, "văn bản viện dẫn"))
        counted = [(str(kind), name, sum(self._is_clear(item, kind) for item in self.items)) for kind, name in words]
        return [row for row in counted if row[2] > 1]

    def _is_clear(self, item: Item, kind: str) -> bool:
        open_ = item.kind == kind and item.state == ItemState.PROPOSED and not item.orphaned
        return open_ and not certainty.needs_a_look(item, self._doubts)

    def value_of(self, name: str) -> str:
        """A particular of the document as it stands in the contents."""
        items = (item for item in self.items if item.kind == ItemKind.METADATA and item.content.get("field") == name)
        return next((str(item.content.get("value") or "") for item in items if not item.orphaned), "")

    @property
    def date_read(self) -> date | None:
        """The date as it stands, to be kept."""
        return day_of(self.value_of("date"))

    @property
    def missing_fields(self) -> list[tuple[str, str]]:
        """Particulars that every document should have and that nobody has entered."""
        held = {item.content.get("field") for item in self.items if item.kind == ItemKind.METADATA and not item.orphaned}
        return [(name, BY_NAME[name].label) for name in ("type", "code", "date", "issuer", "title") if name not in held]

    # On the paper

    @property
    def marks(self) -> list[Mark]:
        """The places of all items that stand in the current text; set aside ones are not marked."""
        held: list[Mark] = []
        for item in self.items:
            if item.reading_id != self.reading.pk or item.orphaned or item.state == ItemState.REJECTED:
                continue
            if (item.read or {}).get("placeless"):
                continue
            css = CSS[ItemKind(item.kind)] + (" lo" if self._is_low(item) else "")
            own, *others = certainty.places_of(item)
            held.append(Mark(*own, item.pk, css))
            held.extend(Mark(*place, item.pk, css, own=False) for place in others)
        return held

    def _is_low(self, item: Item) -> bool:
        """Open, and doubted, without a value, or measured low: what the eye should go to first."""
        if item.state != ItemState.PROPOSED or not certainty.needs_a_look(item, self._doubts):
            return False
        measured = grade(item.confidence)
        return measured is None or measured.css == "lo" or bool(self._doubts.on(item))

    @property
    def ticks(self) -> SafeString:
        """The strip beside the paper: for each item its place in hundredths of the text and its look."""
        length = max(1, len(self.reading.text))
        return format_html_join(
            "",
            '<i class="p{} {}" data-k="{}" data-uuid="{}"></i>',
            (
                (item.span_start * 100 // length, "w" if self._is_low(item) else CSS[ItemKind(item.kind)], item.pk, item.key)
                for item in self.items
                if item.reading_id == self.reading.pk and not item.orphaned and item.state != ItemState.REJECTED
            ),
        )


def _particulars_order(item: Item) -> tuple[bool, bool, int]:
    """Particulars in the order of the form, then citations in that of the text; orphans last."""
    if item.kind == ItemKind.CITATION:
        return (item.orphaned, True, item.position)
    names = list(BY_NAME)
    name = str(item.content.get("field"))
    return (item.orphaned, False, names.index(name) if name in names else len(names))


def _quote(item: Item) -> str:
    """The passage that an orphan was read from."""
    return " ".join(item.reading.text[item.span_start : item.span_end].split())[:300]
