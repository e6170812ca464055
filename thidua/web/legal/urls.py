"""Addresses: legal texts."""

from django.urls import path

from thidua.web.legal import views

app_name = "legal"
urlpatterns = [
    path("", views.index, name="index"),
    path("moi/", views.new, name="new"),
    path("<slug:text_key>/", views.show, name="show"),
    path("<slug:text_key>/sua/", views.edit, name="edit"),
]
