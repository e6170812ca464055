"""Addresses: reports, results, evidence."""

from django.urls import path

from thidua.web.reporting import (
    answering,
    library,
    measuring,
    periods,
    proving,
    reading,
    sending,
    views,
    writing,
)

app_name = "reporting"
urlpatterns = [
    path("nam/<int:cycle_pk>/", views.of_cycle, name="of_cycle"),
    path("nam/<int:cycle_pk>/ky/", periods.periods, name="periods"),
    path("nam/<int:cycle_pk>/ky/thuong-gap/", periods.set_usual, name="set_usual"),
    path("nam/<int:cycle_pk>/ky/moi/", periods.new, name="new_period"),
    path("ky/<int:period_pk>/", periods.edit, name="edit_period"),
    path("ky/<int:period_pk>/bo/", periods.remove, name="remove_period"),
    path("don-vi/<int:enrolment_pk>/ket-qua/", measuring.results, name="results"),
    path("chi-tieu/<int:target_pk>/", measuring.target, name="target"),
    path("chi-tieu/<int:target_pk>/minh-chung/", proving.prove_target, name="prove_target"),
    path(
        "chi-tieu/<int:target_pk>/go/<int:evidence_pk>/",
        proving.unprove_target,
        name="unprove_target",
    ),
    path("don-vi/<int:enrolment_pk>/ky/<int:period_pk>/", writing.begin, name="begin"),
    path("<int:pk>/", reading.show, name="show"),
    path("<int:pk>/lan-gui/<int:sending_pk>/", reading.sending, name="sending"),
    path("<int:pk>/soan/", writing.edit, name="edit"),
    path("<int:pk>/minh-chung/", proving.prove_report, name="prove_report"),
    path("<int:pk>/go/<int:evidence_pk>/", proving.unprove_report, name="unprove_report"),
    path("<int:pk>/gui/", sending.send, name="send"),
    path("<int:pk>/rut-lai/", sending.take_back, name="take_back"),
    path("<int:pk>/tiep-nhan/", answering.accept, name="accept"),
    path("<int:pk>/tra-lai/", answering.send_back, name="return"),
    path("don-vi/<int:enrolment_pk>/minh-chung/", library.of_unit, name="library"),
    path("don-vi/<int:enrolment_pk>/minh-chung/them/", library.keep, name="keep"),
    path("minh-chung/<int:evidence_pk>/", library.piece, name="evidence"),
    path("minh-chung/<int:evidence_pk>/tai/", library.download, name="download"),
    path("minh-chung/<int:evidence_pk>/xem/", library.preview, name="preview"),
    path("minh-chung/<int:evidence_pk>/rut/", library.withdraw, name="withdraw"),
]
