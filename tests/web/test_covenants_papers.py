"""The covenant's paper: printed with its code, downloaded, and the file of its signing."""

import json

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.papers import bytes_of
from thidua.accounts.acting import NOBODY
from thidua.audit.models import Entry
from thidua.core.digest import digest_data
from thidua.covenants.actions.freezing import unfreeze_covenant
from thidua.documents.actions import Wording, freeze_text
from thidua.documents.models import Printing, Version
from thidua.jobs.work import run_due
from thidua.typesetting.official import from_data
from thidua.typesetting.text import as_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


def file_of(client, covenant, name: str = "printing", form: str = "pdf"):
    answer = client.get(reverse(f"covenants:{name}", args=[covenant.pk, form]))
    if answer.streaming:
        answer.whole = b"".join(answer.streaming_content)
        for close in answer._resource_closers:
            close()
    return answer


def test_every_line_that_members_confirm_stands_on_the_paper(world):
    make.a_locked_set(world)
    covenant = make.a_frozen_covenant(world)
    official = from_data(covenant.version.official)
    printed = as_text(official)
    body, annex = covenant.version.text.split("PHỤ LỤC: ")

    place = 0
    for line in filter(None, body.split("\n")):
        assert line in printed[place:], line
        place = printed.index(line, place)
    assert annex.startswith(official.annexes[0].title)
    target = world.heads[2].organization.name
    table = official.annexes[0].body[0]
    assert ["", target, "", "", ""] in table.rows
    assert ["1", "Kết nạp hội viên", "ít nhất 120 hội viên", "", ""] in table.rows


def test_the_paper_has_the_blocs_head_and_a_place_for_each_member_lead_first(world):
    covenant = make.a_frozen_covenant(world)
    official = from_data(covenant.version.official)

    assert official.header.body == world.bloc.title.upper()
    assert official.header.superior == world.body.name.upper()
    assert [one.party for one in official.signatories] == [o.name for o in world.members]
    assert not any(one.name or one.signed for one in official.signatories)
    assert not official.in_decree
    assert official.mark.code == covenant.version.shown_code


def test_the_trail_notes_the_paper_beside_the_text(world):
    covenant = make.a_frozen_covenant(world)
    facts = Entry.objects.get(code="covenant.frozen").facts

    assert facts["digest"] == covenant.version.digest
    assert facts["paper"] == digest_data(covenant.version.official)


def test_the_background_prints_it_and_a_download_gives_these_bytes(client, world):
    covenant = make.in_force(world)
    assert not Printing.objects.exists()
    run_due()
    made = Printing.objects.get(version=covenant.version, form="pdf")

    answer = file_of(client, covenant)

    content = answer.whole
    assert content == bytes_of(covenant.version)
    assert content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert Printing.objects.get(version=covenant.version, form="pdf") == made


def test_a_download_does_not_wait_for_the_background(client, world):
    covenant = make.in_force(world)
    page = client.get(reverse("covenants:show", args=[covenant.pk])).content.decode()
    assert "Bản in đang được lập" in page
    assert covenant.version.shown_code in page

    assert file_of(client, covenant, form="docx").status_code == 200

    assert Printing.objects.count() == 2
    page = client.get(reverse("covenants:show", args=[covenant.pk])).content.decode()
    assert "Bản in đang được lập" not in page
    run_due()
    assert Printing.objects.count() == 3  # and the one that is signed with certificates


def test_who_may_not_read_the_covenant_gets_no_file_of_it(client, world):
    covenant = make.a_frozen_covenant(world)

    for name in ("printing", "signing_file"):
        assert file_of(client, covenant, name).status_code == 404
    client.force_login(make.user_of(world.heads[1]))
    for name in ("printing", "signing_file"):
        assert file_of(client, covenant, name).status_code == 200


def test_there_is_no_other_form_and_nothing_of_a_draft(client, world):
    covenant = make.in_force(world)
    assert file_of(client, covenant, form="exe").status_code == 404
    assert file_of(client, covenant, "signing_file", "docx").status_code == 404

    draft = make.a_frozen_covenant(other := make.a_bloc(2))
    unfreeze_covenant(draft, by=other.heads[0], reason="Sửa")
    client.force_login(make.user_of(other.heads[0]))
    assert file_of(client, draft).status_code == 404


def test_a_version_frozen_before_there_were_printings_says_so(client, world):
    covenant = make.in_force(world)
    text = covenant.version.text
    older = freeze_text(Wording("covenant", "Cũ", text), by=NOBODY, chain="house")
    type(covenant).objects.filter(pk=covenant.pk).update(version=older)

    page = client.get(reverse("covenants:show", args=[covenant.pk])).content.decode()

    assert "trước khi hệ thống in văn bản" in page
    assert reverse("verifying:show", args=[older.digest]) in page
    assert file_of(client, covenant).status_code == 404
    assert file_of(client, covenant, "signing_file", "pdf").status_code == 200


def test_a_broken_template_is_a_sentence_on_the_covenants_page(
    client, world, monkeypatch, tmp_path
):
    """a template that fails (the officer sees a sentence, the operator the cause): and signing goes
    on without the printing."""
    broken = tmp_path / "official.typ"
    broken.write_text("#chu()", encoding="utf-8")
    monkeypatch.setattr("thidua.typesetting.pdf.TEMPLATE", broken)
    covenant = make.in_force(world)
    read = client.get(reverse("covenants:show", args=[covenant.pk]))

    answer = client.get(
        reverse("covenants:printing", args=[covenant.pk, "pdf"]),
        headers={"referer": read.wsgi_request.build_absolute_uri()},
        follow=True,
    )

    assert answer.status_code == 200
    assert "mẫu in gặp lỗi" in answer.content.decode()
    assert "unknown variable" not in answer.content.decode()
    assert not Printing.objects.exists()


def test_the_signing_file_tells_who_signed_how_when_and_what_happened(client, world):
    covenant = make.a_frozen_covenant(world)
    for head in world.heads[:2]:
        make.sign(covenant, head)
    client.force_login(make.user_of(world.heads[0]))

    told = json.loads(file_of(client, covenant, "signing_file", "json").content)

    assert told["format"] == "thidua.signing-file/1"
    assert told["code"] == covenant.version.shown_code
    assert told["digest"] == covenant.version.digest
    assert told["head"] == covenant.version.chain_head != told["head_now"]
    assert [one["organization"] for one in told["signatures"]] == [
        o.name for o in world.members[:2]
    ]
    first = told["signatures"][0]
    assert first["signer"] == world.heads[0].user.name
    assert first["capacity"] == ["CHỦ TỊCH"]
    assert first["digest"] == covenant.version.digest
    assert "không phải chữ ký số" in first["legal"]
    assert first["at"].endswith("+07:00")
    assert told["missing"] == [world.members[2].name]
    assert any("chốt" in one["what"] for one in told["trail"])


def test_a_visitors_signing_file_has_names_posts_and_units_and_no_more(client, world):
    covenant = make.in_force(world)
    content = file_of(client, covenant, "signing_file", "json").content.decode()

    for head in world.heads:
        assert head.user.name in content
        assert head.user.username not in content
        assert f'"{head.user.pk}"' not in content
    public = {one["what"] for one in json.loads(content)["trail"]}
    client.force_login(make.user_of(world.heads[0]))
    inside = json.loads(file_of(client, covenant, "signing_file", "json").content)["trail"]
    assert public < {one["what"] for one in inside}


def test_signatures_made_later_do_not_touch_the_printing(client, world):
    covenant = make.a_frozen_covenant(world)
    before = bytes_of(covenant.version)
    for head in world.heads:
        make.sign(covenant, head)

    assert bytes_of(Version.objects.get(pk=covenant.version_id)) == before
