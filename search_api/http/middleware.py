"""What holds for every request: a bound on its body, and a few headers on its response."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from search_api.serving import Serving

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most bytes of a body, and the most seconds that all of it may take to come."""

    size: int
    seconds: float | None = None


class BodyLimit:
    """Refuse a body of more bytes than its route takes (413), by its declared or its real length, and one
    that is too slow (408).
    """

    def __init__(self, app: ASGIApp, most: Bounds, uploads: Mapping[tuple[str, str], Bounds]) -> None:
        """Wrap an application; `uploads` are the bounds of some methods and paths, `most` of all others."""
        self._app = app
        self._most = most
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; the body is counted as the application reads it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bounds = self._uploads.get((scope["method"], scope["path"]), self._most)
        declared = Headers(scope=scope).get("content-length", "0")
        end = None if bounds.seconds is None else monotonic() + bounds.seconds
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            if declared.isdecimal() and int(declared[:20]) > bounds.size:
                raise _too_large(bounds)
            message = await _in_time(receive, end)
            taken += len(message.get("body", b""))
            if taken > bounds.size:
                raise _too_large(bounds)
            return message

        await self._app(scope, counted, send)


async def _in_time(receive: Receive, end: float | None) -> Message:
    """Wait for the next part of a body, but not beyond an end (`time.monotonic`)."""
    if end is None:
        return await receive()
    try:
        return await asyncio.wait_for(receive(), max(0.0, end - monotonic()))
    except TimeoutError as error:
        raise HTTPException(408, "The upload took too long; send it over a faster line.") from error


def _too_large(bounds: Bounds) -> HTTPException:
    return HTTPException(413, f"The body has more than {bounds.size:,} bytes; send less.")


class ResponseHeaders:
    """Add the security headers and the name of the generation, and answer 304 where that is known already.

    The name is that of the generation which the request was read from, else of the one in hand. What was
    read from a generation has it as its weak ETag: under the same address the next one may read otherwise.
    """

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        """Wrap an application that answers from what `serving` gives out."""
        self._app = app
        self._serving = serving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        unchanged = False

        async def with_headers(message: Message) -> None:
            nonlocal unchanged
            if message["type"] == "http.response.start":
                self._mark(scope, message)
                unchanged = message["status"] == 304
            elif unchanged:
                message = {**message, "body": b""}
            await send(message)

        await self._app(scope, receive, with_headers)

    def _mark(self, scope: Scope, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        read_from = scope.get("state", {}).get("generation")
        if generation := read_from or self._serving.name:
            headers["X-Generation"] = generation
        if read_from and scope["method"] == "GET" and message["status"] == 200:
            headers["ETag"] = tag = f'W/"{read_from}"'
            headers["Cache-Control"] = "no-cache"
            if _names(Headers(scope=scope), tag):
                message["status"] = 304
                del headers["content-length"], headers["content-type"]


class Unforeseen:
    """Answer an error that nothing else answers within all that holds for every response."""

    def __init__(self, app: ASGIApp, handle: Callable[[Request, Exception], Response]) -> None:
        """Wrap an application; `handle` makes the response of an error."""
        self._app = app
        self._handle = handle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; an error after the response has begun goes on."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            await self._handle(Request(scope), error)(scope, receive, send)


class HeadAsGet:
    """Answer HEAD as GET is answered, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, without_body)


def _names(headers: Headers, tag: str) -> bool:
    """Whether If-None-Match names a tag, compared weakly (RFC 9110, 13.1.2)."""
    given = [one.strip() for row in headers.getlist("if-none-match") for one in row.split(",")]
    return "*" in given or tag.removeprefix("W/") in {one.removeprefix("W/") for one in given}
