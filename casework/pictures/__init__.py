"""Pictures that follow the page's colours, scale to a telephone and say their numbers in words and in a table.

`canvas` is the only door to matplotlib, which is imported when something is drawn and not before.
"""

from casework.pictures.needs_cross import draw_needs_cross
from casework.pictures.picture import Boxes, Picture
from casework.pictures.rounds import draw_rounds
from casework.pictures.school_census import draw_school_census
from casework.pictures.three_questions import draw_three_questions
from casework.pictures.three_ways import draw_three_ways
from casework.pictures.timeline import draw_timeline
from casework.pictures.two_years import draw_two_years
from casework.pictures.waiting import draw_waiting
from casework.pictures.what_stays import draw_what_stays_and_what_goes_on
from casework.pictures.whose_job import draw_whose_job

__all__ = [
    "Boxes",
    "Picture",
    "draw_needs_cross",
    "draw_rounds",
    "draw_school_census",
    "draw_three_questions",
    "draw_three_ways",
    "draw_timeline",
    "draw_two_years",
    "draw_waiting",
    "draw_what_stays_and_what_goes_on",
    "draw_whose_job",
]
