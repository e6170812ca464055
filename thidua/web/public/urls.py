"""Addresses: public."""

from django.urls import path

from thidua.web.public import views

app_name = "public"
urlpatterns = [path("", views.blocs, name="blocs")]
