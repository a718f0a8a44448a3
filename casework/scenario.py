"""What an author may write: one model a thing, unknown keys forbidden, field rules only.

Rules that need the rest of the file, or another file, are laws (`casework.laws`).
Scenarios are trees of plain facts. There are no expressions, on purpose: a condition names facts, nothing more.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from casework.funding.provision import Line

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _without_marks(text: str) -> str:
    """Refuse the marks of Markdown where a page shows them as they stand."""
    if set(text) & set("*_`"):
        raise ValueError("this text is plain and shows * _ and ` as they stand; use quotation marks, or none")
    return text


Plain = Annotated[Text, AfterValidator(_without_marks)]
StatementId = Annotated[str, StringConstraints(pattern=r"^S\d\d$")]
Fact = Id

Stage = Literal["enquiry", "assess", "plan", "do", "review", "escalate", "close"]
Quality = Literal["sound", "arguable", "unsound"]
Verdict = Literal["well", "partly", "not-yet"]
Area = Literal[
    "communication-and-interaction",
    "cognition-and-learning",
    "social-emotional-and-mental-health",
    "sensory-and-physical",
]
Phase = Literal["early-years", "primary", "secondary", "post-16", "several"]
Setting = Literal["maintained", "academy", "independent", "special", "nursery", "college", "pru", "several"]


class Model(BaseModel):
    """What every model here shares: values do not change, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Paper(Model):
    """A short document that the learner can open: a support plan, a note, an e-mail, a price list, a letter."""

    title: Text
    kind: Literal["support-plan", "review-note", "email", "price-list", "letter", "note", "report"]
    author: Text = Field(alias="from", description="Who wrote it, in words.")
    dated: Text = Field(description="Its date, as it stands on the paper.")
    text: Text = Field(description="Markdown; raw HTML is shown as text.")


class Route(Model):
    """One way on from a choice, taken when every fact in *needs* holds and none in *unless* does."""

    to: Id
    needs: tuple[Fact, ...] = ()
    unless: tuple[Fact, ...] = ()


def _one_way_on(value: object) -> object:
    """Let an author write `to: node` for the common case of a single route without conditions."""
    return ({"to": value},) if isinstance(value, str) else value


class Option(Model):
    """An answer with its coaching: what a drill, a variation card and a scene's choice have in common."""

    id: Id
    text: Plain = Field(description="What the learner would do or say. Plain text.")
    why: Text = Field(description="The coaching: what is sound or mistaken in it. Markdown.")
    quality: Quality
    misconception: Id | None = None
    cites: tuple[Id, ...] = Field(default=(), description="Ids from authorities.yaml.")


class Choice(Option):
    """What a learner can do in a scene, what then happens, and where it leads."""

    then: Text = Field(description="What happens: the story's consequence. Markdown.")
    to: Annotated[
        tuple[Route, ...],
        BeforeValidator(_one_way_on, json_schema_input_type=Id | list[Route]),
        Field(min_length=1, description="A node's id, or a list of routes that are tried in order."),
    ]
    needs: tuple[Fact, ...] = ()
    unless: tuple[Fact, ...] = ()
    marks: tuple[Fact, ...] = Field(default=(), description="Facts that hold from now on; see the scenario's marks.")
    files: tuple[Fact, ...] = Field(default=(), description="Papers that go on the file; see the scenario's papers.")
    buys: tuple[Line, ...] = Field(default=(), description="Provision that begins here, costed from the rates.")
    weeks: Annotated[int, Field(ge=0, le=52)] = 0


class Node(Model):
    """A scene with choices, or an ending with a verdict and an epilogue; never both."""

    stage: Stage
    title: Plain = Field(description="The scene's heading: short, plain text.")
    text: Text = Field(description="The scene. Markdown.")
    ask: Plain | None = None
    choices: tuple[Choice, ...] = ()
    verdict: Verdict | None = None
    epilogue: Text | None = None

    @model_validator(mode="after")
    def _scene_or_ending(self) -> Node:
        if self.choices and (self.verdict or self.epilogue):
            raise ValueError("a node has either choices or a verdict with an epilogue, not both")
        if not self.choices and not (self.verdict and self.epilogue):
            raise ValueError("a node without choices is an ending: it needs a verdict and an epilogue")
        if self.choices and not self.ask:
            raise ValueError("a node with choices needs an ask: the question that the learner decides")
        return self


class Variation(Model):
    """A card that changes one fact after the case is closed, and asks again."""

    change: Text = Field(description="The fact that is different now. Markdown.")
    ask: Plain
    choices: tuple[Option, ...] = Field(min_length=2)


class Notes(Model):
    """For a facilitator only; never shown to a learner who plays."""

    purpose: Text
    prompts: tuple[Text, ...] = Field(min_length=1)
    splits: Text = Field(description="Where rooms usually split, and what helps.")


class Scenario(Model):
    """One case, whole. Its id is the name of its file."""

    title: Text
    about: Text
    role: Text = Field(description="Who the learner is in this case.")
    minutes: Annotated[int, Field(ge=1, le=120)]
    area: tuple[Area, ...] = Field(min_length=1)
    phase: Phase
    setting: Setting
    teaches: tuple[StatementId, ...] = Field(min_length=1)
    checked: date = Field(description="The day on which someone last read its sources.")
    priced: date | None = Field(default=None, description="The day whose rates cost its provision; needed with buys.")
    costs_for: Literal["child", "school"] = Field(
        default="child", description="Whose yearly cost the lines of buys add up to; only a child's meets the £6,000."
    )
    start: Id
    files: tuple[Fact, ...] = Field(default=(), description="Papers that are on the file from the beginning.")
    marks: dict[Fact, Text] = Field(default={}, description="Each fact that a choice may set, in words.")
    papers: dict[Fact, Paper] = {}
    nodes: dict[Id, Node] = Field(min_length=1)
    reflect: tuple[Text, Text]
    next: tuple[Id, ...] = Field(default=(), description="What to play next, best first: scenario ids.")
    variations: tuple[Variation, ...] = Field(min_length=1, max_length=3, description="Cards, one after another.")
    notes: Notes


class Drill(Model):
    """A single question with its coaching."""

    id: Id
    teaches: tuple[StatementId, ...] = Field(min_length=1)
    red_line: Literal["six-thousand", "may-and-is", "who-may-ask", "safeguarding"] | None = None
    title: Plain
    text: Text = Field(description="The situation. Markdown.")
    ask: Plain
    choices: tuple[Option, ...] = Field(min_length=2)


class DrillFile(Model):
    """The drills of one lesson."""

    lesson: Annotated[int, Field(ge=1, le=10)]
    checked: date
    drills: tuple[Drill, ...] = Field(min_length=1)


class Authority(Model):
    """What a statement rests on. *status* says whether somebody has seen it: see the sources page."""

    title: Text
    short: Text = Field(description="How coaching names it: 'section 20, Children and Families Act 2014'.")
    kind: Literal["statute", "regulations", "case-law", "statutory-guidance", "guidance", "local", "leaflet"]
    says: Text = Field(description="The point relied on, in our own words, or a quotation of law in quotation marks.")
    href: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
    checked: date
    status: Literal["confirmed", "to-confirm"]
    ledger: tuple[Text, ...] = Field(min_length=1, description="Entries of the facts ledger that carry it.")


class Misconception(Model):
    """Something that people really say, why they believe it, and what is right."""

    name: Text = Field(description="The belief in a few words, as coaching names it.")
    said: Text
    believed: Text = Field(description="Why it is so common. No blame.")
    right: Text
    cites: tuple[Id, ...] = Field(min_length=1)
    ledger: Text


class Statement(Model):
    """One statement of the source leaflet: what it says, and what holds now."""

    says: Text
    verdict: Literal["right", "dated", "nuance"]
    now: Text
    cites: tuple[Id, ...] = ()


class Term(Model):
    """A word of the field, in plain sentences."""

    term: Text = Field(description="The word as people say it.")
    says: Text = Field(description="What it means: one to three plain sentences.")
    cites: tuple[Id, ...] = ()
    linked: bool = Field(
        default=True, description="Whether its first use in a lesson links here; no for everyday words."
    )


class Step(Model):
    """One thing to do on a track: a lesson, a case, or a page of the book."""

    lesson: Annotated[int, Field(ge=1, le=10)] | None = None
    scenario: Id | None = None
    page: Id | None = Field(default=None, description="The name of a page in `book/`.")
    minutes: Annotated[int, Field(ge=1, le=240)] | None = Field(
        default=None, description="How long it takes on this track; otherwise as long as the lesson or the case says."
    )

    @model_validator(mode="after")
    def _one_thing(self) -> Step:
        if sum(one is not None for one in (self.lesson, self.scenario, self.page)) != 1:
            raise ValueError("a step is one thing: a lesson, a scenario or a page")
        if self.page and not self.minutes:
            raise ValueError("a page does not say how long it takes; give its minutes")
        return self


class Sitting(Model):
    """What one does at one go."""

    title: Text
    steps: tuple[Step, ...] = Field(min_length=1)


class Track(Model):
    """A way through the course for one kind of learner."""

    title: Text
    who: Text
    form: Text
    sittings: tuple[Sitting, ...] = Field(min_length=1)


class Link(Model):
    """A link to a page on the open web, shown and never fetched."""

    text: Text
    href: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]


class Service(Model):
    """The information, advice and support service whose course this is."""

    name: Text
    area: Text
    councils: tuple[Text, ...]
    law_as_at: date
    links: tuple[Link, ...] = ()
