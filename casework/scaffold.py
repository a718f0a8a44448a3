"""A new scenario that passes `check`, so that an author begins with something that works and changes it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from casework.errors import CaseworkError, shown
from casework.load import SCENARIOS
from casework.scenario import Id

START = """\
# yaml-language-server: $schema=../scenario.schema.json
# How a scenario is written: book/authoring.md. `casework check` says what is missing.
title: {title}
about: Say in one sentence whose case this is.
role: You are a new adviser at a SEND Information, Advice and Support Service.
minutes: 10
area: [cognition-and-learning]
phase: primary
setting: maintained
teaches: [S04]
checked: {today}
start: first-call
marks:
  asked-what-is-hard: you asked what the child finds hard
papers:
  teacher-note:
    title: Note from the class teacher
    kind: note
    from: The class teacher
    dated: Monday
    text: |
      Two or three honest lines.
nodes:
  first-call:
    stage: enquiry
    title: The first call
    text: |
      “Somebody says something real here.”
    ask: What do you do first?
    choices:
      - id: wait-for-a-test
        text: Say that nothing can be done until there has been a test.
        then: |
          What follows, and who feels it.
        why: |
          Say the belief by name, why it is so common, and what is right.
        quality: unsound
        misconception: no-diagnosis-no-support
        cites: [cfa-20]
        weeks: 1
        to: what-next
      - id: ask-what-is-hard
        text: Ask what the child finds hard, in class and elsewhere in school.
        then: |
          What follows.
        why: |
          Why this is sound.
        quality: sound
        cites: [cfa-20]
        marks: [asked-what-is-hard]
        files: [teacher-note]
        to: what-next
  what-next:
    stage: plan
    title: What next
    text: |
      The next scene.
    ask: What do you suggest?
    choices:
      - id: ask-for-a-meeting
        text: Suggest asking the school for a meeting about what would help.
        then: |
          What follows.
        why: |
          Why this is sound.
        quality: sound
        cites: [cfa-20]
        to:
          - to: it-goes-well
            needs: [asked-what-is-hard]
          - to: it-goes-on
      - id: leave-it
        text: Suggest that the parent leaves it to the school.
        then: |
          What follows.
        why: |
          Say the belief by name, and what is right.
        quality: unsound
        misconception: no-diagnosis-no-support
        cites: [cfa-20]
        to: it-goes-on
  it-goes-well:
    stage: close
    title: In the spring
    text: |
      The last scene.
    verdict: well
    epilogue: |
      How it turned out for the child.
  it-goes-on:
    stage: close
    title: Still waiting
    text: |
      The last scene.
    verdict: not-yet
    epilogue: |
      How it turned out for the child, and what can still be done.
reflect:
  - A question about this case.
  - A question about your own work.
variations:
  - change: |
      The child has just been given a diagnosis.
    ask: What follows from it by itself?
    choices:
      - id: a-set-number-of-hours
        text: A set number of hours of support.
        why: |
          Say the belief by name, and what is right.
        quality: unsound
        misconception: diagnosis-means-hours
        cites: [cfa-20]
      - id: nothing-by-itself
        text: Nothing by itself; it may give pointers to what helps.
        why: |
          Why this is sound.
        quality: sound
        cites: [cfa-20]
notes:
  purpose: What a room should take away.
  prompts:
    - A question for the room.
  splits: Where rooms usually split, and what helps.
"""


def write(id: str, folder: Path = SCENARIOS) -> Path:
    """Write the scenario *id* into *folder* and return its path.

    Raises `CaseworkError` if *id* is no id, or if there is such a file already.
    """
    try:
        TypeAdapter(Id).validate_python(id)
    except ValidationError:
        raise CaseworkError(f'"{id}" is not an id. Small letters, digits and single hyphens: no-label-yet.') from None
    path = folder / f"{id}.yaml"
    if path.exists():
        raise CaseworkError(f"{shown(path)} exists already. Choose another id.")
    title = id.replace("-", " ").capitalize()
    path.write_text(START.format(title=title, today=date.today().isoformat()), encoding="utf-8")
    return path
