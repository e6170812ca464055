"""Addresses: accounts. They stand before allauth's, so those named last here take the place of its.

We keep one e-mail and open accounts ourselves: its pages for confirming addresses lead elsewhere.
"""

from django.urls import path, re_path
from django.views.generic import RedirectView

from thidua.web.accounts import staffing, views

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
    path("don-vi/<int:org_pk>/mat-khau/<int:user_pk>/", staffing.password, name="password"),
    path("quyen/<int:appointment_pk>/ket-thuc/", staffing.end, name="end"),
    path("login/", views.sign_in, name="sign_in"),
    path("email/", RedirectView.as_view(pattern_name="accounts:email")),
    re_path(r"^confirm-email/(?:[-:\w]+/)?$", to_account),
]
