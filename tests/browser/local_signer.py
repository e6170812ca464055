"""A signing service like that of a signer's own machine: speaks the calls that the page makes.

It is ours, and stands for the real one in tests and trials: one WebSocket for each call, one JSON
text in, one out; it fetches the file, signs it with the key it was given, brings it to the upload
handler. What is called how comes from `thidua.web.covenants.vgca` alone. To try it by hand, with
`VGCA_URL=ws://127.0.0.1:8987` told to the program:

    .venv/bin/python -m tests.browser.local_signer KEY.p12 PASSPHRASE FIELD
"""

import argparse
import asyncio
import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from aiohttp import ClientSession, FormData, WSMsgType, web

from thidua.pades.keys import HeldKey, open_pkcs12
from thidua.pades.signing import sign_pdf
from thidua.web.covenants import vgca

# What may happen at the signer's machine. The numbers of the real service's errors are unknown.
Manner = Literal["signs", "cancels", "loses_token", "resaves", "forgets", "mumbles"]
CANCELLED, NOT_TAKEN = 11, 12


class LocalService:
    """The service; within ``with`` it listens at ``url``, of a port that was free unless given."""

    def __init__(self, key: HeldKey, field: str, *, does: Manner = "signs", port: int = 0) -> None:
        self.key, self.field, self.does, self.port = key, field, does, port
        self.heard: list[tuple[str, dict[str, Any]]] = []  # path and request of each call
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(),))

    @property
    def url(self) -> str:
        """What `VGCA_URL` is to be."""
        return f"ws://127.0.0.1:{self.port}"

    def __enter__(self) -> "LocalService":
        self._thread.start()
        assert self._is_up.wait(10), "the port is taken"
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.router.add_routes([web.get(path, self._answer) for path in vgca.CALLS.values()])
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = runner.addresses[0][1]
        self._is_up.set()
        await self._end.wait()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            asked = json.loads(message.data)
            self.heard.append((request.path, asked))
            told = await self._act(asked)
            if told:
                await socket.send_str(told)
            await socket.close()
        return socket

    async def _act(self, asked: dict[str, Any]) -> str:
        """Return the answer; "" where the service goes away without one."""
        if self.does == "cancels":
            return _told(CANCELLED, "Người dùng đã hủy ký.")
        if self.does == "mumbles":
            return "<html>502</html>"
        async with ClientSession() as session:
            async with session.get(asked[vgca.REQUEST["file"]]) as response:
                pdf = await response.read()
            if self.does == "loses_token":
                return ""
            if self.does == "forgets":
                return _told(vgca.DONE, "")
            signed = await asyncio.to_thread(self._signed, pdf)
            form = FormData()
            form.add_field(vgca.UPLOADED, signed, filename="giao-uoc.signed.pdf")
            async with session.post(asked[vgca.REQUEST["handler"]], data=form) as response:
                answer = await response.json()
        return _told(vgca.DONE if answer["Status"] else NOT_TAKEN, answer["Message"])

    def _signed(self, pdf: bytes) -> bytes:
        if self.does == "resaves":
            pdf = pdf.replace(b"obj", b"obj ", 1)
        try:
            return sign_pdf(pdf, self.key, self.field, None, at=datetime.now(UTC)).pdf
        except Exception:  # a file that was written anew may not even be signable
            if self.does != "resaves":
                raise
            return pdf


def _told(status: int, message: str) -> str:
    names = vgca.ANSWER
    return json.dumps({names["status"]: status, names["message"]: message, "FileServer": ""})


def main() -> None:
    """Listen until Enter is pressed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("key", type=Path)
    parser.add_argument("passphrase")
    parser.add_argument("field", help="the unit's field, such as ky-12")
    parser.add_argument("--does", default="signs")
    parser.add_argument("--port", type=int, default=8987)
    asked = parser.parse_args()
    key = open_pkcs12(asked.key.read_bytes(), asked.passphrase)
    with LocalService(key, asked.field, does=asked.does, port=asked.port) as service:
        input(f"{service.url}; Enter ends it. ")


if __name__ == "__main__":
    main()
