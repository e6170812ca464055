"""Addresses: blocs."""

from django.urls import path

from thidua.web.blocs import views

app_name = "blocs"
urlpatterns = [
    path("moi/", views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/lap-lai/", views.reform, name="reform"),
    path("<int:pk>/sua/", views.edit, name="edit"),
]
