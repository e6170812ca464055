"""Addresses: verifying. The second one stands in the QR of every paper and may never change."""

from django.urls import path

from thidua.web.verifying import views

app_name = "verifying"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:code>/", views.show, name="show"),
]
