"""Addresses: trust, certificates, held keys."""

from django.urls import path

from thidua.web.certificates import keys, views

app_name = "certificates"
urlpatterns = [
    path("", views.index, name="index"),
    path("noi-cap/moi/", views.new_root, name="new_root"),
    path("noi-cap/<int:root_pk>/thoi-tin/", views.retire, name="retire"),
    path("dang-ky/", views.register, name="register"),
    path("<int:certificate_pk>/thoi-nhan/", views.end, name="end"),
    path("khoa/tep/", keys.new_file, name="new_key"),
    path("khoa/thiet-bi/", keys.new_token, name="new_token"),
    path("khoa/<int:key_pk>/thoi-giu/", keys.let_go, name="let_go"),
]
