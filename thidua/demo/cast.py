"""The invented people of the demonstration. Every one of them is marked MINH HỌA."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from thidua.accounts.acting import NOBODY, Acting, acting_of
from thidua.accounts.actions import Terms, appoint, open_account
from thidua.accounts.models import Appointment, User
from thidua.accounts.queries import current_appointments
from thidua.organizations.actions import enter_person
from thidua.organizations.models import Organization

PASSWORD = "thi-dua-minh-hoa"  # noqa: S105  (known to everyone: these people do not exist)
SIGNER = "Người ký minh họa"
Role = Appointment.Role


@dataclass(frozen=True)
class Player:
    """One invented person with an account: the name they sign in with, and what to try."""

    username: str
    name: str
    tries: str


PLAYERS = {
    player.username: player
    for player in (
        Player(
            "ban.tdkt",
            "Lê Ban (minh họa)",
            "nhập đơn vị, khối, cụm; mở, khép, chép năm; giao đơn vị trưởng; bổ nhiệm người",
        ),
        Player(
            "quan-tri",
            "Đinh Thị Máy (minh họa)",
            "trang Hệ thống: kiểm tra, nhập từ bảng tính, tài khoản, thư đi, việc chạy nền",
        ),
        Player(
            "truong.cum",
            "Trần Thị Cây (minh họa)",
            "trả lời chỉ tiêu của Hội Thả diều; trả lời ý kiến; chốt giao ước của cụm",
        ),
        Player(
            "can-bo.cum",
            "Phạm Lá (minh họa)",
            "sửa dự thảo giao ước, đặt chỉ tiêu chung, đưa phong trào vào năm",
        ),
        Player(
            "thu-ky.cum",
            "Đỗ Thị Sổ (minh họa)",
            "giúp cụm trưởng: soạn giao ước, theo dõi ai chưa đăng ký",
        ),
        Player(
            "pho.cum",
            "Nguyễn Sách (minh họa)",
            "trả lời chỉ tiêu của chính đơn vị cụm trưởng; góp ý dự thảo",
        ),
        Player(
            "truong.di-bo",
            "Vũ Đường (minh họa)",
            "bắt đầu bản đăng ký chưa ai soạn, rồi gửi",
        ),
        Player(
            "can-bo.di-bo",
            "Hoàng Thị Bước (minh họa)",
            "soạn và gửi bản đăng ký: đơn vị nhỏ, cán bộ được gửi thay",
        ),
        Player(
            "can-bo.nuoi-ong",
            "Bùi Mật (minh họa)",
            "viết tiếp bản đăng ký đang soạn; tham gia phong trào; góp ý dự thảo",
        ),
        Player(
            "hai-don-vi",
            "Đặng Thị Đôi (minh họa)",
            "đổi “đang làm việc cho”: lãnh đạo Hội Nuôi ong, cán bộ Hội Nghề đan",
        ),
        Player(
            "truong.tha-dieu",
            "Ngô Gió (minh họa)",
            "rút lại bản đăng ký vừa gửi, khi chưa ai trả lời",
        ),
        Player(
            "truong.hat-ru",
            "Dương Thị Nôi (minh họa)",
            "xem chỉ tiêu bị trả lại: nhận con số được đề nghị hoặc sửa, rồi gửi lại",
        ),
        Player(
            "truong.khoi",
            "Lý Gốm (minh họa)",
            "nhắc đơn vị chưa ký; tuyên bố giao ước có hiệu lực; lập bản mới",
        ),
        Player(
            "pho.khoi",
            "Mai Thị Mộc (minh họa)",
            "xem giao ước đã ký và mã băm",
        ),
        Player(
            "truong.nghe-theu",
            "Tô Chỉ (minh họa)",
            "đã ghi lý do chưa ký; có thể đổi ý và ký hôm nay",
        ),
        Player(
            "ky-thay",
            "Hồ Thị Kim (minh họa)",
            "ký thay chủ tịch Hội Nghề thêu (TM., KT.) hôm nay",
        ),
        Player(
            "truong.nghe-dan",
            "Trịnh Tre (minh họa)",
            "ký giao ước năm nay; ký bổ sung giao ước năm trước; hoặc từ chối, có lý do",
        ),
        Player(
            "het-quyen",
            "Phan Giấy (minh họa)",
            "đăng nhập được nhưng không còn quyền: bổ nhiệm đã kết thúc",
        ),
        Player(
            "can-bo.nghe-in",
            "Cao Thị Mực (minh họa)",
            "chuẩn bị cho đơn vị đang khuyết lãnh đạo; cán bộ không ký được",
        ),
        Player(
            "truong.nghe-ren",
            "Lương Sắt (minh họa)",
            "xem chữ ký mà người được ủy quyền đã ký cho đơn vị",
        ),
        Player(
            "uy-quyen",
            "Thái Thị Lửa (minh họa)",
            "đã ký theo ủy quyền (TUQ.), có số, phạm vi và hạn của giấy",
        ),
    )
}


def play(
    username: str, organization: Organization, role: str, terms: Terms, *, by: Acting = NOBODY
) -> Appointment:
    """Appoint a player, whose account is opened at the first call."""
    player = PLAYERS[username]
    user = User.objects.filter(username=username).first()
    if user is None:
        person = enter_person(player.name, by=by, is_illustration=True)
        user = open_account(person, by=by, username=username, password=PASSWORD)
    return appoint(user, organization, by=by, role=role, terms=terms)


def acting_as(username: str, organization: Organization) -> Acting:
    """Return a player acting for an organisation, under the appointments of the clock's day."""
    return acting_of(User.objects.get(username=username), organization.pk)


def a_signer(number: int, organization: Organization, *, day: date) -> Acting:
    """Make somebody who signs for a real organisation on one day, and plainly is nobody.

    The account has no password, and the right to act ends with that day.
    """
    person = enter_person(f"{SIGNER} {number}", by=NOBODY, is_illustration=True)
    user = open_account(person, by=NOBODY, username=f"minh-hoa.{number}")
    terms = Terms(since=day, until=day, post=SIGNER)
    appoint(user, organization, by=NOBODY, role=Role.HEAD, terms=terms)
    return acting_of(user, organization.pk)


def account_lines() -> Iterator[str]:
    """Yield what a visitor needs to sign in: user name, password, person, roles, what to try."""
    held: dict[int, list[str]] = {}
    for appointment in current_appointments().order_by("organization__sort_key", "pk"):
        what = f"{appointment.get_role_display()}, {appointment.organization.label}"
        held.setdefault(appointment.user_id, []).append(what)
    users = {user.username: user for user in User.objects.filter(username__in=PLAYERS)}
    for username, player in PLAYERS.items():
        if user := users.get(username):
            roles = "; ".join(held.get(user.pk, ["không còn quyền"]))
            yield "\t".join([username, PASSWORD, player.name, roles, player.tries])
