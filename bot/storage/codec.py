"""The values of `bot.article` as JSON and back: what is read equals what was written, or is refused.

A stored value may be damaged, or of another version of Verbatim; so every type is checked on the way in. It must not
know SQL.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache, partial
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from bot.article import Answer, Quote, Span, Summary, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FORMAT = 1
"""Raised when values of an older form must no longer be read; what has another format counts as absent."""
KINDS: dict[str, Any] = {"summary": Summary, "quotes": tuple[Quote, ...], "answer": Answer, "verdict": Verdict}
"""The kinds of results, by the name under which they are kept."""

_Value = TypeVar("_Value")


def encode(value: object) -> bytes:
    """Write a value: a dataclass of `bot.article`, or a tuple of them. Any text survives, lone surrogates too."""
    # Not as escapes, which would join two surrogates to one character.
    return json.dumps(_plain(value), separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def decode(data: bytes, kind: type[_Value]) -> _Value | None:
    """Read a value of `kind`, such as `Summary` or `tuple[Quote, ...]`; None where the data is not one."""
    form: Any = kind
    try:
        value: _Value = _reader(form)(json.loads(data.decode("utf-8", "surrogatepass")))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    return value


def kind_of(value: object) -> str:
    """The name in `KINDS` of a value's kind."""
    for name, kind in KINDS.items():
        if isinstance(value, get_origin(kind) or kind):
            return name
    reason = f"no kind of result: {type(value).__name__}"
    raise TypeError(reason)


def parts(value: object) -> Iterator[object]:
    """A value and, recursively, all values that it is made of."""
    yield value
    if isinstance(value, tuple):
        inner: Iterable[object] = value
    else:
        inner = (getattr(value, field.name) for field in fields(value)) if is_dataclass(value) else ()
    for item in inner:
        yield from parts(item)


def _plain(value: object) -> object:
    match value:
        case Span():
            return [value.start, value.end]
        case tuple():
            return [_plain(item) for item in value]
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return value


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401  a type, or a form of typing
    """Make the function that reads values of `kind`; once for each, since a long article has thousands."""
    arms = get_args(kind)
    if NoneType in arms:
        inner = _reader(next(arm for arm in arms if arm is not NoneType))
        return lambda plain: None if plain is None else inner(plain)
    if get_origin(kind) is tuple:
        item = _reader(arms[0])
        return lambda plain: tuple([item(element) for element in _typed(list, plain)])
    if kind is Span:
        return _read_span
    return partial(_read_dataclass, kind, _field_readers(kind)) if is_dataclass(kind) else partial(_read_scalar, kind)


def _field_readers(kind: Any) -> dict[str, Callable[[Any], Any]]:  # noqa: ANN401
    # `bot.article` imports datetime for the type checker alone.
    hints = get_type_hints(kind, localns={"datetime": datetime})
    return {name: _reader(hint) for name, hint in hints.items()}


def _read_dataclass(kind: Any, readers: dict[str, Callable[[Any], Any]], plain: object) -> Any:  # noqa: ANN401
    given = _typed(dict, plain)
    if not given.keys() <= readers.keys():
        reason = f"not a {kind.__name__}"
        raise ValueError(reason)
    # A missing field without a default is a TypeError, as for any caller.
    return kind(**{name: readers[name](item) for name, item in given.items()})


def _read_span(plain: object) -> Span:
    start, end = _typed(list, plain)
    return Span(_typed(int, start), _typed(int, end))


def _read_scalar(kind: Any, plain: Any) -> Any:  # noqa: ANN401
    if kind is datetime:
        return datetime.fromisoformat(_typed(str, plain))
    if issubclass(kind, Enum):
        return kind(_typed(str, plain))
    # JSON has one kind of number: 1.0 may come back as 1.
    return float(plain) if kind is float and type(plain) is int else _typed(kind, plain)


def _typed(kind: type[_Value], plain: object) -> _Value:
    # type(), not isinstance(): true is no number.
    if type(plain) is not kind:
        reason = f"not a {kind.__name__}: {plain!r:.40}"
        raise TypeError(reason)
    return plain
