"""Addresses: ceremonies."""

from django.urls import path

from thidua.web.ceremonies import desk, phone, screen

app_name = "ceremonies"
urlpatterns = [
    path("giao-uoc/<int:covenant_pk>/", desk.desk, name="desk"),
    path("giao-uoc/<int:covenant_pk>/mo/", desk.open_one, name="open"),
    path("hinh/<int:pk>/", desk.picture, name="picture"),
    path("<slug:address>/", screen.screen, name="screen"),
    path("<slug:address>/trang-thai/", screen.state, name="state"),
    path("<slug:address>/dieu-khien/", desk.host, name="host"),
    path("<slug:address>/ban-giay/", desk.on_paper, name="paper"),
    path("<slug:address>/ky/", phone.sign, name="sign"),
    path("<slug:address>/da-ky/", phone.signed, name="signed"),
]
