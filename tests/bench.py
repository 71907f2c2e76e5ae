"""How fast the demo site answers one reader at a time: `make bench`. Figures, never a test.

Prints the median and the slowest twentieth of each address, in milliseconds, without any cache of
pages. Compare only figures of one run on one machine.
"""

import http.client
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from tests import bench_audits, bench_panel
from tests.server import Server

ROUNDS = 60
PASSWORD = "demo-password-of-the-bench"
ADDRESSES = [
    "/th/",
    "/en/news/",
    f"/th/search/?q={quote('น้ำท่วม')}",
    "/accessibility/preferences/",
    "/api/v2/pages/?limit=20",
    "/api/v3/news/?language=th&limit=20",
    "/feeds/th/",
]


def measure(connection: http.client.HTTPConnection, address: str) -> list[float]:
    """Milliseconds of each of ROUNDS answers, after three to warm up."""
    times = []
    for number in range(ROUNDS + 3):
        start = time.perf_counter()
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{address} answers {response.status}, not 200.")
        if number >= 3:
            times.append((time.perf_counter() - start) * 1000)
    return times


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        server = Server(Path(directory), DEMO_PASSWORD=PASSWORD)
        for command in ("collectstatic --noinput -v0", "load_demo"):
            print(f"==> {command}", file=sys.stderr)
            server.manage(*command.split())
        with server:
            connection = http.client.HTTPConnection("localhost", server.port, timeout=30)
            print(f"{'median ms':>10} {'95 % ms':>10}  address")
            for address in ADDRESSES:
                times = measure(connection, address)
                slowest = statistics.quantiles(times, n=20)[-1]
                print(f"{statistics.median(times):10.1f} {slowest:10.1f}  {address}")
            bench_panel.main(server, PASSWORD)
            bench_audits.main([f"{server.url}{path}" for path in ("/th/", "/en/news/")])


if __name__ == "__main__":
    main()
