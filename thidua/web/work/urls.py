"""Addresses: work."""

from django.urls import path

from thidua.web.work import views

app_name = "work"
urlpatterns = [
    path("", views.index, name="index"),
]
