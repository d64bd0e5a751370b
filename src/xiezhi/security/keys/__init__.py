"""The keys of one site, in versions, and the pinned public keys of its peers."""

from xiezhi.security.keys.creation import create_keys
from xiezhi.security.keys.current import forget, peers, ring
from xiezhi.security.keys.errors import KeyFileRefused, KeyOutOfTime, KeyRefused, UnknownKey
from xiezhi.security.keys.identities import PublicIdentity, SiteIdentity
from xiezhi.security.keys.peers import PeerBook
from xiezhi.security.keys.ring import KeyRing, WrappedKey

__all__ = [
    "KeyFileRefused",
    "KeyOutOfTime",
    "KeyRefused",
    "KeyRing",
    "PeerBook",
    "PublicIdentity",
    "SiteIdentity",
    "UnknownKey",
    "WrappedKey",
    "create_keys",
    "forget",
    "peers",
    "ring",
]
