"""One journey on a phone: measure, prove with real files, write, be saved, send, be asked again."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests import factories as make
from tests.browser.people import Person
from tests.conftest import PHONE
from tests.files import samples
from tests.reporting import factories as some
from thidua.audit.models import Entry
from thidua.reporting.models import Evidence, Report

pytestmark = pytest.mark.django_db(transaction=True)
TARGET = "Xây nhà đại đoàn kết"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A photograph with its place inside, and a PDF."""
    picture, paper = tmp_path / "Lễ bàn giao.jpg", tmp_path / "Biên bản nghiệm thu.pdf"
    picture.write_bytes(samples.picture("JPEG", size=(900, 600)))
    paper.write_bytes(samples.PDF)
    return [picture, paper]


def test_a_member_reports_on_a_phone_and_the_reviewer_asks_for_one_place(open_page, files):
    world = make.a_bloc(3)
    target = some.a_sent_target(world, name=TARGET, unit="căn", number=240)
    some.a_period(world, "Sơ kết 6 tháng", kind="half_year")
    member, reviewer = Person(open_page(size=PHONE)), Person(open_page(size=PHONE))
    member.sits_down(world.heads[2])
    reviewer.sits_down(world.heads[0])

    begin(member)
    measure(member)
    bring(member, files)
    write(member)
    send(member, world.members[0].name)
    assert [e.uses.get().target for e in Evidence.objects.all()] == [target, target]
    return_one_place(reviewer, world.members[2].name)
    mend_and_send_again(member)
    accept(reviewer)
    member.goes("/viec/thong-bao/")
    member.sees("đã được tiếp nhận.")

    assert Report.objects.get().state == Report.State.ACCEPTED
    assert member.faults + reviewer.faults == []


def begin(member: Person) -> None:
    """Begin the report from the desk, and go to the results from there."""
    member.goes("/viec/")
    member.sees("Gửi báo cáo sơ kết 6 tháng")
    member.presses("Bắt đầu soạn")
    member.sees("Báo cáo sơ kết 6 tháng", "chưa có số đo")
    member.follows("Ghi kết quả, minh chứng")


def measure(member: Person) -> None:
    """Write a number with a slip, be asked, mend it."""
    member.follows("Ghi kết quả, minh chứng")
    member.fills("Số đạt được", "936.000")
    member.presses("Ghi kết quả")
    member.sees("Con số 936.000 chênh từ một nghìn lần so với 240. Có đúng không?")
    member.fills("Số đạt được", "936")
    member.presses("Ghi kết quả")
    member.sees("Đã ghi: 936 căn. Chỉ tiêu lúc này: đạt 390 %, vượt 290 %.")


def bring(member: Person, files: list[Path]) -> None:
    """Bring the photograph and the PDF, and look at the photograph."""
    for path in files:
        member.page.get_by_text("Gửi tệp, ảnh").click()
        member.page.get_by_label("Tệp", exact=True).set_input_files(path)
        member.presses("Gửi tệp")
        member.sees(f"Đã lưu “{path.name}”")
    member.follows(files[0].name)
    shown = member.page.get_by_role("img", name=files[0].name)
    expect(shown).to_have_js_property("naturalWidth", 900)
    kept = member.page.request.get(shown.get_attribute("src") or "").body()
    assert not Image.open(io.BytesIO(kept)).getexif().get_ifd(0x8825)  # where it was taken is gone


def write(member: Person) -> None:
    """Write, be saved without a press, be told of a number that contradicts, mend it."""
    member.goes("/viec/")
    member.follows("Soạn tiếp")
    before = Entry.objects.count()
    results = member.page.get_by_label("Kết quả", exact=False).filter(visible=True).last
    results.press_sequentially("Xây 936/240 căn nhà, vượt 390 %.")
    told = member.page.get_by_role("status").filter(has_text="Đã lưu lúc")
    expect(told).to_be_visible()
    member.sees("Bạn viết “vượt 390 %”. 936/240: đạt 390 %, tức vượt 290 %")
    assert Report.objects.get().achievements == "Xây 936/240 căn nhà, vượt 390 %."
    assert Entry.objects.count() == before
    results.fill("Xây 936/240 căn nhà, vượt 290 %.")
    expect(member.page.get_by_text("Bạn viết “vượt 390 %”")).to_be_hidden()
    member.presses("Lưu và xem lại trước khi gửi")


def send(member: Person, reviewer: str) -> None:
    """Read what goes to whom, and send."""
    member.sees("Những gì sẽ gửi", reviewer)
    member.presses("Gửi báo cáo")
    member.sees(f"Đã gửi, {reviewer} đã được báo.", "Xây 936/240 căn nhà, vượt 290 %.")


def return_one_place(reviewer: Person, unit: str) -> None:
    """Read the report with its evidence, and return one place of it."""
    reviewer.goes("/viec/")
    reviewer.sees(f"Đọc báo cáo sơ kết 6 tháng của {unit}")
    reviewer.follows("Đọc và trả lời")
    reviewer.sees("Lễ bàn giao.jpg", "Biên bản nghiệm thu.pdf", "đạt 390 %")
    reviewer.follows("Trả lại để xem lại")
    place = reviewer.page.get_by_role("group", name="Kết quả")
    place.get_by_label("Lý do cần xem lại").fill("Ghi rõ bao nhiêu căn xây mới")
    reviewer.presses("Trả lại báo cáo")
    reviewer.sees(f"Đã trả lại 1 chỗ để xem lại. {unit} đã được báo.")


def mend_and_send_again(member: Person) -> None:
    """Find the reason at the very field, write, send again."""
    member.goes("/viec/")
    member.sees("1 chỗ cần xem lại.")
    member.follows("Xem chỗ cần sửa")
    member.sees("Cần xem lại: Ghi rõ bao nhiêu căn xây mới")
    member.page.locator("#id_achievements").fill("Xây mới 700, sửa 236 căn nhà.")
    member.presses("Lưu và xem lại trước khi gửi")
    member.presses("Gửi báo cáo")
    member.sees("đã được báo.", "Xây mới 700, sửa 236 căn nhà.")


def accept(reviewer: Person) -> None:
    """Accept what was sent again."""
    reviewer.goes("/viec/")
    reviewer.follows("Đọc và trả lời")
    reviewer.sees("Xây mới 700, sửa 236 căn nhà.")
    reviewer.presses("Tiếp nhận báo cáo")
    reviewer.sees("Đã tiếp nhận báo cáo.")


def test_a_file_stays_chosen_when_the_line_breaks_and_a_wrong_one_is_told_in_place(
    open_page, files
):
    world = make.a_bloc(3)
    target = some.a_sent_target(world)
    member = Person(open_page(size=PHONE))
    member.sits_down(world.heads[2])
    member.goes(f"/bao-cao/chi-tieu/{target.pk}/")
    member.page.get_by_text("Gửi tệp, ảnh").click()
    chosen = member.page.get_by_label("Tệp", exact=True)
    send_it = member.page.get_by_role("button", name="Gửi tệp")

    wrong = files[1].with_name("Chương trình.pdf")
    wrong.write_bytes(samples.EXE)
    chosen.set_input_files(wrong)
    send_it.click()
    member.sees("bên trong là chương trình Windows (.exe)")
    expect(chosen).to_be_focused()
    chosen.set_input_files(files[1])
    member.page.route("**/minh-chung/", lambda route: route.abort(), times=1)
    send_it.click()
    member.sees("Chưa gửi được vì mất mạng. Tệp vẫn được chọn ở trên: hãy bấm gửi lại.")
    send_it.click()
    member.sees("Đã lưu “Biên bản nghiệm thu.pdf”")

    assert Evidence.objects.get().uses.get().target == target


def test_without_javascript_a_member_measures_proves_writes_and_sends(open_page, files):
    world = make.a_bloc(3)
    target = some.a_sent_target(world, number=240)
    some.a_period(world, "Tổng kết năm", kind="year")
    member = Person(open_page(size=PHONE, javascript=False))
    member.sits_down(world.heads[2])
    member.goes(f"/bao-cao/chi-tieu/{target.pk}/")
    member.fills("Số đạt được", "240.000")
    member.presses("Ghi kết quả")
    member.ticks("Đúng là như vậy")
    member.presses("Ghi kết quả")
    member.sees("Đã ghi: 240.000 hội viên.")
    member.page.get_by_text("Gửi tệp, ảnh").click()
    member.page.get_by_label("Tệp", exact=True).set_input_files(files[1])
    member.presses("Gửi tệp")
    member.sees("Đã lưu “Biên bản nghiệm thu.pdf”")

    member.goes("/viec/")
    member.presses("Bắt đầu soạn")
    member.page.locator("#id_achievements").fill("Đã làm xong.")
    member.presses("Lưu nháp")
    member.sees("Đã lưu lúc")
    member.presses("Lưu và xem lại trước khi gửi")
    member.presses("Gửi báo cáo")

    member.sees(f"Đã gửi, {world.members[0].name} đã được báo.", "Đã làm xong.")


def test_two_windows_never_overwrite_each_other_and_a_broken_line_loses_nothing(open_page):
    world = make.a_bloc(3)
    report = some.a_report(world, text="Có sẵn.")
    here = Person(open_page(size=PHONE))
    here.sits_down(world.heads[2])
    address = f"/bao-cao/{report.pk}/soan/"
    there = Person(here.page.context.new_page())
    for person in (here, there):
        person.goes(address)
        person.sees("Lời văn")

    # The answer to a save is lost on the way: the next one goes on from what had arrived.
    lost = []

    def lose(route) -> None:
        route.fetch()
        lost.append(route)
        route.abort()

    here.page.route(f"**{address}", lose, times=1)
    here.page.locator("#id_plan").fill("Làm tiếp")
    here.sees("Chưa lưu được vì mất mạng; sẽ thử lại.")
    here.page.locator("#id_plan").fill("Làm tiếp nữa")
    expect(here.page.get_by_role("status").filter(has_text="Đã lưu lúc")).to_be_visible()
    assert lost
    assert Report.objects.get().plan == "Làm tiếp nữa"

    there.page.locator("#id_plan").fill("Của cửa sổ kia")
    there.sees("Báo cáo vừa được lưu ở nơi khác")
    assert there.page.locator("#id_plan").input_value() == "Của cửa sổ kia"
    assert Report.objects.get().plan == "Làm tiếp nữa"
