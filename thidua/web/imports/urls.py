"""Addresses: imports."""

from django.urls import path

from thidua.web.imports import acts, giving, views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("lan/<int:pk>/", views.show, name="show"),
    path("lan/<int:pk>/cot/", acts.columns, name="columns"),
    path("lan/<int:pk>/chon/", acts.choose, name="choose"),
    path("lan/<int:pk>/xac-nhan/", acts.confirm, name="confirm"),
    path("lan/<int:pk>/xem-lai/", acts.again, name="again"),
    path("lan/<int:pk>/tiep-tuc/", acts.resume, name="resume"),
    path("lan/<int:pk>/bo/", acts.drop, name="drop"),
    path("lan/<int:pk>/go/", acts.undo, name="undo"),
    path("lan/<int:pk>/tep/", giving.file, name="file"),
    path("<slug:slug>/", views.bring, name="bring"),
    path("<slug:slug>/mau.xlsx", giving.empty_form, name="form"),
    path("<slug:slug>/hien-co.xlsx", giving.as_workbook, name="export"),
    path("<slug:slug>/hien-co.csv", giving.as_text, name="export_csv"),
]
