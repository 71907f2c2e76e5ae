"""manage.py check_html checks any HTML, and says clearly when it cannot."""

from __future__ import annotations

import io
import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accessibility.management.commands import check_html

KEYS = ["rule", "severity", "criterion", "lang", "selector", "excerpt", "message", "remedy"]
NO_ALT = '<p>ข่าว</p>\n<p><img src="a.jpg"></p>'
#: A page of the time before UTF-8, whose server does not name its charset.
OLD = f'<html lang=th><meta http-equiv=a content="text/html; charset=windows-874">{NO_ALT}…'
ADVICE = "<p><u>ด่วน</u></p>"


def _run(source: str, *arguments: str) -> tuple[str, int]:
    """The command's output and exit code."""
    out = io.StringIO()
    try:
        call_command("check_html", source, *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


@pytest.fixture
def html_file(tmp_path: Path):
    def write(content: str | bytes, name: str = "a.html") -> str:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    return write


@pytest.fixture
def web() -> Iterator[str]:
    """A real server on this machine; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kinds = {
                "/picture": "image/png",
                "/thai": "text/html; charset=tis-620",
                "/old": "text/html",
                "/short": "text/html",
            }
            if self.path == "/nonsense":
                self.wfile.write(b"nonsense\r\n")
                return
            self.send_response(404 if self.path == "/missing" else 200)
            self.send_header("Content-Type", kinds.get(self.path, "text/html; charset=utf-8"))
            if self.path == "/short":
                self.send_header("Content-Length", "9999")
            self.end_headers()
            body = {
                "/thai": NO_ALT.encode("tis-620"),
                "/old": OLD.encode("cp874"),
                "/large": b"<p>" * 2_000_000,
            }
            self.wfile.write(body.get(self.path, NO_ALT.encode()))

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_text_says_what_where_and_how_to_mend_it(html_file) -> None:
    text, code = _run(html_file(NO_ALT), "--lang", "th", "--message-lang", "th")
    assert code == 1
    assert "error image-alt-missing (WCAG 1.1.1)" in text
    assert "body > p:nth-child(2) > img:nth-child(1)" in text
    assert "รูปภาพนี้ไม่มีข้อความทดแทน" in text
    assert "error: 1, warning: 0, advice: 0" in text


def test_json_is_an_array_of_findings_with_exactly_the_documented_keys(html_file) -> None:
    text, code = _run(html_file(NO_ALT), "--lang=th", "--format=json", "--message-lang=en")
    (finding,) = json.loads(text)
    assert code == 1
    assert list(finding) == KEYS
    assert finding["rule"] == "image-alt-missing"
    assert finding["lang"] == "th"
    assert json.loads(_run(html_file("<p>ข่าว</p>"), "--format=json")[0]) == []


def test_a_pipe_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NO_ALT.encode())))
    text, code = _run("-", "--format=json")
    assert json.loads(text)[0]["rule"] == "image-alt-missing"
    assert code == 1


def test_a_page_of_the_web_is_read_in_its_own_charset(web: str) -> None:
    for path in ("/", "/thai", "/ข่าว/?หน้า=๑"):
        text, code = _run(web + path, "--lang", "th", "--format=json")
        assert [finding["rule"] for finding in json.loads(text)] == ["image-alt-missing"]
        assert code == 1


def test_the_charset_that_a_page_names_itself_is_believed(html_file, web: str) -> None:
    for source in (web + "/old", html_file(OLD.encode("cp874"))):
        findings = json.loads(_run(source, "--format=json")[0])
        assert "image-alt-missing" in [finding["rule"] for finding in findings]
        assert "language-unmarked" not in [finding["rule"] for finding in findings]
    named = html_file(f'<meta charset="TIS-620">{NO_ALT}'.encode("tis-620"))
    assert "image-alt-missing" in _run(named)[0]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(NO_ALT.encode("utf-16"), id="UTF-16, as Windows saves Unicode"),
        pytest.param(f'\ufeff<meta charset="tis-620">{NO_ALT}'.encode(), id="mark before charset"),
        pytest.param(f'<meta charset="utf-16">{NO_ALT}'.encode(), id="UTF-16 cannot state itself"),
        pytest.param(f'<!-- <meta charset="foo"> -->{NO_ALT}'.encode(), id="charset in a comment"),
        pytest.param(f"<p>a\0b</p>{NO_ALT}".encode(), id="a character that HTML has not"),
    ],
)
def test_what_browsers_read_is_read_as_they_do(html_file, data: bytes) -> None:
    text, code = _run(html_file(data), "--format=json")
    assert "image-alt-missing" in [finding["rule"] for finding in json.loads(text)]
    assert code == 1


def test_an_address_may_be_written_in_any_script() -> None:
    assert check_html._ascii("http://ข่าว.ไทย:81/ก/?ข=1") == (
        "http://xn--22c8e6a1f.xn--o3cw4h:81/%E0%B8%81/?%E0%B8%82=1"
    )
    assert check_html._ascii("http://[::1]:81/a%20b?c=d#e") == "http://[::1]:81/a%20b?c=d#e"


@pytest.mark.parametrize(
    ("html", "fail_on", "code"),
    [
        (ADVICE, "error", 0),
        (ADVICE, "warning", 0),
        (ADVICE, "advice", 1),
        (NO_ALT, "advice", 1),
        ("<ul></ul>", "error", 0),
        ("<ul></ul>", "warning", 1),
    ],
)
def test_the_exit_code_follows_the_gravest_finding(html_file, html, fail_on, code) -> None:
    assert _run(html_file(html), "--lang=th", "--fail-on", fail_on)[1] == code


def test_sarif_names_tool_rules_places_and_lines(html_file) -> None:
    path = html_file(NO_ALT + ADVICE + '<a href="/a/"></a><a href="/a/"></a>')
    log = json.loads(_run(path, "--lang=th", "--format=sarif", "--message-lang=th")[0])
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"]
        assert location["logicalLocations"][0]["fullyQualifiedName"].startswith("body")
    assert {rule["help"]["text"] for rule in rules}
    by_rule = {result["ruleId"]: result for result in run["results"]}
    image = by_rule["image-alt-missing"]["locations"][0]["physicalLocation"]
    assert (image["region"]["startLine"], image["region"]["startColumn"]) == (2, 4)
    assert by_rule["text-underlined"]["level"] == "note"
    # Two links look alike: neither line is certain.
    assert "region" not in by_rule["link-name-missing"]["locations"][0]["physicalLocation"]


def test_sarif_of_a_page_of_the_web_names_its_address(web: str) -> None:
    log = json.loads(_run(f"{web}/?a=b", "--format=sarif")[0])
    (location,) = log["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == f"{web}/?a=b"


def test_sarif_of_a_good_page_has_no_results(html_file) -> None:
    log = json.loads(_run(html_file("<p>ข่าว</p>"), "--format=sarif")[0])
    assert log["runs"][0]["results"] == []


def _refused(source: str, *arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        _run(source, *arguments)
    assert caught.value.returncode == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_input_that_cannot_be_checked_is_refused_in_one_sentence(html_file, tmp_path) -> None:
    assert "There is no file “nowhere.html”" in _refused("nowhere.html")
    assert "Is a directory" in _refused(str(tmp_path))
    assert "cannot be read" in _refused("a\x00.html")
    assert "no address of the web" in _refused("ftp://example.org/a.html")
    assert "no address of the web" in _refused("file:///etc/hostname")
    assert "is no language tag" in _refused(html_file("<p>a"), "--lang", "thai_TH")
    assert "holds no HTML" in _refused(html_file("just words"))
    assert "holds no HTML" in _refused(html_file(b"\x00<\x00p\x00"))
    assert "is not UTF-8 text" in _refused(html_file(b"\xfe<p>"))
    assert "is not UTF-16 text" in _refused(html_file(b"\xff\xfe<p>"))
    assert "is not KLINGON text" in _refused(html_file("<meta charset=klingon><p>a"))
    assert "holds no HTML" in _refused(html_file(""))
    for address in ("localhost:8101/th/", "//host.invalid/"):
        assert "an address that begins with http://" in _refused(address)


def test_an_empty_pipe_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    assert "The pipe holds no HTML" in _refused("-")


def test_addresses_that_give_no_page_are_refused(web: str) -> None:
    assert "answered 404" in _refused(web + "/missing")
    assert "is image/png" in _refused(web + "/picture")
    assert "larger than 5 MB" in _refused(web + "/large")
    assert "cannot be reached" in _refused("http://127.0.0.1:1/")
    assert "cannot be reached" in _refused("http://[")
    assert "cannot be reached" in _refused("http://exa mple/")
    assert "cannot be reached" in _refused(f"http://{'a' * 70}.ไทย/")
    assert "cannot be reached" in _refused(web + "/nonsense")
    assert "cannot be reached" in _refused(web + "/short")


def test_an_address_that_takes_too_long_is_given_up(
    web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_html, "MOST_SECONDS", 0.000_001)
    assert "took longer than" in _refused(web)


def test_an_unknown_option_is_refused_with_what_is_allowed(html_file) -> None:
    with pytest.raises(CommandError, match="invalid choice: 'grave'"):
        _run(html_file("<p>a"), "--fail-on", "grave")
