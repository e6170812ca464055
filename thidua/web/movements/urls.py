"""Addresses: movements."""

from django.urls import path

from thidua.web.movements import views, years

app_name = "movements"
urlpatterns = [
    path("", views.index, name="index"),
    path("moi/", views.new, name="new"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/sua/", views.edit, name="edit"),
    path("nam/<int:cycle_pk>/", years.of_cycle, name="of_cycle"),
    path("nam/<int:cycle_pk>/nhan/", years.adopt, name="adopt"),
    path("cua-nam/<int:adoption_pk>/bo/", years.drop, name="drop"),
    path("cua-nam/<int:adoption_pk>/tham-gia/", years.join, name="join"),
]
