"""What goes between us and the process that opens foreign PDFs: JSON and lengths, nothing else."""

import json
import struct
from base64 import b64decode, b64encode
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from thidua.pades.certificates import CertificateFacts
from thidua.pades.results import Outcome, SignatureResult
from thidua.pades.trust import Revocation

MOMENTS = {"signed_at", "stamped_at", "valid_from", "valid_until"}


def packed(question: dict[str, Any], *files: bytes) -> bytes:
    """Return ``question`` and ``files`` one behind the other, each with its length before it."""
    parts = [json.dumps(question).encode(), *files]
    return b"".join(struct.pack(">Q", len(part)) + part for part in parts)


def unpacked(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """Return what `packed` put together."""
    parts = []
    while head := stream.read(8):
        parts.append(stream.read(struct.unpack(">Q", head)[0]))
    question: dict[str, Any] = json.loads(parts[0])
    return question, parts[1:]


def told(result: SignatureResult) -> dict[str, Any]:
    """Return ``result`` as JSON knows it."""
    return _plain(asdict(result))


def heard(data: dict[str, Any]) -> SignatureResult:
    """Return the result that `told` told."""
    facts = data["facts"] and CertificateFacts(**_moments(data["facts"]))
    return SignatureResult(
        **{**_moments(data), "outcome": Outcome(data["outcome"]), "facts": facts}
    )


def revocation_told(revocation: Revocation | None) -> dict[str, list[str]]:
    """Return the lists and answers as JSON knows them."""
    given = revocation or Revocation()
    return {
        name: [b64encode(one).decode() for one in getattr(given, name)]
        for name in ("crls", "ocsps")
    }


def revocation_heard(data: dict[str, list[str]]) -> Revocation:
    """Return what `revocation_told` told."""
    return Revocation(**{name: tuple(map(b64decode, ones)) for name, ones in data.items()})


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat()
        if isinstance(value, datetime)
        else _plain(value)
        if isinstance(value, dict)
        else value
        for name, value in data.items()
    }


def _moments(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if value and name in MOMENTS else value
        for name, value in data.items()
    }
