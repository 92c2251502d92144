"""One way to cut a list into pages."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 50

M = TypeVar("M", bound=Model)


def page_of(request: HttpRequest, rows: QuerySet[M] | Sequence[Any], size: int = PAGE_SIZE) -> "Page[Any]":
    """The page that ``?trang=`` asks for, the first or the last where it makes no sense."""
    return Paginator(rows, size).get_page(request.GET.get("trang"))
