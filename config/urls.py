"""All addresses: Vietnamese nouns without marks; one include per folder of `thidua.web`."""

from django.urls import include, path

from thidua.web import pages
from thidua.web.public import views as public

urlpatterns = [
    path("", public.home, name="home"),
    path("tim-kiem/", public.search, name="search"),
    path("tro-giup/", public.guide, name="help"),
    path("healthz", pages.healthz, name="healthz"),
    path("ngon-ngu/", pages.switch_language, name="switch_language"),
    path("khoi-cum/", include("thidua.web.public.urls")),
    path("tai-khoan/", include("thidua.web.accounts.urls")),
    path("tai-khoan/", include("allauth.urls")),
    path("viec/", include("thidua.web.work.urls")),
    path("don-vi/", include("thidua.web.organizations.urls")),
    path("khoi/", include("thidua.web.blocs.urls")),
    path("nam/", include("thidua.web.cycles.urls")),
    path("phong-trao/", include("thidua.web.movements.urls")),
    path("chi-tieu/", include("thidua.web.targets.urls")),
    path("giao-uoc/", include("thidua.web.covenants.urls")),
    path("bang-diem/", include("thidua.web.tables.urls")),
    path("cham-diem/", include("thidua.web.marking.urls")),
    path("ket-qua/", include("thidua.web.results.urls")),
    path("bao-cao/", include("thidua.web.reporting.urls")),
]

handler400 = "thidua.web.pages.bad_request"
handler403 = "thidua.web.pages.forbidden"
handler404 = "thidua.web.pages.not_found"
handler500 = "thidua.web.pages.server_error"
