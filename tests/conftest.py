"""What holds for every test: no network, plain static files, no files outside the test's own folder."""

import os
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from pytest_socket import socket_allow_hosts

# How long an example takes is no matter of tests; where a landing hangs on them, the examples are the same each time.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "house")


def pytest_configure() -> None:
    from django.conf import settings

    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATICFILES_DIRS = []
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "dondoc.units.hashing.OneTimePasswordHasher",
    ]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    # Without a built folder of static files whitenoise would warn in every test.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


def pytest_runtest_setup() -> None:
    """Tests speak to this machine alone: the live server and a database."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Stored files lie in the test's own folder."""
    if "django_db_setup" in request.fixturenames or "db" in request.fixturenames or "dondoc" in str(request.path):
        request.getfixturevalue("settings").MEDIA_ROOT = tmp_path / "files"
