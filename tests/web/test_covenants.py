"""The page of a covenant: what each person reads on it, and that it never costs more."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests import factories as make
from tests.tampering import alter
from thidua.accounts.actions import Terms, appoint, end_appointment
from thidua.core import clock
from thidua.core.digest import digest_text
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    draft_covenant,
    reply_to_comment,
)
from thidua.covenants.actions.freezing import amend_covenant, freeze_covenant, unfreeze_covenant
from thidua.covenants.actions.signing import declare_in_force, decline_covenant
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import act_on_phase, set_phase

pytestmark = pytest.mark.django_db
BROKEN = "Văn bản không còn trùng khớp"


def at(name, thing):
    """Return the address of a covenant's page."""
    return reverse(f"covenants:{name}", args=[thing.pk])


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def read(client):
    """Return a function that gives a covenant's page as a person reads it (None: a visitor)."""

    def read(covenant, acting=None, name="show"):
        client.logout()
        if acting is not None:
            client.force_login(make.user_of(acting))
            client.session["acting_for"] = acting.organization_id
        response = client.get(at(name, covenant))
        assert response.status_code == 200
        return response.content.decode()

    return read


def test_a_visitor_reads_who_signed_for_whom_when_and_over_which_digest(world, read):
    covenant = make.in_force(world)

    text = read(covenant)

    assert covenant.version.digest in text
    assert "Văn bản còn nguyên" in text
    assert "3/3" in text
    for head in world.heads:
        assert head.user.name in text
        assert f">{head.organization.name}</a>" in text
    assert "vẫn cần bản giấy hoặc chữ ký số theo quy định" in text
    assert 'class="button "' not in text
    assert "điều khoản" not in text.split("Đã xảy ra")[1].split("</ol>")[0]


def test_it_is_not_there_for_strangers_until_it_is_in_force(world, client):
    covenant = make.a_frozen_covenant(world)

    assert client.get(at("show", covenant)).status_code == 404
    client.force_login(make.user_of(make.a_visitor_with_account()))
    assert client.get(at("show", covenant)).status_code == 404


def test_a_head_who_has_not_signed_has_one_main_button(world, read):
    covenant = make.a_frozen_covenant(world, sign_by=clock.today() + timedelta(days=3))

    text = read(covenant, world.heads[2])

    assert text.count('class="button "') == 1
    assert f'<a class="button " href="{at("sign", covenant)}">Ký giao ước</a>' in text
    assert "còn 3 ngày" in text
    assert "Còn chờ" in text


def test_who_has_signed_is_told_so_and_the_leader_reminds_the_rest(world, read):
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])

    text = read(covenant, world.heads[0])

    assert "đơn vị bạn đã ký" in text
    assert '<button class="button ">Nhắc 2 đơn vị chưa ký</button>' in text
    assert "Chưa nhắc lần nào" in text
    assert "Chỉ tuyên bố hiệu lực sau khi hết hạn ký." in text
    assert "hết hạn hôm nay" in text


def test_an_officer_reads_why_not_and_who_can(world, read):
    covenant = make.a_frozen_covenant(world)

    text = read(covenant, make.officer(world.members[2]))

    assert "Chỉ lãnh đạo hoặc người ký thay" in text
    assert world.heads[2].user.name in text
    assert at("sign", covenant) not in text


def test_an_officer_of_a_unit_without_anybody_to_sign_is_told_whom_to_ask(world, read):
    """with an ended appointment: the officer reads that nobody signs today."""
    covenant = make.a_frozen_covenant(world)
    yesterday = clock.today() - timedelta(days=1)
    head = world.heads[2].appointments[0]
    end_appointment(head, by=world.board, on=yesterday, reason="nghỉ hưu")

    text = read(covenant, make.officer(world.members[2]))

    assert "Hôm nay chưa có ai được giao ký cho đơn vị" in text
    assert world.heads[2].user.name not in text


def test_whoever_works_for_another_unit_is_told_to_switch(world, client):
    covenant = make.a_frozen_covenant(world)
    user = make.user_of(world.heads[1])
    terms = Terms(since=date(2020, 1, 1), post="Chủ tịch")
    appoint(user, world.members[2], by=world.board, role="head", terms=terms)
    make.sign(covenant, world.heads[1])
    client.force_login(user)
    session = client.session
    session["acting_for"] = world.members[1].pk
    session.save()

    text = client.get(at("show", covenant)).content.decode()

    assert "thì đổi sang:" in text
    assert f'name="organization" value="{world.members[2].pk}"' in text


def test_a_head_whose_unit_left_reads_since_when(world, read):
    """a member that leaves between freezing and signing."""
    covenant = make.a_frozen_covenant(world)
    leave_cycle(world.enrolments[2], by=world.board, on=clock.today(), reason="sáp nhập")

    text = read(covenant, world.heads[2])

    assert "đã rời ngày" in text
    assert at("sign", covenant) not in text


def test_a_closed_phase_says_so_where_the_button_was(world, read):
    """after the round closed."""
    covenant = make.a_frozen_covenant(world)
    phase = set_phase(world.cycle, by=world.board, kind="covenant", opens_on=clock.today())
    act_on_phase(phase, by=world.board, opens=False, reason="hết đợt")

    text = read(covenant, world.heads[2])

    assert "đã đóng, không nhận thêm" in text
    assert at("sign", covenant) not in text


@pytest.mark.parametrize("digest_too", [False, True])
def test_every_page_of_a_changed_text_says_that_it_no_longer_matches(world, read, digest_too):
    """a covenant text changed behind the frozen digest (every page then says that it no longer
    matches)."""
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])
    other = covenant.version.text.replace("Đoàn kết", "Chia rẽ")
    changed = {"text": other, **({"digest": digest_text(other)} if digest_too else {})}
    alter(covenant.version_id, **changed)

    assert BROKEN in read(covenant, world.heads[1])
    assert BROKEN in read(covenant, world.heads[0], "amend")
    assert BROKEN in read(covenant, world.heads[1], "decline")
    with clock.at(clock.now() + timedelta(days=1)):
        assert BROKEN in read(covenant, world.heads[0], "declare")
        reasons = {o.pk: "Chưa họp" for o in world.members[1:]}
        declare_in_force(covenant, by=world.heads[0], reasons=reasons)
    assert BROKEN in read(covenant)


def test_members_read_why_one_declined_and_visitors_do_not(world, read):
    covenant = make.a_frozen_covenant(world)
    told = {"organization_id": world.members[2].pk, "reason": "Chỉ tiêu quá cao"}
    decline_covenant(covenant, by=world.heads[2], **told)
    for head in world.heads[:2]:
        make.sign(covenant, head)

    text = read(covenant, world.heads[1])
    assert "từ chối ký" in text
    assert "Chỉ tiêu quá cao" in text

    make.sign(covenant, world.heads[2])
    assert "Chỉ tiêu quá cao" not in read(covenant)


def test_the_declaration_says_to_all_who_had_not_signed_and_why(world, read):
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[0])
    reasons = {world.members[1].pk: "Đi công tác", world.members[2].pk: "Chờ Ban họp"}
    with clock.at(clock.now() + timedelta(days=1)):
        declare_in_force(covenant, by=world.heads[0], reasons=reasons)
        make.sign(covenant, world.heads[1])

    text = read(covenant)

    assert "Đi công tác" in text
    assert "Chờ Ban họp" in text
    assert "ký sau khi có hiệu lực" in text
    assert "chưa ký" in text
    assert ">Ký bổ sung</a>" in read(covenant, world.heads[2])


def test_comments_with_their_answers_are_for_those_who_work_in_the_year(world, read):
    leader = world.heads[0]
    covenant = draft_covenant(world.cycle, by=leader)
    circulate_covenant(covenant, by=leader)
    comment = comment_on_covenant(covenant, by=world.heads[1], body="<b>Bớt</b> chỉ tiêu")
    assert "Trả lời" in read(covenant, leader)
    reply_to_comment(comment, by=leader, is_taken_up=False, body="Đã thống nhất rồi")

    text = read(covenant, world.heads[2])
    assert "&lt;b&gt;Bớt&lt;/b&gt; chỉ tiêu" in text
    assert "không tiếp thu" in text
    assert "Đã thống nhất rồi" in text

    freeze_covenant(covenant, by=leader, sign_by=clock.today())
    for head in world.heads:
        make.sign(covenant, head)
    assert "chỉ tiêu</p>" not in read(covenant)


def test_earlier_versions_and_openings_of_the_text_are_told(world, read):
    leader = world.heads[0]
    old = make.a_frozen_covenant(world)
    unfreeze_covenant(old, by=leader, reason="Sai chính tả")
    freeze_covenant(old, by=leader, sign_by=clock.today())
    for head in world.heads:
        make.sign(old, head)
    new = amend_covenant(old, by=leader, reason="Thêm phong trào")

    assert "Sai chính tả" in read(old, world.heads[1])
    text = read(new, world.heads[1])
    assert at("show", old) in text
    assert "Lý do lập bản này: Thêm phong trào" in text
    assert at("show", new) not in read(old)


def test_the_page_reads_in_english_and_the_paper_stays_vietnamese(world, client):
    covenant = make.in_force(world)
    client.cookies["django_language"] = "en"

    text = client.get(at("show", covenant)).content.decode()

    assert '<html lang="en">' in text
    assert '<article class="paper" lang="vi">' in text
    assert "BẢN GIAO ƯỚC THI ĐUA NĂM" in text


def test_every_page_around_it_opens_in_english_too(world, client):
    leader = world.heads[0]
    draft = draft_covenant(world.cycle, by=leader)
    client.cookies["django_language"] = "en"
    client.force_login(make.user_of(leader))
    for name in ("show", "edit", "new_clause", "freeze"):
        assert '<html lang="en">' in client.get(at(name, draft)).content.decode()

    freeze_covenant(draft, by=leader, sign_by=clock.today())
    assert '<html lang="en">' in client.get(at("unfreeze", draft)).content.decode()
    make.sign(draft, world.heads[1])
    for name in ("sign", "decline", "amend", "round", "extend"):
        assert '<html lang="en">' in client.get(at(name, draft)).content.decode()
    with clock.at(clock.now() + timedelta(days=1)):
        for name in ("declare",):
            assert '<html lang="en">' in client.get(at(name, draft)).content.decode()
