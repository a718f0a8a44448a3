"""A cohort of learners from the records they handed in: read, tables, figures, a page."""

from casework.cohort.figures import draw_first_and_last, draw_misconceptions
from casework.cohort.frames import by_statement, confident_mistakes, misconceptions, who_did_what
from casework.cohort.page import as_table, write_report
from casework.cohort.progress import before_and_after, first_and_last, items
from casework.cohort.read import Cohort, gather, read_cohort

__all__ = [
    "Cohort",
    "as_table",
    "before_and_after",
    "by_statement",
    "confident_mistakes",
    "draw_first_and_last",
    "draw_misconceptions",
    "first_and_last",
    "gather",
    "items",
    "misconceptions",
    "read_cohort",
    "who_did_what",
    "write_report",
]
