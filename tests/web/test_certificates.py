"""The operator's pages of trust: authorities, certificates of organisations, held keys."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import certificates as office
from tests import factories as make
from tests.house.factories import an_operator
from thidua.accounts.acting import NOBODY
from thidua.documents.actions.held_keys import held_key_of, open_key
from thidua.documents.models import HeldKey, RegisteredCertificate, TrustRoot
from thidua.organizations.actions import enter_person
from thidua.pades.demo_ca import DemoCA, Wish, self_signed

pytestmark = pytest.mark.django_db
PAST = datetime.now(UTC) - timedelta(days=30)
SOON = datetime.now(UTC) + timedelta(days=30)
LATER = datetime.now(UTC) + timedelta(days=365)


@pytest.fixture(autouse=True)
def _secrets(settings, tmp_path):
    settings.HELD_KEYS_SECRET = office.SECRET
    settings.HELD_KEYS_DIR = tmp_path / "keys"


@pytest.fixture
def operator(client):
    operator = an_operator()
    client.force_login(operator.user)
    return operator


def post(client, page, *args, **told):
    files = {k: SimpleUploadedFile(k, v) for k, v in told.items() if isinstance(v, bytes)}
    return client.post(reverse(f"certificates:{page}", args=args), {**told, **files})


def told(response):
    assert response.status_code == 422
    return response.content.decode()


def a_wish(**more):
    return Wish(person="Người", organization="Đơn vị", is_illustration=False, **more)


def p12(one, passphrase=office.PASSPHRASE):
    return one.pkcs12(passphrase)


def test_an_authority_is_believed_and_then_no_more(client, operator):
    response = post(client, "new_root", name="CA thử", file=office.authority().root)

    assert response.url == reverse("certificates:index")
    root = TrustRoot.objects.get()
    assert root.added_by == operator.user
    assert "CA thử" in client.get(response.url).content.decode()

    assert "Hãy điền mục này." in told(post(client, "retire", root.pk, reason=" "))
    assert post(client, "retire", root.pk, reason="đã thay bằng CA mới").status_code == 302
    root.refresh_from_db()
    assert root.retire_reason == "đã thay bằng CA mới"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp rỗng"),
        (b"khong phai chung thu", "không phải chứng thư số"),
        (
            b"-----BEGIN CERTIFICATE-----\nxxxx\n-----END CERTIFICATE-----\n",
            "không phải chứng thư số",
        ),
        (b"x" * (1024 * 1024 + 1), "nặng quá 1 MB"),
    ],
)
def test_what_is_no_certificate_gets_a_sentence(client, operator, content, sentence):
    assert sentence in told(post(client, "new_root", name="CA", file=content))
    assert not TrustRoot.objects.exists()


def test_a_person_s_certificate_is_no_authority_s(client, operator):
    assert "không phải của nơi cấp" in told(
        post(client, "new_root", name="CA", file=office.issued(0).der)
    )


def test_a_demonstration_s_authority_is_refused_where_the_work_is_real(client, operator):
    demo = DemoCA(office.LONG_AGO)
    assert "MINH HỌA" in told(post(client, "new_root", name="CA", file=demo.root))
    assert not TrustRoot.objects.exists()

    enter_person("Người bịa", by=NOBODY, is_illustration=True)
    assert post(client, "new_root", name="CA", file=demo.root).status_code == 302
    assert TrustRoot.objects.get().is_illustration
    assert "minh họa" in client.get(reverse("certificates:index")).content.decode().lower()


def test_a_certificate_is_registered_for_a_unit_or_for_one_of_its_people(client, operator):
    office.believe()
    head = make.head(make.an_organization("Hội Nông dân"), name="Trần Thị Mận")

    post(client, "register", unit="hoi nong dan", person="", file=office.issued(0).der)
    post(client, "register", unit="Hội Nông dân", person="tran thi man", file=office.issued(1).der)

    whole, own = RegisteredCertificate.objects.order_by("pk")
    assert whole.person is None
    assert own.person == head.user.person
    assert whole.fingerprint == office.opened(office.issued(0)).facts.fingerprint
    wrong = post(
        client, "register", unit="Hội Nông dân", person="Người Lạ", file=office.issued(2).der
    )
    assert "Chưa thấy đúng một người có tên này" in told(wrong)
    again = post(client, "register", unit="Hội Nông dân", person="", file=office.issued(0).der)
    assert "đã đăng ký cho Hội Nông dân rồi" in told(again)


@pytest.mark.parametrize(
    ("der", "sentence"),
    [
        (lambda: office.stranger().issue(a_wish()).der, "không có trong danh sách được tin"),
        (lambda: self_signed(a_wish(), office.LONG_AGO, LATER).der, "tự cấp"),
        (lambda: office.authority().issue(a_wish(valid_until=PAST)).der, "đã hết hạn"),
        (lambda: office.authority().issue(a_wish(valid_from=SOON)).der, "chưa tới ngày"),
    ],
)
def test_a_certificate_that_could_not_sign_is_not_registered(client, operator, der, sentence):
    office.believe()
    make.an_organization("Hội Nông dân")

    assert sentence in told(post(client, "register", unit="Hội Nông dân", person="", file=der()))
    assert not RegisteredCertificate.objects.exists()


def test_a_certificate_is_accepted_no_more_once_its_key_is_let_go(client, operator):
    office.believe()
    make.an_organization("Hội Nông dân")
    key = {"file": p12(office.issued(0)), "key_password": office.PASSPHRASE}
    assert post(client, "new_key", unit="Hội Nông dân", **key).status_code == 302
    held = HeldKey.objects.get()
    why = {"ending": "revoked", "reason": "mất thiết bị"}

    assert "hãy thôi giữ khóa trước" in told(post(client, "end", held.certificate_id, **why))
    assert post(client, "let_go", held.pk, reason="đổi khóa").status_code == 302
    assert post(client, "end", held.certificate_id, **why).status_code == 302
    certificate = RegisteredCertificate.objects.get()
    assert certificate.get_ending_display() == "bị thu hồi"
    assert "mất thiết bị" in client.get(reverse("certificates:index")).content.decode()


def test_a_pkcs12_is_held_apart_from_the_database_and_its_passphrase_is_closed(
    client, operator, settings
):
    office.believe()
    unit = make.an_organization("Hội Nông dân")

    response = post(
        client,
        "new_key",
        unit="Hội Nông dân",
        file=p12(office.issued(0)),
        key_password=office.PASSPHRASE,
    )

    assert response.status_code == 302
    held = held_key_of(unit.pk)
    assert held.certificate.organization == unit
    assert office.PASSPHRASE not in held.closed
    path = settings.HELD_KEYS_DIR / held.file
    assert path.stat().st_mode & 0o777 == 0o600
    assert settings.HELD_KEYS_DIR.stat().st_mode & 0o777 == 0o700
    assert open_key(held).facts.fingerprint == held.certificate.fingerprint

    post(client, "let_go", held.pk, reason="đổi khóa")


def test_a_pkcs12_with_a_wrong_password(client, operator, settings):
    """“a PKCS#12 with a wrong password”: a sentence beside the field, and nothing is kept."""
    office.believe()
    make.an_organization("Hội Nông dân")

    page = told(
        post(
            client,
            "new_key",
            unit="Hội Nông dân",
            file=p12(office.issued(0)),
            key_password="sai rồi nhé",
        )
    )

    assert "Mật khẩu của tệp khóa không đúng. Chưa có gì được giữ lại." in page
    assert "sai rồi nhé" not in page
    assert not HeldKey.objects.exists()
    assert not RegisteredCertificate.objects.exists()
    assert not settings.HELD_KEYS_DIR.exists()


def test_no_key_is_held_without_a_secret_of_the_environment(client, operator, settings):
    settings.HELD_KEYS_SECRET = "ngắn"
    make.an_organization("Hội Nông dân")
    page = told(post(client, "new_key", unit="Hội Nông dân", file=p12(office.issued(0))))
    assert "HELD_KEYS_SECRET" in page


def test_one_key_a_unit(client, operator, settings):
    office.believe()
    make.an_organization("Hội Nông dân")
    for n, status in ((0, 302), (1, 422)):
        key = {"file": p12(office.issued(n)), "key_password": office.PASSPHRASE}
        assert post(client, "new_key", unit="Hội Nông dân", **key).status_code == status
    assert len(list(settings.HELD_KEYS_DIR.iterdir())) == 1


def test_a_token_that_is_not_there_gets_a_sentence(client, operator):
    make.an_organization("Hội Nông dân")
    labels = {"token_label": "thiết bị", "key_label": "khóa"}
    assert "PKCS11_MODULE" in told(post(client, "new_token", unit="Hội Nông dân", **labels))


def test_nobody_but_the_operator(client):
    client.force_login(make.user_of(make.head(make.an_organization())))
    for name in ("index", "new_root", "register", "new_key", "new_token"):
        assert client.get(reverse(f"certificates:{name}")).status_code == 403
