"""Addresses: awards and rankings of years past."""

from django.urls import path

from thidua.web.awards import rankings, views, writing

app_name = "awards"
urlpatterns = [
    path("", views.index, name="index"),
    path("moi/", writing.new, name="new"),
    path("don-vi/<int:org_pk>/moi/", writing.new_for, name="new_for"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/sua/", writing.correct, name="correct"),
    path("<int:pk>/bo/", writing.remove, name="remove"),
    path("xep-hang/<int:bloc_pk>/moi/", rankings.new, name="new_ranking"),
    path("xep-hang/hang/<int:ranking_pk>/sua/", rankings.correct, name="correct_ranking"),
    path("xep-hang/hang/<int:ranking_pk>/bo/", rankings.remove, name="remove_ranking"),
]
