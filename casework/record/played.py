"""Replay a record against today's graphs: what was decided, how sound it was, how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from casework.errors import PathError
from casework.graph import Graph
from casework.library import Library
from casework.record.attempts import Attempt, Record
from casework.record.course import Course, course_of
from casework.walk import WORTH, choose, replay, start

ASSESSED = 20  # drills in a final assessment


@dataclass(frozen=True)
class Decision:
    """One choice that a learner made. *node* is a drill's id where it was a drill; *teaches* are statement ids.

    *sure*: 0 not asked, 1 a guess, 2 fairly sure, 3 certain.
    """

    node: str
    choice: str
    stage: str
    quality: str
    misconception: str | None
    teaches: tuple[str, ...]
    sure: int

    @property
    def points(self) -> int:
        """2 for a sound choice, 1 for one that can be argued, 0 for an unsound one."""
        return WORTH[self.quality]


@dataclass(frozen=True)
class Played:
    """An attempt and what a replay makes of it.

    *kind* is scenario, drills, review, assessment or lesson. *ended*: whether it came to its end; None where that
    cannot be told (spaced review, a series that no lesson shows today). *verdict* is that of the ending reached.
    *stale*: the course has changed since, so that it is kept and not replayed; it has no decisions then.
    """

    attempt: Attempt
    kind: str
    title: str
    ended: bool | None = None
    verdict: str | None = None
    decisions: tuple[Decision, ...] = ()
    stale: bool = False

    @property
    def mode(self) -> str:
        """The mode it was played in."""
        return self.attempt.mode

    @property
    def begun(self) -> str:
        """When it was begun: ISO, UTC."""
        return self.attempt.begun

    @property
    def touched(self) -> str:
        """When it was last gone on with: ISO, UTC."""
        return self.attempt.touched or self.attempt.begun

    @property
    def score(self) -> tuple[int, int]:
        """The points earned and the most that its decisions allow."""
        return sum(decision.points for decision in self.decisions), 2 * len(self.decisions)


def replayed(record: Record, library: Library) -> list[Played]:
    """Return every attempt of *record* that has a choice, in its order, replayed against today's graphs.

    An attempt at a scenario, or at a series that a lesson shows, is stale if its hash is not today's; any attempt
    is stale if its path does not fit. Entries of drills stand on their own: each is looked up by its id.
    """
    course = course_of(library)
    return [replay_attempt(attempt, course) for attempt in record.attempts if attempt.path]


def replay_attempt(attempt: Attempt, course: Course) -> Played:
    """Return *attempt*, which has a path, replayed in *course*; see `replayed`."""
    kind = course.kind(attempt.scenario)
    if kind == "scenario":
        return _scenario(attempt, course)
    if kind == "lesson":
        return _lesson(attempt, course)
    return _drills(attempt, kind, course)


def _scenario(attempt: Attempt, course: Course) -> Played:
    graph = course.graph(attempt.scenario)
    if graph is None:
        return Played(attempt, "scenario", attempt.scenario, stale=True)
    title = graph.data["title"]
    if graph.hash != attempt.hash:
        return Played(attempt, "scenario", title, stale=True)
    try:
        end = replay(graph, attempt.path)
    except PathError:
        return Played(attempt, "scenario", title, stale=True)
    teaches = course.library.scenario(graph.id).teaches
    decisions = _decisions(graph, attempt, teaches)
    ended = end.ended(graph)
    return Played(attempt, "scenario", title, ended, graph.node(end.place).get("verdict"), decisions)


def _decisions(graph: Graph, attempt: Attempt, teaches: tuple[str, ...]) -> tuple[Decision, ...]:
    position, found = start(graph), []
    for number, entry in enumerate(attempt.path):
        node, _, choice = entry.partition("/")
        chosen = graph.choice(position.place, choice)
        stage = graph.node(position.place)["stage"]
        found.append(
            Decision(
                node, choice, stage, chosen["quality"], chosen["misconception"], teaches, sure_of(attempt, number)
            )
        )
        position = choose(graph, position, choice)
    return tuple(found)


def _lesson(attempt: Attempt, course: Course) -> Played:
    number = attempt.scenario.removeprefix("lesson-").lstrip("0")
    title = next((one.title for one in course.library.lessons if str(one.number) == number), None)
    if title is None:
        return Played(attempt, "lesson", attempt.scenario, stale=True)
    return Played(attempt, "lesson", f"Read: {title}", ended=True)


def _drills(attempt: Attempt, kind: str, course: Course) -> Played:
    known = course.series.get(attempt.scenario)
    title = drills_title(attempt.scenario, kind, course)
    decisions = tuple(_drill(entry, sure_of(attempt, n), course) for n, entry in enumerate(attempt.path))
    if None in decisions or (known and known.graph.hash != attempt.hash):
        return Played(attempt, kind, title, stale=True)
    ended = None
    if known:
        ended = len(decisions) == len(known.drills)
    elif kind == "assessment":
        ended = len(decisions) >= ASSESSED
    return Played(attempt, kind, title, ended, None, decisions)


def _drill(entry: str, sure: int, course: Course) -> Decision | None:
    id, _, choice = entry.partition("/")
    drill = course.drills.get(id)
    option = next((one for one in drill.choices if one.id == choice), None) if drill else None
    if option is None:
        return None
    return Decision(id, choice, "close", option.quality, option.misconception, drill.teaches, sure)


def drills_title(scenario: str, kind: str, course: Course) -> str:
    """Return what to call an attempt at drills."""
    if kind == "review":
        return "Spaced review"
    if kind == "assessment":
        return "Final assessment"
    known = course.series.get(scenario)
    if known is None:
        return "Drills"
    lesson = f"lesson {known.number}, {known.title}"
    if not all(name.startswith("before-") for name in known.drills):
        return f"Drills of {lesson}"
    # A lesson may ask its first questions again at its end: the same drills, in another order.
    first = next(one for one in course.series.values() if set(one.drills) == set(known.drills))
    return f"Before {lesson}" if first == known else f"Again after {lesson}"


def sure_of(attempt: Attempt, number: int) -> int:
    """Return how sure the learner was of choice *number*, counted from 0; 0 where it was not asked."""
    return attempt.sure[number] if number < len(attempt.sure) else 0
