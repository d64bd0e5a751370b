"""The one table of who may do what (role codes as in the court's table of posts).

What is not yet a case is for the filing desk alone (未立案材料仅立案人员与提交人). A case is read
by those whose post supervises or manages it; judges and clerks of a case gain it by assignment,
which adds its own rows. Administrators of systems hold nothing here.
"""

from __future__ import annotations

from xiezhi.casework.permissions import May
from xiezhi.foundation.permissions import Grants, has_role, is_system, same_unit

own_court = same_unit("court_id")
filing_desk = has_role("filing_officer")
leadership = has_role("division_head", "court_leader")
management = has_role("trial_mgmt")

GRANTS: Grants = {
    May.RECEIVE: ((is_system,),),
    May.READ_INTAKE: ((is_system,), (filing_desk, own_court)),
    May.REVIEW: ((filing_desk, own_court),),
    May.DECIDE: ((filing_desk, own_court),),
    May.READ_CASE: (
        (is_system,),
        (filing_desk, own_court),
        (leadership, own_court),
        (management, own_court),
    ),
    May.READ_FILE: ((is_system,), (filing_desk, own_court), (leadership, own_court)),
    May.KEEP_FILE: ((is_system,), (filing_desk, own_court)),
    May.WORK: ((is_system,), (filing_desk, own_court)),
}
