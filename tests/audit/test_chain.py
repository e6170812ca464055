"""The trail: written last in a deed, chained, and checked against heads noted earlier."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests import factories as make
from thidua.accounts.acting import NOBODY
from thidua.audit.actions import record
from thidua.audit.models import Entry, Head
from thidua.audit.queries import HOUSE, head_digest
from thidua.audit.verification import verify
from thidua.core import append_only
from thidua.core.deeds import deed
from thidua.core.digest import digest_data
from thidua.core.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """A house chain of at least five entries."""
    for _n in range(5):
        make.an_organization()
    return HOUSE


@pytest.fixture
def triggers_off():
    """The database's owner takes the triggers away, as only an owner can."""
    append_only.remove(connection, "audit_entry")
    yield
    append_only.install(connection, "audit_entry")


def _check(*heads: str) -> str:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *[f"--head={head}" for head in heads], stdout=out, stderr=err)
    except CommandError as error:
        return f"{err.getvalue()}{error}"
    return out.getvalue()


def test_an_untouched_chain_is_whole_and_prints_its_head(chain):
    told = _check(head_digest(chain))

    assert "Nguyên vẹn" in told
    assert head_digest(chain) in told


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET code = 'x'", "DELETE FROM audit_entry"],
)
def test_the_database_refuses_to_change_or_delete_an_entry(chain, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert verify()[1] == []


def test_a_changed_entry_is_named(chain, triggers_off):
    Entry.objects.filter(chain=chain, number=2).update(actor_name="Người khác")

    assert f"{chain} #2: Nội dung mục đã bị sửa." in _check()


def test_a_removed_entry_is_named(chain, triggers_off):
    Entry.objects.filter(chain=chain, number=3).delete()

    assert f"{chain} #3: Thiếu mục từ 3 đến 3." in _check()


def test_a_cut_off_last_entry_is_named(chain, triggers_off):
    last = Head.objects.get(chain=chain).number
    Entry.objects.filter(chain=chain, number=last).delete()

    assert f"{chain} #{last}: Mục cuối của chuỗi đã bị cắt hoặc bị thay." in _check()


def test_a_chain_made_anew_from_an_entry_on_shows_against_a_head_noted_earlier(chain, triggers_off):
    noted = head_digest(chain)
    previous = Entry.objects.get(chain=chain, number=1).digest
    for entry in Entry.objects.filter(chain=chain, number__gte=2).order_by("number"):
        entry.actor_name, entry.previous = "Người khác", previous
        entry.digest = previous = entry.computed_digest()
        entry.save()
    Head.objects.filter(chain=chain).update(digest=previous)

    assert "Nguyên vẹn" in _check()
    assert f"Đầu chuỗi đã ghi lại {noted} không còn" in _check(noted)


def test_a_bloc_chain_cut_back_shows_against_the_head_on_its_covenant(triggers_off):
    world = make.a_bloc(2)
    covenant = make.a_frozen_covenant(world)
    chain = covenant.version.chain
    keep = Entry.objects.get(digest=covenant.version.chain_head).number - 1
    Entry.objects.filter(chain=chain, number__gt=keep).delete()
    last = Entry.objects.get(chain=chain, number=keep)
    Head.objects.filter(chain=chain).update(number=keep, digest=last.digest)

    faults = verify()[1]

    assert [fault.chain for fault in faults] == [chain]
    assert "Giao ước thi đua năm" in faults[0].sentence


def test_each_bloc_has_its_own_chain_and_the_house_has_one():
    first, second = make.a_bloc(1), make.a_bloc(1)

    chains = set(Entry.objects.values_list("chain", flat=True))

    assert chains == {HOUSE, f"bloc:{first.bloc.pk}", f"bloc:{second.bloc.pk}"}


def test_entries_are_written_at_the_end_of_the_deed_in_their_order():
    organization = make.an_organization()
    before = Entry.objects.count()

    with deed():
        record("organization.founded", by=NOBODY, on=organization)
        record("organization.renamed", by=NOBODY, on=organization, former="A")
        assert Entry.objects.count() == before

    codes = list(Entry.objects.order_by("-number").values_list("code", flat=True)[:2])
    assert codes == ["organization.renamed", "organization.founded"]


@deed()
def _recorded_then_refused(organization):
    record("organization.renamed", by=NOBODY, on=organization, former="A")
    raise Invalid("không được")


def test_a_deed_that_fails_leaves_no_entry():
    organization = make.an_organization()
    before = Entry.objects.count()

    with pytest.raises(Invalid):
        _recorded_then_refused(organization)

    assert Entry.objects.count() == before


def test_a_joined_deed_that_is_refused_takes_back_only_its_own_entries():
    organization = make.an_organization()
    before = Entry.objects.count()

    with deed():
        record("organization.founded", by=NOBODY, on=organization)
        with pytest.raises(Invalid):
            _recorded_then_refused(organization)

    assert Entry.objects.count() == before + 1


def test_recording_outside_a_deed_is_a_fault_of_the_program():
    with pytest.raises(RuntimeError, match="no deed is open"):
        record("organization.founded", by=NOBODY, on=make.an_organization())


def test_the_digest_covers_who_for_whom_what_and_the_entry_before(chain):
    entry = Entry.objects.filter(chain=chain).latest("number")
    whole = entry.computed_digest()

    for name, value in {
        "actor_name": "Khác",
        "organization_id": 999,
        "facts": {"x": 1},
        "previous": digest_data("khác"),
    }.items():
        kept = getattr(entry, name)
        setattr(entry, name, value)
        assert entry.computed_digest() != whole
        setattr(entry, name, kept)
