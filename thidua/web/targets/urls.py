"""Addresses: targets."""

from django.urls import path

from thidua.web.targets import negotiating, views, writing

app_name = "targets"
urlpatterns = [
    path("nam/<int:cycle_pk>/", views.of_cycle, name="of_cycle"),
    path("nam/<int:cycle_pk>/chung/", writing.new_common, name="new_common"),
    path("don-vi/<int:enrolment_pk>/bat-dau/", writing.begin, name="begin"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/them/", writing.new, name="new"),
    path("<int:pk>/danh-hieu/", writing.register, name="register"),
    path("<int:pk>/gui/", negotiating.send, name="send"),
    path("<int:pk>/rut-lai/", negotiating.take_back, name="take_back"),
    path("<int:pk>/ket-thuc/", negotiating.finish, name="finish"),
    path("danh-hieu/<int:registration_pk>/bo/", writing.withdraw, name="withdraw"),
    path("muc/<int:target_pk>/sua/", writing.edit, name="edit"),
    path("muc/<int:target_pk>/bo/", writing.remove, name="remove"),
    path("muc/<int:target_pk>/tra-loi/", negotiating.answer, name="answer"),
    path("muc/<int:target_pk>/nhan/", negotiating.accept, name="accept"),
]
