"""The laws: what must hold of a scenario, of a drill, and of the collection, beyond the form of its fields.

One function a law; its docstring is the law as authors read it. Laws report, they do not stop: `check_scenario`
collects every complaint. Laws about what can be reached run only once the names in the file make sense.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from math import sqrt

from casework.errors import CaseworkError, Problem, did_you_mean
from casework.explore import NoWayOn, Place, TooManyPlaces, explore, facts_read
from casework.library import Library
from casework.load import Lines
from casework.scenario import Choice, Option, Scenario

Law = Callable[[Scenario, Lines, Library], Iterator[Problem]]
PlaceLaw = Callable[[Scenario, Lines, list[Place]], Iterator[Problem]]
STALE = timedelta(days=365)


def every_road_leads_somewhere(scenario: Scenario, lines: Lines, library: Library) -> Iterator[Problem]:
    """The start and every `to` name a node of the file."""
    if scenario.start not in scenario.nodes:
        hint = did_you_mean(scenario.start, scenario.nodes)
        yield lines.problem(("start",), f'the start is "{scenario.start}", which is not a node.', hint)
    for choice, loc in _choices(scenario):
        for route in choice.to:
            if route.to not in scenario.nodes:
                message = f'choice "{choice.id}" goes to "{route.to}", which is not a node.'
                yield lines.problem((*loc, "to"), message, did_you_mean(route.to, scenario.nodes))


def every_fact_is_declared(scenario: Scenario, lines: Lines, library: Library) -> Iterator[Problem]:
    """Facts are the names under marks and papers; a choice marks only marks and files only papers."""
    both = set(scenario.marks) & set(scenario.papers)
    for fact in sorted(both):
        yield lines.problem(("marks", fact), f'"{fact}" is a mark and a paper.', "Give one of them another name.")
    facts = {*scenario.marks, *scenario.papers}
    yield from _undeclared(scenario.files, scenario.papers, "paper", ("files",), lines)
    for choice, loc in _choices(scenario):
        yield from _undeclared(choice.marks, scenario.marks, "mark", (*loc, "marks"), lines)
        yield from _undeclared(choice.files, scenario.papers, "paper", (*loc, "files"), lines)
        for each, at in _conditions(choice, loc):
            yield from _undeclared((*each.needs, *each.unless), facts, "fact", at, lines)


def no_fact_is_idle(scenario: Scenario, lines: Lines, library: Library) -> Iterator[Problem]:
    """Every mark is set by some choice and read by some condition; every paper reaches the file."""
    set_somewhere = {fact for choice, _ in _choices(scenario) for fact in (*choice.marks, *choice.files)}
    read = facts_read(scenario)
    for mark in scenario.marks:
        if mark not in set_somewhere:
            yield lines.problem(("marks", mark), f'no choice sets the mark "{mark}".', "Set it, or take it out.")
        if mark not in read:
            yield lines.problem(("marks", mark), f'nothing reads the mark "{mark}".', "Use it, or take it out.")
    for paper in set(scenario.papers) - set_somewhere - set(scenario.files):
        yield lines.problem(("papers", paper), f'the paper "{paper}" never goes on the file.', "File it somewhere.")


def ids_are_unique(scenario: Scenario, lines: Lines, library: Library) -> Iterator[Problem]:
    """No two choices of a node share an id."""
    for name, node in scenario.nodes.items():
        yield from _twice(node.choices, ("nodes", name), lines)
    for n, card in enumerate(scenario.variations):
        yield from _twice(card.choices, ("variations", n), lines)


def every_reason_has_an_authority(scenario: Scenario, lines: Lines, library: Library) -> Iterator[Problem]:
    """Every why cites at least one authority, and every one that it cites exists."""
    yield from _options_hold(_options(scenario), lines, library)


def unsound_choices_name_a_misconception(scenario: Scenario, lines: Lines, library: Library) -> Iterator[Problem]:
    """An unsound choice names the misconception behind it; no other choice does."""
    yield from misconceptions_hold(_options(scenario), lines, library)


def statements_exist(scenario: Scenario, lines: Lines, library: Library) -> Iterator[Problem]:
    """What a scenario teaches are statements of the leaflet, and what comes next are scenarios."""
    for n, statement in enumerate(scenario.teaches):
        if statement not in library.statements:
            yield lines.problem(("teaches", n), f'"{statement}" is not a statement.', "They are S01 to S45.")
    for n, other in enumerate(scenario.next):
        if other not in library.scenario_ids:
            hint = did_you_mean(other, library.scenario_ids)
            yield lines.problem(("next", n), f'"{other}" is not a scenario.', hint)


def purchases_can_be_priced(scenario: Scenario, lines: Lines, library: Library) -> Iterator[Problem]:
    """A scenario that buys says for which day it is priced, and every rate has a figure for that day."""
    from casework.funding.provision import cost

    for choice, loc in _choices(scenario):
        for n, line in enumerate(choice.buys):
            at = (*loc, "buys", n)
            if scenario.priced is None:
                yield lines.problem(at, "something is bought, but the file has no day in `priced`.", "Add it.")
                continue
            try:
                cost(line, library.rates, scenario.priced)
            except CaseworkError as error:
                yield lines.problem(at, str(error))


def every_node_can_be_reached(scenario: Scenario, lines: Lines, places: list[Place]) -> Iterator[Problem]:
    """Some road leads from the start to every node, and some learner is offered every choice."""
    offered = {(place.node, choice) for place in places for choice in place.edges}
    reached = {place.node for place in places}
    for name, node in scenario.nodes.items():
        if name not in reached:
            yield lines.problem(
                ("nodes", name), f'no road leads to "{name}".', "Send a choice there, or take it out."
            )
            continue
        for n, choice in enumerate(node.choices):
            if (name, choice.id) not in offered:
                message = f'choice "{choice.id}" is never on offer: its conditions cannot hold here.'
                yield lines.problem(("nodes", name, "choices", n), message, "Check its needs and unless.")


def something_is_on_offer(scenario: Scenario, lines: Lines, places: list[Place]) -> Iterator[Problem]:
    """In every state of a scene the learner has at least two choices, and one of them is sound."""
    complaints: set[tuple[str, str]] = set()
    for place in places:
        node = scenario.nodes[place.node]
        if not node.choices:
            continue
        sound = [choice for choice in node.choices if choice.id in place.edges and choice.quality == "sound"]
        if not place.edges:
            complaints.add((place.node, "a learner can stand here with no choice on offer."))
        elif len(place.edges) == 1:
            complaints.add((place.node, "a learner can stand here with a single choice, which is no decision."))
        elif not sound:
            complaints.add((place.node, "a learner can stand here with no sound choice on offer."))
    for name, message in sorted(complaints):
        yield lines.problem(("nodes", name), message, "Offer another without a condition.")


def no_road_runs_in_a_circle(scenario: Scenario, lines: Lines, places: list[Place]) -> Iterator[Problem]:
    """A learner never comes back to a state: so every road ends, and what a path can hold is known."""
    circle = _circle(places)
    if circle:
        names = [places[number].node for number in circle]
        message = f"the road runs in a circle: {' → '.join(names)}."
        hint = "Let a choice on it set a mark, and offer that choice `unless` the mark."
        yield lines.problem(("nodes", names[0]), message, hint)


def an_ending_can_be_reached(scenario: Scenario, lines: Lines, places: list[Place]) -> Iterator[Problem]:
    """From every state some road leads to an ending."""
    before: dict[int, set[int]] = {}
    for number, place in enumerate(places):
        for to in place.edges.values():
            before.setdefault(to, set()).add(number)
    good = {number for number, place in enumerate(places) if not scenario.nodes[place.node].choices}
    waiting = list(good)
    while waiting:
        new = before.get(waiting.pop(), set()) - good
        good |= new
        waiting += new
    for name in sorted({place.node for number, place in enumerate(places) if number not in good}):
        yield lines.problem(("nodes", name), f'"{name}" is a trap: no ending can be reached from it.')


LAWS: tuple[Law, ...] = (
    every_road_leads_somewhere,
    every_fact_is_declared,
    no_fact_is_idle,
    ids_are_unique,
    every_reason_has_an_authority,
    unsound_choices_name_a_misconception,
    statements_exist,
    purchases_can_be_priced,
)
PLACE_LAWS: tuple[PlaceLaw, ...] = (
    every_node_can_be_reached,
    something_is_on_offer,
    no_road_runs_in_a_circle,
    an_ending_can_be_reached,
)


def check_scenario(scenario: Scenario, lines: Lines, library: Library) -> list[Problem]:
    """Return every complaint that the laws have about *scenario*; states are explored once its names make sense."""
    problems = [problem for law in LAWS for problem in law(scenario, lines, library)]
    names = [every_road_leads_somewhere, every_fact_is_declared, ids_are_unique]
    if any(True for law in names for _ in law(scenario, lines, library)):
        return problems
    try:
        places = explore(scenario)
    except TooManyPlaces as error:
        return [*problems, lines.problem(("nodes",), str(error))]
    except NoWayOn as error:
        choices = [choice.id for choice in scenario.nodes[error.node].choices]
        loc = ("nodes", error.node, "choices", choices.index(error.choice), "to")
        return [*problems, lines.problem(loc, f"{error}.", "End its list of routes with one that needs nothing.")]
    return problems + [problem for law in PLACE_LAWS for problem in law(scenario, lines, places)]


def check_drills(library: Library) -> list[Problem]:
    """Return every complaint about the drills: ids, authorities, misconceptions, statements, a sound option."""
    problems: list[Problem] = []
    first: dict[str, Lines] = {}
    for file, lines in library.drill_files:
        for n, drill in enumerate(file.drills):
            loc = ("drills", n)
            options = [(option, (*loc, "choices", m)) for m, option in enumerate(drill.choices)]
            problems += _options_hold(options, lines, library)
            problems += misconceptions_hold(options, lines, library)
            problems += _twice(drill.choices, loc, lines)
            if drill.id in first:
                problems.append(lines.problem((*loc, "id"), f'there is a drill "{drill.id}" already.', "Rename it."))
            first[drill.id] = lines
            if not any(option.quality == "sound" for option in drill.choices):
                problems.append(lines.problem(loc, f'drill "{drill.id}" has no sound option.'))
            for statement in drill.teaches:
                if statement not in library.statements:
                    problems.append(lines.problem((*loc, "teaches"), f'"{statement}" is not a statement.'))
    return problems


def check_tracks(library: Library) -> list[Problem]:
    """Return every step of a track that leads nowhere: to no lesson, no scenario or no page of the book."""
    tracks, lines = library.located_tracks
    known: dict[str, set[str]] = {
        "lesson": {str(lesson.number) for lesson in library.lessons},
        "scenario": set(library.scenario_ids),
        "page": {path.stem for path in (library.root.parent / "book").glob("*.md")},
    }
    steps = [
        (step, (id, "sittings", n, "steps", m))
        for id, track in tracks.items()
        for n, sitting in enumerate(track.sittings)
        for m, step in enumerate(sitting.steps)
    ]
    return [
        lines.problem(loc, f'there is no {kind} "{name}".', did_you_mean(str(name), known[kind]))
        for step, loc in steps
        for kind, name in step.model_dump(exclude_none=True, include=set(known)).items()
        if str(name) not in known[kind]
    ]


def stale_authorities(library: Library, today: date) -> list[str]:
    """Return a warning for each authority that was last checked over a year before *today*."""
    return [
        f'authority "{id}" was last checked on {one.checked}, over a year ago. Read it again and mend the date.'
        for id, one in library.authorities.items()
        if today - one.checked > STALE
    ]


def sound_choice_is_not_given_away(decisions: Mapping[str, tuple[Option, ...]]) -> list[str]:
    """Over the collection the sound choice is neither first nor longest more often than chance allows.

    *decisions* maps a name to the options in order. Chance allows two standard deviations above the expected count.
    """
    tells = {"first": 0, "the longest": 0}
    expected = variance = 0.0
    for options in decisions.values():
        sound = [option for option in options if option.quality == "sound"]
        chance = len(sound) / len(options)
        expected += chance
        variance += chance * (1 - chance)
        tells["first"] += options[0].quality == "sound"
        tells["the longest"] += max(options, key=lambda option: len(option.text)).quality == "sound"
    most = expected + 2 * sqrt(variance)
    return [
        f"the sound choice is {tell} in {count} of {len(decisions)} decisions; chance allows {most:.0f}. "
        "Move or trim some."
        for tell, count in tells.items()
        if count > most
    ]


def decisions(library: Library) -> dict[str, tuple[Option, ...]]:
    """Return every decision of the collection: scenes, variation cards and drills."""
    found: dict[str, tuple[Option, ...]] = {}
    for id in library.scenario_ids:
        scenario = library.scenario(id)
        found |= {f"{id}/{name}": node.choices for name, node in scenario.nodes.items() if node.choices}
        found |= {f"{id}/variation {n}": card.choices for n, card in enumerate(scenario.variations, 1)}
    return found | {drill.id: drill.choices for drill in library.drills.values()}


def _choices(scenario: Scenario) -> Iterator[tuple[Choice, tuple[str | int, ...]]]:
    for name, node in scenario.nodes.items():
        for n, choice in enumerate(node.choices):
            yield choice, ("nodes", name, "choices", n)


def _options(scenario: Scenario) -> list[tuple[Option, tuple[str | int, ...]]]:
    cards = [
        (option, ("variations", card, "choices", n))
        for card, variation in enumerate(scenario.variations)
        for n, option in enumerate(variation.choices)
    ]
    return [*_choices(scenario), *cards]


def _conditions(choice: Choice, loc: tuple[str | int, ...]) -> Iterator[tuple[object, tuple[str | int, ...]]]:
    yield choice, loc
    for n, route in enumerate(choice.to):
        yield route, (*loc, "to", n)


def _undeclared(
    facts: Iterable[str], known: Iterable[str], kind: str, loc: tuple[str | int, ...], lines: Lines
) -> Iterator[Problem]:
    known = set(known)
    for fact in facts:
        if fact not in known:
            yield lines.problem(loc, f'"{fact}" is not a {kind} of this scenario.', did_you_mean(fact, known))


def _twice(options: Iterable[Option], loc: tuple[str | int, ...], lines: Lines) -> Iterator[Problem]:
    counts: Counter[str] = Counter()
    for n, option in enumerate(options):
        counts[option.id] += 1
        if counts[option.id] == 2:
            yield lines.problem((*loc, "choices", n), f'choice "{option.id}" stands here twice.', "Rename one.")


def _options_hold(
    options: Iterable[tuple[Option, tuple[str | int, ...]]], lines: Lines, library: Library
) -> Iterator[Problem]:
    for option, loc in options:
        if not option.cites:
            yield lines.problem(loc, f'the why of "{option.id}" cites nothing.', "Add cites: [an authority].")
        for id in option.cites:
            if id not in library.authorities:
                message = f'"{option.id}" cites "{id}", which is not in authorities.yaml.'
                yield lines.problem((*loc, "cites"), message, did_you_mean(id, library.authorities))


def misconceptions_hold(
    options: Iterable[tuple[Option, tuple[str | int, ...]]], lines: Lines, library: Library
) -> Iterator[Problem]:
    """An unsound one of *options*, each with its place, names a misconception that exists; no other names any."""
    for option, loc in options:
        named = option.misconception
        if option.quality == "unsound" and not named:
            yield lines.problem(
                loc, f'"{option.id}" is unsound and names no misconception.', "Name the belief behind it."
            )
        elif option.quality != "unsound" and named:
            message = f'"{option.id}" names the misconception "{named}" but is {option.quality}.'
            yield lines.problem(loc, message, "Only an unsound choice has one.")
        elif named and named not in library.misconceptions:
            message = f'"{named}" is not in misconceptions.yaml.'
            yield lines.problem((*loc, "misconception"), message, did_you_mean(named, library.misconceptions))


def _circle(places: list[Place]) -> list[int]:
    """Return the numbers of places round a circle, first and last the same; empty where there is none."""
    done: set[int] = set()
    for start in range(len(places)):
        road = {start: iter(places[start].edges.values())} if start not in done else {}
        while road:
            here = next(reversed(road))
            step = next(road[here], None)
            if step is None:
                done.add(here)
                del road[here]
            elif step in road:
                numbers = list(road)
                return [*numbers[numbers.index(step) :], step]
            elif step not in done:
                road[step] = iter(places[step].edges.values())
    return []
