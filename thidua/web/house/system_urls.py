"""Addresses: the operator's own page."""

from django.urls import path

from thidua.web.house import system

app_name = "house"
urlpatterns = [path("", system.index, name="index")]
