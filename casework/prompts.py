"""What a facilitator may ask a room, whatever the case: for the workshop page, which shows it on request.

What is asked about one case stands in that scenario's notes, and on paper only.
"""

from __future__ import annotations

from pydantic import Field

from casework.scenario import Model, Text


class Prompts(Model):
    """Questions to the room, by the moment at which they help; each is read out as it is."""

    before: tuple[Text, ...] = Field(min_length=1, description="Before the vote.")
    agreed: tuple[Text, ...] = Field(min_length=1, description="After a vote in which one choice has most hands.")
    split: tuple[Text, ...] = Field(min_length=1, description="After a vote without a clear majority.")
    after: tuple[Text, ...] = Field(min_length=1, description="After the coaching.")
