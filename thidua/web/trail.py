"""The trail in plain sentences: what each audit code says, and which a visitor may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext_lazy

from thidua.audit.models import Entry
from thidua.audit.queries import trail_of
from thidua.web.trail_facts import as_read

MOST_SHOWN = 50
SENTENCES = {
    "organization.founded": gettext_lazy("nhập đơn vị"),
    "organization.renamed": gettext_lazy("đổi tên đơn vị, tên trước là %(former)s"),
    "organization.rearranged": gettext_lazy("ghi %(told)s, căn cứ %(basis)s"),
    "organization.undone": gettext_lazy("gỡ việc ghi nhầm “%(told)s”: %(reason)s"),
    "organization.paper_corrected": gettext_lazy("sửa căn cứ sắp xếp, trước là %(before)s"),
    "organization.edited": gettext_lazy("sửa loại, cấp, đơn vị cấp trên hoặc địa danh"),
    "organization.letterhead_written": gettext_lazy("ghi đầu văn bản, trước là %(before)s"),
    "number.taken": gettext_lazy("lấy số cho văn bản “%(title)s”"),
    "number.cancelled": gettext_lazy("hủy số văn bản: %(reason)s"),
    "book.opened": gettext_lazy("để chương trình cấp số %(kind)s năm %(year)s, từ số %(first)s"),
    "book.closed": gettext_lazy("thôi cấp số %(kind)s năm %(year)s, số cuối là %(last)s"),
    "legaltext.added": gettext_lazy("ghi văn bản pháp luật"),
    "legaltext.written": gettext_lazy("sửa văn bản pháp luật, trước là %(before)s"),
    "person.entered": gettext_lazy("nhập tên người"),
    "office.entered": gettext_lazy("ghi chức vụ %(post)s của %(person)s"),
    "bloc.founded": gettext_lazy("nhập khối, cụm theo quyết định thành lập"),
    "bloc.edited": gettext_lazy("sửa thông tin khối, cụm, trước là %(before)s"),
    "bloc.reformed": gettext_lazy("khép lại từ ngày %(day)s, lập lại thành %(new)s"),
    "award.entered": gettext_lazy("ghi một khen thưởng đã có"),
    "award.corrected": gettext_lazy("sửa khen thưởng, trước là “%(before)s”"),
    "award.removed": gettext_lazy("bỏ khen thưởng ghi nhầm “%(before)s”: %(reason)s"),
    "ranking.entered": gettext_lazy("ghi xếp hạng năm trước"),
    "ranking.corrected": gettext_lazy("sửa xếp hạng năm trước, trước là “%(before)s”"),
    "ranking.removed": gettext_lazy("bỏ xếp hạng ghi nhầm “%(before)s”: %(reason)s"),
    "import.brought": gettext_lazy("mang một bảng đến để nhập"),
    "import.confirmed": gettext_lazy("xác nhận nhập bảng"),
    "import.written": gettext_lazy(
        "nhập bảng: %(made)s hàng mới, %(changed)s hàng bổ sung, %(kept)s hàng đã có"
    ),
    "import.dropped": gettext_lazy("bỏ lần nhập bảng"),
    "import.undone": gettext_lazy("gỡ lần nhập bảng"),
    "import.taken_back": gettext_lazy("gỡ bỏ cùng lần nhập bảng %(file)s"),
    "paper.printed": gettext_lazy("lập bản in %(form)s của văn bản, mã băm %(digest)s"),
    "paper.withdrawn": gettext_lazy("thu hồi văn bản: %(reason)s"),
    "brought.kept": gettext_lazy("đưa lên văn bản “%(title)s”"),
    "brought.sent": gettext_lazy("gửi văn bản “%(title)s” cho khối, cụm đọc"),
    "brought.taken_back": gettext_lazy("rút lại văn bản “%(title)s”"),
    "brought.removed": gettext_lazy("bỏ văn bản “%(title)s”: %(reason)s"),
    "brought.articles_confirmed": gettext_lazy("ghi %(count)s điều của quy chế “%(title)s”"),
    "file.kept": gettext_lazy("nhận một tệp, mã băm %(digest)s"),
    "file.blanked": gettext_lazy("xóa nội dung tệp %(digest)s: %(reason)s; căn cứ: %(basis)s"),
    "database.restored": gettext_lazy(
        "phục hồi cơ sở dữ liệu từ bản sao lưu %(backup)s, làm lúc %(made_at)s; số việc không còn "
        "trong dấu vết: %(lost)s"
    ),
    "erasure.asked": gettext_lazy("đề nghị xóa tên theo yêu cầu; căn cứ: %(basis)s"),
    "erasure.dropped": gettext_lazy("bỏ đề nghị xóa tên: %(reason)s"),
    "erasure.done": gettext_lazy("xóa tên theo yêu cầu; căn cứ: %(basis)s"),
    "person.exported": gettext_lazy("tải dữ liệu cá nhân của một người"),
    "account.opened": gettext_lazy("mở tài khoản"),
    "account.password_set": gettext_lazy("cấp mật khẩu mới cho tài khoản"),
    "account.invited": gettext_lazy("cấp mã dùng một lần để vào và đặt mật khẩu"),
    "account.entered": gettext_lazy("đặt mật khẩu bằng mã dùng một lần"),
    "account.second_factor_reset": gettext_lazy("gỡ bước xác nhận thứ hai: %(reason)s"),
    "account.signed_out": gettext_lazy("cho đăng xuất khỏi mọi nơi %(reason)s"),
    "account.closed": gettext_lazy("tạm dừng tài khoản: %(reason)s"),
    "account.reopened": gettext_lazy("mở lại tài khoản: %(reason)s"),
    "account.email_changed": gettext_lazy("đổi thư điện tử của tài khoản"),
    "appointment.made": gettext_lazy("giao quyền cho %(person)s"),
    "appointment.ended": gettext_lazy("kết thúc quyền của %(person)s: %(reason)s"),
    "house.begun": gettext_lazy("bắt đầu thiết lập nơi này"),
    "house.look_kept": gettext_lazy("đặt tên, biểu trưng hoặc thông tin liên hệ"),
    "house.slogan_set": gettext_lazy("đặt chủ đề năm %(year)s: %(slogan)s"),
    "house.mail_set": gettext_lazy("đặt máy chủ gửi thư %(server)s"),
    "house.mail_put_off": gettext_lazy("tạm chưa gửi thư: %(reason)s"),
    "house.mail_tested": gettext_lazy("gửi thư thử"),
    "trust.added": gettext_lazy("tin nơi cấp chứng thư %(name)s"),
    "trust.retired": gettext_lazy("thôi tin nơi cấp chứng thư %(name)s: %(reason)s"),
    "certificate.registered": gettext_lazy("đăng ký chứng thư của %(unit)s"),
    "certificate.ended": gettext_lazy("thôi nhận chứng thư của %(unit)s: %(reason)s"),
    "key.held": gettext_lazy("giữ khóa của %(unit)s (%(way)s)"),
    "key.let_go": gettext_lazy("thôi giữ khóa của %(unit)s: %(reason)s"),
    "house.set_up": gettext_lazy("kết thúc việc thiết lập"),
    "job.tried_again": gettext_lazy("cho chạy lại việc “%(work)s”, lần trước: %(reason)s"),
    "job.all_tried_again": gettext_lazy("cho chạy lại %(count)s việc đã dừng"),
    "job.given_up": gettext_lazy("bỏ việc “%(work)s”: %(reason)s"),
    "cycle.founded": gettext_lazy("bắt đầu chuẩn bị năm thi đua"),
    "cycle.copied": gettext_lazy("chép thiết lập từ năm %(old)s"),
    "cycle.edited": gettext_lazy("sửa chủ đề, quy chế hoặc tóm tắt"),
    "cycle.opened": gettext_lazy("mở năm thi đua"),
    "cycle.closed": gettext_lazy("khép năm thi đua"),
    "cycle.reopened": gettext_lazy("mở lại năm thi đua: %(reason)s"),
    "cycle.archived": gettext_lazy("lưu trữ năm thi đua"),
    "paper.begun": gettext_lazy("bắt đầu soạn văn bản"),
    "paper.discarded": gettext_lazy("xóa dự thảo văn bản"),
    "paper.issued": gettext_lazy("ban hành văn bản số %(symbol)s"),
    "handover.prepared": gettext_lazy("chuẩn bị bàn giao năm cho %(receiver)s"),
    "handover.made": gettext_lazy("bàn giao năm cho %(receiver)s"),
    "handover.taken_back": gettext_lazy("rút lại việc bàn giao năm"),
    "handover.received": gettext_lazy("nhận bàn giao năm"),
    "phase.set": gettext_lazy("đặt ngày cho giai đoạn %(phase)s"),
    "phase.dropped": gettext_lazy("bỏ giai đoạn %(phase)s"),
    "phase.opened": gettext_lazy("mở giai đoạn %(phase)s: %(reason)s"),
    "phase.closed": gettext_lazy("đóng giai đoạn %(phase)s: %(reason)s"),
    "member.joined": gettext_lazy("ghi %(member)s tham gia"),
    "member.removed": gettext_lazy("bỏ %(member)s khỏi danh sách đang chuẩn bị"),
    "member.left": gettext_lazy("ghi %(member)s rời: %(reason)s"),
    "members.nudged": gettext_lazy("nhắc %(count)s đơn vị còn thiếu việc"),
    "reminders.planned": gettext_lazy("đặt lịch nhắc hạn: trước %(days)s ngày"),
    "mail.sent_again": gettext_lazy("cho gửi lại một thư"),
    "mail.all_sent_again": gettext_lazy("cho gửi lại %(count)s thư hỏng"),
    "mail.dropped": gettext_lazy("bỏ một thư"),
    "member.carried": gettext_lazy("chuyển phần việc của %(member)s cho %(successor)s"),
    "lead.handed": gettext_lazy("giao đơn vị trưởng: %(leaders)s; đơn vị phó: %(deputies)s"),
    "movement.launched": gettext_lazy("nhập phong trào thi đua"),
    "movement.edited": gettext_lazy("sửa phong trào, tên trước là %(before)s"),
    "movement.adopted": gettext_lazy("đưa phong trào “%(movement)s” vào năm"),
    "movement.dropped": gettext_lazy("bỏ phong trào “%(movement)s” khỏi năm"),
    "movement.joined": gettext_lazy("%(member)s tham gia phong trào “%(movement)s”"),
    "movement.plan_written": gettext_lazy("%(member)s ghi việc sẽ làm trong “%(movement)s”"),
    "common_target.set": gettext_lazy("đặt chỉ tiêu chung “%(target)s”"),
    "targets.begun": gettext_lazy("bắt đầu bản đăng ký"),
    "target.added": gettext_lazy("thêm chỉ tiêu “%(target)s”: %(promise)s"),
    "target.changed": gettext_lazy("sửa chỉ tiêu “%(target)s”: %(promise)s"),
    "target.restored": gettext_lazy("lấy lại chỉ tiêu “%(target)s”: %(promise)s"),
    "target.removed": gettext_lazy("bỏ chỉ tiêu “%(target)s”: %(promise)s"),
    "honour.registered": gettext_lazy("đăng ký %(honour)s %(subject)s"),
    "honour.restored": gettext_lazy("lấy lại đăng ký %(honour)s %(subject)s"),
    "honour.withdrawn": gettext_lazy("bỏ đăng ký %(honour)s %(subject)s"),
    "targets.sent": gettext_lazy("gửi bản đăng ký"),
    "targets.taken_back": gettext_lazy("rút lại bản đăng ký"),
    "target.agreed": gettext_lazy("đồng ý chỉ tiêu “%(target)s”"),
    "target.proposed": gettext_lazy("đề nghị sửa chỉ tiêu “%(target)s” %(number)s: %(reason)s"),
    "target.accepted": gettext_lazy("nhận con số đề nghị cho “%(target)s”: %(promise)s"),
    "targets.returned": gettext_lazy("trả lại bản đăng ký, %(count)s chỉ tiêu cần xem lại"),
    "targets.locked": gettext_lazy("hai bên thống nhất, bản đăng ký được khóa"),
    "target.measured": gettext_lazy("ghi kết quả “%(target)s”: %(value)s, tính đến %(day)s"),
    "period.set": gettext_lazy("đặt kỳ báo cáo “%(period)s”, hạn %(due)s"),
    "period.removed": gettext_lazy("bỏ kỳ báo cáo “%(period)s”"),
    "report.begun": gettext_lazy("bắt đầu soạn báo cáo"),
    "report.sent": gettext_lazy("gửi báo cáo"),
    "report.taken_back": gettext_lazy("rút lại báo cáo"),
    "report.returned": gettext_lazy("trả lại báo cáo, %(count)s chỗ cần xem lại: %(reason)s"),
    "report.accepted": gettext_lazy("tiếp nhận báo cáo"),
    "evidence.kept": gettext_lazy("lưu minh chứng “%(name)s”"),
    "evidence.attached": gettext_lazy("gắn minh chứng “%(name)s” vào “%(place)s”"),
    "evidence.detached": gettext_lazy("gỡ minh chứng “%(name)s” khỏi “%(place)s”"),
    "evidence.withdrawn": gettext_lazy("rút minh chứng “%(name)s”: %(reason)s"),
    "table.begun": gettext_lazy("bắt đầu soạn bảng điểm “%(name)s”"),
    "table.taken": gettext_lazy("lấy bảng điểm có sẵn “%(name)s”"),
    "table.written": gettext_lazy("sửa phần đầu bảng điểm “%(name)s”"),
    "table.adopted": gettext_lazy("đưa bảng điểm “%(name)s” vào dùng"),
    "table.restored": gettext_lazy("lấy lại bảng điểm đang soạn “%(name)s”"),
    "table.discarded": gettext_lazy("bỏ bảng điểm đang soạn “%(name)s”"),
    "criterion.added": gettext_lazy("thêm “%(criterion)s” vào bảng điểm"),
    "criterion.changed": gettext_lazy("sửa “%(criterion)s” của bảng điểm"),
    "criterion.restored": gettext_lazy("lấy lại “%(criterion)s” trong bảng điểm"),
    "criterion.removed": gettext_lazy("bỏ “%(criterion)s” khỏi bảng điểm"),
    "criterion.shifted": gettext_lazy("đổi chỗ “%(criterion)s”"),
    "layers.set": gettext_lazy("đặt các lớp chấm của năm: %(layers)s"),
    "check.assigned": gettext_lazy("giao %(checker)s kiểm tra chéo phiếu điểm"),
    "check.unassigned": gettext_lazy("thôi giao %(checker)s kiểm tra chéo phiếu điểm"),
    "conflict.declared": gettext_lazy("khai xung đột lợi ích với %(unit)s: %(reason)s"),
    "proof.given": gettext_lazy("gắn minh chứng “%(evidence)s” vào “%(criterion)s”"),
    "proof.taken": gettext_lazy("gỡ minh chứng “%(evidence)s” khỏi “%(criterion)s”"),
    "marking.begun": gettext_lazy("bắt đầu chấm ở lớp %(layer)s"),
    "marks.sent": gettext_lazy("gửi điểm chấm %(late)s"),
    "marks.taken_back": gettext_lazy("rút lại điểm chấm"),
    "result.drawn_up": gettext_lazy("lập kết quả sơ bộ, bản số %(number)s"),
    "result.objected": gettext_lazy("kiến nghị về kết quả sơ bộ: %(about)s"),
    "objection.answered": gettext_lazy("trả lời kiến nghị của %(unit)s: %(upheld)s"),
    "tie.settled": gettext_lazy("ghi %(votes)s phiếu phân định cho %(unit)s, biên bản %(basis)s"),
    "result.adopted": gettext_lazy("ghi hội nghị thông qua kết quả, biên bản %(minutes)s"),
    "result.published": gettext_lazy("công bố kết quả, mã băm %(digest)s"),
    "result.corrected": gettext_lazy("đính chính bản số %(of)s: “%(criterion)s” của %(unit)s"),
    "covenant.drafted": gettext_lazy("soạn dự thảo giao ước"),
    "covenant.edited": gettext_lazy("sửa căn cứ, lời mở đầu"),
    "clause.written": gettext_lazy("viết điều khoản “%(clause)s”"),
    "clause.restored": gettext_lazy("lấy lại điều khoản “%(clause)s”"),
    "clause.removed": gettext_lazy("bỏ điều khoản “%(clause)s”"),
    "clause.moved": gettext_lazy("đổi chỗ điều khoản “%(clause)s”"),
    "covenant.circulated": gettext_lazy("gửi dự thảo lấy ý kiến"),
    "covenant.commented": gettext_lazy("góp ý dự thảo %(about)s"),
    "comment.answered": gettext_lazy("trả lời ý kiến"),
    "covenant.frozen": gettext_lazy("chốt nội dung và mở ký đến hết ngày %(sign_by)s"),
    "covenant.unfrozen": gettext_lazy("mở lại bản chốt: %(reason)s"),
    "covenant.signed": gettext_lazy("ký giao ước"),
    "covenant.sheet_brought": gettext_lazy("nộp ảnh phiếu ký giấy của %(unit)s (%(signer)s ký)"),
    "covenant.sheet_confirmed": gettext_lazy(
        "đối chiếu và xác nhận %(unit)s đã ký trên giấy (%(signer)s ký)"
    ),
    "covenant.sheet_returned": gettext_lazy("trả lại phiếu ký giấy của %(unit)s: %(reason)s"),
    "covenant.certified": gettext_lazy("chữ ký số mức %(level)s, tệp có mã băm %(file)s"),
    "covenant.declined": gettext_lazy("chưa ký, ghi lý do: %(reason)s"),
    "covenant.reminded": gettext_lazy("nhắc %(count)s đơn vị chưa ký"),
    "covenant.declared": gettext_lazy("tuyên bố giao ước có hiệu lực; chưa ký: %(missing)s"),
    "covenant.turn_passed": gettext_lazy("chuyển lượt ký của %(unit)s cho đơn vị sau: %(reason)s"),
    "covenant.substitute_named": gettext_lazy("giao %(person)s ký thay (%(capacity)s)"),
    "covenant.substitute_dropped": gettext_lazy("thôi giao ký thay, lãnh đạo tự ký"),
    "contact.entered": gettext_lazy("ghi địa chỉ nhận mã ký của %(person)s"),
    "contact.ended": gettext_lazy("thôi dùng địa chỉ nhận mã ký của %(person)s"),
    "link.made": gettext_lazy(
        "tạo đường dẫn ký riêng cho %(person)s, %(unit)s, dùng trong %(hours)s giờ (%(given)s)"
    ),
    "link.revoked": gettext_lazy("thu hồi đường dẫn ký riêng của %(unit)s"),
    "link.used": gettext_lazy(
        "xác nhận bằng mã gửi qua thư, theo đường dẫn do %(made_by)s tạo (%(given)s)"
    ),
    "covenant.extended": gettext_lazy("gia hạn ký từ %(was)s đến hết ngày %(until)s: %(reason)s"),
    "covenant.expired": gettext_lazy("báo vòng ký hết hạn, còn %(count)s đơn vị chưa ký"),
    "decline.answered": gettext_lazy("trả lời lý do chưa ký của %(unit)s"),
    "covenant.addendum_begun": gettext_lazy("lập phụ lục giao ước: %(reason)s"),
    "covenant.in_force": gettext_lazy("đưa giao ước vào hiệu lực"),
    "covenant.amended": gettext_lazy("lập bản mới thay bản %(old)s: %(reason)s"),
    "ceremony.opened": gettext_lazy("mở màn hình lễ ký"),
    "ceremony.begun": gettext_lazy("bắt đầu lễ ký"),
    "ceremony.closed": gettext_lazy("kết thúc lễ ký, %(signed)s đơn vị đã ký"),
    "ceremony.drawn": gettext_lazy("vẽ lại màn hình lễ ký để lưu, mã băm %(digest)s"),
    "rehearsal.opened": gettext_lazy("mở màn hình diễn tập lễ ký"),
    "rehearsal.begun": gettext_lazy("bắt đầu diễn tập lễ ký"),
    "rehearsal.closed": gettext_lazy("kết thúc diễn tập lễ ký"),
    "rehearsal.reset": gettext_lazy("đưa diễn tập lễ ký về đầu"),
}
PUBLIC = {
    "bloc.founded",
    "cycle.opened",
    "cycle.closed",
    "cycle.reopened",
    "cycle.archived",
    "member.joined",
    "member.left",
    "lead.handed",
    "movement.launched",
    "movement.adopted",
    "covenant.frozen",
    "covenant.signed",
    "covenant.sheet_confirmed",
    "covenant.declared",
    "covenant.in_force",
    "covenant.amended",
    "covenant.extended",
    "ceremony.begun",
    "ceremony.closed",
    "result.published",
    "organization.founded",
    "organization.renamed",
    "organization.rearranged",
    "organization.undone",
    "member.carried",
    "bloc.reformed",
    "office.entered",
}


@dataclass(frozen=True)
class Line:
    """One line of a trail: when, who, for whom, what."""

    at: datetime
    actor_name: str
    organization_name: str
    sentence: str


def trail_lines(*things: Model, everything: bool) -> list[Line]:
    """Return the newest lines about ``things``: for a visitor the newest public ones."""
    entries = trail_of(*things)
    if not everything:
        entries = entries.filter(code__in=PUBLIC)
    return lines(entries[:MOST_SHOWN], everything=everything)


def lines(entries: Iterable[Entry], *, everything: bool) -> list[Line]:
    """Return the entries as sentences; a visitor (not ``everything``) reads the public ones."""
    return [
        Line(entry.at, entry.actor_name, entry.organization_name, sentence_of(entry))
        for entry in entries
        if everything or entry.code in PUBLIC
    ]


def sentence_of(entry: Entry) -> str:
    """Return what the entry says, with its facts; a fact that is missing reads as nothing."""
    facts = as_read(entry.code, entry.facts)
    return (str(SENTENCES[entry.code]) % facts).strip()
