"""Which court may hear a civil case (管辖): place, level, exclusivity, agreement."""

from __future__ import annotations

from xiezhi.law.jurisdiction.level import LevelAnswer, LevelFacts, level
from xiezhi.law.jurisdiction.performance import PerformancePlace, place_of_performance
from xiezhi.law.jurisdiction.territorial import (
    Agreement,
    Connection,
    Territory,
    TerritoryFacts,
    territorial,
)

__all__ = [
    "Agreement",
    "Connection",
    "LevelAnswer",
    "LevelFacts",
    "PerformancePlace",
    "Territory",
    "TerritoryFacts",
    "level",
    "place_of_performance",
    "territorial",
]
