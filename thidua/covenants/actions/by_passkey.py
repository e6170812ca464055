"""Signing the covenant with a passkey."""

from thidua.accounts.acting import Acting
from thidua.core.deeds import deed
from thidua.covenants.actions.signing import record_signature, signing_right, taking_signatures
from thidua.covenants.models import Covenant
from thidua.documents.actions.passkeys import Answered, keep_passkey_proof
from thidua.documents.actions.versions import Signer
from thidua.documents.models import Signature


@deed()
def sign_by_passkey(
    covenant: Covenant, *, by: Acting, digest: str, organization_id: int, answered: Answered
) -> Signature:
    """Sign for the organisation shown; the device's answer takes the place of the password.

    ``digest`` and ``organization_id`` are those that the page showed. An answer that does not hold
    (`keep_passkey_proof`) takes the signature and all that followed from it back.
    """
    covenant = taking_signatures(covenant)
    signer = Signer.of(signing_right(covenant, by, organization_id))
    method = Signature.Method.PASSKEY
    signature = record_signature(covenant, by=by, signer=signer, digest=digest, method=method)
    keep_passkey_proof(signature, by=by, answered=answered)
    return signature
