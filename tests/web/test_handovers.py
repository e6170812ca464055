"""Pages of a handover: one page with all that is handed over, its acts, and the ZIP."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import a_bloc, an_organization, head, in_force, user_of
from tests.kept import kept
from tests.reporting import factories as some
from tests.web.counting import cost_of
from thidua.core import clock
from thidua.handovers.actions import HandoverFacts, hand_over, prepare_handover
from thidua.handovers.models import Handover

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_bloc(3)


@kept
def prepared(world):
    facts = HandoverFacts(world.members[1], clock.today() + timedelta(days=9), "Hồ sơ ở tủ số 2.")
    return prepare_handover(world.cycle, facts, by=world.heads[0])


def of_cycle(world):
    return reverse("handovers:of_cycle", args=[world.cycle.pk])


def text(answer):
    return answer.content.decode()


def test_the_leader_writes_it_hands_it_over_and_the_next_one_confirms(world, client):
    client.force_login(user_of(world.heads[0]))
    page = client.get(of_cycle(world))
    assert f'<option value="{world.members[1].pk}" selected>' in text(page)

    day = clock.today() + timedelta(days=9)
    typed = {"receiver": world.members[1].pk, "reads_from": f"{day:%Y-%m-%d}", "notes": "Tủ số 2."}
    client.post(of_cycle(world), typed)
    handover = Handover.objects.get()
    shown = reverse("handovers:show", args=[handover.pk])
    assert "Điều sẽ xảy ra khi bàn giao" in text(client.get(shown))
    done = client.post(reverse("handovers:hand", args=[handover.pk]), follow=True)
    assert "được báo và sẽ xác nhận" in text(done)

    client.force_login(user_of(world.heads[1]))
    assert "Đã nhận bàn giao" in text(client.get(shown))
    client.post(reverse("handovers:receive", args=[handover.pk]), {"remark": "Đủ."})
    handover.refresh_from_db()
    assert (handover.state, handover.remark) == ("received", "Đủ.")


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(world, client):
    client.force_login(user_of(world.heads[0]))
    passed = clock.today() - timedelta(days=1)
    typed = {"receiver": "", "reads_from": f"{passed:%Y-%m-%d}", "notes": "Giữ lại chữ này"}
    page = client.post(of_cycle(world), typed)
    assert page.status_code == 422
    assert "Giữ lại chữ này" in text(page)

    typed["receiver"] = world.members[2].pk
    page = client.post(of_cycle(world), typed)
    assert (page.status_code, Handover.objects.count()) == (422, 0)
    assert "Ngày này đã qua" in text(page)


def test_the_button_is_off_with_a_reason_for_whoever_may_not_hand_over(world, client):
    handover = prepared(world)
    client.force_login(user_of(world.heads[1]))
    page = text(client.get(reverse("handovers:show", args=[handover.pk])))
    assert "Lãnh đạo đơn vị trưởng bàn giao." in page
    assert client.post(reverse("handovers:hand", args=[handover.pk])).status_code == 403


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_who_neither_gives_nor_receives_does_not_see_it(world, client, who):
    handover = prepared(world)
    person = {"member": world.heads[2], "stranger": head(an_organization())}[who]
    client.force_login(user_of(person))
    for name in ("show", "download"):
        assert client.get(reverse(f"handovers:{name}", args=[handover.pk])).status_code == 404
    assert client.get(of_cycle(world)).status_code == 403


def test_after_handing_over_nothing_in_it_is_changed(world, client):
    handover = hand_over(prepared(world), by=world.heads[0])
    client.force_login(user_of(world.heads[0]))
    client.post(reverse("handovers:show", args=[handover.pk]), {"notes": "khác"})
    handover.refresh_from_db()
    assert handover.notes == "Hồ sơ ở tủ số 2."


def test_the_zip_holds_the_papers_the_files_and_an_index_that_names_them(world, client):
    covenant = in_force(world)
    target = some.a_sent_target(world, 2)
    evidence = some.evidence_of_kind(world, "file")
    some.measured(world, target, 130)
    some.attach_and_send(world, 2, target, evidence)
    handover = hand_over(prepared(world), by=world.heads[0])
    client.force_login(user_of(world.heads[1]))

    answer = client.get(reverse("handovers:download", args=[handover.pk]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert archive.testzip() is None
    names = archive.namelist()
    papers = [n for n in names if n.startswith("van-ban/")]
    assert covenant.version.text in [archive.read(n).decode() for n in papers]
    assert len([n for n in papers if "Báo cáo" in n]) == 1
    index = archive.read("00-muc-luc.txt").decode()
    assert "Hồ sơ ở tủ số 2." in index
    assert evidence.blob.digest in index
    assert len([n for n in names if n.startswith("tep/")]) == 1


def test_the_page_costs_the_same_with_one_paper_and_with_three(world, client):
    handover = prepared(world)
    client.force_login(user_of(world.heads[0]))
    shown = reverse("handovers:show", args=[handover.pk])
    some.a_sent_report(world, 0)
    one = cost_of(client, shown)
    some.a_sent_report(world, 1)
    some.a_sent_report(world, 2)
    assert cost_of(client, shown) == one
