"""Addresses: papers that were written elsewhere, under their year."""

from django.urls import path

from thidua.web.brought import acts, articles, views

app_name = "brought"
urlpatterns = [
    path("", views.of_cycle, name="of_cycle"),
    path("moi/", acts.new, name="new"),
    path("<int:brought_pk>/", views.show, name="show"),
    path("<int:brought_pk>/tai/", views.download, name="download"),
    path("<int:brought_pk>/the-thuc/", views.layout, name="layout"),
    path("<int:brought_pk>/dieu/", articles.look, name="articles"),
    path("<int:brought_pk>/gui/", acts.send, name="send"),
    path("<int:brought_pk>/rut-lai/", acts.take_back, name="take_back"),
    path("<int:brought_pk>/bo/", acts.remove, name="remove"),
]
