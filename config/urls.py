"""All addresses: Vietnamese nouns without marks; one include per folder of `thidua.web`."""

from django.urls import include, path

from thidua.web import pages
from thidua.web.house.emblem import emblem
from thidua.web.public import views as public

urlpatterns = [
    path("", public.home, name="home"),
    path("tim-kiem/", public.search, name="search"),
    path("tro-giup/", public.guide, name="help"),
    path("tro-giup/<slug:guide>/", public.guide_for, name="help_role"),
    path("healthz", pages.healthz, name="healthz"),
    path("ngon-ngu/", pages.switch_language, name="switch_language"),
    path("bieu-trung/<str:digest>/", emblem, name="emblem"),
    path("", include("thidua.web.inbox.urls")),
    path("lich/", include("thidua.web.calendar.urls")),
    path("thiet-lap/", include("thidua.web.house.urls")),
    path("he-thong/cong-viec/", include("thidua.web.jobs.urls")),
    path("he-thong/sao-luu/", include("thidua.web.keeping.urls")),
    path("du-lieu-ca-nhan/", include("thidua.web.keeping.personal_urls")),
    path("he-thong/chung-thu/", include("thidua.web.certificates.urls")),
    path("he-thong/", include("thidua.web.house.system_urls")),
    path("kiem-tra/", include("thidua.web.verifying.urls")),
    path("khoi-cum/", include("thidua.web.public.urls")),
    path("tai-khoan/", include("thidua.web.accounts.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("viec/", include("thidua.web.work.urls")),
    path("don-vi/", include("thidua.web.organizations.urls")),
    path("nhap-lieu/", include("thidua.web.imports.urls")),
    path("khen-thuong/", include("thidua.web.awards.urls")),
    path("so-van-ban/", include("thidua.web.numbers.urls")),
    path("van-ban-phap-luat/", include("thidua.web.legal.urls")),
    path("khoi/", include("thidua.web.blocs.urls")),
    path("nam/<int:cycle_pk>/van-ban-rieng/", include("thidua.web.brought.urls")),
    path("nam/", include("thidua.web.cycles.urls")),
    path("phong-trao/", include("thidua.web.movements.urls")),
    path("chi-tieu/", include("thidua.web.targets.urls")),
    path("giao-uoc/", include("thidua.web.covenants.urls")),
    path("le-ky/", include("thidua.web.ceremonies.urls")),
    path("ky/", include("thidua.web.linked.urls")),
    path("bang-diem/", include("thidua.web.tables.urls")),
    path("cham-diem/", include("thidua.web.marking.urls")),
    path("ket-qua/", include("thidua.web.results.urls")),
    path("bao-cao/", include("thidua.web.reporting.urls")),
    path("da-xoa/", include("thidua.web.discards.urls")),
    path("van-ban/", include("thidua.web.papers.urls")),
    path("ban-giao/", include("thidua.web.handovers.urls")),
    path("the-thuc/", include("thidua.web.layout.urls")),
]

handler400 = "thidua.web.pages.bad_request"
handler403 = "thidua.web.pages.forbidden"
handler404 = "thidua.web.pages.not_found"
handler500 = "thidua.web.pages.server_error"
