"""The inbox, how one wants one's mail, and the operator's outbox."""

import pytest
from django.urls import reverse

from tests import factories as make
from tests.web.counting import cost_of
from thidua.accounts.models import Appointment, User
from thidua.core import clock
from thidua.notifications.actions import notify
from thidua.notifications.actions.telling import write_mail
from thidua.notifications.models import Mail, MailChoice, Notice, Outage
from thidua.notifications.models.mail import Trouble
from thidua.notifications.queries import Tally, notices_for

pytestmark = pytest.mark.django_db
INBOX, CHOICE, OUTBOX = "/viec/thong-bao/", "/tai-khoan/thu/", "/he-thong/thu/"


@pytest.fixture
def reader(client):
    person = make.a_visitor_with_account()
    client.force_login(make.user_of(person))
    return person


@pytest.fixture
def operator(client):
    body = make.an_organization("Ban Thi đua", kind="board")
    person = make.a_person_for(body, Appointment.Role.OPERATOR)
    client.force_login(make.user_of(person))
    return person


def told(person, sentence="Mời xem năm mới."):
    notify([person.organization_id], sentence, about=person.organization)
    return Notice.objects.latest("pk")


def a_mail(state: str = "failed", **facts) -> Mail:
    now = clock.now()
    number = Mail.objects.count()
    facts.setdefault("trouble", Trouble.ADDRESS if state in ("failed", "unsure") else "")
    if state == "unsure":
        facts |= {"turn": "x", "since": now}
    return Mail.objects.create(
        key=f"test:{number}",
        address=f"nguoi{number}@hoi.example",
        subject="Mời ký",
        state=state,
        queued_at=now,
        next_at=now,
        ended_at=now if state == "failed" else None,
        **facts,
    )


def test_a_notice_that_is_followed_leads_there_and_is_read(client, reader):
    cycle = make.a_bloc(1, deputy=False).cycle
    notify([reader.organization_id], "Mời xem năm mới.", about=cycle)
    notice = notices_for(make.user_of(reader)).get()

    answer = client.get(reverse("inbox:follow", args=[notice.pk]))

    assert answer.url == f"/nam/{cycle.pk}/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_one_notice_is_marked_and_one_stays_where_one_was(client, reader):
    first, second = told(reader), told(reader)
    where = {"loc": "moi", "page": "1"}

    answer = client.post(reverse("inbox:read", args=[second.pk]), where)

    assert answer.url == f"{INBOX}?loc=moi&page=1"
    assert list(Notice.objects.filter(read_at=None)) == [first]
    shown = client.get(INBOX, {"loc": "moi"})
    assert list(shown.context["page"].object_list) == [first]
    assert client.get(INBOX).context["page"].paginator.count == 2


def test_another_ones_notice_is_not_there(client, reader):
    notice = told(make.head(make.an_organization()))

    for name, ask in (("follow", client.get), ("read", client.post)):
        assert ask(reverse(f"inbox:{name}", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_one_chooses_how_mail_comes(client, reader):
    page = client.get(CHOICE)
    assert "Tài khoản chưa có địa chỉ thư điện tử" in page.text

    answer = client.post(CHOICE, {"manner": "daily", "language": "en"}, follow=True)

    assert "Thông báo mới được gộp lại và gửi mỗi sáng" in answer.text
    choice = MailChoice.objects.get()
    assert (choice.user, choice.manner, choice.language) == (reader.user, "daily", "en")
    assert client.post(CHOICE, {"manner": "hourly", "language": "xx"}).status_code == 422
    assert MailChoice.objects.get().manner == "daily"


def test_the_outbox_is_for_operators_alone(client, reader):
    mail = a_mail()

    assert client.get(OUTBOX).status_code == client.get(f"{OUTBOX}chua-co-dia-chi/").status_code
    assert client.get(OUTBOX).status_code == 403
    assert client.post(reverse("inbox:again", args=[mail.pk])).status_code == 403
    assert Mail.objects.get().state == "failed"


def test_the_outbox_shows_what_failed_in_plain_words_with_the_servers_own(client, operator):
    a_mail(answer="550 5.1.1 <b>User unknown</b>")
    a_mail("unsure", trouble=Trouble.UNANSWERED)
    write_mail(key="k", address="c@d.example", subject="Mời", text="…")
    now = clock.now()
    Outage.objects.create(since=now, next_at=now, trouble=Trouble.LOGIN)

    page = client.get(OUTBOX)
    assert "Máy chủ thư nói không có địa chỉ này, hoặc hộp thư không nhận." in page.text
    assert "550 5.1.1 &lt;b&gt;User unknown&lt;/b&gt;" in page.text
    assert "Máy chủ thư không nhận tên đăng nhập hoặc mật khẩu đã đặt." in page.text
    assert page.context["tally"] == Tally(queued=1, failed=1, unsure=1)
    unsure = client.get(OUTBOX, {"loc": "khong-chac"})
    assert "có thể người nhận có hai thư giống nhau" in unsure.text
    assert "c@d.example" in client.get(OUTBOX, {"loc": "cho"}).text


def test_the_operator_sends_again_all_or_one_or_gives_it_up(client, operator):
    first, second, third = a_mail(), a_mail(), a_mail("unsure", trouble=Trouble.UNANSWERED)

    page = client.post(reverse("inbox:again", args=[first.pk]), follow=True)
    assert "Thư tới nguoi0@hoi.example sẽ được gửi trong ít phút." in page.text
    client.post(reverse("inbox:drop", args=[third.pk]))
    page = client.post(reverse("inbox:all_again"), follow=True)
    assert "1 thư sẽ được gửi lại trong ít phút." in page.text
    again = client.post(reverse("inbox:drop", args=[third.pk]), follow=True)
    assert "đã bỏ" in again.text

    states = [Mail.objects.get(pk=mail.pk).state for mail in (first, second, third)]
    assert states == ["queued", "queued", "dropped"]


def test_the_operator_sees_who_cannot_be_reached_by_mail(client, operator):
    unit = make.an_organization("Hội Nghề đan")
    silent, reachable = make.head(unit, name="Đỗ Thị Lặng"), make.head(unit, name="Lê Văn Thư")
    User.objects.filter(pk=make.user_of(reachable).pk).update(email="thu@hoi.example")

    page = client.get(f"{OUTBOX}chua-co-dia-chi/")

    assert silent.actor_name in page.text
    assert reachable.actor_name not in page.text
    assert client.get(OUTBOX).context["unreachable"] == 2  # the operator, too


def test_the_outbox_costs_the_same_for_one_and_for_three(client, operator):
    a_mail()
    for_one = cost_of(client, OUTBOX)
    a_mail()
    a_mail()

    assert cost_of(client, OUTBOX) == for_one <= 12
