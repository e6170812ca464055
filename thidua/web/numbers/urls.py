"""Addresses: the book of outgoing papers, and the books that give numbers out."""

from django.urls import path

from thidua.web.numbers import books, giving, views

app_name = "numbers"
urlpatterns = [
    path("", views.index, name="index"),
    path("lay-so/", views.take, name="take"),
    path("so.xlsx", giving.as_workbook, name="workbook"),
    path("so.pdf", giving.as_paper, name="paper"),
    path("cap-so/", books.index, name="books"),
    path("cap-so/<int:book_pk>/dung/", books.close, name="close_book"),
    path("<int:number_pk>/", views.show, name="show"),
    path("<int:number_pk>/huy/", views.cancel, name="cancel"),
]
