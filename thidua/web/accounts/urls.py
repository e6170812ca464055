"""Addresses: accounts. They stand before allauth's, so those named last here take the place of its.

We keep one e-mail and open accounts ourselves: its pages for confirming addresses lead elsewhere.
"""

from django.urls import path, re_path
from django.views.generic import RedirectView

from thidua.web.accounts import entering, guarding, inviting, listing, staffing, views

app_name = "accounts"
to_account = RedirectView.as_view(pattern_name="accounts:show")
urlpatterns = [
    path("", views.show, name="show"),
    path("doi-don-vi/", views.switch, name="switch"),
    path("thu-dien-tu/", views.email, name="email"),
    path("don-vi/<int:org_pk>/", staffing.people, name="people"),
    path("don-vi/<int:org_pk>/moi/", staffing.create, name="create"),
    path("don-vi/<int:org_pk>/giao-quyen/", staffing.give_right, name="appoint"),
    path("don-vi/<int:org_pk>/giao-quyen/<int:user_pk>/", staffing.give_right, name="appoint"),
    path("quyen/<int:appointment_pk>/ket-thuc/", staffing.end, name="end"),
    path("danh-sach/", listing.accounts, name="list"),
    path("moi/", inviting.choose, name="choose"),
    path("moi/phieu/", inviting.slips, name="slips"),
    path("moi/thu/", inviting.mails, name="mails"),
    path("nguoi/<int:user_pk>/", guarding.account, name="account"),
    path("nguoi/<int:user_pk>/<slug:act>/", guarding.guard, name="guard"),
    path("dang-xuat-moi-noi/", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("vao/", entering.enter, name="enter"),
    path("vao/mat-khau/", entering.choose_password, name="choose_password"),
    path("vao/<str:username>/<str:code>/", entering.enter_by, name="enter_by"),
    path("login/", views.sign_in, name="sign_in"),
    path("email/", RedirectView.as_view(pattern_name="accounts:email")),
    re_path(r"^confirm-email/(?:[-:\w]+/)?$", to_account),
]
