from django.urls import URLPattern, URLResolver, include, path, re_path

from dondoc.reporting import template_urls
from dondoc.reporting.views import campaigns, draft, figure, form, handing, managing, opening, practice, review, timeliness

app_name = "reporting"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", form.home, name="home"),
    path("cua-toi/", form.mine, name="mine"),
    path("<int:pk>/", form.form, name="form"),
    path("<int:pk>/luu/", form.autosave, name="autosave"),
    path("<int:pk>/so-da-co/", form.take_known, name="take_known"),
    path("<int:pk>/kiem-tra/", handing.check, name="check"),
    path("<int:pk>/nop/", handing.submit, name="submit"),
    path("<int:pk>/trinh/", handing.pass_on, name="pass_on"),
    path("<int:pk>/tra-lai-de-sua/", handing.hold_back, name="hold_back"),
    path("<int:pk>/bien-nhan/", handing.receipt, name="receipt"),
    path("<int:pk>/ban-quet/<int:event_pk>/", handing.scan, name="scan"),
    path("<int:pk>/ban-in/", handing.printed, name="print"),
    path("cach-nop/<int:pk>/", practice.practice, name="practice"),
    path("cach-nop/<int:pk>/lanh-dao/", practice.set_practice, name="set_practice"),
    path("cach-nop/<int:pk>/thoi/<int:submitter_pk>/", practice.end_submitter, name="end_submitter"),
    path("mau/", include(template_urls.urlpatterns)),
    path("dung-han/", timeliness.timeliness, name="timeliness"),
    path("dot/", campaigns.campaigns, name="campaigns"),
    path("dot/mo/", opening.open_freely, name="open_campaign"),
    path("dot/mo/<int:duty_pk>/", opening.open_from_duty, name="open_from_duty"),
    path("dot/<int:pk>/", campaigns.campaign, name="campaign"),
    path("dot/<int:pk>/goi/", campaigns.calls, name="calls"),
    path("dot/<int:pk>/nhac/", managing.urge, name="urge"),
    path("dot/<int:pk>/quan-ly/", managing.manage, name="manage"),
    path("dot/<int:pk>/quan-ly/<slug:key>/", managing.act, name="campaign_act"),
    path("dot/<int:pk>/tong-hop/", draft.draft, name="draft"),
    path("dot/<int:pk>/tong-hop/lap/", draft.make, name="draft_make"),
    path("dot/<int:pk>/tong-hop/lay-so-moi/", draft.renew, name="draft_renew"),
    re_path(r"^dot/(?P<pk>\d+)/tong-hop/them/(?P<what>doan|doan-cua-don-vi|bieu)/$", draft.add, name="draft_add"),
    re_path(r"^dot/(?P<pk>\d+)/tong-hop/doan/(?P<block>\d+)/(?P<what>sua|len|xuong|bo|lay-lai)/$", draft.act, name="draft_act"),
    path("dot/<int:pk>/duyet/<int:report>/", review.review, name="review"),
    re_path(r"^dot/(?P<pk>\d+)/duyet/(?P<report>\d+)/(?P<what>duyet|tra-lai|y-kien)/$", review.act, name="review_act"),
    path("dot/<int:pk>/so/<int:group>/<str:code>/<str:column>/", figure.figure, name="figure"),
]
