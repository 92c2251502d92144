"""What an installation must have, said before it runs: ``dondoc check``, and ``dondoc check --deploy`` in production."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution

Apps = Sequence[AppConfig] | None

IN_PLACE_BACKENDS = ("ImmediateBackend", "DummyBackend")


@register(Tags.security, deploy=True)
def secret_key(app_configs: Apps, **_kwargs: Any) -> list[CheckMessage]:
    """Sessions and reset links are signed with the key: the one in the code is known to all."""
    del app_configs
    if settings.SECRET_KEY != settings.DEVELOPMENT_KEY:
        return []
    return [
        Error(
            "DONDOC_SECRET_KEY is not set: sessions would be signed with the key that stands in the code.",
            hint="Put at least 50 random characters in DONDOC_SECRET_KEY, or in a file named by DONDOC_SECRET_KEY_FILE.",
            id="dondoc.E001",
        )
    ]


@register(Tags.files)
def var_directory(app_configs: Apps, **_kwargs: Any) -> list[CheckMessage]:
    """The database (SQLite) and the files that people hand in lie under DONDOC_VAR."""
    del app_configs
    directory = Path(settings.VAR_DIR)
    nearest = next(place for place in (directory, *directory.parents) if place.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"{directory} cannot be written: no file could be stored.",
            hint="Give the service's account write access to it, or name another directory in DONDOC_VAR.",
            id="dondoc.E002",
        )
    ]


@register(Tags.staticfiles)
def assets(app_configs: Apps, **_kwargs: Any) -> list[CheckMessage]:
    """Icons and letters come from npm packages and are built once."""
    del app_configs
    if (Path(settings.ASSETS_DIR) / "icons.svg").is_file():
        return []
    return [
        Caution(
            "build/assets is missing: pages would show no icons and another typeface.",
            hint="Run npm ci and python tools/build_assets.py (make setup does both).",
            id="dondoc.W003",
        )
    ]


@register(Tags.staticfiles, deploy=True)
def static_files(app_configs: Apps, **_kwargs: Any) -> list[CheckMessage]:
    """In production every static file is served under its hash."""
    del app_configs
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        return []
    return [
        Error(
            f"{settings.STATIC_ROOT} holds no collected static files: every page would fail.",
            hint="Run dondoc collectstatic --noinput after each change of version.",
            id="dondoc.E004",
        )
    ]


@register(deploy=True)
def worker_backend(app_configs: Apps, **_kwargs: Any) -> list[CheckMessage]:
    """Reading a scan takes minutes: it belongs to a worker, not to the page that asked for it."""
    del app_configs
    return [
        Error(
            f"The queue {name!r} runs jobs with {queue['BACKEND']}: pages would wait for them, or they would never run.",
            hint="Use django_tasks_db.DatabaseBackend and run a worker: dondoc db_worker.",
            id="dondoc.E005",
        )
        for name, queue in settings.TASKS.items()
        if str(queue["BACKEND"]).endswith(IN_PLACE_BACKENDS)
    ]
