"""Reading what a page answered."""

from typing import Any

from django.contrib.messages import get_messages


def body(response: Any) -> str:
    assert response.status_code in {200, 422}, response.status_code
    return str(response.content.decode())


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]
