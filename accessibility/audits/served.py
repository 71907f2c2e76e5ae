"""The site as its readers get it, asked within this process: no server need run, no draft leaks."""

import io
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import Storage, default_storage
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest, get_script_name
from django.urls import set_script_prefix
from django.utils.translation import get_language, override

#: Chromium without a window says the same of itself, and counts as no reader.
USER_AGENT = "Mozilla/5.0 (compatible; wagtail-sala audit; HeadlessChrome)"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the site."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    charset: str = "utf-8"

    @property
    def is_page(self) -> bool:
        kind = self.headers.get("Content-Type", "")
        return self.status == 200 and kind.startswith("text/html")

    @property
    def html(self) -> str:
        return self.body.decode(self.charset, errors="replace")


class ServedSite:
    """Answers GET by the site's own middleware and views; static files and media as well.

    It may be asked by several threads at once.
    """

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()
        self._static: dict[str, Reply] = {}

    def get(self, url: str) -> Reply:
        """The answer to somebody who is not signed in. `url` is absolute."""
        if url in self._static:
            return self._static[url]
        path = unquote(urlsplit(url).path)
        reply = self._ask(url)
        # Where a web server in front of the site serves them, the site itself has none.
        for prefix, storage in (
            (settings.STATIC_URL, staticfiles_storage),
            (settings.MEDIA_URL, default_storage),
        ):
            if prefix and prefix.startswith("/") and path.startswith(prefix):
                if reply.status == 404:
                    reply = _stored(path.removeprefix(prefix), storage) or reply
                if prefix == settings.STATIC_URL:
                    self._static[url] = reply
                break
        return reply

    def _ask(self, url: str) -> Reply:
        request = _request(url)
        set_script_prefix(get_script_name(request.environ))
        # Middleware for languages leaves behind the one that it has found in the address.
        with override(get_language()):
            response = self._handler.get_response(request)
            body = b"".join(response)  # of a file, as well as of a page
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        return Reply(response.status_code, headers, body, response.charset)


def required_scheme(url: str) -> str:
    """The address with https where the site answers nothing else."""
    if settings.SECURE_SSL_REDIRECT and url.startswith("http:"):
        return f"https{url.removeprefix('http')}"
    return url


def _request(url: str) -> WSGIRequest:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    path = unquote(parts.path) or "/"
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": settings.FORCE_SCRIPT_NAME or "",
            # As WSGI has it (PEP 3333): bytes in the guise of Latin-1.
            "PATH_INFO": path.removeprefix(settings.FORCE_SCRIPT_NAME or "")
            .encode()
            .decode("latin-1"),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": parts.hostname or "",
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": parts.netloc,
            "HTTP_ACCEPT": "*/*",
            "HTTP_USER_AGENT": USER_AGENT,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": parts.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
    )


def _stored(name: str, storage: Storage) -> Reply | None:
    """A file of a storage or, in development, of an app."""
    try:
        if storage.exists(name):
            with storage.open(name) as file:
                body = file.read()
        elif storage is staticfiles_storage and (path := finders.find(name)):
            with open(path, "rb") as file:
                body = file.read()
        else:
            return None
    except (OSError, SuspiciousOperation):
        return None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Reply(200, {"Content-Type": kind}, body)
