"""Addresses: what is known of a person."""

from django.urls import path

from thidua.web.keeping import erasing, personal

app_name = "personal"
urlpatterns = [
    path("", personal.own, name="own"),
    path("cua-nguoi/", personal.find, name="find"),
    path("cua-nguoi/<int:person_pk>/", personal.show, name="show"),
    path("cua-nguoi/<int:person_pk>/tai/", personal.take, name="take"),
    path("cua-nguoi/<int:person_pk>/xoa/", erasing.ask, name="ask"),
    path("xoa/", erasing.index, name="erasures"),
    path("xoa/<int:erasure_pk>/", erasing.confirm, name="confirm"),
    path("xoa/<int:erasure_pk>/bo/", erasing.drop, name="drop"),
]
