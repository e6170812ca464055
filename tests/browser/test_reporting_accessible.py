"""axe finds nothing on any page of reports and evidence, for the member and for its reviewer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories as make
from tests.browser.test_accessible import look_at
from tests.browser.walking import pages_of
from tests.browser.worlds import LONG, Scene, Viewer
from tests.files import samples
from tests.reporting import factories as some
from thidua.movements.actions import adopt_movement
from thidua.reporting.actions.answering import Remark, return_report, send_report
from thidua.reporting.actions.evidence import EvidenceFacts, attach, keep_evidence
from thidua.reporting.actions.reports import Texts, save_draft
from thidua.reporting.models import Evidence, Report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    """A report that was returned for three places, before its unit, its reviewer and the board."""
    world = make.a_bloc(3)
    target = some.a_sent_target(world, name=LONG, number=240)
    some.measured(world, target, "1100")
    adopt_movement(world.cycle, make.a_movement(world, LONG), by=world.heads[0])
    picture = SimpleUploadedFile(f"{LONG}.png", samples.picture("PNG", size=(1200, 800)))
    member = world.heads[2]
    evidence = [
        keep_evidence(world.enrolments[2], EvidenceFacts(kind="file", file=picture), by=member),
        some.evidence_of_kind(world, "explanation", text=f"{LONG}. " * 3),
        some.evidence_of_kind(world, "link"),
    ]
    report = some.a_report(world, period=some.a_period(world, LONG))
    text = "Xây 936/240 căn, vượt 390 %."
    save_draft(report, Texts(text, plan=LONG), {}, by=member, revision=report.revision)
    for piece in evidence:
        attach(piece, target, by=member)
        attach(piece, report, by=member)
    send_report(report, by=member)
    things = _things(world, report, evidence[0])
    places = ["plan", f"target:{target.pk}", f"evidence:{evidence[0].pk}"]
    return_report(report, [Remark(place, LONG) for place in places], by=world.heads[0])
    sent = some.a_sent_report(world, 1)
    deputys = {**things, "reporting": sent.pk, "sending_pk": sent.rounds[0].pk}
    return [Viewer(member, things), Viewer(world.heads[0], deputys), Viewer(world.board, things)]


def _things(world: make.World, report: Report, evidence: Evidence) -> dict[str, int]:
    return {
        "cycle_pk": world.cycle.pk,
        "enrolment_pk": report.enrolment_id,
        "period_pk": report.period_id,
        "target_pk": evidence.uses.filter(target__isnull=False).get().target_id or 0,
        "reporting": report.pk,
        "evidence_pk": evidence.pk,
        "sending_pk": some.reread(report).rounds[0].pk,
    }


def test_every_page_of_reports_is_accessible(open_page, scene):
    seen: dict[str, set[str]] = {}
    looked_at = 0
    for viewer in scene:
        found = pages_of(viewer, seen, ("reporting",))
        faults, count = look_at(open_page, viewer, found)
        looked_at += count
        assert faults == []

    assert looked_at >= 20
