from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
@login_not_required
def healthz(_request: HttpRequest) -> JsonResponse:
    """Whether this process answers and reaches its database; for a balancer, without logging in."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without its token: an old tab, or cookies switched off."""
    facts: dict[str, Any] = {
        "message": "Trang này mở đã lâu hoặc trình duyệt chặn cookie nên chưa ghi được. Mở lại trang rồi làm lại.",
        "status": 403,
        "reason": reason,
    }
    return render(request, "common/refused.html", facts, status=403)
