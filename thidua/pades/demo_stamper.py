"""A time-stamping authority for demonstrations and tests, in this process: EC, worth nothing."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, keys, tsp, x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign import general
from pyhanko.sign.general import simple_cms_attribute
from pyhanko.sign.timestamps import DummyTimeStamper

from thidua.pades.demo_ca import DemoCA, Issued

DIGEST = "sha256"


class DemoStamper(DummyTimeStamper):
    """Stamps what it is asked to with the time that ``clock`` tells (pyHanko's own knows RSA)."""

    def __init__(self, ca: DemoCA, clock: Callable[[], datetime]) -> None:
        self.issued: Issued = ca.stamper()
        assert isinstance(self.issued.key, EllipticCurvePrivateKey)  # noqa: S101
        self._key = self.issued.key
        plain = self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        super().__init__(x509.Certificate.load(self.issued.der), keys.PrivateKeyInfo.load(plain))
        self.clock = clock

    def request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the answer to ``req`` (RFC 3161)."""
        self.fixed_dt = self.clock()
        return super().request_tsa_response(req)

    def _sign_tst_info(
        self, tst_info_data: bytes, md_algorithm: str, dt: datetime
    ) -> tuple[bytes, cms.CMSAttributes]:
        digest = Hash(SHA256())
        digest.update(tst_info_data)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(dt)})),
                simple_cms_attribute(
                    "signing_certificate_v2", general.as_signing_certificate_v2(self.tsa_cert)
                ),
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )
        return self._key.sign(attributes.dump(), ECDSA(SHA256())), attributes

    def _build_signed_data(self, *given: Any, **named: Any) -> dict[str, Any]:
        made: dict[str, Any] = super()._build_signed_data(*given, **named)
        (signer,) = made["signer_infos"]
        signer["signature_algorithm"] = {"algorithm": f"{DIGEST}_ecdsa"}
        return made
