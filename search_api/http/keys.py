"""The key behind which documents are added and removed, and their jobs are told of."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from search_api.http.dependencies import App

_BEARER = HTTPBearer(auto_error=False, description="The key in LABOUR_API_KEY.")


def require_key(
    application: App, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> None:
    """Refuse who does not give the key: 403 where the server has none, 401 where it is missing or wrong."""
    key = application.settings.api_key
    if key is None or not key.get_secret_value():
        raise HTTPException(
            403,
            "No document is added or removed over HTTP here: set LABOUR_API_KEY and start the server anew.",
        )
    said = "" if given is None else given.credentials
    if not hmac.compare_digest(said.encode("latin-1", "replace"), key.get_secret_value().encode()):
        raise HTTPException(
            401, "Give the key in the header `Authorization: Bearer KEY`.", {"WWW-Authenticate": "Bearer"}
        )
