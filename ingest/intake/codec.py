"""Frozen dataclasses to JSON and back, by the types of their fields: what caches and reports are kept in."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")
Reader = Callable[[Any], Any]


def encode(value: Any) -> bytes:
    """Write a value as JSON in UTF-8; a dataclass is the list of its fields in their order.

    It may hold strings, numbers, truth values, None, StrEnums, tuples, frozensets and dataclasses of these.
    """
    return json.dumps(_plain(value), ensure_ascii=True, separators=(",", ":")).encode()


def decode(kind: Callable[..., T], data: bytes) -> T:
    """Read back a dataclass that `encode` wrote; raises ValueError where the data are not one."""
    try:
        value: T = _reader(kind)(json.loads(data))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"not a {kind}: {error}") from error
    return value


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, frozenset):
        return sorted(map(_plain, value))
    return value


@cache
def _reader(kind: Any) -> Reader:
    """What turns JSON into a value of a type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind):
        return _record(kind)
    if origin is tuple:
        return _series(arguments)
    if origin is frozenset:
        return lambda data: frozenset(map(_reader(arguments[0]), data))
    if origin in (types.UnionType, typing.Union):
        (only,) = (one for one in arguments if one is not types.NoneType)
        return lambda data: None if data is None else _reader(only)(data)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return _leaf(kind)


def _record(kind: Any) -> Reader:
    hints = typing.get_type_hints(kind)
    readers = [_reader(hints[field.name]) for field in fields(kind)]

    def read(data: Any) -> Any:
        return kind(*(reader(one) for reader, one in zip(readers, data, strict=True)))

    return read


def _series(arguments: tuple[Any, ...]) -> Reader:
    if arguments[-1] is Ellipsis:
        each = _reader(arguments[0])
        return lambda data: tuple(map(each, data))
    readers = tuple(map(_reader, arguments))
    return lambda data: tuple(reader(one) for reader, one in zip(readers, data, strict=True))


def _leaf(kind: type) -> Reader:
    wanted = (int, float) if kind is float else (kind,)

    def read(data: Any) -> Any:
        if isinstance(data, wanted) and (kind is bool or not isinstance(data, bool)):
            return data
        raise TypeError(f"{data!r:.40} where {kind.__name__} is wanted")

    return read
