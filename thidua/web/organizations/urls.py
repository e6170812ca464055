"""Addresses: organizations."""

from django.urls import path

from thidua.web.organizations import changes, changing, letterhead, views

app_name = "organizations"
urlpatterns = [
    path("", views.index, name="index"),
    path("moi/", views.new, name="new"),
    path("sap-xep/", changes.index, name="changes"),
    path("sap-xep/<int:change_pk>/", changes.show, name="change"),
    path("sap-xep/<int:change_pk>/sua/", changes.correct, name="correct_change"),
    path("sap-xep/<int:change_pk>/go/", changes.undo, name="undo_change"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/dau-van-ban/", letterhead.letterhead, name="letterhead"),
    path("<int:pk>/doi-ten/", views.rename, name="rename"),
    path("<int:pk>/sap-xep/", changing.choose, name="rearrange"),
    path("<int:pk>/hop-nhat/", changing.act, {"kind": "merge"}, name="merge"),
    path("<int:pk>/sap-nhap/", changing.act, {"kind": "absorb"}, name="absorb"),
    path("<int:pk>/chia-tach/", changing.act, {"kind": "split"}, name="split"),
    path("<int:pk>/giai-the/", changing.act, {"kind": "dissolve"}, name="dissolve"),
    path("<int:pk>/chuyen/", changing.act, {"kind": "move"}, name="move"),
    path("<int:pk>/chuc-vu/", views.new_office, name="new_office"),
]
