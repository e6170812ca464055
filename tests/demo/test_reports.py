"""The two reports' facts stand in the demonstration as they were told, and nothing else is real."""

from datetime import date

import pytest
from django.utils import timezone

from thidua.accounts.models import Appointment, User
from thidua.audit.verification import verify
from thidua.covenants.models import Covenant
from thidua.covenants.queries import with_parts as with_covenant_parts
from thidua.cycles.models import Cycle
from thidua.cycles.queries import with_parts
from thidua.demo import da_nang, nam_dinh
from thidua.documents.models import Signature, Version
from thidua.movements.models import Adoption, Movement
from thidua.organizations.models import Bloc, Office, Organization, Person
from thidua.targets.models import CommonTarget, TargetSet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

REAL = {
    "Ban Thi đua - Khen thưởng tỉnh Nam Định",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nam Định",
    "Liên đoàn Lao động tỉnh Nam Định",
    "Hội Cựu chiến binh tỉnh Nam Định",
    "Hội Liên hiệp Phụ nữ tỉnh Nam Định",
    "Hội Nông dân tỉnh Nam Định",
    "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Nam Định",
    "Ủy ban nhân dân thành phố Đà Nẵng",
    "Liên hiệp các tổ chức hữu nghị thành phố Đà Nẵng",
}


def year_of(place: str, year: int) -> Cycle:
    """Return the year of the bloc of that place."""
    return with_parts(Cycle.objects.filter(bloc__place=place, year=year)).get()


def covenant_of(place: str, year: int) -> Covenant:
    """Return the covenant of that bloc's year."""
    found = Covenant.objects.filter(cycle__bloc__place=place, cycle__year=year)
    return with_covenant_parts(found).get()


def test_nam_dinh_has_its_six_members_by_short_and_full_name():
    for year in (2022, 2023):
        units = [e.organization for e in year_of("Nam Định", year).current()]
        assert [(u.short_name, u.name) for u in units] == [
            ("Ủy ban MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nam Định"),
            ("LĐLĐ", "Liên đoàn Lao động tỉnh Nam Định"),
            ("Hội CCB", "Hội Cựu chiến binh tỉnh Nam Định"),
            ("Hội LHPN", "Hội Liên hiệp Phụ nữ tỉnh Nam Định"),
            ("Hội Nông dân", "Hội Nông dân tỉnh Nam Định"),
            ("Đoàn Thanh niên", "Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Nam Định"),
        ]


def test_the_themes_stand_exactly_as_they_were_printed():
    assert year_of("Nam Định", 2023).theme == (
        "Đoàn kết, vượt khó - Chủ động thích ứng - Điều hành linh hoạt - Đổi mới, sáng tạo - "
        "kip thời, hiệu quả"
    )
    assert year_of("Đà Nẵng", 2022).province_theme == (
        "Năm thích ứng an toàn, linh hoạt, kiểm soát hiệu quả dịch bệnh và phục hồi, phát triển "
        "kinh tế - xã hội"
    )
    assert year_of("Đà Nẵng", 2023).province_theme == (
        "Năm tập trung khơi thông các nguồn lực, thu hút đầu tư, giữ vững tăng trưởng kinh tế và "
        "đảm bảo an sinh xã hội"
    )
    assert "kip thời" in year_of("Nam Định", 2023).summary


@pytest.mark.parametrize("place", ["Nam Định", "Đà Nẵng"])
def test_the_year_before_is_closed_and_the_year_of_the_report_is_not(place):
    assert year_of(place, 2022).state == Cycle.State.CLOSED
    assert year_of(place, 2023).state == Cycle.State.OPEN


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (
            "Nam Định",
            [
                ("Đẩy mạnh cải cách hành chính tỉnh Nam Định giai đoạn 2021-2025", 2021, 2025),
                (
                    "Cán bộ, công chức, viên chức tỉnh Nam Định thi đua thực hiện văn hóa công sở",
                    2019,
                    2025,
                ),
                ("Dân vận khéo", None, None),
                ("Toàn dân bảo vệ an ninh tổ quốc", None, None),
                ("Nam Định chung sức xây dựng nông thôn mới nâng cao, kiểu mẫu", 2021, 2025),
                ("Vì người nghèo - Không để ai bị bỏ lại phía sau", 2021, 2025),
            ],
        ),
        (
            "Đà Nẵng",
            [
                ("Cả nước chung sức xây dựng nông thôn mới", 2021, 2025),
                ("Doanh nghiệp Việt Nam hội nhập và phát triển", 2021, 2025),
                ("Cả nước chung ta vì người nghèo - không ai bị bỏ lại phía sau", 2021, 2025),
                ("Thực hiện Chương trình chuyển đổi số", None, None),
                (
                    "Đoàn kết sáng tạo, nâng cao năng suất, chất lượng, hiệu quả, hội nhập quốc tế",
                    None,
                    None,
                ),
            ],
        ),
    ],
)
def test_each_movement_has_the_period_that_is_told_or_says_that_none_is(place, told):
    adopted = Adoption.objects.filter(cycle=year_of(place, 2023)).select_related("movement")
    movements = [a.movement for a in adopted]
    assert [(m.name, m.first_year, m.last_year) for m in movements] == told
    for movement in movements:
        assert (movement.period_source == "không nêu") == (movement.first_year is None)
        assert movement.source
        assert not movement.is_illustration


def test_three_movements_of_nam_dinh_go_with_the_first():
    adoptions = list(Adoption.objects.filter(cycle=year_of("Nam Định", 2023)))
    linked = [a.linked_to_id for a in adoptions]
    first = adoptions[0].pk
    assert linked == [None, first, first, first, None, None]


def test_each_person_has_the_office_that_the_report_gives():
    offices = Office.objects.filter(person__is_illustration=False)
    assert {(o.person.full_name, o.post, o.organization.name) for o in offices} == {
        (
            "Đoàn Văn Hùng",
            "Ủy viên Ban TVTU, Chủ tịch Ủy ban MTTQ tỉnh",
            "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nam Định",
        ),
        (
            "Nguyễn Ngọc Bình",
            "Chủ tịch Liên hiệp các tổ chức hữu nghị thành phố",
            "Liên hiệp các tổ chức hữu nghị thành phố Đà Nẵng",
        ),
    }
    assert all(o.source and o.person.source for o in offices)


def test_what_no_report_tells_stays_empty():
    launched = Movement.objects.filter(owner__place="Nam Định").values_list("launcher", flat=True)
    assert set(launched) == {""}
    for bloc in Bloc.objects.filter(is_illustration=False):
        assert (bloc.decision_number, bloc.decision_on, bloc.decision_by) == ("", None, "")
    for cycle in with_parts(Cycle.objects.filter(bloc__is_illustration=False)):
        if not cycle.is_illustration or cycle.bloc.place == "Đà Nẵng":
            assert cycle.in_role("leader") == []
            assert cycle.in_role("deputy") == []


@pytest.mark.parametrize(
    ("place", "day", "members"),
    [("Nam Định", date(2023, 2, 23), 6), ("Đà Nẵng", date(2023, 3, 17), 5)],
)
def test_the_covenant_came_in_force_on_the_day_of_the_meeting(place, day, members):
    covenant = covenant_of(place, 2023)
    assert covenant.state == Covenant.State.IN_FORCE
    assert covenant.in_force_at is not None
    assert timezone.localtime(covenant.in_force_at).date() == day
    signed = list(covenant.version.signatures.all())
    assert len(signed) == members
    for signature in signed:
        assert timezone.localtime(signature.signed_at).date() == day
        assert signature.digest == covenant.version.digest
        assert signature.signer_name.startswith("Người ký minh họa")


def test_nam_dinh_signed_in_the_afternoon():
    for signature in covenant_of("Nam Định", 2023).version.signatures.all():
        assert timezone.localtime(signature.signed_at).hour >= 12


def test_every_frozen_text_matches_its_digest_and_the_trail_is_whole():
    versions = list(Version.objects.all())
    assert len(versions) == 6
    assert all(v.matches and v.chain_head != "0" * 64 for v in versions)
    assert verify([v.chain_head for v in versions])[1] == []


def test_real_people_have_no_account_and_sign_nothing():
    assert not User.objects.filter(person__is_illustration=False).exists()
    real = Person.objects.filter(is_illustration=False).values_list("full_name", flat=True)
    assert not Signature.objects.filter(signer_name__in=real).exists()


def test_nobody_acts_today_for_an_organisation_of_the_reports():
    for appointment in Appointment.objects.filter(organization__name__in=REAL):
        assert appointment.until is not None
        assert appointment.until.year == 2023
        assert not appointment.user.has_usable_password()


def test_everything_invented_is_marked():
    assert (
        set(Organization.objects.filter(is_illustration=False).values_list("name", flat=True))
        == REAL
    )
    assert Bloc.objects.filter(is_illustration=False).count() == 2
    told = Movement.objects.filter(is_illustration=False)
    assert set(told.values_list("owner__place", flat=True)) == {"Nam Định", "Đà Nẵng"}
    for model in (TargetSet, CommonTarget, Covenant, Version, Signature):
        assert model.objects.exists()
        assert not model.objects.filter(is_illustration=False).exists()
    invented = Cycle.objects.exclude(bloc__is_illustration=False, year=2022)
    assert not invented.filter(is_illustration=False).exists()


@pytest.mark.parametrize("story", [nam_dinh, da_nang])
def test_a_frozen_text_says_that_it_is_an_illustration(story):
    assert "MINH HỌA" in covenant_of(story.PLACE, 2023).version.text


def test_a_period_that_the_name_tells_is_not_told_twice():
    text = covenant_of("Nam Định", 2023).version.text
    assert "giai đoạn 2021-2025”\n" in text
    assert "văn hóa công sở”, giai đoạn 2019 - 2025, gắn với" in text
