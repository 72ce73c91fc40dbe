"""What holds for every request: a bound on its body, and a few headers on its response."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}


class BodyLimit:
    """Refuse a body of more than `most` bytes with status 413, by its declared or its real length."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        """Wrap an application."""
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; the body is counted as the application reads it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            if declared.isdecimal() and int(declared[:20]) > self._most:
                raise self._refusal()
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most:
                raise self._refusal()
            return message

        await self._app(scope, counted, send)

    def _refusal(self) -> HTTPException:
        return HTTPException(413, f"The body has more than {self._most:,} bytes; send less.")


class ResponseHeaders:
    """Add the security headers, and the name of the generation that the request was read from."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if generation := scope.get("state", {}).get("generation"):
                    headers["X-Generation"] = generation
            await send(message)

        await self._app(scope, receive, with_headers)
