"""The server of `make demo` under the conditions that a public site meets."""

import http.client
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def server(new_server):
    with new_server() as server:
        yield server


def get(host: str, port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(host, port, timeout=20)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_it_is_reached_over_ipv4_and_ipv6(server, address):
    assert get(address, server.port, "/admin/login/").status == 200


def test_it_tells_nobody_which_software_it_is(server):
    response = get("localhost", server.port, "/admin/login/")
    assert not response.headers["Server"]


def test_a_reader_does_not_wait_for_forty_slow_clients(server):
    slow = []
    for number in range(40):
        client = socket.create_connection(("localhost", server.port))
        client.sendall(
            b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\nusername="
            if number % 2
            else b"GET /admin/login/ HTTP/1.1\r\nHo"
        )
        slow.append(client)
    try:
        with ThreadPoolExecutor(4) as readers:
            answers = readers.map(
                lambda _: get("localhost", server.port, "/admin/login/").status, range(12)
            )
            assert set(answers) == {200}
    finally:
        for client in slow:
            client.close()


def test_a_stop_lets_every_request_end_that_had_begun(new_server):
    server = new_server()
    server.start()
    statuses: list[int] = []
    begun = threading.Barrier(9)

    def ask() -> None:
        connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
        connection.request("GET", "/admin/login/")
        begun.wait()
        statuses.append(connection.getresponse().status)
        connection.close()

    readers = [threading.Thread(target=ask) for _ in range(8)]
    for reader in readers:
        reader.start()
    begun.wait()
    assert server.stop() == 0
    for reader in readers:
        reader.join()
    assert statuses == [200] * 8


def test_a_stop_while_the_site_is_being_loaded_needs_no_force(new_server):
    server = new_server()
    process = server.launch()
    deadline = time.monotonic() + 60
    while not (workers := server.workers()) or any(is_deaf(worker) for worker in workers):
        assert time.monotonic() < deadline, server.log.read_text()
        time.sleep(0.01)  # nothing tells when a process has begun to load
    process.terminate()
    # Workers that do not stop are killed after 30 seconds.
    assert process.wait(timeout=20) == 0


def is_deaf(worker: Path) -> bool:
    """Whether a process would still take SIGTERM as the one that it was forked from."""
    status = dict(line.split(":", 1) for line in (worker / "status").read_text().splitlines())
    return bool(int(status["SigCgt"], 16) & 1 << signal.SIGTERM - 1)
