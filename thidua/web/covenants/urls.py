"""Addresses: covenants."""

from django.urls import path

from thidua.web.covenants import (
    by_certificate,
    by_passkey,
    clauses,
    drafting,
    freezing,
    on_paper,
    papers,
    show,
    signing,
)

app_name = "covenants"
urlpatterns = [
    path("cua-nam/<int:cycle_pk>/", drafting.begin, name="begin"),
    path("<int:pk>/", show.show, name="show"),
    path("<int:pk>/ban-in/<str:form>/", papers.printing, name="printing"),
    path("<int:pk>/ho-so-ky/<str:form>/", papers.signing, name="signing_file"),
    path("<int:pk>/du-thao/", drafting.edit, name="edit"),
    path("<int:pk>/can-cu-loi-mo-dau/", drafting.frame, name="frame"),
    path("<int:pk>/dieu-khoan/", clauses.new_clause, name="new_clause"),
    path("dieu-khoan/<int:clause_pk>/", clauses.edit_clause, name="edit_clause"),
    path("dieu-khoan/<int:clause_pk>/bo/", clauses.drop_clause, name="remove_clause"),
    path("dieu-khoan/<int:clause_pk>/cho/", clauses.shift_clause, name="move_clause"),
    path("<int:pk>/lay-y-kien/", drafting.circulate, name="circulate"),
    path("<int:pk>/y-kien/", show.comment, name="comment"),
    path("y-kien/<int:comment_pk>/tra-loi/", drafting.reply, name="reply"),
    path("<int:pk>/chot/", freezing.freeze, name="freeze"),
    path("<int:pk>/mo-lai/", freezing.unfreeze, name="unfreeze"),
    path("<int:pk>/ban-moi/", freezing.amend, name="amend"),
    path("<int:pk>/chu-ky/", signing.sign, name="sign"),
    path("<int:pk>/chu-ky/khoa/", by_passkey.sign, name="sign_by_passkey"),
    path("<int:pk>/ky-giay/", on_paper.bring, name="on_paper"),
    path("<int:pk>/phieu-ky/<int:org_pk>/", on_paper.blank, name="blank_sheet"),
    path("<int:pk>/phieu-da-ky/<int:paper_pk>/", on_paper.show, name="sheet"),
    path("<int:pk>/phieu-da-ky/<int:paper_pk>/anh/", on_paper.photograph, name="sheet_file"),
    path("<int:pk>/phieu-da-ky/<int:paper_pk>/xac-nhan/", on_paper.confirm, name="confirm_sheet"),
    path("<int:pk>/phieu-da-ky/<int:paper_pk>/tra-lai/", on_paper.give_back, name="return_sheet"),
    path("<int:pk>/chu-ky/tep/", by_certificate.upload, name="sign_by_upload"),
    path("<int:pk>/chu-ky/khoa-giu/", by_certificate.held, name="sign_by_held_key"),
    path("<int:pk>/ban-da-ky/<int:proof_pk>/", papers.beside, name="signed_beside"),
    path("<int:pk>/tu-choi-ky/", signing.decline, name="decline"),
    path("<int:pk>/nhac-ky/", signing.remind, name="remind"),
    path("<int:pk>/hieu-luc/", signing.declare, name="declare"),
]
