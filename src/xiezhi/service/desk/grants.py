"""Who may do what on the desk: its owner, and the exchange that speaks for the court."""

from __future__ import annotations

from xiezhi.contracts.application import ApplicationMover as By
from xiezhi.foundation.permissions import Grants, is_system, owns
from xiezhi.service.desk.permissions import DeskPermission as May

GRANTS: Grants = {
    May.READ: ((owns(),), (is_system,)),
    May.EDIT: ((owns(),),),
    By.PARTICIPANT: ((owns(),),),
    By.COURT: ((is_system,),),
}
