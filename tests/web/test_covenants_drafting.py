"""The drafting pages: begin, frame, clauses, preview, sending round, comments and answers."""

import unicodedata
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests import factories as make
from thidua.core import clock
from thidua.covenants.actions.drafting import (
    circulate_covenant,
    comment_on_covenant,
    draft_covenant,
)
from thidua.covenants.models import Clause, Comment, Covenant
from thidua.cycles.actions.years import close_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make.a_bloc(3)


@pytest.fixture
def leader(world, client):
    client.force_login(make.user_of(world.heads[0]))
    return world.heads[0]


@pytest.fixture
def draft(world, leader):
    return draft_covenant(world.cycle, by=leader)


def at(name, thing):
    """Return the address of a page about a covenant, a clause or a comment."""
    return reverse(f"covenants:{name}", args=[thing.pk])


def headings(covenant):
    """Return the clauses' headings in their order."""
    return list(covenant.clauses.values_list("heading", flat=True))


def clause(**told):
    """Return what the clause form sends."""
    return {"kind": "text", "heading": "Đoàn kết", "body": "Giúp nhau.", **told}


def test_one_button_drafts_the_covenant_from_the_years_data(world, client, leader):
    """a form sent twice: beginning the covenant."""
    first = client.post(at("begin", world.cycle))
    again = client.post(at("begin", world.cycle))

    covenant = Covenant.objects.get()
    assert first.url == at("edit", covenant)
    assert again.url == at("show", covenant)
    assert "Năm này đã có giao ước." in client.get(again.url).content.decode()


def test_who_does_not_lead_does_not_begin_it(world, client):
    client.force_login(make.user_of(world.heads[2]))
    assert client.post(at("begin", world.cycle)).status_code == 403
    client.force_login(make.user_of(make.a_visitor_with_account()))
    assert client.post(at("begin", world.cycle)).status_code == 403

    assert not Covenant.objects.exists()


def test_a_closed_year_says_why_nothing_begins(world, client, leader):
    close_cycle(world.cycle, by=world.board)

    response = client.post(at("begin", world.cycle), follow=True)

    assert "không thay đổi được nữa" in response.content.decode()


def test_the_page_shows_the_clauses_the_text_and_who_has_no_locked_targets(world, client, draft):
    make.a_locked_set(world, 2)

    text = client.get(at("edit", draft)).content.decode()

    assert all(heading in text for heading in headings(draft))
    assert "BẢN GIAO ƯỚC THI ĐUA NĂM" in text
    assert "2 đơn vị chưa thống nhất chỉ tiêu" in text
    assert "ít nhất 120 hội viên" in text
    assert text.count('class="button "') == 1


def test_the_frame_is_saved_or_only_shown(client, draft):
    words = {"bases": "Căn cứ Luật", "opening": "Chúng tôi cùng hứa"}

    shown = client.post(at("frame", draft), {**words, "preview": "1"})
    assert "<p>Chúng tôi cùng hứa</p>" in shown.content.decode()
    assert Covenant.objects.get().opening == ""

    saved = client.post(at("frame", draft), words)
    assert saved.url == at("edit", draft)
    assert (Covenant.objects.get().bases, Covenant.objects.get().opening) == tuple(words.values())


def test_a_frame_typed_while_the_text_was_frozen_is_refused_and_not_lost(world, client, leader):
    covenant = make.a_frozen_covenant(world)

    response = client.post(at("frame", covenant), {"bases": "", "opening": "Lời vừa gõ"})

    assert response.status_code == 422
    text = response.content.decode()
    assert "đang ở bước “đang ký”" in text
    assert "Lời vừa gõ" in text
    assert client.get(at("edit", covenant)).url == at("show", covenant)


def test_a_clause_is_added_shown_before_saving_and_written_anew(client, draft):
    shown = client.post(at("new_clause", draft), clause(preview="1", heading="Thử xem"))
    assert f"<h3>{len(headings(draft)) + 1}. Thử xem</h3>" in shown.content.decode()
    assert "Thử xem" not in headings(draft)

    client.post(at("new_clause", draft), clause())
    written = draft.clauses.last()
    assert written.heading == "Đoàn kết"
    assert client.get(at("edit_clause", written)).status_code == 200
    client.post(at("edit_clause", written), clause(heading="Giúp nhau"))

    assert headings(draft)[-1] == "Giúp nhau"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"heading": ""}, "Hãy điền mục này."),
        ({"body": ""}, "Điều khoản cần có lời văn."),
        ({"heading": "x" * 301}, "301"),
        ({"body": "x" * 20_001}, "20001"),
        ({"kind": "khác"}, "Hãy chọn một trong các ô có sẵn."),
        ({"kind": "targets"}, "Giao ước đã có điều khoản loại này."),
    ],
)
def test_a_clause_that_cannot_be_gets_a_sentence_and_keeps_what_was_typed(
    client, draft, told, sentence
):
    before = headings(draft)

    response = client.post(at("new_clause", draft), clause(**{"body": "Lời đã gõ", **told}))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Lời đã gõ" in response.content.decode() or "body" in told
    assert headings(draft) == before


def test_a_heading_is_kept_composed_and_markup_stays_text(client, draft):
    """a name in decomposed Unicode, of 300 letters, with markup: a clause's heading."""
    heading = "Đoàn kết <script>alert(1)</script> ".ljust(300, "ế")
    typed = unicodedata.normalize("NFD", heading)

    client.post(at("new_clause", draft), clause(heading=typed))

    assert draft.clauses.last().heading == heading
    text = client.get(at("edit", draft)).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_same_clause_sent_again_is_told(client, draft):
    """a form sent twice: a clause."""
    client.post(at("new_clause", draft), clause())

    response = client.post(at("new_clause", draft), clause())

    assert (response.status_code, headings(draft).count("Đoàn kết")) == (422, 1)


def test_clauses_move_and_are_taken_out_after_one_question(client, draft):
    first, second, *rest = draft.clauses.all()

    client.post(at("move_clause", first), {"direction": "down"})
    assert headings(draft)[:2] == [second.heading, first.heading]
    client.post(at("move_clause", first), {"direction": "up"})
    assert "Bỏ điều khoản này" in client.get(at("remove_clause", first)).content.decode()
    assert draft.clauses.count() == 2 + len(rest)
    client.post(at("remove_clause", first))

    assert headings(draft) == [second.heading, *(c.heading for c in rest)]


def test_a_clause_of_another_bloc_is_not_found(client, leader):
    other = make.a_bloc(2)
    theirs = draft_covenant(other.cycle, by=other.heads[0]).clauses.first()

    for name in ("edit_clause", "remove_clause", "move_clause"):
        assert client.post(at(name, theirs), clause()).status_code == 404
    assert Clause.objects.filter(pk=theirs.pk).exists()


def test_sending_round_opens_comments_and_each_is_answered(world, client, draft):
    response = client.post(at("circulate", draft), follow=True)
    assert "Đã gửi dự thảo lấy ý kiến 3 đơn vị." in response.content.decode()
    client.force_login(make.user_of(make.officer(world.members[2])))
    about = f"1. {headings(draft)[0]}"
    told = {"about": about, "body": "Bớt chỉ tiêu"}
    assert client.post(at("comment", draft), told).url == at("show", draft)
    comment = Comment.objects.get()
    assert (comment.about, comment.organization) == (about, world.members[2])

    client.force_login(make.user_of(world.heads[0]))
    assert "Bớt chỉ tiêu" in client.get(at("reply", comment)).content.decode()
    refused = client.post(at("reply", comment), {"is_taken_up": "no", "body": ""})
    assert "Không tiếp thu thì cần ghi lý do." in refused.content.decode()
    client.post(at("reply", comment), {"is_taken_up": "yes", "body": "Đã sửa"})

    assert comment.replies.get().is_taken_up is True
    again = client.post(at("reply", comment), {"is_taken_up": "yes", "body": "Đã sửa lần nữa"})
    assert (again.status_code, comment.replies.count()) == (422, 1)
    assert "Đã sửa lần nữa" in again.content.decode()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"body": " "}, "Hãy điền mục này."),
        ({"about": "9. Không có"}, "Điều khoản này vừa đổi. Hãy chọn lại."),
    ],
)
def test_a_comment_that_cannot_be_is_shown_again(world, client, draft, told, sentence):
    circulate_covenant(draft, by=world.heads[0])
    client.force_login(make.user_of(world.heads[1]))

    response = client.post(at("comment", draft), {"about": "", "body": "Ý kiến", **told})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Comment.objects.exists()


def test_a_comment_typed_while_the_text_was_frozen_is_refused_and_not_lost(world, client):
    covenant = make.a_frozen_covenant(world)
    client.force_login(make.user_of(world.heads[1]))

    response = client.post(at("comment", covenant), {"about": "", "body": "Chữ vừa gõ xong"})

    assert response.status_code == 422
    assert "Chữ vừa gõ xong" in response.content.decode()
    assert "đang ở bước “đang ký”" in response.content.decode()


def test_a_comment_typed_in_a_session_that_expired_is_there_after_sign_in(world, client, draft):
    """a session that expired while typing (the text is there after sign-in)."""
    circulate_covenant(draft, by=world.heads[0])
    client.force_login(make.user_of(world.heads[1]))
    Session.objects.update(expire_date=clock.now() - timedelta(minutes=1))
    told = {"about": "", "body": "Chữ gõ khi phiên đã hết"}
    referer = {"Referer": f"http://localhost{at('show', draft)}"}
    asked = client.post(at("comment", draft), told, headers=referer)
    assert reverse("account_login") in asked.url

    user = make.user_of(world.heads[1])
    signing_in = {"login": user.username, "password": make.PASSWORD}
    response = client.post(asked.url, signing_in, follow=True)

    assert response.redirect_chain[-1][0] == at("show", draft)
    assert "Chữ gõ khi phiên đã hết" in response.content.decode()


def test_only_who_writes_answers_comments(world, client, draft):
    circulate_covenant(draft, by=world.heads[0])
    comment = comment_on_covenant(draft, by=world.heads[1], body="Bớt")
    client.force_login(make.user_of(world.heads[2]))

    assert client.post(at("reply", comment), {"is_taken_up": "yes"}).status_code == 403
