"""Pages of a year's papers: the list, a draft with its preview, issuing, the ZIP of all."""

import io
import zipfile

import pytest
from django.urls import reverse

from tests.factories import a_bloc, an_organization, head, officer, user_of
from tests.many import more_like
from tests.web.counting import cost_of
from thidua.core import clock
from thidua.documents.models import Version
from thidua.paperwork.actions.drafting import DraftFacts, begin_draft, save_draft
from thidua.paperwork.actions.issuing import issue_draft
from thidua.paperwork.models import Draft
from thidua.paperwork.queries import signers_of, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return a_bloc(3)


def begun(world, member=1):
    enrolment = world.enrolments[member]
    return begin_draft("registration", world.cycle, by=world.heads[member], enrolment=enrolment)


def issued(world, member=1, number=5):
    draft = begun(world, member)
    [signer] = signers_of(world.members[member])
    facts = DraftFacts({"measures": "Làm tốt."}, "Ninh Bình", clock.today(), number, signer)
    save_draft(draft, facts, by=world.heads[member])
    return issue_draft(whole(Draft.objects.filter(pk=draft.pk)).get(), by=world.heads[member])


def typed(world, member=1, **facts):
    [signer] = signers_of(world.members[member])
    day = f"{clock.today():%Y-%m-%d}"
    seen = Draft.objects.order_by("pk").values_list("revision", flat=True).last()
    told = {"place": "Ninh Bình", "dated": day, "typed_number": "7", "signer": signer.pk}
    told["revision"] = seen
    return {**told, "part_measures": "Mỗi chi hội một việc tốt.", **facts}


def at(name, *args):
    return reverse(f"papers:{name}", args=args)


def text(answer):
    return answer.content.decode()


def test_from_the_list_over_the_draft_to_the_issued_paper(world, client):
    client.force_login(user_of(world.heads[1]))
    assert "Lập dự thảo" in text(client.get(at("of_cycle", world.cycle.pk)))
    asked = {"kind": "registration", "subject": "0"}
    made = client.post(at("begin", world.cycle.pk), asked)
    draft = Draft.objects.get()
    assert made.url == at("show", draft.pk)

    saved = client.post(made.url, {**typed(world), "and_issue": "1"}, follow=True)
    assert "Điều sẽ xảy ra khi ban hành" in text(saved)
    done = client.post(at("issue", draft.pk), follow=True)

    version = Version.objects.get()
    assert "Đã ban hành." in text(done)
    assert version.number.symbol in text(done)
    assert "Mỗi chi hội một việc tốt." in text(done)
    for form, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(at("download", draft.pk, form))
        assert b"".join(answer.streaming_content).startswith(begins)


def test_the_preview_is_a_picture_of_each_page_and_no_more(world, client):
    draft = begun(world)
    client.force_login(user_of(world.heads[1]))

    first = client.get(at("page", draft.pk, 1))

    assert first["Content-Type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    assert client.get(at("page", draft.pk, 99)).status_code == 404


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(world, client):
    draft = begun(world)
    client.force_login(user_of(world.heads[1]))

    wrong = typed(world, dated="31/02/2026", typed_number="năm", part_measures="Giữ chữ này")
    page = client.post(at("show", draft.pk), wrong)

    assert page.status_code == 422
    for said in ("Giữ chữ này", "31/02/2026", "Chưa phải là một ngày có thật", "Chỉ ghi số"):
        assert said in text(page)
    assert Draft.objects.get().parts == {}


def test_two_officers_writing_one_draft_do_not_overwrite_each_other(world, client):
    draft = begun(world)
    client.force_login(user_of(world.heads[1]))
    mine = typed(world, part_measures="Của tôi.")
    theirs = typed(world, part_measures="Của bạn.")

    assert client.post(at("show", draft.pk), mine).status_code == 302
    page = client.post(at("show", draft.pk), theirs)

    assert page.status_code == 422
    assert "lưu từ một trang khác" in text(page)
    assert "Của bạn." in text(page)
    assert Draft.objects.get().parts["measures"] == "Của tôi."


def test_what_changed_since_the_last_saving_is_shown_line_by_line(world, client):
    draft = begun(world)
    client.force_login(user_of(world.heads[1]))
    for words in ("Bản thứ nhất.", "Bản thứ hai."):
        client.post(at("show", draft.pk), typed(world, part_measures=words))

    page = text(client.get(at("show", draft.pk)))

    assert "<del>Bản thứ nhất.</del>" in page
    assert "<ins>Bản thứ hai.</ins>" in page


def test_a_paper_that_lacks_something_cannot_be_issued_and_says_what(world, client):
    draft = begun(world)
    client.force_login(user_of(world.heads[1]))
    client.post(at("show", draft.pk), typed(world, typed_number=""))

    page = text(client.get(at("issue", draft.pk)))

    assert "Chưa ghi số văn bản" in page
    assert 'aria-disabled="true"' in page
    client.post(at("issue", draft.pk))
    assert not Version.objects.exists()


def test_an_officer_prepares_and_does_not_issue(world, client):
    draft = begun(world)
    client.force_login(user_of(officer(world.members[1])))

    page = text(client.get(at("show", draft.pk)))

    assert "lãnh đạo cơ quan ban hành mở trang này rồi bấm Ban hành." in page
    assert client.get(at("issue", draft.pk)).status_code == 403


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_a_draft_is_not_there_for_others(world, client, who):
    draft = begun(world)
    other = {"member": world.heads[2], "stranger": head(an_organization())}[who]
    client.force_login(user_of(other))

    for address in (at("show", draft.pk), at("page", draft.pk, 1), at("issue", draft.pk)):
        assert client.get(address).status_code == 404


def test_nobody_begins_a_paper_that_is_not_theirs_or_not_there(world, client):
    client.force_login(user_of(world.heads[2]))
    begin = at("begin", world.cycle.pk)

    assert client.post(begin, {"kind": "plan", "subject": "0"}).status_code == 403
    for kind, subject in (("gi-do", "0"), ("registration", "x")):
        assert client.post(begin, {"kind": kind, "subject": subject}).status_code == 404
    assert not Draft.objects.exists()


def test_a_paper_with_nothing_to_write_of_is_not_begun_and_the_list_says_so(world, client):
    client.force_login(user_of(world.heads[0]))
    begin = at("begin", world.cycle.pk)

    assert "Công văn nhắc" in text(client.get(at("of_cycle", world.cycle.pk)))
    for kind, subject in (("reminder", "0"), ("plan", "99"), ("score_summary", "1")):
        page = client.post(begin, {"kind": kind, "subject": subject}, follow=True)
        assert "Lúc này chưa có gì để ghi vào" in text(page)
    assert not Draft.objects.exists()


def test_those_who_follow_the_year_find_the_paper_by_its_code_and_who_signs_it(world, client):
    version = issued(world).version
    page = reverse("verifying:show", args=[version.shown_code])
    client.force_login(user_of(world.heads[2]))

    told = text(client.get(page))
    client.logout()
    others = text(client.get(page))

    [signer] = signers_of(world.members[1])
    assert f"Bản đăng ký thi đua năm {world.cycle.year} của {world.members[1].name}" in told
    for words in ("Đọc văn bản trên hệ thống", signer.user.name, signer.capacity[-1]):
        assert words in told
        assert words not in others
    assert "Văn bản này không công khai" in others


def test_withdrawing_asks_for_a_reason_and_then_says_it(world, client):
    draft = issued(world)
    client.force_login(user_of(world.heads[1]))

    refused = client.post(at("withdraw", draft.pk), {"reason": " "})
    done = client.post(at("withdraw", draft.pk), {"reason": "Nhầm năm"}, follow=True)

    assert refused.status_code == 422
    assert "Nhầm năm" in text(done)
    assert "đã thu hồi" in text(done)


def test_a_new_version_is_drafted_from_the_old_one(world, client):
    draft = issued(world)
    client.force_login(user_of(world.heads[1]))

    page = client.post(at("replace", draft.pk), follow=True)

    assert "Làm tốt." in text(page)
    assert Draft.objects.get(state="draft").previous == draft


def test_the_zip_has_what_was_issued_with_an_index(world, client):
    issued(world)
    begun(world, 2)
    client.force_login(user_of(world.heads[2]))

    answer = client.get(at("all", world.cycle.pk))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    index = archive.read("index.csv").decode("utf-8-sig").splitlines()
    assert index[0] == "key,file,title,number,date,issuer,code,sha256"
    assert len(index) == 3
    assert len(archive.namelist()) == 3


def test_the_list_costs_the_same_with_one_paper_and_with_three(world, client):
    client.force_login(user_of(world.heads[0]))
    issued(world, 0)
    one = cost_of(client, at("of_cycle", world.cycle.pk))
    issued(world, 1)
    issued(world, 2)

    assert cost_of(client, at("of_cycle", world.cycle.pk)) == one <= 15


def test_a_paper_costs_the_same_among_three_members_and_among_nine(client):
    costs = []
    for more in (0, 6):
        world = a_bloc(3)
        more_like(world, 2, more)
        client.force_login(user_of(world.heads[1]))
        draft = begun(world)
        client.post(at("show", draft.pk), typed(world))
        pages = [at("show", draft.pk), at("issue", draft.pk)]
        costs.append([cost_of(client, page) for page in pages])
        issue_draft(whole(Draft.objects.filter(pk=draft.pk)).get(), by=world.heads[1])
        costs[-1].append(cost_of(client, pages[0]))

    assert costs[0] == costs[1]
    assert max(costs[0]) <= 15
