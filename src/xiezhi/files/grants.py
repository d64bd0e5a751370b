"""Who may do what with a blob.

Materials belong to the person who handed them in until a court holds them; an app that shows a
blob to somebody else asks for it in the name of its own permission, as the system.
"""

from typing import Final

from xiezhi.files.permissions import BlobPermission
from xiezhi.foundation.permissions import Grants, is_system, owns, same_unit

_OWNER = owns("owner_id")
_COURT = same_unit("court_id")

GRANTS: Final[Grants] = {
    BlobPermission.STORE: ((is_system,), (_OWNER,), (_COURT,)),
    BlobPermission.READ: ((is_system,), (_OWNER,), (_COURT,)),
    BlobPermission.HOLD: ((is_system,),),
    BlobPermission.RELEASE: ((is_system,),),
    BlobPermission.DESTROY: ((is_system,), (_OWNER,)),
}
