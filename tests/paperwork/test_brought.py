"""A paper that was written elsewhere: brought, read, sent, its articles confirmed, taken away."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.paperwork.brought import REGULATION, a_regulation, pdf, upload, word
from tests.reporting.factories import refused
from tests.typesetting.bad_files import encrypted, pdf_of, zip_bomb
from tests.typesetting.decree_paper import paper as set_paper
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.files.models import Blob
from thidua.paperwork.actions.brought import (
    ArticleFacts,
    BroughtFacts,
    bring_paper,
    confirm_articles,
    remove_brought,
    send_brought,
    take_back_brought,
)
from thidua.paperwork.brought_queries import brought_for, listed, regulation_of
from thidua.paperwork.models import Article, Brought
from thidua.web.trail import sentence_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A bloc of a leader, a deputy and a member on 20 June 2026."""
    with clock.at(date(2026, 6, 20)):
        yield make.a_bloc(3, year=2026)


def bring(world, file, kind="report", member=2, **facts):
    told = BroughtFacts(kind, file, **facts)
    return bring_paper(world.enrolments[member], told, by=world.heads[member])


def told_last() -> str:
    return sentence_of(Entry.objects.latest("pk"))


def test_a_word_file_is_kept_with_its_words(world):
    paper = a_regulation(world, title="Quy chế của Hội", dated=date(2026, 1, 5))

    assert paper.paragraphs == list(REGULATION)
    assert (paper.title, paper.name, paper.state) == ("Quy chế của Hội", "Quy chế.docx", "kept")
    assert told_last() == "đưa lên văn bản “Quy chế của Hội”"


def test_a_pdf_is_read_as_paragraphs_and_named_after_its_file(world):
    paper = bring(world, pdf())

    assert paper.title == "Báo cáo năm"
    assert "Điều 1. Kết quả thực hiện" in paper.paragraphs
    assert any(line.startswith("Trong năm, các cấp công đoàn") for line in paper.paragraphs)


def test_a_scan_is_kept_without_words(world):
    paper = bring(world, upload(pdf_of(b"", filters=b""), "Bản quét.pdf"), kind="regulation")

    assert (paper.text, paper.has_articles) == ("", False)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (lambda: encrypted(set_paper()), "a.pdf", "có mật khẩu"),
        (lambda: set_paper()[:3000] + b"\n%%EOF", "a.pdf", "bị hỏng"),
        (lambda: b"", "a.pdf", "Tệp rỗng"),
        (word, "a.pdf", "bên trong là"),
        (zip_bomb, "a.docx", "bung ra quá lớn"),
        ("Chữ thường".encode, "a.txt", "Chỉ nhận tệp Word"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_file_and_nothing_is_kept(
    world, content, name, words
):
    """An encrypted, damaged, 200 MB or 0-byte PDF, a DOCX named .pdf, a zip bomb."""
    before = (Blob.objects.count(), Entry.objects.count())
    file = upload(content(), name)

    assert words in refused(Invalid, bring, world, file, field="file")

    assert not Brought.objects.exists()
    assert (Blob.objects.count(), Entry.objects.count()) == before


def test_two_hundred_megabytes_are_refused_unread(world):
    """A 200 MB PDF."""
    file = pdf()
    file.size = 200 * 2**20
    assert "200 MB" in refused(Invalid, bring, world, file, field="file")


def test_the_same_file_is_not_brought_twice(world):
    paper = a_regulation(world)
    sentence = refused(Invalid, bring, world, upload(name="Khác.docx"), field="file")
    assert paper.title in sentence
    with pytest.raises(IntegrityError), transaction.atomic():
        Brought.objects.create(
            enrolment=paper.enrolment, blob=paper.blob, kind="other", title="x", at=clock.now()
        )
    remove_brought(paper, by=world.heads[2], reason="nhầm")
    assert bring(world, upload()).pk != paper.pk


@pytest.mark.parametrize(
    ("facts", "field"), [({"kind": "khác"}, "kind"), ({"title": "x" * 301}, "title")]
)
def test_a_wrong_kind_or_title_is_told_beside_its_field(world, facts, field):
    refused(Invalid, bring, world, upload(), field=field, **{"kind": "report", **facts})


def test_who_has_left_brings_and_changes_nothing(world):
    paper = a_regulation(world)
    leave_cycle(world.enrolments[2], by=world.board, on=date(2026, 6, 1), reason="Sáp nhập")
    refused(WrongState, bring, world, pdf())
    refused(WrongState, send_brought, paper, by=world.heads[2])


def test_what_was_sent_is_read_by_who_follows_the_year_and_by_nobody_else(world):
    paper = a_regulation(world)
    others = [world.heads[0], world.board]
    stranger = make.a_visitor_with_account()
    assert [brought_for(who).exists() for who in [world.heads[2], *others]] == [True, False, False]

    send_brought(paper, by=world.heads[2])

    assert all(brought_for(who).exists() for who in [world.heads[2], *others])
    paper.refresh_from_db()
    assert all(who.has_perm("paperwork.view_brought", paper) for who in others)
    assert not brought_for(stranger).exists()
    assert not stranger.has_perm("paperwork.view_brought", paper)
    assert not world.heads[0].has_perm("paperwork.write_brought", paper)
    assert told_last() == "gửi văn bản “Quy chế” cho khối, cụm đọc"
    refused(AlreadyDone, send_brought, paper, by=world.heads[2])


def test_what_was_taken_back_is_the_units_own_again(world):
    paper = send_brought(a_regulation(world), by=world.heads[2])
    refused(WrongState, remove_brought, paper, by=world.heads[2], reason="nhầm")

    take_back_brought(paper, by=world.heads[2])

    assert not brought_for(world.heads[0]).exists()
    refused(WrongState, take_back_brought, paper, by=world.heads[2])


def test_what_is_removed_keeps_its_reason_and_takes_nothing_more(world):
    paper = a_regulation(world)
    refused(Invalid, remove_brought, paper, by=world.heads[2], reason=" ", field="reason")

    remove_brought(paper, by=world.heads[2], reason="đưa nhầm tệp")

    paper.refresh_from_db()
    assert (paper.is_removed, paper.removed_reason) == (True, "đưa nhầm tệp")
    assert not listed(brought_for(world.heads[2])).exists()
    refused(WrongState, send_brought, paper, by=world.heads[2])


def test_words_are_found_without_their_marks_and_in_any_order(world):
    paper = a_regulation(world)
    papers = brought_for(world.heads[2])
    assert [list(listed(papers, q)) for q in ("uy ban", "ỦY BAN tổ chức", "không có")] == [
        [paper],
        [paper],
        [],
    ]


def test_articles_are_written_as_they_were_looked_at_and_anew_when_looked_at_again(world):
    paper = a_regulation(world)
    confirm_articles(
        paper,
        [ArticleFacts("1", "Phạm vi", "Chương I", "a\nb"), ArticleFacts("1a", "Thêm")],
        by=world.heads[2],
    )
    assert [str(article) for article in paper.articles.all()] == [
        "Điều 1. Phạm vi",
        "Điều 1a. Thêm",
    ]
    assert told_last() == "ghi 2 điều của quy chế “Quy chế”"

    confirm_articles(paper, [ArticleFacts("1", "Phạm vi điều chỉnh")], by=world.heads[2])

    assert [str(article) for article in paper.articles.all()] == ["Điều 1. Phạm vi điều chỉnh"]


@pytest.mark.parametrize(
    ("articles", "words"),
    [
        ([], "ít nhất một điều"),
        ([ArticleFacts("")], "Số điều cần"),
        ([ArticleFacts("1"), ArticleFacts("1")], "cùng mang số 1"),
        ([ArticleFacts("1", "x" * 301)], "dài quá 300 chữ"),
        ([ArticleFacts(str(n)) for n in range(501)], "nhiều nhất 500"),
    ],
)
def test_wrong_articles_are_told_and_nothing_is_written(world, articles, words):
    paper = a_regulation(world)
    assert words in refused(Invalid, confirm_articles, paper, articles, by=world.heads[2])
    assert not Article.objects.exists()


def test_a_report_has_no_articles(world):
    refused(
        WrongState,
        confirm_articles,
        bring(world, pdf()),
        [ArticleFacts("1")],
        by=world.heads[2],
    )


def test_the_year_shows_the_regulation_that_who_leads_it_sent(world):
    for member in (2, 0):
        paper = a_regulation(world, member)
        confirm_articles(paper, [ArticleFacts("1"), ArticleFacts("2")], by=world.heads[member])
        assert regulation_of(world.cycle, world.heads[1]) is None
        send_brought(paper, by=world.heads[member])
    assert regulation_of(world.cycle, world.heads[1]) == paper
