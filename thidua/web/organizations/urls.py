"""Addresses: organizations."""

from django.urls import path

from thidua.web.organizations import views

app_name = "organizations"
urlpatterns = [
    path("", views.index, name="index"),
    path("moi/", views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/doi-ten/", views.rename, name="rename"),
    path("<int:pk>/chuc-vu/", views.new_office, name="new_office"),
]
