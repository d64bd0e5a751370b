"""Live updates: one notification per change, carried by the database to every open browser."""

from xiezhi.foundation.live.publish import publish

__all__ = ["publish"]
