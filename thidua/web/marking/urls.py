"""Addresses: marking."""

from django.urls import path

from thidua.web.marking import card, checks, proofs, sending, split, views, whole

app_name = "marking"
urlpatterns = [
    path("nam/<int:cycle_pk>/", views.of_cycle, name="of_cycle"),
    path("nam/<int:cycle_pk>/lap-phieu/", views.begin_cards, name="begin_cards"),
    path("nam/<int:cycle_pk>/kiem-tra-cheo/", checks.checks, name="checks"),
    path("nam/<int:cycle_pk>/kiem-tra-cheo/giao/", checks.assign, name="assign"),
    path("nam/<int:cycle_pk>/kiem-tra-cheo/giao-vong/", checks.in_turn, name="in_turn"),
    path("nam/<int:cycle_pk>/xung-dot/", checks.conflict, name="conflict"),
    path("phieu/<int:card_pk>/", card.card, name="card"),
    path("phieu/<int:card_pk>/bat-dau/", card.begin, name="begin"),
    path("bang/<int:sheet_pk>/", split.sheet, name="sheet"),
    path("bang/<int:sheet_pk>/ca-phieu/", whole.whole, name="whole"),
    path("bang/<int:sheet_pk>/gui/", sending.send, name="send"),
    path("bang/<int:sheet_pk>/rut-lai/", sending.take_back, name="take_back"),
    path("bang/<int:sheet_pk>/dong-y/", split.agree, name="agree"),
    path("bang/<int:sheet_pk>/bo-giao/", checks.unassign, name="unassign"),
    path("bang/<int:sheet_pk>/<int:leaf_pk>/", split.mark, name="mark"),
    path("bang/<int:sheet_pk>/<int:leaf_pk>/minh-chung/", proofs.prove, name="prove"),
    path("minh-chung/<int:proof_pk>/go/", proofs.unprove, name="unprove"),
]
