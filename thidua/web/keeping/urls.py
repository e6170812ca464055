"""Addresses: backups."""

from django.urls import path

from thidua.web.keeping import backups

app_name = "keeping"
urlpatterns = [
    path("", backups.index, name="index"),
    path("ngay/", backups.now, name="now"),
]
