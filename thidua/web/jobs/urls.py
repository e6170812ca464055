"""Addresses: background jobs."""

from django.urls import path

from thidua.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="index"),
    path("chay-lai-tat-ca/", views.all_again, name="all_again"),
    path("<int:pk>/chay-lai/", views.again, name="again"),
    path("<int:pk>/bo/", views.drop, name="drop"),
]
