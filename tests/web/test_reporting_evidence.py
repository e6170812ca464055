"""Evidence on its pages: brought, used, seen by whom, given out, taken out again."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories as make
from tests.files import samples
from tests.reporting import factories as some
from tests.web.counting import cost_of
from tests.web.reports import at, sign_in, text
from thidua.accounts.acting import NOBODY
from thidua.core import clock
from thidua.files.actions import blank_file
from thidua.files.models import Blob
from thidua.reporting.actions.answering import send_report
from thidua.reporting.actions.evidence import attach
from thidua.reporting.models import Evidence, EvidenceUse

pytestmark = pytest.mark.django_db
WHY = "Danh sách còn ở các chi hội, cuối tháng mới gom đủ."


@pytest.fixture
def world():
    """A bloc of a leader, a deputy and a member on 20 June 2026."""
    with clock.at(date(2026, 6, 20)):
        yield make.a_bloc(3, year=2026)


@pytest.fixture
def target(world, client):
    """A sent target of the third member, whose officer is signed in."""
    sign_in(client, make.officer(world.members[2]))
    return some.a_sent_target(world)


def file_of(content=samples.PDF, name="Sổ hội viên.pdf"):
    return {"kind": "file", "file": SimpleUploadedFile(name, content), "file_name": ""}


def status_of(client, address):
    """Return the status of an answer that is read to its end: only then is a file closed."""
    answer = client.get(address)
    assert b"".join(answer)
    return answer.status_code


@pytest.mark.parametrize(
    ("brought", "said", "kind"),
    [
        (file_of(), f"Đã lưu “Sổ hội viên.pdf” (PDF, {len(samples.PDF)} byte)", "file"),
        ({"kind": "link", "url": "https://vidu.vn/a", "link_name": "Tin"}, "“Tin”", "link"),
        ({"kind": "explanation", "text": WHY}, "Đã lưu “Giải trình” làm", "explanation"),
    ],
)
def test_each_kind_is_brought_and_said_back(client, world, target, brought, said, kind):
    if kind == "file":
        brought = file_of()
    page = text(client.post(at("prove_target", target), brought, follow=True))

    assert said in page
    assert "Chỉ đơn vị bạn xem được cho đến khi báo cáo được gửi." in page
    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.uses.get().target) == (kind, target)
    assert at("evidence", evidence) in page


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "Tệp rỗng (0 byte)"),
        (samples.EXE, "Báo cáo.pdf", "chương trình Windows (.exe)"),
        (samples.MP4, "a.mp4", "phim"),
        (samples.HEIC, "a.jpg", "HEIC"),
    ],
)
def test_a_wrong_file_gets_its_sentence_beside_the_field(client, target, content, name, said):
    """Evidence: “0 bytes”, “an .exe named .pdf”: and nothing is kept."""
    brought = {**file_of(content, name), "file_name": "Sổ họp quý I"}
    response = client.post(at("prove_target", target), brought)

    assert response.status_code == 422
    (error,) = response.context["form"].errors["file"]
    assert said in error
    assert 'value="Sổ họp quý I"' in text(response)
    assert "<details open><summary>Gửi tệp, ảnh" in text(response)
    assert (Evidence.objects.count(), Blob.objects.count()) == (0, 0)


def test_a_script_that_sends_a_file_reads_where_to_go_or_what_is_wrong(client, world, target):
    as_script = {"HTTP_ACCEPT": "application/json"}

    answer = client.post(at("prove_target", target), file_of(samples.EXE), **as_script)
    assert answer.status_code == 422
    assert "chương trình Windows" in answer.json()["wrong"]["file"][0]
    answer = client.post(at("prove_target", target), file_of(), **as_script)
    assert answer.json() == {"url": f"{at('target', target)}#minh-chung"}
    assert "Đã lưu “Sổ hội viên.pdf”" in text(client.get(at("target", target)))


def test_what_is_over_the_limit_is_told_to_be_a_link(client, target, settings):
    """Evidence: “over the limit”."""
    settings.UPLOAD_MAX_MB = 1
    brought = file_of(samples.PDF + b"%" * (2 * 1024 * 1024))

    response = client.post(at("prove_target", target), brought)

    assert "chỉ nhận nhiều nhất 1 MB" in text(response)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("brought", "field", "said"),
    [
        ({"kind": "file"}, "file", "Hãy chọn một tệp."),
        ({"kind": "link", "url": "javascript:alert(1)"}, "url", "phải bắt đầu bằng https://"),
        ({"kind": "link", "url": "vidu.vn/tin bài"}, "url", "không có dấu cách"),
        ({"kind": "explanation", "text": "Bận"}, "text", "cần từ 10"),
        ({"kind": "there", "evidence": ""}, "evidence", "Hãy chọn một mục."),
        ({"kind": "there", "evidence": "999"}, "evidence", "không có trong danh sách"),
        ({"kind": "film"}, "kind", ""),
        ({}, "kind", "Cần chọn loại minh chứng."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_stays(client, target, brought, field, said):
    response = client.post(at("prove_target", target), brought)

    assert response.status_code == 422
    form = response.context["form"]
    assert any(said in error for error in form.errors[field])
    assert all(form[name].value() == told for name, told in brought.items() if name != "kind")
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "name", ["Đ" * 300 + ".pdf", "../../etc/Báo cáo.pdf", "<script>alert(1)</script>.pdf"]
)
def test_a_strange_name_is_shown_and_given_out_safely(client, world, target, name):
    """Evidence: “a name of 300 Vietnamese letters or with `../`”; markup too."""
    client.post(at("prove_target", target), file_of(name=name))
    evidence = Evidence.objects.get()

    page = text(client.get(at("library", world.enrolments[2])))
    assert "<script>alert" not in page
    answer = client.get(at("download", evidence))
    told = answer["Content-Disposition"]
    assert told.startswith("attachment;")
    assert not {"..", "/", "<", "\n"} & {told[n : n + 2] for n in range(len(told))}
    assert b"".join(answer.streaming_content) == samples.PDF


def test_one_piece_is_kept_once_and_used_in_several_places(client, world, target):
    report = some.a_report(world)
    client.post(at("prove_target", target), file_of())
    evidence = Evidence.objects.get()

    page = text(client.post(at("keep", world.enrolments[2]), file_of(name="Khác.pdf"), follow=True))
    assert "Đã lưu “Sổ hội viên.pdf”" in page
    there = {"kind": "there", "evidence": str(evidence.pk)}
    page = text(client.post(at("prove_report", report), there, follow=True))

    assert "làm minh chứng cho “Báo cáo" in page
    assert (Evidence.objects.count(), EvidenceUse.objects.count()) == (1, 2)
    page = text(client.get(at("library", world.enrolments[2])))
    assert f"chỉ tiêu “{target.name}”" in page
    assert f"báo cáo “{report.period.name}”" in page
    # What stands here already is not offered again.
    response = client.get(at("prove_target", target))
    assert list(response.context["form"].fields["evidence"].queryset) == []


def test_a_piece_is_taken_from_a_place_and_stays_in_the_library(client, world, target):
    client.post(at("prove_target", target), file_of())
    evidence = Evidence.objects.get()

    page = text(client.post(at("unprove_target", target, evidence), follow=True))

    assert "Đã gỡ “Sổ hội viên.pdf” khỏi đây" in page
    assert not EvidenceUse.objects.exists()
    assert "Chưa dùng ở đâu." in text(client.get(at("library", world.enrolments[2])))


def test_withdrawing_needs_a_reason_and_leaves_it_there(client, world, target):
    evidence = some.evidence_of_kind(world, "file")
    assert client.post(at("withdraw", evidence), {"reason": " "}).status_code == 422

    page = text(client.post(at("withdraw", evidence), {"reason": "gửi nhầm tệp"}, follow=True))

    assert "Đã rút minh chứng" in page
    assert '<span class="tag tag--quiet">đã rút</span>' in page
    assert "gửi nhầm tệp" in text(client.get(at("evidence", evidence)))


def test_what_was_sent_stays(client, world, target):
    report = some.a_report(world)
    evidence = some.evidence_of_kind(world, "file")
    attach(evidence, report, by=world.heads[2])
    send_report(report, by=world.heads[2])

    page = text(client.get(at("evidence", evidence)))
    assert "là một phần của bản đã gửi nên không rút được." in page
    assert "Rút minh chứng</button>" not in page
    assert client.post(at("withdraw", evidence), {"reason": "nhầm"}).status_code == 422
    client.post(at("unprove_report", report, evidence))
    assert EvidenceUse.objects.count() == 1


def test_another_units_evidence_is_not_there_until_it_is_sent(client, world, target):
    report = some.a_report(world)
    evidence = some.evidence_of_kind(world, "file")
    attach(evidence, report, by=world.heads[2])
    seen = [at(name, evidence) for name in ("evidence", "download", "preview")]
    others = [world.heads[0], world.heads[1], world.board]

    for acting in [*others, make.a_visitor_with_account()]:
        sign_in(client, acting)
        assert {client.get(address).status_code for address in seen} == {404}
        assert client.get(at("library", world.enrolments[2])).status_code == 403

    send_report(report, by=world.heads[2])
    for acting in others:
        sign_in(client, acting)
        assert [status_of(client, address) for address in seen] == [200] * 3
        assert client.post(at("withdraw", evidence), {"reason": "x"}).status_code == 403
    sign_in(client, make.a_visitor_with_account())
    assert {client.get(address).status_code for address in seen} == {404}


def test_a_picture_is_seen_in_place_and_a_link_has_no_bytes(client, world, target):
    client.post(at("keep", world.enrolments[2]), file_of(samples.picture("PNG"), "Ảnh lễ.png"))
    picture = Evidence.objects.get()
    link = some.evidence_of_kind(world, "link")

    page = text(client.get(at("evidence", picture)))
    assert f'<img src="{at("preview", picture)}" alt="Ảnh lễ.png">' in page
    answer = client.get(at("preview", picture))
    assert answer["Content-Disposition"].startswith("inline;")
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert client.get(at("download", link)).status_code == 404
    assert client.get(at("preview", link)).status_code == 404
    assert 'rel="noopener noreferrer nofollow"' in text(client.get(at("evidence", link)))


def test_a_blanked_file_says_so_everywhere(client, world, target):
    client.post(at("prove_target", target), file_of())
    evidence = Evidence.objects.get()
    blank_file(evidence.blob, by=NOBODY, reason="Có ảnh trẻ em", basis="Đơn ngày 2/3/2026")

    assert client.get(at("download", evidence)).status_code == 410
    for address in (at("evidence", evidence), at("target", target)):
        assert '<span class="tag tag--quiet">nội dung đã xóa</span>' in text(client.get(address))
    page = text(client.get(at("evidence", evidence)))
    assert "Có ảnh trẻ em" in page
    assert "Tải tệp về máy" not in page


def test_the_library_costs_the_same_for_one_and_for_three(client, world, target):
    costs = []
    for count in (1, 3):
        while Evidence.objects.count() < count:
            evidence = some.evidence_of_kind(world, "file")
            attach(evidence, target, by=world.heads[2])
        costs.append(
            (
                cost_of(client, at("library", world.enrolments[2])),
                cost_of(client, at("evidence", evidence)),
                cost_of(client, at("target", target)),
            )
        )

    assert costs[0] == costs[1]
    assert max(costs[0]) <= 17
