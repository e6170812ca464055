"""Evidence: kept once, used in several places, shared by what is sent, else withdrawn."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests import factories as make
from tests.kept import kept
from tests.reporting import factories as some
from tests.reporting.factories import refused
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, Invalid, WrongState
from thidua.cycles.actions.members import leave_cycle
from thidua.cycles.actions.years import close_cycle
from thidua.files.models import Blob
from thidua.reporting.actions.answering import (
    Remark,
    return_report,
    send_report,
    take_back_report,
)
from thidua.reporting.actions.evidence import (
    EvidenceFacts,
    attach,
    detach,
    keep_evidence,
    withdraw_evidence,
)
from thidua.reporting.models import Evidence, EvidenceUse, Sharing
from thidua.reporting.queries import evidence_of, target_lines
from thidua.web.trail import sentence_of

pytestmark = pytest.mark.django_db
REASON = "Tôi đang chờ số liệu của chi hội."


@pytest.fixture
def enrolment(world):
    return world.enrolments[2]


@pytest.fixture
def paper(world):
    """A file of the member."""
    return some.evidence_of_kind(world, "file")


@pytest.fixture
@kept
def target(world):
    """A target of the member, measured."""
    target = some.a_sent_target(world)
    some.measured(world, target, 60)
    return target


def keep(world, enrolment, kind, **told):
    return keep_evidence(enrolment, EvidenceFacts(kind=kind, **told), by=world.heads[2])


def test_a_file_is_kept_by_content_and_under_its_own_name(world, enrolment):
    upload = some.a_file("Biên bản", "../Biên bản hội nghị.txt")

    kept = keep(world, enrolment, "file", file=upload)

    assert (kept.name, kept.blob.size) == ("Biên bản hội nghị.txt", len("Biên bản".encode()))
    assert (kept.by, kept.is_shared) == (world.heads[2].user, False)
    entry = Entry.objects.get(code="evidence.kept")
    assert entry.facts == {"name": kept.name, "digest": kept.blob.digest}


def test_a_link_goes_by_its_host_unless_it_is_named(world, enrolment):
    url = "https://drive.vidu.vn/tài liệu".replace(" ", "%20")

    assert keep(world, enrolment, "link", url=f" {url} ").name == "drive.vidu.vn"
    named = keep(world, enrolment, "link", url="http://vidu.vn/2", name="Ảnh hội nghị")
    assert (named.name, named.url) == ("Ảnh hội nghị", "http://vidu.vn/2")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "vidu.vn/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://vidu.vn/a",
        "https://",
        "https:///a",
        "https://user:mat-khau@vidu.vn/",
        "https://vidu.vn/hai tệp",
        "https://vidu.vn/a\nb",
        "https://vidu.vn\\@khac.vn/",
        "https://vidu.vn:99999/",
        "https://[vidu.vn/",
        f"https://vidu.vn/{'a' * 2000}",
    ],
)
def test_only_an_address_that_a_browser_opens_by_http_is_a_link(world, enrolment, url):
    refused(Invalid, keep, world, enrolment, "link", url=url, field="url")
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("length", "is_kept"), [(9, 0), (10, 1), (5000, 1), (5001, 0)])
def test_an_explanation_has_from_ten_to_five_thousand_letters(world, enrolment, length, is_kept):
    if is_kept:
        assert keep(world, enrolment, "explanation", text="ạ" * length)
    else:
        text = f"  {'ạ' * length}  "
        refused(Invalid, keep, world, enrolment, "explanation", text=text, field="text")
    assert Evidence.objects.count() == is_kept


@pytest.mark.parametrize(
    ("kind", "told", "field"),
    [
        ("paper", {}, "kind"),
        ("file", {}, "file"),
        ("link", {"url": "https://vidu.vn", "name": "a" * 301}, "name"),
    ],
)
def test_evidence_that_cannot_be_is_refused(world, enrolment, kind, told, field):
    refused(Invalid, keep, world, enrolment, kind, **told, field=field)


def test_what_the_unit_has_kept_already_is_the_same_piece(world, enrolment):
    first = keep(world, enrolment, "file", file=some.a_file("một"))
    again = keep(world, enrolment, "file", file=some.a_file("một", "tên khác.txt"))
    assert again == first
    for kind, told in (("link", {"url": "https://vidu.vn"}), ("explanation", {"text": REASON})):
        assert keep(world, enrolment, kind, **told) == keep(world, enrolment, kind, **told)
    assert Evidence.objects.count() == 3

    withdraw_evidence(first, by=world.heads[2], reason="Nhầm tệp")

    assert keep(world, enrolment, "file", file=some.a_file("một")) != first
    assert Blob.objects.count() == 1


def test_nothing_is_kept_after_leaving_nor_in_a_closed_year(world, enrolment):
    leave_cycle(enrolment, by=world.board, on=date(2026, 6, 1), reason="Sáp nhập")
    refused(WrongState, keep, world, enrolment, "file", file=some.a_file())
    close_cycle(world.cycle, by=world.board)

    refused(WrongState, some.evidence_of_kind, world, "link", 1)
    assert not Blob.objects.exists()
    assert not Evidence.objects.exists()


def test_what_is_kept_may_prove_something_at_once(world, enrolment, target):
    told = EvidenceFacts(kind="explanation", text=REASON)

    kept = keep_evidence(enrolment, told, by=world.heads[2], proves=target)

    assert [line.evidence for line in target_lines(enrolment)] == [[kept]]
    refused(AlreadyDone, keep_evidence, enrolment, told, by=world.heads[2], proves=target)
    assert Evidence.objects.count() == 1


def test_one_piece_proves_several_things_each_once(world, enrolment, paper, target):
    report = some.a_report(world)
    for thing in (target, report):
        attach(paper, thing, by=world.heads[2])
        refused(AlreadyDone, attach, paper, thing, by=world.heads[2])

    assert evidence_of(report) == [paper]
    assert target_lines(enrolment)[0].evidence == [paper]
    for place in ({"target": target}, {"report": report}, {}, {"target": target, "report": report}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvidenceUse.objects.create(evidence=paper, **place)


def test_evidence_proves_only_what_the_same_unit_does_in_the_same_year(world, paper):
    theirs = some.a_sent_target(world, 1)
    report = some.a_report(world, 1)

    refused(Invalid, attach, paper, theirs, by=world.heads[1])
    refused(Invalid, attach, paper, report, by=world.heads[1])


def test_nothing_is_attached_to_a_draft_promise_nor_to_a_sent_report(world, paper):
    draft = make.a_target_set(world).targets.get()
    refused(WrongState, attach, paper, draft, by=world.heads[2])

    refused(WrongState, attach, paper, some.a_sent_report(world), by=world.heads[2])
    assert not EvidenceUse.objects.exists()


def test_what_hangs_on_something_is_shared_when_that_is_sent_and_not_after_a_take_back(
    world, paper, target
):
    attach(paper, target, by=world.heads[2])
    loose = some.evidence_of_kind(world, "link")
    assert not Sharing.objects.exists()

    report = some.a_sent_report(world)
    assert {e.pk: e.is_shared for e in Evidence.objects.all()} == {paper.pk: True, loose.pk: False}

    take_back_report(report, by=world.heads[2])
    assert not Sharing.objects.exists()


def test_what_an_earlier_sending_showed_stays_shared_after_a_later_one_is_taken_back(
    world, paper, target
):
    attach(paper, target, by=world.heads[2])
    report = some.a_sent_report(world)
    return_report(report, [Remark("plan", "Chưa có")], by=world.heads[0])
    added = some.evidence_of_kind(world, "link")
    attach(added, target, by=world.heads[2])
    send_report(report, by=world.heads[2])

    take_back_report(report, by=world.heads[2])

    assert {e.pk: e.is_shared for e in Evidence.objects.all()} == {paper.pk: True, added.pk: False}


def test_a_piece_is_taken_off_until_a_sent_report_shows_it_and_again_when_returned(
    world, paper, target
):
    attach(paper, target, by=world.heads[2])
    report = some.a_report(world)
    attach(paper, report, by=world.heads[2])
    detach(paper, report, by=world.heads[2])
    refused(WrongState, detach, paper, report, by=world.heads[2])
    send_report(report, by=world.heads[2])
    refused(WrongState, detach, paper, target, by=world.heads[2])

    return_report(report, [Remark(f"evidence:{paper.pk}", "Mờ")], by=world.heads[0])
    detach(paper, target, by=world.heads[2])

    assert not EvidenceUse.objects.exists()
    assert Evidence.objects.get().is_shared


def test_evidence_is_withdrawn_with_a_reason_and_proves_nothing_any_more(
    world, enrolment, paper, target
):
    attach(paper, target, by=world.heads[2])
    refused(Invalid, withdraw_evidence, paper, by=world.heads[2], reason=" ", field="reason")

    withdraw_evidence(paper, by=world.heads[2], reason="Nhầm tệp")

    paper.refresh_from_db()
    assert (paper.is_withdrawn, paper.withdrawn_reason) == (True, "Nhầm tệp")
    assert target_lines(enrolment)[0].evidence == []
    refused(WrongState, withdraw_evidence, paper, by=world.heads[2], reason="Nữa")
    refused(WrongState, attach, paper, target, by=world.heads[2])


def test_what_is_part_of_something_sent_is_not_withdrawn(world, paper, target):
    attach(paper, target, by=world.heads[2])
    report = some.a_sent_report(world)
    refused(WrongState, withdraw_evidence, paper, by=world.heads[2], reason="Nhầm")

    take_back_report(report, by=world.heads[2])

    withdraw_evidence(paper, by=world.heads[2], reason="Nhầm")


def test_the_database_keeps_each_kind_as_it_is(world, enrolment, paper):
    facts = {"enrolment": enrolment, "at": clock.now()}
    wrong = [
        {"kind": "file", "name": "a"},
        {"kind": "file", "name": "a", "blob": paper.blob},  # once a year
        {"kind": "link", "name": "a"},
        {"kind": "link", "url": "https://vidu.vn"},
        {"kind": "link", "name": "a", "url": "https://vidu.vn", "text": "b"},
        {"kind": "explanation"},
        {"kind": "explanation", "text": REASON, "url": "https://vidu.vn"},
        {"kind": "explanation", "text": REASON, "withdrawn_at": clock.now()},
        {"kind": "explanation", "text": REASON, "withdrawn_reason": "Nhầm"},
    ]
    for told in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(**facts, **told)


def test_what_happens_to_evidence_reads_in_plain_sentences(world, target):
    told = some.evidence_of_kind(world, "explanation")
    attach(told, target, by=world.heads[2])
    detach(told, target, by=world.heads[2])
    withdraw_evidence(told, by=world.heads[2], reason="Đã có số liệu")

    entries = Entry.objects.filter(subject_type="reporting.evidence")
    assert [sentence_of(entry) for entry in entries] == [
        "lưu minh chứng “Giải trình”",
        "gắn minh chứng “Giải trình” vào “Kết nạp hội viên”",
        "gỡ minh chứng “Giải trình” khỏi “Kết nạp hội viên”",
        "rút minh chứng “Giải trình”: Đã có số liệu",
    ]
