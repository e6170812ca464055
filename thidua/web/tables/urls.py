"""Addresses: scoring tables."""

from django.urls import path

from thidua.web.tables import beginning, criteria, editor, moving, reading

app_name = "tables"
urlpatterns = [
    path("nam/<int:cycle_pk>/", reading.of_cycle, name="of_cycle"),
    path("nam/<int:cycle_pk>/lap/", beginning.begin, name="begin"),
    path("nam/<int:cycle_pk>/lop-cham/", beginning.layers, name="layers"),
    path("<int:pk>/", reading.show, name="show"),
    path("<int:pk>/soan/", editor.edit, name="edit"),
    path("<int:pk>/dau-bang/", editor.head, name="head"),
    path("<int:pk>/cho/", editor.shift, name="shift"),
    path("<int:pk>/them-nhom/", criteria.new_group, name="new_group"),
    path("<int:pk>/them-tieu-chi/", criteria.new, name="new"),
    path("tieu-chi/<int:criterion_pk>/sua/", criteria.edit, name="edit_criterion"),
    path("tieu-chi/<int:criterion_pk>/bo/", criteria.remove, name="remove_criterion"),
    path("<int:pk>/dua-vao-dung/", moving.adopt, name="adopt"),
    path("<int:pk>/ban-moi/", moving.next_version, name="next_version"),
    path("<int:pk>/bo/", moving.discard, name="discard"),
]
