"""Know the named addresses of the site that is configured, and what each of them takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

Addresses = Mapping[str, list[frozenset[str]]]


def site_addresses() -> Addresses | None:
    """Give each name with the parameters it may take; None when no site is configured."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return None
    found: dict[str, list[frozenset[str]]] = {}
    for name, taken in _walk(get_resolver().url_patterns, "", frozenset()):
        found.setdefault(name, []).append(taken)
    return found


def _walk(
    patterns: Iterable[URLPattern | URLResolver], space: str, taken: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    for pattern in patterns:
        own = taken | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, own)
        elif pattern.name:
            yield f"{space}{pattern.name}", own - frozenset(pattern.default_args)


def address_fault(
    addresses: Addresses, name: str, positional: int, named: frozenset[str]
) -> str | None:
    """Say what is wrong with url(name, ...); None when nothing is."""
    forms = addresses.get(name)
    if forms is None:
        return f"there is no address named {name!r}"
    for taken in forms:
        if (positional and not named and positional == len(taken)) or (
            not positional and named == taken
        ):
            return None
    wanted = " or ".join(f"({', '.join(sorted(taken))})" for taken in forms)
    return f"address {name!r} takes {wanted}"
