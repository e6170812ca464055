"""Addresses: results."""

from django.urls import path

from thidua.web.results import correcting, making, objecting, settling, show, standing, year

app_name = "results"
urlpatterns = [
    path("nam/<int:cycle_pk>/", year.of_cycle, name="of_cycle"),
    path("nam/<int:cycle_pk>/lap/", making.draw_up, name="draw_up"),
    path("<int:pk>/", show.show, name="show"),
    path("<int:pk>/toan-bo/", show.whole, name="whole"),
    path("<int:pk>/phan-dinh/<int:rank>/", making.settle, name="settle"),
    path("<int:pk>/kien-nghi/", objecting.object_to, name="object"),
    path("<int:pk>/thong-qua/", settling.adopt, name="adopt"),
    path("<int:pk>/cong-bo/", settling.publish, name="publish"),
    path("kien-nghi/<int:objection_pk>/tra-loi/", objecting.answer, name="answer"),
    path("don-vi/<int:standing_pk>/", standing.show, name="standing"),
    path(
        "don-vi/<int:standing_pk>/dinh-chinh/<int:leaf_pk>/",
        correcting.correct,
        name="correct",
    ),
]
