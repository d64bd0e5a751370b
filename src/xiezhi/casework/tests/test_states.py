from __future__ import annotations

from xiezhi.casework.states import INTAKE, WORK, IntakeState, WorkState


def test_only_decided_applications_have_no_way_out() -> None:
    assert {s for s in IntakeState if not INTAKE.open_from(s)} == {"accepted", "rejected"}


def test_only_done_work_has_no_way_out() -> None:
    assert {s for s in WorkState if not WORK.open_from(s)} == {"done"}


def test_every_move_names_its_article_and_its_label() -> None:
    unnamed = [m.name for m in INTAKE.moves.values() if not (m.basis and m.label)]
    unnamed += [m.name for m in WORK.moves.values() if not (m.basis and m.label)]
    assert unnamed == []
