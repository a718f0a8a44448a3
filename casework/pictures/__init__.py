"""Pictures that follow the page's colours, scale to a telephone and say their numbers in words and in a table.

`canvas` is the only door to matplotlib, which is imported when something is drawn and not before.
"""

from casework.pictures.picture import Boxes, Picture
from casework.pictures.three_questions import draw_three_questions
from casework.pictures.waiting import draw_waiting

__all__ = ["Boxes", "Picture", "draw_three_questions", "draw_waiting"]
