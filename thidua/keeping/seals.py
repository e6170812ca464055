"""Encrypting a backup, and opening it again: age by itself, or age with its key sealed by GPG.

One GPG process for each of a hundred thousand files would take an hour. So for GPG a fresh age key
is made for the folder of backups; its secret half is kept only as `key.gpg`, which the GPG key
opens. The server never keeps what opens its own backups.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyrage
from django.utils.translation import gettext as _

from thidua.keeping.errors import CannotKeep, Damaged
from thidua.keeping.streams import Reading, Sink, Source, Writing, new_file, pour

GPG_KEY = "key.gpg"


@dataclass(frozen=True)
class Seal:
    """How the parts of a backup are closed: not at all ("" ), for age, or for GPG.

    ``recipients`` is what the operator named; ``keys`` are the age recipients behind them.
    """

    kind: str = ""
    recipients: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """What the names of closed parts end in."""
        return ".age" if self.kind else ""

    def as_told(self) -> dict[str, Any]:
        """Return what a manifest says of it."""
        return {"kind": self.kind, "recipients": [*self.recipients], "keys": [*self.keys]}

    def close(self, source: Source, sink: Writing) -> None:
        """Write what ``source`` holds to ``sink``, closed."""
        if not self.kind:
            pour(source, sink)
            return
        try:
            pyrage.encrypt_io(source, sink, [_recipient(key) for key in self.keys])
        except Exception:
            if sink.trouble:
                raise sink.trouble from None  # a full disk, not a fault of age
            raise


def seal_told(told: dict[str, Any]) -> Seal:
    """Return the seal that a manifest names."""
    return Seal(told["kind"], tuple(told["recipients"]), tuple(told["keys"]))


def seal_for(recipients: list[str], former: Seal | None) -> tuple[Seal, bytes | None]:
    """Return the seal for these recipients, with a new `key.gpg` where one had to be made.

    age1… and ssh-… are recipients of age, anything else names a key of GPG. ``former`` is the seal
    of the backup before: when it is for the same GPG keys, it goes on being used.
    """
    wanted = tuple(dict.fromkeys(r.strip() for r in recipients if r.strip()))
    if not wanted:
        return Seal(), None
    if all(r.startswith(("age1", "ssh-")) for r in wanted):
        for recipient in wanted:
            _recipient(recipient)
        return Seal("age", wanted, wanted), None
    if former and (former.kind, former.recipients) == ("gpg", wanted):
        return former, None
    identity = pyrage.x25519.Identity.generate()
    sealed = _by_gpg([*_each("--recipient", wanted), "--encrypt"], str(identity).encode())
    return Seal("gpg", wanted, (str(identity.to_public()),)), sealed


def _each(option: str, values: tuple[str, ...]) -> list[str]:
    return [part for value in values for part in (option, value)]


def _by_gpg(arguments: list[str], given: bytes) -> bytes:
    """Run GPG once, on a few bytes. The operator named the key, so it is trusted as it stands."""
    program = shutil.which("gpg")
    if program is None:
        raise CannotKeep(_("Máy này chưa có chương trình gpg. Hãy cài gói gnupg, hoặc dùng age."))
    command = [program, "--quiet", "--yes", "--trust-model", "always", "--output", "-", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CannotKeep(_("gpg không làm được: %(why)s") % {"why": why[-1] if why else "?"})
    return done.stdout


def _recipient(text: str) -> Any:
    try:
        if text.startswith("ssh-"):
            return pyrage.ssh.Recipient.from_str(text)
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as fault:
        sentence = _("“%(key)s” không phải khóa công khai của age.")
        raise CannotKeep(sentence % {"key": text[:30]}) from fault


class Key:
    """What opens the parts of a backup: nothing for a plain one, else secret keys of age."""

    def __init__(self, identities: list[Any] | None = None) -> None:
        self.identities = identities

    def open(self, source: Source, sink: Sink) -> None:
        """Write what ``source`` holds to ``sink``, opened."""
        if self.identities is None:
            pour(source, sink)
            return
        writing = Writing(sink)
        try:
            pyrage.decrypt_io(Reading(source), writing, self.identities)
        except Exception as fault:
            if writing.trouble:
                raise writing.trouble from None
            raise Damaged(_("Chìa khóa này không mở được bản sao lưu.")) from fault


def key_for(seal: Seal, folder: Path, identity: Path | None) -> Key | None:
    """Return the key of a backup in ``folder``; None where it is closed and no key was given.

    ``identity`` is a file with a secret key of age or of SSH. For GPG its own agent is asked.
    """
    if not seal.kind:
        return Key()
    if identity is not None:
        return Key(_identities(identity))
    if seal.kind == "gpg" and shutil.which("gpg"):
        try:
            opened = _by_gpg(["--decrypt"], (folder / GPG_KEY).read_bytes())
        except CannotKeep:
            return None
        return Key([pyrage.x25519.Identity.from_str(opened.decode("ascii").strip())])
    return None


def _identities(path: Path) -> list[Any]:
    """Read a file of secret keys as `age-keygen` writes it, or one key of SSH."""
    try:
        content = path.read_bytes()
        if b"PRIVATE KEY" in content:
            return [pyrage.ssh.Identity.from_buffer(content)]
        lines = [line.strip() for line in content.decode("utf-8").splitlines()]
        return [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError) as fault:
        sentence = _("Không đọc được chìa khóa trong %(path)s.")
        raise CannotKeep(sentence % {"path": path}) from fault


def keep_gpg_key(folder: Path, sealed: bytes | None, former: Path | None) -> None:
    """Put `key.gpg` into the folder of a backup: the new one, or that of the backup before."""
    if sealed is None and former is not None:
        sealed = (former / GPG_KEY).read_bytes()
    if sealed is not None:
        with new_file(folder / GPG_KEY) as file:
            file.write(sealed)
