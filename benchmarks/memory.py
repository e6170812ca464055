"""How much one worker process grows between its 1,000th and its 10,000th request."""

from benchmarks.report import Row
from benchmarks.server import Server, resident, serving
from benchmarks.world import world

WARM, MANY, MOST_MEGABYTES = 1_000, 10_000, 10.0


def measure() -> Row:
    """Serve one worker, ask it 10,000 pages, and read its memory twice."""
    with world(1, 25) as environment, serving(environment) as server:
        _ask(server, WARM)
        first = resident(server.worker)
        _ask(server, MANY - WARM)
        last = resident(server.worker)
    grown = last - first
    return Row(
        what=f"memory of one worker, request {WARM:,} to {MANY:,}",
        ours=f"{first:.1f} → {last:.1f} MB, grown {grown:.1f} MB",
        yardstick=f"{MOST_MEGABYTES:.0f} MB",
        ratio=max(0.0, grown) / MOST_MEGABYTES,
        aim=1,
    )


def _ask(server: Server, times: int) -> None:
    """Ask the public pages in turn over one connection."""
    connection = server.connect()
    addresses = ["/", "/nam/1/", "/khoi-cum/", "/don-vi/", "/tim-kiem/?q=hoi", "/phong-trao/"]
    for number in range(times):
        connection.request("GET", addresses[number % len(addresses)])
        response = connection.getresponse()
        response.read()
        if response.status >= 500:
            raise RuntimeError(f"{addresses[number % len(addresses)]}: {response.status}")
    connection.close()
