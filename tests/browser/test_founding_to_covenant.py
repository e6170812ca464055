"""One journey, on a phone and on a desk: a new bloc, from its founding to a covenant in force.

Each person sits at a browser of their own and uses the pages alone.
"""

import pytest

from tests import factories as make
from tests.browser.founding import (
    BLOC,
    BODY,
    FISHERS,
    GROWERS,
    OWN_PASSWORD,
    TAILS,
    UNITS,
    WEAVERS,
    YEAR,
    Story,
    enter_the_organizations,
    found_the_bloc,
    gather_the_year,
    take_ones_place,
)
from tests.browser.people import Person
from tests.conftest import DESKTOP, PHONE
from thidua.covenants.models import Covenant

pytestmark = pytest.mark.django_db(transaction=True)
MOVEMENT = "Vườn thử xanh bốn mùa"


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_new_bloc_goes_from_its_founding_to_a_covenant_in_force(open_page, size):
    boarder = make.board(make.an_organization(BODY, kind="board"))
    story = Story(Person(open_page(size=size)))
    story.board.signs_in(make.user_of(boarder).username, make.PASSWORD)

    found_the_bloc(story.board)
    enter_the_organizations(story)
    gather_the_year(story.board)
    everyone = {name: Person(open_page(size=size)) for name in story.codes}
    for name, person in everyone.items():
        take_ones_place(person, name, story.codes[name])
    leader, deputy = everyone["lanh-dao.rau"], everyone["lanh-dao.ca"]
    weaver, helper = everyone["lanh-dao.vai"], everyone["can-bo.vai"]
    adopt_a_movement(leader)
    officer_prepares_and_head_sends(helper, weaver)
    leader_proposes_and_member_accepts(leader, weaver)
    others_register(leader, deputy)
    draft_and_comment(leader, weaver)
    freeze(leader)
    for person, unit in ((leader, GROWERS), (deputy, FISHERS), (weaver, WEAVERS)):
        sign(person, unit)
    visitor = Person(open_page(size=size))
    anyone_reads_it(visitor)

    faults = [f for p in (story.board, visitor, *everyone.values()) for f in p.faults]
    assert faults == []


def adopt_a_movement(leader: Person) -> None:
    """Enter a movement and take it up for the year."""
    leader.follows(f"Năm {YEAR}")
    leader.follows("Phong trào")
    leader.sees("Năm này chưa có phong trào nào")
    leader.follows("Nhập phong trào mới")
    leader.fills("Tên phong trào", MOVEMENT)
    leader.fills("Cấp phát động", "tỉnh, thành phố")
    leader.presses("Nhập phong trào")
    leader.sees("Đã nhập phong trào.")
    leader.chooses("Việc của tôi")
    leader.follows(f"Năm {YEAR}")
    leader.follows("Phong trào")
    leader.fills("Phong trào", f"{MOVEMENT} (không nêu)")
    leader.presses("Đưa vào năm")
    leader.sees(f"Đã đưa phong trào “{MOVEMENT}” vào năm.")


def join_the_movement(weaver: Person) -> None:
    """Take part in the year's movement, with a plan."""
    weaver.chooses("Việc của tôi")
    weaver.follows("Chọn phong trào")
    weaver.follows("Tham gia")
    weaver.fills("Việc đơn vị sẽ làm", "Trồng vườn bông lấy sợi.")
    weaver.presses("Tham gia")
    weaver.sees(f"Đơn vị đã tham gia “{MOVEMENT}”", "Trồng vườn bông lấy sợi.")


def write_a_target(person: Person, name: str, number: str, unit: str) -> None:
    """Begin the registration and put one target in."""
    person.chooses("Việc của tôi")
    person.presses("Bắt đầu đăng ký")
    person.sees("Đã mở bản đăng ký.")
    person.follows("Thêm chỉ tiêu")
    person.fills("Chỉ tiêu", name)
    person.fills("Con số", number)
    person.fills("Đơn vị tính", unit)
    person.presses("Thêm chỉ tiêu")
    person.sees(f"Đã thêm chỉ tiêu “{name}”.", f"Đã hiểu: ít nhất {number} {unit}.")


def officer_prepares_and_head_sends(helper: Person, weaver: Person) -> None:
    """The officer writes "1.234" and is told what was understood; only the head sends."""
    join_the_movement(weaver)
    write_a_target(helper, "Dệt khăn tặng người già", "1.234", "khăn")
    helper.sees("Lãnh đạo đơn vị hoặc người ký thay mới gửi được: Người thử lanh-dao.vai.")
    weaver.chooses("Việc của tôi")
    weaver.follows("Xem và gửi")
    weaver.presses("Gửi bản đăng ký")
    weaver.sees(f"Đã gửi, {GROWERS} đã được báo.", f"Chờ {GROWERS} trả lời")


def leader_proposes_and_member_accepts(leader: Person, weaver: Person) -> None:
    """The leader proposes another number; the member takes it, and both are agreed."""
    leader.chooses("Việc của tôi")
    leader.sees(f"Trả lời bản đăng ký của {WEAVERS}")
    leader.follows("Trả lời")
    leader.follows("Đề nghị sửa")
    leader.fills("Con số đề nghị", "1.500")
    leader.fills("Lý do", "Năm trước đã được gần chừng ấy.")
    leader.presses("Gửi trả lời")
    leader.presses("Trả lại đơn vị để xem lại")
    leader.sees("Đã trả lại để đơn vị xem các chỉ tiêu được đề nghị sửa.")

    weaver.chooses("Việc của tôi")
    weaver.follows("Xem lại")
    weaver.sees("Năm trước đã được gần chừng ấy.")
    weaver.presses("Nhận con số được đề nghị")
    weaver.sees("Đã hiểu: ít nhất 1.500 khăn.")
    weaver.presses("Gửi bản đăng ký")
    weaver.sees("Hai bên đã thống nhất mọi chỉ tiêu nên bản đăng ký được khóa.")


def others_register(leader: Person, deputy: Person) -> None:
    """The leader answers the deputy, and the deputy the leader: nobody judges their own case."""
    write_a_target(deputy, "Thả cá giống", "12,5", "tấn")
    deputy.presses("Gửi bản đăng ký")
    agree(leader, FISHERS)
    write_a_target(leader, "Lập vườn rau trường học", "20", "vườn")
    leader.presses("Gửi bản đăng ký")
    leader.sees(f"Đã gửi, {FISHERS} đã được báo.")
    agree(deputy, GROWERS)


def agree(reviewer: Person, unit: str) -> None:
    """Agree to the only target of the unit and lock its registration."""
    reviewer.chooses("Việc của tôi")
    reviewer.sees(f"Trả lời bản đăng ký của {unit}")
    reviewer.follows("Trả lời")
    reviewer.presses("Đồng ý")
    reviewer.presses("Thống nhất và khóa")
    reviewer.sees("Hai bên đã thống nhất, bản đăng ký được khóa.", "Mã băm của bản đăng ký")


def draft_and_comment(leader: Person, weaver: Person) -> None:
    """Draft from the data, send it round, hear a member, answer."""
    leader.chooses("Việc của tôi")
    leader.presses("Soạn giao ước")
    leader.sees("Đã lập dự thảo từ dữ liệu của năm.", MOVEMENT)
    leader.presses("Gửi lấy ý kiến")
    leader.sees("Đã gửi dự thảo lấy ý kiến 3 đơn vị.")

    weaver.chooses("Việc của tôi")
    weaver.follows("Đọc và góp ý")
    weaver.fills("Ý kiến của đơn vị", "Xin thêm một câu về giúp nhau.")
    weaver.presses("Gửi ý kiến")
    weaver.sees("Đã gửi ý kiến. Tiếp theo: khối trưởng trả lời.")

    leader.chooses("Việc của tôi")
    leader.follows("Trả lời ý kiến")
    leader.follows(f"Trả lời {WEAVERS}")
    leader.ticks("Tiếp thu")
    leader.presses("Gửi trả lời")
    leader.sees("Đã trả lời ý kiến của", "tiếp thu")


def freeze(leader: Person) -> None:
    """Freeze the exact text and open the signing round."""
    leader.chooses("Việc của tôi")
    leader.follows("Chốt để ký")
    leader.sees("3 đơn vị sẽ ký:", "Dệt khăn tặng người già")
    leader.presses("Chốt và mở ký")
    leader.sees("Đã chốt nội dung và mời 3 đơn vị ký.")


def sign(person: Person, unit: str) -> None:
    """Read, type the password again, sign for the organisation that the page names."""
    person.chooses("Việc của tôi")
    person.follows("Đọc và ký")
    person.sees(f"Ký cho {unit}", "CHỦ TỊCH")
    person.fills("Mật khẩu của bạn", OWN_PASSWORD)
    person.presses("Ký giao ước")
    person.sees(f"Đã ký cho {unit}")


def anyone_reads_it(visitor: Person) -> None:
    """The public page shows the covenant in force, who signed for whom, and its digest."""
    visitor.goes("/")
    visitor.chooses("Khối và cụm")
    visitor.follows(BLOC)
    visitor.follows(f"Năm {YEAR}")
    visitor.sees("có hiệu lực", "3/3 đơn vị đã ký", "Đoàn kết, sáng tạo", MOVEMENT)
    signatures = visitor.page.locator(".signature.is-signed")
    told = sorted(" ".join(text.split()) for text in signatures.all_inner_texts())
    signed = [(unit, f"Người thử lanh-dao.{tail}") for unit, tail in zip(UNITS, TAILS, strict=True)]
    assert [
        all(part in text for part in (*who, "CHỦ TỊCH"))
        for who, text in zip(sorted(signed), told, strict=True)
    ] == [True] * 3
    covenant = Covenant.objects.get()
    assert covenant.version is not None
    visitor.sees(covenant.version.digest, "ít nhất 1.500 khăn")
