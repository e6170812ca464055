"""Writing a registration on its pages: what is understood, what is refused, what is kept."""

import pytest
from django.urls import reverse

from tests import factories as make
from thidua.audit.queries import trail_of
from thidua.movements.actions import adopt_movement
from thidua.targets.actions.drafting import TargetFacts as Facts
from thidua.targets.actions.drafting import set_common_target, write_target
from thidua.targets.actions.negotiation import send_set
from thidua.targets.models import Registration, Target

pytestmark = pytest.mark.django_db
FORM = {"name": "Mô hình mới", "direction": "more", "number": "12", "unit": "mô hình"}


@pytest.fixture
def world():
    return make.a_bloc(3, year=2026)


@pytest.fixture
def draft(world):
    return make.a_target_set(world)


@pytest.fixture
def officer(client, world):
    """The member's officer, signed in."""
    acting = make.officer(world.members[2])
    client.force_login(make.user_of(acting))
    return acting


def new(target_set):
    return reverse("targets:new", args=[target_set.pk])


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ({"number": "1.234", "unit": "hội viên"}, "Đã hiểu: ít nhất 1.234 hội viên."),
        ({"number": "12,5", "unit": "%"}, "Đã hiểu: ít nhất 12,5 %."),
        ({"number": " 5 ", "direction": "less"}, "Đã hiểu: không quá 5 mô hình."),
        ({"number": "-3", "unit": "% so với năm trước"}, "Đã hiểu: ít nhất -3 % so với"),
        ({"number": "", "direction": "yes_no"}, "Đã hiểu: có thực hiện."),
    ],
)
def test_what_was_understood_is_shown_back(client, officer, draft, typed, understood):
    """ "1.234" and "12,5" (what was understood is shown back)."""
    response = client.post(new(draft), {**FORM, **typed}, follow=True)

    assert understood in text(response)
    assert draft.targets.count() == 2


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"number": ""}, "number", "Chỉ tiêu cần một con số."),
        ({"number": "-3"}, "number", "Số âm chỉ có nghĩa"),
        ({"number": "1" + "0" * 30}, "number", "Số này quá lớn"),
        ({"number": "10^30"}, "number", "“10^30” chưa phải là một số."),
        ({"number": "mười hai"}, "number", "“mười hai” chưa phải là một số."),
        ({"number": "1.5"}, "number", "Viết như 1.234 hoặc 12,5."),
        ({"number": "<b>1</b>"}, "number", "“&lt;b&gt;1&lt;/b&gt;” chưa phải"),
        ({"baseline": "khoảng 10"}, "baseline", "“khoảng 10” chưa phải là một số."),
        ({"due_on": "2025-12-31"}, "due_on", "Hạn hoàn thành phải trong năm 2026."),
        ({"due_on": "31/02/2026"}, "due_on", "Chưa phải là một ngày có thật."),
        ({"name": ""}, "name", "Hãy điền mục này."),
        ({"name": "dài" * 200}, "name", "Dài quá 400 chữ (đang có 600)."),
        ({"direction": "up"}, "direction", ""),
        ({"adoption": "999999"}, "adoption", "không có trong danh sách"),
        ({"common": "x"}, "common", "không có trong danh sách"),
    ],
)
def test_bad_input_gets_a_sentence_and_loses_nothing(
    client, officer, draft, typed, field, sentence
):
    """A target with no number; negative where that has no sense; 10^30; text in a number; due
    before the year."""
    response = client.post(new(draft), {**FORM, "baseline": "7", **typed})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    page = text(response)
    assert sentence in page
    kept = {**FORM, "baseline": "7", **typed}
    for name in ("unit", "number", "baseline"):
        assert response.context["form"][name].value() == kept[name]
    assert draft.targets.count() == 1


def test_while_another_field_is_mended_the_number_is_said_back(client, officer, draft):
    response = client.post(new(draft), {**FORM, "number": "1.234", "name": ""})

    assert 'Đã hiểu là <strong class="num">1.234</strong> mô hình' in text(response)


def test_a_name_is_kept_as_it_reads(client, officer, draft):
    """A name in decomposed Unicode, of 300 letters, with markup."""
    decomposed = "Ye\u0302u nu\u031bo\u031b\u0301c <script>alert(1)</script> " + "ê\u0301" * 300

    page = text(client.post(new(draft), {**FORM, "name": decomposed}, follow=True))

    assert "Yêu nước &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert Target.objects.latest("pk").name.startswith("Yêu nước <script>")


def test_a_form_sent_twice_adds_one_target(client, officer, draft):
    """A form sent twice."""
    client.post(new(draft), FORM)
    response = client.post(new(draft), FORM)

    assert "Bản đăng ký đã có chỉ tiêu này." in text(response)
    assert draft.targets.count() == 2


def test_a_target_takes_its_movement_and_common_target_from_its_year(client, officer, world, draft):
    adoption = adopt_movement(world.cycle, make.a_movement(world), by=world.heads[0])
    common = set_common_target(
        world.cycle, Facts(name="Chung", unit="mô hình", number=50), by=world.heads[0]
    )

    typed = {**FORM, "adoption": adoption.pk, "common": common.pk}
    page = text(client.post(new(draft), typed, follow=True))

    assert adoption.movement.name in page
    assert f"#chung-{common.pk}" in page
    typed = {**FORM, "name": "Khác", "unit": "hội viên", "common": common.pk}
    assert "cũng phải tính như vậy" in text(client.post(new(draft), typed))


def test_a_target_is_written_anew_and_the_form_shows_what_stands(client, officer, draft):
    target = draft.targets.get()
    edit = reverse("targets:edit", args=[target.pk])
    page = text(client.get(edit))
    assert 'value="120"' in page
    assert f'name="revision" value="{target.revision}"' in page

    changed = {**FORM, "revision": 1}
    assert "Đã sửa chỉ tiêu" in text(client.post(edit, changed, follow=True))
    late = client.post(edit, {**changed, "number": "99"})
    assert "Người khác vừa thay đổi mục này." in text(late)
    target.refresh_from_db()
    assert (target.number, target.revision) == (12, 2)


def test_a_target_is_taken_out_once(client, officer, draft):
    remove = reverse("targets:remove", args=[draft.targets.get().pk])

    assert client.get(remove).status_code == 405
    assert "Đã bỏ “" in text(client.post(remove, follow=True))
    assert client.post(remove).status_code == 404
    assert trail_of(draft).first().code == "target.removed"


def test_honours_are_registered_and_withdrawn(client, officer, draft):
    register = reverse("targets:register", args=[draft.pk])
    assert "Điều 27 Luật Thi đua, khen thưởng" in text(client.get(register))

    typed = {"honour": "collective:ttldxs", "subject_name": "Ban <i>A</i>", "remark": "lần đầu"}
    page = text(client.post(register, typed, follow=True))
    assert "Ban &lt;i&gt;A&lt;/i&gt; (tập thể nhỏ)" in page
    assert client.post(register, typed).status_code == 422
    row = Registration.objects.get()
    withdraw = reverse("targets:withdraw", args=[row.pk])
    assert "Đã bỏ “" in text(client.post(withdraw, follow=True))
    assert client.post(withdraw).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"honour": ""}, "honour"),
        ({"honour": "person:co_tinh"}, "honour"),
        ({"honour": "x"}, "honour"),
        ({"honour": "person:cstd_cs", "subject_name": ""}, "subject_name"),
        ({"honour": "person:cstd_cs", "subject_name": "a" * 301}, "subject_name"),
    ],
)
def test_an_honour_that_cannot_be_gets_a_sentence(client, officer, draft, typed, field):
    register = reverse("targets:register", args=[draft.pk])

    response = client.post(register, {"subject_name": "Người thử", **typed})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Registration.objects.exists()


def test_nobody_writes_in_the_registration_of_another(client, world, draft):
    write_target(draft, Facts(name="Hai", number=2), by=world.heads[2])
    target = draft.targets.first()
    row = Registration.objects.create(target_set=draft, subject="unit", honour="co_tinh")
    addresses = [
        new(draft),
        reverse("targets:register", args=[draft.pk]),
        reverse("targets:edit", args=[target.pk]),
        reverse("targets:remove", args=[target.pk]),
        reverse("targets:withdraw", args=[row.pk]),
    ]
    for acting, status in [(world.heads[0], 403), (make.a_visitor_with_account(), 404)]:
        client.force_login(make.user_of(acting))
        assert {client.post(address, FORM).status_code for address in addresses} == {status}

    assert draft.targets.count() == 2
    assert Registration.objects.count() == 1


def test_what_was_sent_is_not_written_in_and_what_was_typed_is_kept(client, world, officer, draft):
    send_set(draft, by=world.heads[2])
    assert client.get(new(draft)).status_code == 302

    response = client.post(new(draft), FORM)

    assert response.status_code == 422
    assert "đã gửi, chờ trả lời nên chưa sửa được" in text(response)
    assert 'value="Mô hình mới"' in text(response)
