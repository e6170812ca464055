"""Addresses of the papers of a year."""

from django.urls import path

from thidua.web.layout import views as layout
from thidua.web.papers import acts, views

app_name = "papers"
urlpatterns = [
    path("nam/<int:cycle_pk>/", views.of_cycle, name="of_cycle"),
    path("nam/<int:cycle_pk>/lap/", acts.begin, name="begin"),
    path("nam/<int:cycle_pk>/tat-ca/", views.all_of_cycle, name="all"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/trang/<int:number>/", views.page, name="page"),
    path("<int:pk>/tai/<str:form>/", views.download, name="download"),
    path("<int:pk>/the-thuc/", layout.of_paper, name="layout"),
    path("<int:pk>/ban-hanh/", acts.issue, name="issue"),
    path("<int:pk>/thu-hoi/", acts.withdraw, name="withdraw"),
    path("<int:pk>/lap-lai/", acts.replace, name="replace"),
    path("<int:pk>/xoa/", acts.discard, name="discard"),
]
