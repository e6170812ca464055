"""`manage.py seed_demo`: its options, and that it never builds upon somebody's data."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from thidua.accounts.models import User
from thidua.audit.verification import verify
from thidua.covenants.models import Covenant
from thidua.cycles.models import Cycle
from thidua.demo.cast import PASSWORD, PLAYERS
from thidua.documents.models import Signature
from thidua.house.queries import forget, house
from thidua.organizations.models import Bloc, Organization
from thidua.targets.models import TargetSet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def counts() -> dict[str, int]:
    """Return how many rows each table of ours holds."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("thidua.")]
    return {model._meta.label: model._default_manager.count() for model in ours}


def printed(**options: object) -> str:
    """Run the command and return what it printed."""
    out = StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def test_a_second_start_changes_nothing():
    before = counts()
    assert printed(if_empty=True) == ""
    assert counts() == before


def test_a_database_with_data_is_refused_with_one_sentence():
    before = counts()
    with pytest.raises(CommandError, match=r"^Cơ sở dữ liệu đã có dữ liệu[^\n.]*\.$"):
        printed()
    assert counts() == before


def test_the_accounts_are_printed_a_line_each_and_let_one_sign_in(client):
    lines = [line.split("\t") for line in printed(accounts=True).splitlines()]
    assert [line[0] for line in lines] == list(PLAYERS)
    for username, password, person, roles, tries in lines:
        assert client.login(username=username, password=password)
        assert "(minh họa)" in person
        assert roles
        assert tries
    by_name = {line[0]: line[3] for line in lines}
    assert by_name["het-quyen"] == "không còn quyền"
    assert by_name["hai-don-vi"] == "cán bộ thi đua, Hội Nghề đan; lãnh đạo, Hội Nuôi ong"


def test_a_large_world_is_built_beside_what_is_there_and_goes_on_counting():
    blocs, organizations = Bloc.objects.count(), Organization.objects.count()
    assert len(printed(blocs=1, units=6).splitlines()) == 1
    printed(blocs=2, units=2)
    assert Bloc.objects.count() == blocs + 3
    assert Organization.objects.count() == organizations + 7 + 3 + 3
    first = Cycle.objects.get(bloc__place="Đo Tải", bloc__number="1")
    assert first.state == Cycle.State.OPEN
    sets = TargetSet.objects.filter(enrolment__cycle=first)
    assert [s.state for s in sets] == [TargetSet.State.LOCKED] * 5
    covenant = Covenant.objects.get(cycle=first)
    assert covenant.state == Covenant.State.SIGNING
    assert Signature.objects.filter(version=covenant.version).count() == 4
    assert User.objects.get(username="do-tai.1").check_password(PASSWORD)
    invented = Organization.objects.filter(place="Đo Tải")
    assert not invented.filter(is_illustration=False).exists()
    assert verify()[1] == []


@pytest.mark.parametrize(("blocs", "units"), [(0, 5), (-1, 5), (1, 0), (1, 201)])
def test_a_large_world_of_nonsense_is_refused(blocs, units):
    with pytest.raises(CommandError, match="từ 1 đến 200 đơn vị"):
        printed(blocs=blocs, units=units)


def test_a_large_world_of_one_unit_is_in_force_at_once():
    printed(blocs=1, units=1)
    covenant = Covenant.objects.get(cycle__bloc__place="Đo Tải")
    assert covenant.state == Covenant.State.IN_FORCE


def test_the_house_of_the_demonstration_is_set_up_and_has_its_operator(client):
    forget()
    assert house().set_up_at
    assert house().managing_body.is_illustration
    client.force_login(User.objects.get(username="quan-tri"))

    assert client.get("/he-thong/", headers={"Host": "127.0.0.1"}).status_code == 200
    assert "MINH HỌA" in house().contact_name


def test_the_demonstration_is_shown_to_this_machine_alone(client, settings):
    elsewhere = {"host": "thidua.example"}
    settings.DEMO_PUBLIC = False
    assert client.get("/").status_code == 200
    refused = client.get("/", headers=elsewhere)
    assert refused.status_code == 403
    assert "chỉ mở trên máy này" in refused.content.decode()

    settings.DEMO_PUBLIC = True
    assert client.get("/", headers=elsewhere).status_code == 200
