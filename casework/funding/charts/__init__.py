"""Tables of money to pictures that a governor or a parent understands. Every figure in them is for practice only."""

from casework.funding.charts.child import draw_child_cost
from casework.funding.charts.pupils import draw_needs_spread, draw_pupils_against_threshold
from casework.funding.charts.school import (
    draw_how_long_it_lasts,
    draw_notional_budget,
    draw_through_the_year,
    draw_who_carries,
)

__all__ = [
    "draw_child_cost",
    "draw_how_long_it_lasts",
    "draw_needs_spread",
    "draw_notional_budget",
    "draw_pupils_against_threshold",
    "draw_through_the_year",
    "draw_who_carries",
]
