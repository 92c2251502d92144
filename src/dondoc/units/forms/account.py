"""Logging in and passwords."""

import hashlib
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.core.cache import cache
from django.core.exceptions import ValidationError

ATTEMPTS = 8
WAIT_SECONDS = 10 * 60

_RULES = "Ít nhất 8 ký tự, không toàn chữ số, không giống tên đăng nhập."


class LogInForm(AuthenticationForm):
    """Name and password; too many wrong ones in a row make the pair of name and address wait."""

    error_messages = {  # noqa: RUF012
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra bộ gõ và phím Caps Lock rồi nhập lại.",
        "inactive": "Tài khoản này đã ngừng dùng. Hỏi người quản trị của tỉnh.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"

    def clean(self) -> dict[str, Any]:
        key = self._attempts_key()
        if cache.get(key, 0) >= ATTEMPTS:
            minutes = WAIT_SECONDS // 60
            raise ValidationError(f"Đã nhập sai {ATTEMPTS} lần. Chờ {minutes} phút rồi đăng nhập lại, hoặc đặt lại mật khẩu.")
        try:
            cleaned = super().clean()
        except ValidationError:
            cache.add(key, 0, WAIT_SECONDS)
            cache.incr(key)
            raise
        cache.delete(key)
        return dict(cleaned)

    def _attempts_key(self) -> str:
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        name = str(self.cleaned_data.get("username", "")).casefold()
        return "log-in:" + hashlib.sha256(f"{address}\0{name}".encode()).hexdigest()


class ChangePasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    error_messages = {  # noqa: RUF012
        **SetPasswordForm.error_messages,
        "password_incorrect": "Mật khẩu đang dùng không đúng. Nhập lại.",
        "password_mismatch": "Hai lần nhập mật khẩu mới không giống nhau. Nhập lại.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mật khẩu đang dùng"
        _name_new_passwords(self)


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """The new password twice, reached by a link from an e-mail."""

    error_messages = {  # noqa: RUF012
        "password_mismatch": "Hai lần nhập mật khẩu mới không giống nhau. Nhập lại.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_new_passwords(self)


def _name_new_passwords(form: forms.Form) -> None:
    form.fields["new_password1"].label = "Mật khẩu mới"
    form.fields["new_password1"].help_text = _RULES
    form.fields["new_password2"].label = "Nhập lại mật khẩu mới"
    form.fields["new_password2"].help_text = ""


class ForgottenPasswordForm(PasswordResetForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Thư điện tử công vụ"
