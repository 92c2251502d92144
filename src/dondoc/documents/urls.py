from django.urls import URLPattern, URLResolver, path

from dondoc.documents.views import items, listing, page, review, sharing, upload, versions

app_name = "documents"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.document_list, name="list"),
    path("nop/", upload.hand_in, name="hand_in"),
    path("<int:pk>/", page.document_page, name="page"),
    path("<int:pk>/tien-do/", page.progress, name="progress"),
    path("<int:pk>/cac-muc/", page.item_list, name="items"),
    path("<int:pk>/trang/", page.sheet, name="sheet"),
    path("<int:pk>/trang/<int:number>/anh/", page.picture, name="picture"),
    path("<int:pk>/tep/", page.original, name="file"),
    path("<int:pk>/doc-lai/", page.read_again, name="read_again"),
    path("<int:pk>/dung/", page.stop, name="stop"),
    path("<int:pk>/pham-vi/", sharing.visibility, name="visibility"),
    path("<int:pk>/phien-ban/<int:other>/", versions.judge, name="judge_version"),
    path("<int:pk>/so-sanh/<int:other>/", versions.compare, name="compare"),
    path("<int:pk>/nhan-chac/", review.accept_certain, name="accept_certain"),
    path("<int:pk>/nhan-ca-bang/", review.accept_particulars, name="accept_particulars"),
    path("<int:pk>/hoan-tac/", review.undo_last, name="undo_last"),
    path("<int:pk>/them/", items.add, name="add"),
    path("<int:pk>/thong-tin/<slug:field>/", items.particular, name="particular"),
    path("<int:pk>/han/", items.deadline_preview, name="deadline"),
    path("<int:pk>/muc/<uuid:key>/", review.card, name="card"),
    path("<int:pk>/muc/<uuid:key>/dung/", review.accept, name="accept"),
    path("<int:pk>/muc/<uuid:key>/bo/", review.reject, name="reject"),
    path("<int:pk>/muc/<uuid:key>/hoan-tac/", review.undo, name="undo"),
    path("<int:pk>/muc/<uuid:key>/sua/", items.correct, name="correct"),
    path("<int:pk>/muc/<uuid:key>/tach/", items.split, name="split"),
    path("<int:pk>/muc/<uuid:key>/gop/", items.merge, name="merge"),
    path("<int:pk>/muc/<uuid:key>/ghi/", items.settle, name="settle"),
    path("<int:pk>/muc/<uuid:key>/giu/", items.keep, name="keep"),
]
