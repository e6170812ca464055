"""Anybody with an account has a PDF's layout checked: rule by rule, and nothing is kept."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import factories as make
from tests.files.conftest import folder, lying  # noqa: F401  (fixtures)
from tests.paperwork.brought import pdf, upload
from tests.typesetting.bad_files import encrypted, pdf_of
from tests.typesetting.decree_paper import FOLDER, paper
from tests.web.reports import sign_in, text
from tests.web.test_papers import issued
from thidua.files.models import Blob
from thidua.typesetting.layout_rules import RULES
from thidua.web.layout.wording import NAMES, asked

PAGE = reverse("layout:index")
AS_EXPECTED = pytest.mark.skipif(FOLDER is None, reason="no Times-metric family is installed")


@pytest.fixture
def officer(client, db):
    sign_in(client, make.officer(make.an_organization()))


def test_every_rule_has_a_name_and_says_what_it_asks_for():
    assert set(NAMES) == set(RULES)
    assert all(asked(rule) for rule in RULES.values())


def test_a_visitor_is_asked_who_they_are(client, db):
    assert client.get(PAGE).status_code == 302


@AS_EXPECTED
def test_a_paper_that_keeps_the_decree_is_told_so_and_not_kept(client, officer, lying):  # noqa: F811
    page = text(client.post(PAGE, {"file": pdf()}))

    assert "Mọi quy định đo được đều đạt" in page
    assert "đã đo 3 trang" in page
    assert "điểm 3, Mục I Phần I Phụ lục I, Nghị định số 30/2020/NĐ-CP" in page
    assert lying() == []
    assert not Blob.objects.exists()


def test_what_is_not_met_is_named_with_what_was_measured_and_where(client, officer):
    page = text(client.post(PAGE, {"file": pdf(left="25mm", motto_line="0%")}))

    assert '<a href="#r-margin_left">Lề trái</a>: 24,7 mm' in page
    assert "Đường kẻ dưới tiêu ngữ</a>: không thấy trên trang" in page
    assert "30–35 mm" in page


def test_a_part_that_is_not_there_does_not_matter_outside_the_decree(client, officer):
    bare = {"symbol": "", "title_line": "0%"}
    broken = '<a href="#r-symbol">'
    assert broken in text(client.post(PAGE, {"file": pdf(**bare)}))
    assert broken not in text(client.post(PAGE, {"file": pdf(**bare), "is_other": "on"}))


def test_a_scan_is_told_as_one(client, officer):
    page = text(client.post(PAGE, {"file": upload(pdf_of(b"", filters=b""), "quét.pdf")}))
    assert "Tệp chỉ có hình quét, không có lớp chữ" in page


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (lambda: encrypted(paper()), "a.pdf", "có mật khẩu"),
        (lambda: paper()[:3000] + b"%%EOF", "a.pdf", "bị hỏng"),
        (lambda: b"", "a.pdf", "Tệp rỗng"),
        (lambda: upload().read(), "a.pdf", "bên trong là"),
        (lambda: upload().read(), "a.docx", "hãy lưu thành PDF"),
    ],
)
def test_what_cannot_be_measured_is_told_beside_the_file(client, officer, content, name, words):
    """An encrypted, damaged, 200 MB or 0-byte PDF; a DOCX named .pdf."""
    answer = client.post(PAGE, {"file": SimpleUploadedFile(name, content())})
    assert answer.status_code == 422
    assert words in text(answer)


@AS_EXPECTED
def test_the_kept_pdf_of_an_issued_paper_is_measured_by_whoever_may_see_it(client, db):
    world = make.a_bloc(3)
    draft = issued(world)
    address = reverse("papers:layout", args=[draft.pk])
    sign_in(client, world.heads[0])
    assert "Mọi quy định đo được đều đạt" in text(client.get(address))
    assert address in text(client.get(reverse("papers:show", args=[draft.pk])))
    sign_in(client, make.a_visitor_with_account())
    assert client.get(address).status_code == 404


def _checked(path, *options) -> list[str]:
    out = io.StringIO()
    try:
        call_command("check_layout", str(path), *options, stdout=out)
    except CommandError as fault:
        return [*out.getvalue().splitlines(), f"! {fault}"]
    return out.getvalue().splitlines()


def test_the_command_prints_a_line_for_each_rule_and_ends_with_an_error_if_one_is_broken(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(paper(size="12pt"))
    lines = _checked(path)
    assert "text_size\tchưa đạt\t12 pt (trang 1)\tcỡ 13–14" in lines
    assert lines[-1].endswith("quy định chưa đạt.")
    assert [line.split("\t")[0] for line in lines[:-1]] == list(RULES)


@AS_EXPECTED
def test_the_command_ends_well_where_all_is_met(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(paper())
    assert len(_checked(path)) == len(RULES)


def test_the_command_says_what_it_cannot_read(tmp_path):
    path = tmp_path / "a.pdf"
    assert _checked(path) == [f"! Không có tệp {path}."]
    path.write_bytes(b"")
    assert _checked(path, "--not-decree") == [
        "! Tệp rỗng (0 byte): có thể chưa tải hết về máy.",
    ]
