"""Background work by name, so that services need not import the jobs that call them.

An app registers a function in its ``jobs.py`` (imported by its ``AppConfig.ready``); a service enqueues the name with
plain values. The work starts after the transaction that asked for it.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django_tasks import task

PlainValue = str | int | bool | None

_registry: dict[str, Callable[..., None]] = {}


def job(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function that takes plain values, fetches, calls a service and returns nothing."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        if name in _registry:
            raise ValueError(f"two jobs are named {name}")
        _registry[name] = function
        return function

    return register


@task()
def run(name: str, arguments: list[Any]) -> None:
    """What the worker runs."""
    _registry[name](*arguments)


def enqueue(name: str, *arguments: PlainValue) -> None:
    """Ask for the job ``name`` once the current transaction is committed."""
    transaction.on_commit(lambda: run.enqueue(name, list(arguments)))
