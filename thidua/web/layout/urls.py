"""Addresses: the check of a layout."""

from django.urls import path

from thidua.web.layout import views

app_name = "layout"
urlpatterns = [path("", views.index, name="index")]
