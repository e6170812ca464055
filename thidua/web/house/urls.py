"""Addresses: the steps of the set-up, which are also the pages that change what was set."""

from django.urls import path

from thidua.web.house import mail, setup

app_name = "setup"
urlpatterns = [
    path("", setup.start, name="start"),
    path("bao-ve/", setup.guard, name="guard"),
    path("hinh-thuc/", setup.look, name="look"),
    path("gui-thu/", mail.mail, name="mail"),
    path("gui-thu/thu/", mail.try_out, name="try_mail"),
    path("gui-thu/de-sau/", mail.put_off, name="put_off_mail"),
    path("chu-de/", setup.slogan, name="slogan"),
    path("kiem-tra/", setup.check, name="check"),
    path("xong/", setup.finish, name="finish"),
]
