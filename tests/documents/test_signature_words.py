"""Whatever `thidua.pades` may answer has a sentence, and nothing else has."""

from dataclasses import replace
from typing import get_args

from thidua.documents import signature_words as words
from thidua.pades import reasons
from thidua.pades.results import Outcome, SignatureResult
from thidua.pades.signing import STAMP_REMARKS, Remark
from thidua.pades.timestamping import TimestampRefused

VALID = SignatureResult("ky-1", Outcome.VALID)


def test_every_reason_has_its_sentence():
    for sentences, codes in (
        (words.KEY, get_args(reasons.KeyReason)),
        (words.CERTIFICATE, get_args(reasons.NoCertificate)),
        (words.FILE, get_args(reasons.FileReason)),
        (words.UPLOAD, get_args(reasons.UploadReason)),
        (words.LEVEL, get_args(reasons.Level)),
        (words.REMARK, [remark for remark in get_args(Remark) if remark]),
        (words.OUTCOME, list(Outcome)),
    ):
        assert set(sentences) == set(codes)
        assert all(str(one).strip() for one in sentences.values())
    assert set(STAMP_REMARKS) == set(get_args(reasons.TimestampReason))
    assert TimestampRefused("down").reason in STAMP_REMARKS


def test_what_came_after_signing_is_said_beside_the_answer():
    assert words.sentences_of(VALID) == [str(words.OUTCOME[Outcome.VALID])]
    both = replace(VALID, has_expired_since=True, is_revoked_since=True)
    assert len(words.sentences_of(both)) == 3
