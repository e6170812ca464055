"""What a 20 MB upload costs one worker process in memory, against a bare view of the framework.

Counted is the peak above what the process held at rest, as the kernel keeps it (VmHWM). Each kind
of file meets a fresh worker, warmed with a small one, so that only what this one needs counts.
"""

import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from benchmarks.report import Row
from benchmarks.server import Server, resident, serving
from benchmarks.world import world

DOOR, BARE = "/bench/door/", "/bench/bare/"
APPLICATION = "benchmarks.receiver:application"
MEGABYTE = 1024 * 1024
SIZE, SMALL = 20 * MEGABYTE - 4096, 200 * 1024
MOST_HELD = 0.25  # of the file
BOUNDARY = "thidua"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@dataclass(frozen=True)
class Place:
    """Where a file is sent, what the answer must be, and what the browser brings along."""

    address: str
    expected: int
    cookies: str = ""
    token: str = ""


def pdf(size: int) -> bytes:
    """Return what passes for a PDF of ``size`` bytes."""
    return b"%PDF-1.7\n" + os.urandom(size - 20) + b"\n%%EOF\n"


def document(size: int) -> bytes:
    """Return a Word package of nearly ``size`` bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Override ContentType="{_OFFICE}"/>')
        package.writestr("word/media/image1.jpg", os.urandom(int(size * 0.99)))
    return file.getvalue()


def photograph(size: int) -> bytes:
    """Return a photograph of nearly ``size`` bytes: about 55 megapixels for 20 MB."""
    side = int((size * 2.7) ** 0.5)
    noise = Image.effect_noise((side // 3, side // 3), 45).resize((side, side))
    file = io.BytesIO()
    Image.merge("RGB", (noise, noise, noise)).save(file, "JPEG", quality=90)
    return file.getvalue()


KINDS: dict[str, Callable[[int], bytes]] = {"a.pdf": pdf, "a.docx": document, "a.jpg": photograph}


def measure() -> Row:
    """Send each kind of file; return the worst peak beside the bare view's."""
    notes, peaks = [], []
    with world(1, 2) as environment:
        bare = _peak(environment, "a.pdf", to_page=False)
        for name in KINDS:
            peaks.append(_peak(environment, name, to_page=True))
            notes.append(f"{name}: {peaks[-1]:.1f} MB")
    return Row(
        what="memory of one worker at the peak of a 20 MB upload",
        ours=f"{max(peaks):.1f} MB above rest",
        yardstick=f"a bare view that reads the same stream, {bare:.1f} MB",
        ratio=max(0.0, max(peaks) - bare) * MEGABYTE / SIZE,
        aim=MOST_HELD,
        notes=["ratio: what is held beyond the bare view, as a part of the file", *notes],
    )


def _peak(environment: dict[str, str], name: str, *, to_page: bool) -> float:
    """Return by how many megabytes a fresh worker grows at most while it receives one file."""
    with serving(environment, APPLICATION) as server:
        place = _enter(server) if to_page else Place(BARE, 200)
        for _n in range(3):
            _send(server, place, name, KINDS[name](SMALL))
        content = KINDS[name](SIZE)
        Path(f"/proc/{server.worker}/clear_refs").write_text("5")  # the peak begins anew
        rest = resident(server.worker)
        _send(server, place, name, content)
        status = Path(f"/proc/{server.worker}/status").read_text()
    highest = re.search(r"VmHWM:\s+(\d+) kB", status)
    if highest is None:
        raise RuntimeError("the kernel does not tell the peak")
    return int(highest[1]) / 1024 - rest


def _enter(server: Server) -> Place:
    """Sign in; return where evidence is received."""
    connection = server.connect()
    connection.request("GET", DOOR)
    answer = connection.getresponse()
    cookies = [cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or []]
    told = json.loads(answer.read())
    connection.close()
    return Place(told["keep"], 302, "; ".join(cookies), told["token"])


def _send(server: Server, place: Place, name: str, content: bytes) -> None:
    """Post the file as a browser does."""
    part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    fields = {"csrfmiddlewaretoken": place.token, "kind": "file"}
    head = "".join(f'{part}"{field}"\r\n\r\n{value}\r\n' for field, value in fields.items())
    head += f'{part}"file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    connection = server.connect()
    told = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Cookie": place.cookies}
    connection.request("POST", place.address, body, told)
    answer = connection.getresponse()
    if answer.status != place.expected:
        raise RuntimeError(f"{place.address} answered {answer.status} to {name}")
    answer.read()
    connection.close()
