"""A mail server of this machine that counts: prints its port, and when its input ends what came."""

import json
import socket
import sys
from collections import Counter
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope


class Counting:
    """Counts each Message-ID that came."""

    def __init__(self) -> None:
        self.ids: Counter[bytes] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        start = content.index(b"Message-ID:")
        self.ids[content[start : content.index(b">", start)]] += 1
        return "250 OK"


def main() -> None:
    """Serve until the input ends."""
    handler = Counting()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    print(controller.port, flush=True)
    for _line in sys.stdin:  # each line asks for what came since the last
        told = {"came": handler.ids.total(), "names": len(handler.ids)}
        handler.ids.clear()
        print(json.dumps(told), flush=True)
    controller.stop()


if __name__ == "__main__":
    main()
