"""`manage.py verify_document FILE` says what the page says, by words and by exit code."""

import pytest
from django.core.management import call_command

from tests import factories as make
from tests.web.papers import a_paper, bytes_of, saved_again

pytestmark = [pytest.mark.django_db, pytest.mark.programs]


def said(capsys, path) -> tuple[int, str]:
    """Return the exit code and all that was printed."""
    code = 0
    try:
        call_command("verify_document", str(path))
    except SystemExit as ending:
        code = int(ending.code or 0)
    told = capsys.readouterr()
    return code, told.out + told.err


def written(tmp_path, content: bytes, name: str = "van-ban.pdf"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_unchanged_ends_with_0_and_tells_who_signed(tmp_path, capsys):
    covenant = make.in_force(make.a_bloc(2))
    code, told = said(capsys, written(tmp_path, bytes_of(covenant.version)))

    assert code == 0
    assert "không bị sửa chỗ nào" in told
    assert "Đang có hiệu lực" in told
    for signature in covenant.version.signatures.all():
        assert f"{signature.organization_name}: CHỦ TỊCH {signature.signer_name}" in told
    assert "không phải chữ ký số" in told


def test_changed_or_foreign_ends_with_1(tmp_path, capsys):
    """ours re-saved by another program, a PDF of another paper: without a network too."""
    version = a_paper()
    code, told = said(capsys, written(tmp_path, saved_again(bytes_of(version))))
    assert code == 1
    assert "đã bị thay đổi" in told
    assert f"/kiem-tra/{version.shown_code}/" in told

    code, told = said(capsys, written(tmp_path, b"khac", "ghi-chu.txt"))
    assert code == 1
    assert "không phải văn bản do hệ thống này phát hành" in told


def test_unreadable_ends_with_2(tmp_path, capsys):
    """an encrypted, damaged, 200 MB or 0-byte PDF: told by the command as by the page."""
    code, told = said(capsys, written(tmp_path, b""))
    assert code == 2
    assert "Tệp rỗng" in told

    code, told = said(capsys, written(tmp_path, b"%PDF-1.7\nhong"))
    assert code == 2
    assert "bị hỏng" in told

    huge = tmp_path / "lon.pdf"
    with huge.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(200 * 1024 * 1024)
    code, told = said(capsys, huge)
    assert code == 2
    assert "quá lớn" in told

    code, told = said(capsys, tmp_path / "khong-co.pdf")
    assert code == 2
    assert "Không mở được tệp" in told
