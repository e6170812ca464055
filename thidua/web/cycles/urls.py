"""Addresses: cycles."""

from django.urls import path

from thidua.web.cycles import members, moving, nudging, phases, views

app_name = "cycles"
urlpatterns = [
    path("khoi/<int:bloc_pk>/moi/", views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("<int:pk>/bang/", views.board, name="board"),
    path("<int:pk>/nhac/", nudging.nudge, name="nudge"),
    path("<int:pk>/don-vi/", members.members, name="members"),
    path("<int:pk>/don-vi/moi/", members.join, name="join"),
    path("<int:pk>/truong-pho/", members.lead, name="lead"),
    path("don-vi/<int:enrolment_pk>/roi/", members.leave, name="leave"),
    path("don-vi/<int:enrolment_pk>/bo/", members.remove, name="remove"),
    path("<int:pk>/giai-doan/", phases.phases, name="phases"),
    path("giai-doan/<int:phase_pk>/", phases.phase_act, name="phase_act"),
    path("<int:pk>/chuyen/", moving.move, name="move"),
    path("<int:pk>/chep/", moving.copy, name="copy"),
]
