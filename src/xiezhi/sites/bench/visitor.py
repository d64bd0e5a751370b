"""A visitor without a browser: cookies, forms and files over plain HTTP, as a client without JS."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import IO, Final
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

TIMEOUT: Final = 30.0
_TOKEN: Final = re.compile(r'<meta name="csrf-token" content="([^"]+)"')
Upload = tuple[str, str, str, bytes]


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: where one stands after redirects, and the text."""

    status: int
    url: str
    text: str

    @property
    def path(self) -> str:
        """Return the path alone."""
        return urlsplit(self.url).path


class Visitor:
    """One browser's worth of cookies at one site."""

    def __init__(self, base: str) -> None:
        """Begin at ``base``, signed out."""
        self.base = base
        self._token = ""
        self.cookies = CookieJar()
        self._opener: OpenerDirector = build_opener(
            HTTPCookieProcessor(self.cookies), ProxyHandler({})
        )

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._open(Request(urljoin(self.base, path)))  # noqa: S310 - our own address

    def post(
        self,
        path: str,
        fields: Mapping[str, str] | Sequence[tuple[str, str]],
        files: Sequence[Upload] = (),
    ) -> Page:
        """Send a form, with files ``(field, name, media type, content)`` if there are any."""
        pairs = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
        pairs.append(("csrfmiddlewaretoken", self._token))
        request = Request(urljoin(self.base, path), method="POST")  # noqa: S310 - our own address
        if files:
            border = uuid.uuid4().hex
            request.add_header("Content-Type", f"multipart/form-data; boundary={border}")
            request.data = _multipart(border, pairs, files)
        else:
            request.data = urlencode(pairs).encode()
        return self._open(request)

    def _open(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                return self._page(answer.status, answer.url, answer)
        except HTTPError as error:
            return self._page(error.code, error.url or request.full_url, error)

    def _page(self, status: int, url: str, body: IO[bytes]) -> Page:
        text = body.read().decode("utf-8", "replace")
        if found := _TOKEN.search(text):
            self._token = found.group(1)
        return Page(status, url, text)


def _multipart(border: str, pairs: Sequence[tuple[str, str]], files: Sequence[Upload]) -> bytes:
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    for field, name, media_type, content in files:
        head = (
            f'--{border}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            f"Content-Type: {media_type}\r\n\r\n"
        )
        parts.append(head.encode() + content + b"\r\n")
    return b"".join([*parts, f"--{border}--\r\n".encode()])
