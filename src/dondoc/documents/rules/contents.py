"""What an item of each kind may say: the keys of its content, cleaned; and how two contents become one."""

from typing import Any

from dondoc.common.errors import Refused
from dondoc.documents.enums import ItemKind
from dondoc.documents.rules.fields import BY_NAME, day_of

Content = dict[str, Any]

_TEXTS = {
    ItemKind.TASK: ("text", "result"),
    ItemKind.TARGET: ("text", "indicator", "comparator", "unit", "baseline", "horizon"),
    ItemKind.DUTY: ("text", "recipient", "period", "cutoff"),
    ItemKind.CITATION: ("code", "date", "issuer", "title", "relation"),
}
_LISTS = {
    ItemKind.TASK: ("lead", "coordinating", "supervising"),
    ItemKind.DUTY: ("reporters", "template"),
    ItemKind.CITATION: ("provisions",),
}
_NUMBERS = {ItemKind.TARGET: ("value", "value_high")}
_DEADLINES = (ItemKind.TASK, ItemKind.DUTY)
DEADLINE_KEYS = ("text", "kind", "start", "end", "exclusive", "rrule", "anchor", "offset")

ADDABLE = (ItemKind.TASK, ItemKind.TARGET, ItemKind.DUTY)


def cleaned(kind: str, content: Content) -> Content:
    """The content with all keys of its kind, texts trimmed, empty ones null.

    :raises Refused: it says nothing, or a value is none of its kind.
    """
    if kind == ItemKind.METADATA:
        return _cleaned_field(content)
    held: Content = {name: _text(content.get(name)) for name in _TEXTS.get(ItemKind(kind), ())}
    held |= {name: _list(content.get(name)) for name in _LISTS.get(ItemKind(kind), ())}
    held |= {name: _number(content.get(name), name) for name in _NUMBERS.get(ItemKind(kind), ())}
    if kind in _DEADLINES:
        held["deadline"] = _deadline(content.get("deadline"))
    _check(kind, held)
    return held


def _check(kind: str, held: Content) -> None:
    main = "code" if kind == ItemKind.CITATION else "text"
    if not held.get(main):
        what = "số, ký hiệu" if main == "code" else "nội dung"
        raise Refused(f"Chưa có {what}. Ghi {what} rồi lưu lại.", main)
    if kind == ItemKind.CITATION and held["date"] and day_of(held["date"]) is None:
        raise Refused("Ngày không đúng. Ghi theo dạng 09/9/2025.", "date")
    if kind == ItemKind.TARGET:
        held["indicator"] = held["indicator"] or held["text"]
        held["comparator"] = held["comparator"] or ("none" if held["value"] is None else "=")


def _cleaned_field(content: Content) -> Content:
    field = BY_NAME.get(str(content.get("field")))
    if field is None:
        raise Refused("Mục thông tin này không có trong danh mục.")
    value: Any = content.get("value")
    if field.kind == "list":
        value = _list(value)
    elif field.kind == "signer":
        parts = value if isinstance(value, dict) else {"name": value}
        value = {name: _text(parts.get(name)) for name in ("name", "position", "authority")}
        value = value if any(value.values()) else None
    else:
        value = _text(value)
    if field.kind == "date" and value and day_of(value) is None:
        raise Refused("Ngày không đúng. Ghi theo dạng 09/9/2025.", "value")
    if not value:
        raise Refused(f"Chưa có {field.label.lower()}. Ghi vào ô rồi lưu lại.", "value")
    return {"field": field.name, "value": value}


def _text(value: Any) -> str | None:
    words = " ".join(str(value).split()) if value not in (None, "") else ""
    return words or None


def _list(value: Any) -> list[str]:
    rows = value.splitlines() if isinstance(value, str) else value or []
    return list(dict.fromkeys(row for row in (_text(row) for row in rows) if row))


def _number(value: Any, name: str) -> float | None:
    if value in (None, ""):
        return None
    try:
        return float(value)
    except (TypeError, ValueError):
        raise Refused("Mức cần đạt phải là một số. Ghi số, dùng dấu phẩy cho phần lẻ.", name) from None


def _deadline(value: Any) -> Content | None:
    if not isinstance(value, dict) or not _text(value.get("text")):
        return None
    held: Content = {name: value.get(name) for name in DEADLINE_KEYS}
    held["text"] = _text(held["text"])
    held["exclusive"] = bool(held["exclusive"])
    return held


def joined(kind: str, one: Content, other: Content) -> Content:
    """One content out of two: texts one after the other, names together, the first of everything else that is said."""
    held = dict(one)
    for name, value in other.items():
        mine = one.get(name)
        if isinstance(value, list) and isinstance(mine, list) and name != "span":
            held[name] = list(dict.fromkeys([*mine, *value]))
        elif mine in (None, ""):
            held[name] = value
    held["text"] = _joined_text(str(one.get("text") or ""), str(other.get("text") or ""))
    return cleaned(kind, held)


def _joined_text(one: str, other: str) -> str:
    start = one.rstrip(" ;.,")
    return f"{start}; {other}" if start and other else one or other
