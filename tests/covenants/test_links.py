"""A head without an account: one link, one code by mail, one act; everything else refused."""

from datetime import timedelta

import pytest
from django.core import mail

from tests import factories as make
from tests.covenants.links import ADDRESS, a_code, a_link, wrong
from thidua.audit.models import Entry
from thidua.core import clock
from thidua.core.errors import AlreadyDone, DomainError, Invalid, NoRight, OutOfTime, WrongState
from thidua.covenants.actions.by_link import comment_by_link, decline_by_link, sign_by_link
from thidua.covenants.actions.contacts import end_contact
from thidua.covenants.actions.freezing import unfreeze_covenant
from thidua.covenants.actions.linking import WrongCode, make_link, revoke_link, send_code
from thidua.covenants.codes import digest_of_token
from thidua.covenants.models import Covenant, SigningLink
from thidua.cycles.actions.members import leave_cycle
from thidua.documents.actions import ChangedText
from thidua.documents.models import Signature
from thidua.documents.proving import proven_of
from thidua.jobs.work import run_due
from thidua.notifications.models import Mail, Notice

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world():
    return make.a_bloc(2)


@pytest.fixture
def covenant(world):
    tomorrow = clock.today() + timedelta(days=1)  # what grows too old may do so over midnight
    return make.a_frozen_covenant(world, sign_by=tomorrow)


def sign(link: SigningLink, code: str, **told: str) -> Signature:
    """Sign with the digest that the page would show."""
    return sign_by_link(link, code=code, **{"digest": link.version.digest, **told})


def test_the_head_signs_without_an_account_in_the_capacity_that_was_entered(world, covenant):
    link, _token = a_link(world, covenant)

    signature = sign(link, a_code(link))

    assert signature.user is None
    assert signature.signer_name == "Nguyễn Thị Ví Dụ"
    assert signature.capacity_lines == ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]
    assert signature.method == Signature.Method.LINK
    assert proven_of(signature).sentence.endswith("đã đăng ký trước.")
    entry = Entry.objects.get(code="covenant.signed")
    assert (entry.actor_id, entry.actor_name) == (None, "Nguyễn Thị Ví Dụ")
    assert Entry.objects.filter(code="link.used").count() == 1


def test_the_last_signature_by_link_puts_it_in_force(world, covenant):
    make.sign(covenant, world.heads[0])
    link, _token = a_link(world, covenant)

    sign(link, a_code(link))

    assert make.reread(covenant).state == Covenant.State.IN_FORCE


def test_neither_the_link_nor_the_code_stands_in_the_database(world, covenant):
    link, token = a_link(world, covenant)
    code = a_code(link)

    link.refresh_from_db()
    kept = " ".join(str(value) for value in vars(link).values())
    waiting = Mail.objects.get(key__startswith="signing-code:")
    assert link.digest == digest_of_token(token)
    assert token not in kept
    assert code not in kept + waiting.text


def test_the_code_goes_to_the_registered_address_alone(world, covenant):
    link, _token = a_link(world, covenant)
    code = a_code(link)

    run_due()

    sent = [message for message in mail.outbox if message.to == [ADDRESS]]
    assert len(sent) == 1
    assert code in sent[0].body
    assert covenant.title in sent[0].body


def test_a_code_that_was_spent_meanwhile_is_not_mailed(world, covenant):
    link, _token = a_link(world, covenant)
    a_code(link)
    revoke_link(link, by=world.heads[0])

    run_due()

    assert not [message for message in mail.outbox if message.to == [ADDRESS]]


def test_a_link_is_used_once_whatever_the_act_was(world, covenant):
    """Replayed: the same link and code again."""
    link, _token = a_link(world, covenant)
    code = a_code(link)
    sign(link, code)

    for again in (
        lambda: sign(link, code),
        lambda: decline_by_link(link, code=code, reason="Thôi"),
        lambda: comment_by_link(link, code=code, body="Thêm"),
        lambda: send_code(link),
    ):
        with pytest.raises(OutOfTime, match="đã dùng rồi"):
            again()

    assert Signature.objects.count() == 1


def test_the_head_declines_with_a_reason_and_the_leader_is_told(world, covenant):
    link, _token = a_link(world, covenant)

    decline = decline_by_link(link, code=a_code(link), reason="Chỉ tiêu cao")

    assert (decline.by, decline.speaker) == (None, "Nguyễn Thị Ví Dụ")
    told = Notice.objects.filter(sentence__contains="đã ghi lý do")
    assert {notice.user_id for notice in told} == {make.user_of(world.heads[0]).pk}
    assert SigningLink.objects.get().act == "declined"


def test_the_head_says_something_and_it_stands_among_the_comments(world, covenant):
    link, _token = a_link(world, covenant)

    comment = comment_by_link(link, code=a_code(link), body="Xin thêm hạn")

    assert (comment.by, comment.speaker) == (None, "Nguyễn Thị Ví Dụ")
    assert comment.organization == world.members[1]
    assert not Signature.objects.exists()


@pytest.mark.parametrize("act", [decline_by_link, comment_by_link])
def test_what_is_empty_costs_no_try(world, covenant, act):
    link, _token = a_link(world, covenant)
    code = a_code(link)
    words = {"reason": " "} if act is decline_by_link else {"body": " "}

    with pytest.raises(Invalid):
        act(link, code=code, **words)

    link.refresh_from_db()
    assert link.tries == 0


def test_a_wrong_code_signs_nothing_and_five_end_it(world, covenant):
    link, _token = a_link(world, covenant)
    code = a_code(link)

    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode, match=f"Còn gõ được {left} lần"):
            sign(link, wrong(code))
    with pytest.raises(WrongCode, match="hết số lần"):
        sign(link, wrong(code))
    with pytest.raises(WrongCode, match="hết số lần"):
        sign(link, code)

    assert not Signature.objects.exists()
    with clock.at(clock.now() + 2 * MINUTE):
        sign(link, a_code(link))


def test_a_foreign_code_is_a_wrong_one(world, covenant):
    """Foreign: the code of another link."""
    link, _token = a_link(world, covenant)
    other, _secret = a_link(world, covenant, member=0)
    code = a_code(link)
    foreign = a_code(other)

    if foreign != code:
        with pytest.raises(WrongCode):
            sign(link, foreign)
    sign(other, foreign)
    assert Signature.objects.get().organization == world.members[0]


def test_a_code_is_good_for_a_quarter_of_an_hour_and_only_the_newest(world, covenant):
    link, _token = a_link(world, covenant)
    first = a_code(link)
    with clock.at(clock.now() + 15 * MINUTE):
        with pytest.raises(WrongCode, match="quá 15 phút"):
            sign(link, first)
        second = a_code(link)
        if second != first:
            with pytest.raises(WrongCode):
                sign(link, first)
        sign(link, second)


def test_codes_are_sent_once_a_minute_and_five_times_in_all(world, covenant):
    link, _token = a_link(world, covenant)
    send_code(link)
    with pytest.raises(WrongState, match="đợi một phút"):
        send_code(link)
    for n in range(1, 5):
        with clock.at(clock.now() + n * MINUTE):
            send_code(link)

    with clock.at(clock.now() + 9 * MINUTE), pytest.raises(WrongState, match="đủ số mã"):
        send_code(link)

    assert Mail.objects.filter(key__startswith="signing-code:").count() == 5


def test_an_expired_link_opens_nothing(world, covenant):
    link, _token = a_link(world, covenant, hours=4)
    code = a_code(link)

    with clock.at(clock.now() + timedelta(hours=4)), pytest.raises(OutOfTime, match="hết hạn lúc"):
        sign(link, code)

    assert not Signature.objects.exists()


def test_a_revoked_link_opens_nothing_and_is_revoked_once(world, covenant):
    link, _token = a_link(world, covenant)
    code = a_code(link)
    revoke_link(link, by=world.heads[0])

    with pytest.raises(OutOfTime, match="thu hồi"):
        sign(link, code)
    with pytest.raises(AlreadyDone):
        revoke_link(link, by=world.heads[0])


def test_a_new_link_ends_the_one_before(world, covenant):
    link, _token = a_link(world, covenant)

    make_link(covenant, link.contact, by=world.heads[0], hours=24)

    with pytest.raises(OutOfTime):
        send_code(link)
    assert SigningLink.objects.filter(ended_at=None).count() == 1


def test_a_contact_that_is_used_no_more_ends_its_links(world, covenant):
    """a head whose appointment ends between opening and signing: here one without an account."""
    link, _token = a_link(world, covenant)
    code = a_code(link)

    end_contact(link.contact, by=world.board)

    with pytest.raises(OutOfTime, match="thu hồi"):
        sign(link, code)
    with pytest.raises(WrongState, match="thôi dùng"):
        make_link(covenant, link.contact, by=world.heads[0], hours=24)


def test_the_text_that_the_page_showed_is_the_one_that_is_signed(world, covenant):
    link, _token = a_link(world, covenant)

    with pytest.raises(ChangedText):
        sign(link, a_code(link), digest="0" * 64)

    link.refresh_from_db()
    assert link.used_at is None


def test_a_text_that_was_opened_again_ends_its_links(world, covenant):
    """after unfreezing: by a link."""
    link, _token = a_link(world, covenant)
    code = a_code(link)

    unfreeze_covenant(covenant, by=world.heads[0], reason="sai số liệu")

    with pytest.raises(DomainError):
        sign(link, code)
    assert not Signature.objects.exists()


def test_a_member_that_left_or_has_signed_signs_no_more(world, covenant):
    """a member that leaves between freezing and signing: by a link."""
    link, _token = a_link(world, covenant)
    code = a_code(link)
    make.sign(covenant, world.heads[1])
    with pytest.raises(AlreadyDone):
        sign(link, code)
    with pytest.raises(AlreadyDone):
        make_link(covenant, link.contact, by=world.heads[0], hours=24)


def test_a_member_that_left_has_no_link(world, covenant):
    link, _token = a_link(world, covenant)
    code = a_code(link)
    leave_cycle(world.enrolments[1], by=world.board, on=clock.today(), reason="giải thể")

    with pytest.raises(NoRight):
        sign(link, code)
