"""Addresses: linked. They are handed on by people and may not change while links live."""

from django.urls import path

from thidua.web.linked import views

app_name = "linked"
urlpatterns = [
    path("<str:token>/", views.show, name="show"),
    path("<str:token>/ma/", views.code, name="code"),
    path("<str:token>/khac/", views.other, name="other"),
]
