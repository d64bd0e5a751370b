"""The trial clock (审限): when a procedure must end, whatever order its events arrive in."""

from __future__ import annotations

from xiezhi.law.trial_clock.adjournment import Adjournment, adjourn
from xiezhi.law.trial_clock.clock import TrialClock, clock
from xiezhi.law.trial_clock.events import (
    Concluded,
    Converted,
    Event,
    Excluded,
    Extended,
    Filed,
)
from xiezhi.law.trial_clock.limits import grounds, procedures

__all__ = [
    "Adjournment",
    "Concluded",
    "Converted",
    "Event",
    "Excluded",
    "Extended",
    "Filed",
    "TrialClock",
    "adjourn",
    "clock",
    "grounds",
    "procedures",
]
