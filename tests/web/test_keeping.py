"""The page of backups, and the pages about what is known of a person."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from tests import factories as make
from tests.keeping.factories import REQUEST, an_erasure, an_operator, person_of
from tests.web.counting import cost_of
from thidua.jobs.queue import is_under_way
from thidua.keeping.backup import make_backup
from thidua.keeping.manifests import MANIFEST
from thidua.keeping.models import Erasure
from thidua.keeping.shelf import note_drill
from thidua.organizations.models import Person

pytestmark = pytest.mark.django_db
INDEX, NOW = reverse("keeping:index"), reverse("keeping:now")


@pytest.fixture
def keeper(client):
    """Sign an operator in."""
    acting = an_operator()
    client.force_login(make.user_of(acting))
    return acting


@pytest.fixture
def shelf(settings, tmp_path):
    """Set the folder of backups."""
    settings.BACKUP_DIR = str(tmp_path / "backups")
    return tmp_path / "backups"


def read(client, address=INDEX):
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_without_a_folder_the_page_says_how_to_set_one(client, keeper, settings):
    settings.BACKUP_DIR = ""

    page = read(client)

    assert "BACKUP_DIR=/" in page
    assert "Sao lưu ngay" not in page
    client.post(NOW)
    assert not is_under_way("keeping.now")


def test_the_backups_stand_there_with_size_moment_and_drill(client, keeper, shelf):
    tried, damaged = (make_backup(shelf, why="by_hand") for _n in range(2))
    note_drill(tried.folder, is_well=True, line="TỐT")
    (damaged.folder / MANIFEST).write_text("{")

    page = read(client)

    assert "làm tay" in page
    assert "tag--done" in page
    assert f"Bản sao lưu {damaged.name} bị hỏng" in page
    assert "manage.py restore" in page


def test_a_backup_is_made_in_the_background_once(client, keeper, shelf):
    assert client.post(NOW, follow=True).status_code == 200
    assert is_under_way("keeping.now")

    page = client.post(NOW, follow=True).content.decode()

    assert "Đang sao lưu rồi" in page
    assert "chờ tới lượt" in page
    assert "Sao lưu ngay</button>" not in page


def test_three_backups_cost_what_one_costs(client, keeper, shelf):
    make_backup(shelf, why="by_hand")
    read(client)
    one = cost_of(client, INDEX)
    for _n in range(2):
        make_backup(shelf, why="by_hand")

    assert cost_of(client, INDEX) == one <= 15


def test_one_takes_ones_own_data_along(client):
    head = make.head(make.an_organization("Hội Thử"))
    client.force_login(make.user_of(head))
    assert "Tải về" in read(client, reverse("personal:own"))

    answer = client.post(reverse("personal:own"))

    assert answer["Content-Type"] == "application/zip"
    assert answer["Cache-Control"] == "private, no-store"
    package = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(package.read("du-lieu-ca-nhan.json"))
    assert told["person"]["họ và tên"] == person_of(head).full_name
    page = package.read("du-lieu-ca-nhan.html").decode()
    assert "Hội Thử" in page
    assert "<script" not in page


def test_an_operator_takes_somebodys_data_only_with_the_request_named(client, keeper):
    person = person_of(make.head(make.an_organization()))
    assert person.full_name in read(client, reverse("personal:find") + f"?q={person.full_name}")
    take = reverse("personal:take", args=[person.pk])

    refused = client.post(take, {"basis": ""})

    assert refused.status_code == 422
    assert client.post(take, {"basis": "Đơn số 1"})["Content-Type"] == "application/zip"


def test_a_name_is_asked_for_by_one_and_deleted_by_another(client, keeper):
    person = person_of(make.head(make.an_organization()))
    ask = reverse("personal:ask", args=[person.pk])
    assert "Còn lại, không xóa được" in read(client, ask)
    client.post(ask, REQUEST)
    erasure = Erasure.objects.get()
    confirm = reverse("personal:confirm", args=[erasure.pk])
    assert "không tự xác nhận" in read(client, confirm)
    assert client.post(confirm, {"is_sure": "on"}).status_code == 403

    client.force_login(make.user_of(an_operator()))
    assert client.post(confirm, {}).status_code == 422
    assert client.post(confirm, {"is_sure": "on"}).status_code == 302

    assert Person.objects.get(pk=person.pk).full_name == "đã xóa theo yêu cầu"
    assert "đã xóa" in read(client, reverse("personal:erasures"))


def test_a_request_can_be_given_up(client, keeper):
    erasure = an_erasure(person_of(make.head(make.an_organization())))

    client.post(reverse("personal:drop", args=[erasure.pk]), {"reason": "Rút đơn"})

    erasure.refresh_from_db()
    assert erasure.state == Erasure.State.DROPPED


def test_three_requests_cost_what_one_costs(client, keeper):
    address = reverse("personal:erasures")
    an_erasure(person_of(make.head(make.an_organization())))
    read(client, address)
    one = cost_of(client, address)
    for _n in range(2):
        an_erasure(person_of(make.head(make.an_organization())))

    assert cost_of(client, address) == one <= 15


def test_a_head_sees_neither_backups_nor_others_data(client):
    head = make.head(make.an_organization())
    client.force_login(make.user_of(head))
    other = person_of(make.head(make.an_organization()))

    assert client.get(INDEX).status_code == 403
    assert client.get(reverse("personal:show", args=[other.pk])).status_code == 403
    assert client.get(reverse("personal:erasures")).status_code == 403
