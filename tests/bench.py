"""How fast the demo site answers one reader at a time: `make bench`. Figures, never a test.

Prints the median and the slowest twentieth of each address, in milliseconds, without any cache of
pages. Compare only figures of one run on one machine: `make bench PEERS="http://…/ http://…/"` asks
other servers that run on it in between.
"""

import http.client
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

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


def measure(urls: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each of ROUNDS answers, after three to warm up; all servers take turns."""
    connections: dict[str, http.client.HTTPConnection] = {}
    times: dict[str, list[float]] = {url: [] for url in urls}
    for number in range(ROUNDS + 3):
        for url in urls:
            parts = urlsplit(url)
            if parts.netloc not in connections:
                connections[parts.netloc] = http.client.HTTPConnection(parts.netloc, timeout=30)
            connection = connections[parts.netloc]
            start = time.perf_counter()
            connection.request("GET", parts._replace(scheme="", netloc="").geturl())
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"{url} answers {response.status}, not 200.")
            if number >= 3:
                times[url].append((time.perf_counter() - start) * 1000)
    return times


def article(server: Server) -> list[str]:
    """The addresses of one article, for readers and in both APIs."""
    listing = f"{server.url}/api/v2/pages/?type=newsroom.NewsArticlePage&locale=th&limit=1"
    with urlopen(listing) as answer:
        item = json.load(answer)["items"][0]
    path = urlsplit(item["meta"]["html_url"]).path
    return [path, f"/api/v2/pages/{item['id']}/", f"/api/v3/news/{item['id']}/"]


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        server = Server(Path(directory), DEMO_PASSWORD=PASSWORD)
        for command in ("collectstatic --noinput -v0", "load_demo"):
            print(f"==> {command}", file=sys.stderr)
            server.manage(*command.split())
        with server:
            own = [f"{server.url}{address}" for address in [*ADDRESSES, *article(server)]]
            print(f"{'median ms':>10} {'95 % ms':>10}  address")
            for url, times in measure([*own, *os.environ.get("PEERS", "").split()]).items():
                slowest = statistics.quantiles(times, n=20)[-1]
                name = url.removeprefix(server.url)
                print(f"{statistics.median(times):10.1f} {slowest:10.1f}  {name}")
            bench_panel.main(server, PASSWORD)
            bench_audits.main([f"{server.url}{path}" for path in ("/th/", "/en/news/")])


if __name__ == "__main__":
    main()
