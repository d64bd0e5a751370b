"""A small server over the gallery that answers as a site would, under the sites' content policy."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import Final

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)
REFUSED: Final = '<section class="xz-refusal" role="alert" data-alert>这份申请已经提交。</section>'
STATE: Final = (
    '<div class="xz-live" role="status" hx-get="/state" hx-trigger="live:application" '
    'hx-swap="outerHTML">第{}次</div>'
)


class Site:
    """What the server did and what it will say, shared between its threads."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.changed = threading.Condition()
        self.streams: list[Queue[str | None]] = []
        self.states = 0
        self.drafts: list[bytes] = []
        self.uploads: list[bytes] = []
        self.refuse = False
        self.address = ""

    def publish(self, message: str) -> None:
        """Send a message to every open stream."""
        with self.changed:
            for stream in self.streams:
                stream.put(message)

    def wait_for_streams(self, count: int) -> bool:
        """Wait until so many streams are open."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.streams) == count, timeout=10)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the gallery, and the few addresses its pages call."""

    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
    }

    def __init__(self, *args: object, site: Site, **kwargs: object) -> None:
        """Know the site before the request is handled."""
        self.site = site
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as received

    def end_headers(self) -> None:
        """Add the content policy."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # overridden name
        """Stay silent."""

    def do_GET(self) -> None:
        """Serve a file, the state or the stream."""
        if self.path == "/live/":
            self._stream()
        elif self.path == "/state":
            with self.site.changed:
                self.site.states += 1
                count = self.site.states
            self._answer(200, STATE.format(count))
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """Take a draft or a file."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["X-CSRFToken"] == "0" * 64
        if self.site.refuse:
            headers = {"HX-Retarget": "#alerts", "HX-Reswap": "innerHTML show:top"}
            self._answer(409, REFUSED, headers)
        elif self.path == "/drafts":
            self.site.drafts.append(body)
            self._answer(204, "", {"XZ-Saved-At": "10:15"})
        else:
            self.site.uploads.append(body)
            self._answer(200, '<div class="xz-upload-tile">检查通过，共2页</div>')

    def _answer(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        messages: Queue[str | None] = Queue()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b"retry: 100\n\n")
        with self.site.changed:
            self.site.streams.append(messages)
            self.site.changed.notify_all()
        try:
            self._pass_on(messages)
        except OSError:
            pass
        finally:
            with self.site.changed:
                self.site.streams.remove(messages)
                self.site.changed.notify_all()

    def _pass_on(self, messages: Queue[str | None]) -> None:
        while (message := messages.get()) is not None:
            self.wfile.write(f"data: {message}\n\n".encode())


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """Serve the gallery in ``folder`` on a port of its own."""
    site = Site()
    handler = functools.partial(Handler, directory=str(folder), site=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        site.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield site
        finally:
            for stream in list(site.streams):
                stream.put(None)
            server.shutdown()
            thread.join()
