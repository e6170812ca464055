"""Addresses: deleted drafts."""

from django.urls import path

from thidua.web.discards import views

app_name = "discards"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/lay-lai/", views.restore, name="restore"),
]
