"""The addresses of the platform, an app each."""

from django.urls import include, path

urlpatterns = [
    path("", include("dondoc.common.urls")),
    path("", include("dondoc.desk.urls")),
    path("", include("dondoc.units.urls")),
    path("thong-ke/", include("dondoc.desk.statistics.urls")),
    path("tim/", include("dondoc.search.urls")),
    path("thong-bao/", include("dondoc.notices.urls")),
    path("trao-doi/", include("dondoc.comments.urls")),
    path("van-ban/", include("dondoc.documents.urls")),
    path("bao-cao/", include("dondoc.reporting.urls")),
    path("chuong-trinh/", include("dondoc.programmes.urls")),
]
