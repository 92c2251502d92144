"""Logging in and out, changing and resetting one's password."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from dondoc.common.errors import Refused
from dondoc.units.forms.account import ChangePasswordForm, ForgottenPasswordForm, LogInForm, NewPasswordForm
from dondoc.units.models import Person
from dondoc.units.services import accounts


class LogIn(auth_views.LoginView):
    form_class = LogInForm
    template_name = "units/account/login.html"
    redirect_authenticated_user = True


log_in = LogIn.as_view()
log_out = auth_views.LogoutView.as_view()


@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    person = cast("Person", request.user)
    form = ChangePasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_password(person=person, new_password=form.cleaned_data["new_password1"])
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            update_session_auth_hash(request, person)
            messages.success(request, "Đã đổi mật khẩu.")
            return redirect("/")
    return render(request, "units/account/password.html", {"form": form}, status=422 if form.errors else 200)


@method_decorator(login_not_required, name="dispatch")
class ForgotPassword(auth_views.PasswordResetView):
    form_class = ForgottenPasswordForm
    template_name = "units/account/forgot.html"
    email_template_name = "units/account/forgot_email.txt"
    subject_template_name = "units/account/forgot_subject.txt"
    success_url = reverse_lazy("units:forgot_sent")


@method_decorator(login_not_required, name="dispatch")
class NewPassword(auth_views.PasswordResetConfirmView):
    form_class = NewPasswordForm
    template_name = "units/account/new_password.html"
    success_url = reverse_lazy("units:login")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data: dict[str, Any] = form.cleaned_data
        try:
            accounts.change_password(person=cast("Person", self.user), new_password=data["new_password1"])
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
            return self.form_invalid(form)
        self.request.session.pop(auth_views.INTERNAL_RESET_SESSION_TOKEN, None)
        messages.success(self.request, "Đã đặt mật khẩu mới. Đăng nhập bằng mật khẩu này.")
        return redirect(str(self.success_url))


forgot = ForgotPassword.as_view()
forgot_sent = login_not_required(auth_views.PasswordResetDoneView.as_view(template_name="units/account/forgot_sent.html"))
new_password = NewPassword.as_view()
