from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from config import checks


def ids(messages: list[CheckMessage]) -> list[str | None]:
    assert all(message.hint for message in messages)
    return [message.id for message in messages]


def test_the_key_of_the_code_is_refused_in_production(settings: Settings) -> None:
    settings.SECRET_KEY = settings.DEVELOPMENT_KEY
    assert ids(checks.secret_key(None)) == ["dondoc.E001"]
    settings.SECRET_KEY = "x" * 60
    assert ids(checks.secret_key(None)) == []


def test_a_var_directory_that_cannot_be_is_an_error(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path / "new" / "var"
    assert ids(checks.var_directory(None)) == []
    (tmp_path / "file").write_text("")
    settings.VAR_DIR = tmp_path / "file" / "var"
    assert ids(checks.var_directory(None)) == ["dondoc.E002"]


def test_missing_assets_are_told(settings: Settings, tmp_path: Path) -> None:
    settings.ASSETS_DIR = tmp_path
    assert ids(checks.assets(None)) == ["dondoc.W003"]
    (tmp_path / "icons.svg").write_text("<svg/>")
    assert ids(checks.assets(None)) == []


def test_static_files_must_be_collected(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    assert ids(checks.static_files(None)) == ["dondoc.E004"]
    (tmp_path / "staticfiles.json").write_text("{}")
    assert ids(checks.static_files(None)) == []


@pytest.mark.parametrize(("backend", "found"), [("ImmediateBackend", ["dondoc.E005"]), ("DatabaseBackend", [])])
def test_production_needs_a_worker(settings: Settings, backend: str, found: list[str]) -> None:
    settings.TASKS = {"default": {"BACKEND": f"django_tasks.backends.{backend}"}}
    assert ids(checks.worker_backend(None)) == found
