"""The server of `make demo` under the conditions that a public site meets."""

import http.client
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

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
