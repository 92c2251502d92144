"""The addresses of templates, below ``mau/``."""

from django.urls import URLPattern, path

from dondoc.reporting.views import template_editing, template_files, templates

urlpatterns: list[URLPattern] = [
    path("", templates.templates, name="templates"),
    path("moi/", templates.new, name="template_new"),
    path("tu-tep/", template_files.take, name="template_file"),
    path("tu-tep/lap/", template_files.keep, name="template_keep"),
    path("<int:pk>/", templates.template, name="template"),
    path("<int:pk>/chep/", templates.copy, name="template_copy"),
    path("<int:pk>/ban-moi/", templates.next_version, name="template_next"),
    path("<int:pk>/dung/", templates.issue, name="template_issue"),
    path("<int:pk>/bo/", templates.discard, name="template_discard"),
    path("<int:pk>/tep/", templates.export, name="template_export"),
    path("<int:pk>/sua/<slug:kind>/", template_editing.edit, name="template_edit"),
    path("<int:pk>/doi/<slug:kind>/", template_editing.act, name="template_act"),
]
