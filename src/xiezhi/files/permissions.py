"""What can be permitted about a blob."""

from xiezhi.foundation.permissions import Permission


class BlobPermission(Permission):
    """Permissions on blobs; who may reach a blob is decided by the app that holds its id."""

    STORE = "blob.store"
    READ = "blob.read"
    HOLD = "blob.hold"
    RELEASE = "blob.release"
    DESTROY = "blob.destroy"
