from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("bí mật\n", encoding="utf-8")
    monkeypatch.setenv("TEST_KEY", "khác")
    monkeypatch.setenv("TEST_KEY_FILE", str(tmp_path / "key"))
    assert env.text("TEST_KEY") == "bí mật"


def test_a_file_that_is_missing_fails_loudly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TEST_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match="TEST_KEY_FILE"):
        env.text("TEST_KEY")


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("false", False), ("", True)])
def test_booleans(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("TEST_FLAG", text)
    assert env.boolean("TEST_FLAG", default=True) is value


def test_a_boolean_of_another_form_fails_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_FLAG", "co")
    with pytest.raises(ImproperlyConfigured, match="TEST_FLAG"):
        env.boolean("TEST_FLAG")


def test_integers_and_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_NUMBER", "12")
    monkeypatch.setenv("TEST_NAMES", "a, b ,,c")
    assert env.integer("TEST_NUMBER", 1) == 12
    assert env.names("TEST_NAMES") == ["a", "b", "c"]
    monkeypatch.setenv("TEST_NUMBER", "mười")
    with pytest.raises(ImproperlyConfigured, match="TEST_NUMBER"):
        env.integer("TEST_NUMBER", 1)
