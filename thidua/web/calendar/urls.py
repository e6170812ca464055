"""Addresses: calendar."""

from django.urls import path

from thidua.web.calendar import feed, views

app_name = "calendar"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("dia-chi/", views.renew, name="renew"),
    path("dia-chi/bo/", views.end, name="end"),
    path("nam/<int:cycle_pk>/", views.of_cycle, name="of_cycle"),
    path("nam/<int:cycle_pk>/nhac-han/", views.reminders, name="reminders"),
    path("<slug:name>/<slug:code>.ics", feed.feed, name="feed"),
]
