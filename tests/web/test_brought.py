"""Papers that were written elsewhere, on their pages: brought, read, searched, sent, removed."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories as make
from tests.paperwork.brought import REGULATION, a_regulation, pdf, upload, word
from tests.typesetting.bad_files import encrypted, pdf_of
from tests.typesetting.decree_paper import paper as set_paper
from tests.web.counting import cost_of
from tests.web.reports import sign_in, text
from thidua.core import clock
from thidua.paperwork.actions.brought import (
    ArticleFacts,
    BroughtFacts,
    bring_paper,
    confirm_articles,
    send_brought,
)
from thidua.paperwork.models import Article, Brought

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    """A bloc on 20 June 2026; the third member's head is signed in."""
    with clock.at(date(2026, 6, 20)):
        world = make.a_bloc(3, year=2026)
        sign_in(client, world.heads[2])
        yield world


def at(name, world, *pks):
    return reverse(f"brought:{name}", args=[world.cycle.pk, *(getattr(pk, "pk", pk) for pk in pks)])


def test_a_regulation_is_brought_read_looked_at_and_sent(client, world):
    told = {"kind": "regulation", "title": "Quy chế Cụm", "dated": "5/1/2026", "file": upload()}
    page = text(client.post(at("new", world), told, follow=True))
    paper = Brought.objects.get()
    assert "xem lại các điều của quy chế" in page
    assert '<p id="d-5">Quy chế này quy định về tổ chức của Cụm thi đua và Ủy ban.</p>' in page

    look = text(client.get(at("articles", world, paper)))
    assert "Chương I. QUY ĐỊNH CHUNG" in look
    rows = [("1", "Phạm vi"), ("2", "Đối tượng"), ("7", "của Luật"), ("3", "Chấm điểm")]
    ticked = {f"keep-{n}": "on" for n in (0, 1, 3)}
    told = {f"number-{n}": number for n, (number, _title) in enumerate(rows)}
    told |= {f"title-{n}": title for n, (_number, title) in enumerate(rows)}
    page = text(client.post(at("articles", world, paper), told | ticked, follow=True))

    assert "Đã ghi 3 điều của quy chế." in page
    assert [a.number for a in Article.objects.all()] == ["1", "2", "3"]
    # A heading that was none is text of the article before it.
    assert "Điều 7. của Luật được viện dẫn ở đây." in Article.objects.get(number="2").text

    page = text(client.post(at("send", world, paper), follow=True))
    assert "Đã gửi." in page
    sign_in(client, world.heads[0])
    assert "Quy chế Cụm" in text(client.get(at("of_cycle", world)))
    assert b"".join(client.get(at("download", world, paper))) == word()
    assert client.post(at("remove", world, paper), {"reason": "x"}).status_code == 403


def test_two_articles_with_one_number_are_told_and_nothing_typed_is_lost(client, world):
    paper = a_regulation(world)
    told = {f"keep-{n}": "on" for n in range(4)}
    told |= {f"number-{n}": "1" for n in range(4)} | {"title-0": "Tên vừa gõ"}
    answer = client.post(at("articles", world, paper), told)
    assert answer.status_code == 422
    assert "Có hai điều cùng mang số 1." in text(answer)
    assert 'value="Tên vừa gõ"' in text(answer)


def test_confirmed_articles_are_offered_again_as_they_were_confirmed(client, world):
    paper = a_regulation(world)
    confirm_articles(paper, [ArticleFacts("1", "Tên đã sửa")], by=world.heads[2])
    form = client.get(at("articles", world, paper)).context["form"]
    assert [form[f"keep-{n}"].initial for n in range(4)] == [True, False, False, False]
    assert form["title-0"].initial == "Tên đã sửa"


def test_words_are_found_in_the_list_and_in_the_paper(client, world):
    paper = a_regulation(world)
    assert paper.title in text(client.get(at("of_cycle", world), {"q": "uy ban cum"}))
    missing = text(client.get(at("of_cycle", world), {"q": "không đâu"}))
    assert "Không văn bản nào có đủ các chữ “không đâu”." in missing
    page = text(client.get(at("show", world, paper), {"q": "uy ban"}))
    assert "1 đoạn có đủ các chữ đã tìm:" in page
    assert "#d-5" in page
    assert "Không đoạn nào" in text(client.get(at("show", world, paper), {"q": "xyz"}))


def test_a_pdf_without_a_text_layer_says_so(client, world):
    told = {"kind": "report", "file": upload(pdf_of(b"", filters=b""), "Bản quét.pdf")}
    page = text(client.post(at("new", world), told, follow=True))
    assert "Tệp chỉ có hình quét, không có lớp chữ" in page
    paper = Brought.objects.get()
    assert client.get(at("articles", world, paper)).status_code == 404


def test_what_cannot_be_read_is_told_beside_the_file_and_the_rest_stays_typed(client, world):
    """An encrypted, damaged, 200 MB or 0-byte PDF."""
    file = upload(encrypted(set_paper()), "Kín.pdf")
    answer = client.post(at("new", world), {"kind": "report", "title": "Đã gõ", "file": file})
    assert answer.status_code == 422
    assert "Tệp có mật khẩu nên không đọc được nội dung." in text(answer)
    assert 'value="Đã gõ"' in text(answer)


def test_the_layout_of_a_pdf_that_was_brought_is_checked(client, world):
    facts = BroughtFacts("report", pdf(left="25mm"))
    paper = bring_paper(world.enrolments[2], facts, by=world.heads[2])
    assert "Lề trái</a>: 24,7 mm" in text(client.get(at("layout", world, paper)))
    other = a_regulation(world)
    assert "Chỉ kiểm tra được tệp PDF" in text(client.get(at("layout", world, other)))


def test_a_paper_is_removed_with_a_reason_and_taken_back_before(client, world):
    paper = a_regulation(world)
    assert client.post(at("remove", world, paper), {"reason": ""}).status_code == 422
    client.post(at("send", world, paper))
    client.post(at("take_back", world, paper))
    page = text(client.post(at("remove", world, paper), {"reason": "nhầm"}, follow=True))
    assert "Đã bỏ văn bản" in page
    assert "Chưa có văn bản riêng nào" in page
    assert "Đơn vị đã bỏ văn bản này" in text(client.get(at("show", world, paper)))


def test_what_was_not_sent_is_not_there_for_others(client, world):
    paper = a_regulation(world)
    for who in (world.heads[0], world.board, make.a_visitor_with_account()):
        sign_in(client, who)
        for name in ("show", "download", "articles", "layout"):
            assert client.get(at(name, world, paper)).status_code == 404
        for name in ("send", "take_back", "remove"):
            assert client.post(at(name, world, paper)).status_code == 404


def test_an_officer_writes_and_the_head_sends(client, world):
    paper = a_regulation(world)
    sign_in(client, make.officer(world.members[2]))
    assert client.get(at("articles", world, paper)).status_code == 200
    assert "Gửi cho khối, cụm đọc" not in text(client.get(at("show", world, paper)))
    assert client.post(at("send", world, paper)).status_code == 403


def test_the_page_of_the_year_leads_to_the_full_regulation(client, world):
    paper = a_regulation(world, 0)
    confirm_articles(paper, [ArticleFacts("1")], by=world.heads[0])
    send_brought(paper, by=world.heads[0])
    show = reverse("cycles:show", args=[world.cycle.pk])
    assert "bản đầy đủ, theo từng điều" in text(client.get(show))
    client.logout()
    assert "bản đầy đủ, theo từng điều" not in text(client.get(show))


def test_a_list_costs_the_same_for_one_paper_and_for_three(client, world):
    a_regulation(world)
    before = cost_of(client, at("of_cycle", world))
    for n in range(2):
        facts = BroughtFacts("report", upload(pdf_of(b"%d" % n, filters=b""), f"{n}.pdf"))
        bring_paper(world.enrolments[2], facts, by=world.heads[2])
    assert cost_of(client, at("of_cycle", world)) == before


def test_the_text_is_parted_into_pages(client, world):
    lines = [f"Đoạn số {n} của văn bản." for n in range(350)]
    facts = BroughtFacts("other", upload(word(*lines)))
    paper = bring_paper(world.enrolments[2], facts, by=world.heads[2])
    page = text(client.get(at("show", world, paper), {"q": "doan 349"}))
    assert "page=2#d-350" in page
    assert len(REGULATION) < page.count("<p id=") == 300
