"""A real mail server of this machine, for a test: it keeps what it takes, or is rude as asked."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Sink:
    """What the server has taken, and how it answers. ``answer`` and ``refuse`` may be changed."""

    taken: list[bytes] = field(default_factory=list)
    sessions: set[int] = field(default_factory=set)
    refuse: Callable[[str], str] = lambda _address: ""
    answer: Callable[[], str] = lambda: "250 OK"

    async def handle_RCPT(  # noqa: N802  (the library's name)
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take or refuse an address."""
        said = self.refuse(address)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        self.sessions.add(id(session))
        return "250 OK"

    async def handle_DATA(  # noqa: N802  (the library's name)
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep what came, then answer."""
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        return self.answer()

    @property
    def messages(self) -> list[Message]:
        """What has come, read as mail."""
        return [message_from_bytes(raw, policy=default) for raw in self.taken]

    @property
    def ids(self) -> list[str]:
        """The Message-IDs that have come, in their order."""
        return [str(message["Message-ID"]) for message in self.messages]


@contextmanager
def sink() -> Iterator[tuple[Sink, int]]:
    """Run a server on a free port of this machine; yield what it takes, and the port."""
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=0, ready_timeout=10)
    controller.port = _free_port()
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def slowly(seconds: float) -> Callable[[], str]:
    """Return an answer that comes only after so long."""

    def answer() -> str:
        time.sleep(seconds)
        return "250 OK"

    return answer
