"""Addresses: inbox. Whole, since they stand in three places: the desk, the account, the house."""

from django.urls import path

from thidua.web.inbox import choice, outbox, views

app_name = "inbox"
urlpatterns = [
    path("viec/thong-bao/", views.index, name="index"),
    path("viec/thong-bao/<int:notice_pk>/", views.follow, name="follow"),
    path("viec/thong-bao/<int:notice_pk>/da-doc/", views.read, name="read"),
    path("tai-khoan/thu/", choice.edit, name="mail_choice"),
    path("he-thong/thu/", outbox.index, name="outbox"),
    path("he-thong/thu/gui-lai-tat-ca/", outbox.all_again, name="all_again"),
    path("he-thong/thu/chua-co-dia-chi/", outbox.unreachable, name="unreachable"),
    path("he-thong/thu/<int:mail_pk>/gui-lai/", outbox.again, name="again"),
    path("he-thong/thu/<int:mail_pk>/bo/", outbox.drop, name="drop"),
]
