"""Addresses: handovers."""

from django.urls import path

from thidua.web.handovers import views

app_name = "handovers"
urlpatterns = [
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/tep.zip", views.download, name="download"),
    path("nam/<int:cycle_pk>/", views.of_cycle, name="of_cycle"),
    path("<int:pk>/giao/", views.hand, name="hand"),
    path("<int:pk>/rut-lai/", views.take_back, name="take_back"),
    path("<int:pk>/nhan/", views.receive, name="receive"),
]
