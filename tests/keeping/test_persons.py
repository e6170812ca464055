"""What is known of a person can be taken along, and their name deleted by two, for good."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from tests import factories as make
from tests.keeping.factories import REQUEST, an_erasure, an_operator, person_of
from thidua.accounts.acting import acting_of
from thidua.accounts.actions.opening import open_account
from thidua.accounts.models import User
from thidua.audit.models import Entry
from thidua.audit.verification import verify
from thidua.core.errors import AlreadyDone, Invalid, NoRight, WrongState
from thidua.documents.models import Signature
from thidua.keeping.actions.erasing import (
    ERASED,
    ask_erasure,
    confirm_erasure,
    drop_erasure,
    export_person,
)
from thidua.keeping.models import Erasure
from thidua.keeping.persons import known_of, still_named
from thidua.notifications.models import Notice
from thidua.organizations.actions import enter_person
from thidua.organizations.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def signer():
    """Return the head of a member who has signed a covenant."""
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    make.sign(covenant, world.heads[1])
    return world.heads[1]


def _all_text(known):
    return "\n".join(
        f"{section.title} {section.role} {name}={value}"
        for section in known.sections
        for row in section.rows
        for name, value in row.items()
    )


def test_a_person_gets_what_points_at_them_and_what_they_did(signer):
    person = person_of(signer)

    known = export_person(person, by=signer)

    text = _all_text(known)
    assert "chữ ký" in text
    assert "bổ nhiệm" in text
    assert signer.organization.name in text
    assert known.about["họ và tên"] == person.full_name
    assert "covenant.signed" in {entry.code for entry in known.entries()}


def test_no_secret_is_among_it(signer):
    user = make.user_of(signer)

    text = _all_text(known_of(person_of(signer)))

    assert user.password not in text
    assert "mật khẩu=" not in text
    assert "password" not in text


def test_somebody_else_takes_it_only_on_a_request_and_it_is_recorded(signer):
    operator = an_operator()

    with pytest.raises(Invalid, match="căn cứ") as refusal:
        export_person(person_of(signer), by=operator)
    assert refusal.value.field == "basis"

    export_person(person_of(signer), by=operator, basis="Đơn ngày 2/3/2026")
    assert Entry.objects.get(code="person.exported").facts == {"basis": "Đơn ngày 2/3/2026"}


def test_two_people_delete_a_name_and_the_account_with_it(signer):
    user = make.user_of(signer)
    User.objects.filter(pk=user.pk).update(email="ai@example.vn")
    EmailAddress.objects.create(user=user, email="ai@example.vn")
    name = person_of(signer).full_name
    erasure = an_erasure(person_of(signer))

    confirm_erasure(erasure, by=an_operator())

    person = Person.objects.get(pk=user.person_id)
    assert (person.full_name, person.folded) == (ERASED, "da xoa theo yeu cau")
    user = User.objects.get(pk=user.pk)
    assert (user.username, user.email, user.is_active) == (f"da-xoa-{user.pk}", "", False)
    assert not user.has_usable_password()
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Notice.objects.filter(user=user).exists()
    assert acting_of(user).appointments == ()
    assert Erasure.objects.get().state == Erasure.State.DONE
    later = Entry.objects.filter(pk__gt=Entry.objects.get(code="erasure.asked").pk)
    assert not any(name in f"{e.subject_name} {e.facts}" for e in later)


def test_what_they_signed_stays_and_the_chain_still_holds(signer):
    name = person_of(signer).full_name
    confirm_erasure(an_erasure(person_of(signer)), by=an_operator())

    assert Signature.objects.get(user=signer.user).signer_name == name
    assert verify()[1] == []
    assert {"chữ ký", "dấu vết"} <= {left.title for left in still_named(person_of(signer), name)}


def test_whoever_asked_does_not_confirm(signer):
    operator = an_operator()
    erasure = ask_erasure(person_of(signer), by=operator, **REQUEST)

    with pytest.raises(NoRight, match="người thứ hai"):
        confirm_erasure(erasure, by=operator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(state="done", ended_by=erasure.asked_by, ended_at=now())

    assert Person.objects.get(pk=erasure.person_id).full_name != ERASED


def test_reason_and_basis_are_needed_and_do_not_hold_the_name(signer):
    person, operator = person_of(signer), an_operator()
    name = person.full_name

    for wrong in ({"reason": " "}, {"basis": ""}, {"basis": f"Đơn của {name.upper()}"}):
        with pytest.raises(Invalid) as refusal:
            ask_erasure(person, by=operator, **{**REQUEST, **wrong})
        assert refusal.value.field == next(iter(wrong))

    assert not Erasure.objects.exists()


def test_a_name_is_asked_for_once_and_deleted_once(signer):
    erasure = an_erasure(person_of(signer))
    with pytest.raises(AlreadyDone, match="chờ người thứ hai"):
        an_erasure(person_of(signer))
    confirm_erasure(erasure, by=an_operator())

    with pytest.raises(AlreadyDone, match="đã được xóa"):
        an_erasure(person_of(signer))
    with pytest.raises(WrongState):
        confirm_erasure(Erasure.objects.get(), by=an_operator())


def test_a_request_that_is_given_up_deletes_nothing_and_may_come_again(signer):
    erasure = an_erasure(person_of(signer))
    drop_erasure(erasure, by=an_operator(), reason="Người ấy rút đơn")

    assert Person.objects.get(pk=erasure.person_id).full_name != ERASED
    assert an_erasure(person_of(signer)).state == Erasure.State.ASKED


def test_the_last_operator_is_not_deleted_from_under_the_house():
    world = make.a_bloc(2)
    last = an_operator(world.body)
    erasure = ask_erasure(person_of(last), by=make.board(world.body), **REQUEST)

    with pytest.raises(WrongState, match="cuối cùng"):
        confirm_erasure(erasure, by=make.head(world.body))

    assert User.objects.get(pk=last.user.pk).is_active


def test_somebody_without_an_account_can_be_deleted_too():
    person = enter_person("Lê Thị Mẫu", by=an_operator())

    confirm_erasure(an_erasure(person), by=an_operator())

    assert Person.objects.get(pk=person.pk).full_name == ERASED


def test_every_account_of_the_person_is_closed(signer):
    other = open_account(person_of(signer), by=an_operator(), username="khac")

    confirm_erasure(an_erasure(person_of(signer)), by=an_operator())

    assert not User.objects.get(pk=other.pk).is_active
