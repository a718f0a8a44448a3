"""The book's Sphinx extension: the theme, what its pages know, and the few files that they load.

Sphinx and its helpers bring scripts and style sheets of their own; the theme's `layout.html` leaves them all
out. A page loads one style sheet, and a script only where something stands on it that needs the script.
"""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from casework import reference
from casework.errors import CaseworkError, did_you_mean
from casework.library import Library
from casework.load import SCENARIOS
from casework.player.catalogue import drills_script, script
from casework.player.workshop_page import case_scripts, prompts_script
from casework.terms import link_terms

HERE = Path(__file__).parent
THEME = HERE / "theme"
PLAYER = HERE / "player" / "static"
SHEETS = (
    PLAYER / "tokens.css",
    THEME / "page.css",
    *(
        PLAYER / f"{name}.css"
        for name in (
            "base",
            "player",
            "planner",
            "tools",
            "progress",
            "sitting",
            "certificate",
            "workshop",
            "pictures",
        )
    ),
)
# What every page loads: the ground that all scripts stand on, and the record, which ticks the lessons that are read.
GROUND = ("base.js", "record.js")
# A script, and what on a page calls for it.
SCRIPTS = {
    "player.js": 'class="casework"',
    "planner.js": 'class="casework-planner"',
    "sweep.js": 'class="casework-sweep"',
    # Tools draw with these, so they come first.
    "dates.js": 'data-script="dates.js"',
    "writing.js": 'data-script="writing.js"',
    "tools.js": 'class="casework-tool"',
    "course.js": "data-course",
    "transfer.js": 'class="casework-progress"',
    "progress.js": 'class="casework-progress"',
    "sitting.js": "data-drills",
    "review.js": 'class="casework-review"',
    "assessment.js": "data-assessment",
    "certificate.js": 'class="casework-certificate"',
    "tally.js": "data-workshop",
    "room.js": "data-workshop",
    "stage.js": "data-workshop",
    "workshop.js": "data-workshop",
}
# Scripts that are made from the data, and what on a page calls for them; they come before the others.
MADE_SCRIPTS = {
    "catalogue.js": ("data-course", script),
    "drills.js": ("data-drills", drills_script),
    "prompts.js": ("data-workshop", prompts_script),
}
# A script for each case, which the workshop page loads when its case is picked.
CASES = "cases"
MADE = {
    name: getattr(reference, name)
    for name in (
        "belief", "beliefs", "complaints", "coverage", "facilitator_notes", "glossary", "leaflet", "packs",
        "sources", "track",
    )
}  # fmt: skip
BELIEFS = "book/misconceptions"
PACKS = "book/packs"
LESSON = re.compile(r"notebooks/0?([1-9]|10)_")
FROM_DATA = re.compile(r"^```\{from-data\} (.+)\n```$", re.MULTILINE)
# Jupyter Book sets these for extensions that this book leaves out; undeclared, each would be a warning.
STRAY_SETTINGS = ("comments_config", "use_jupyterbook_latex")
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
CAPTION = re.compile(r"<caption\b.*?</caption>", re.DOTALL)


def stylesheet() -> str:
    """Return the one style sheet of the book: tokens, page, and what plays on a page."""
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)


def version() -> str:
    """Return a short hash of what pages load, so that a browser never keeps an old copy beside a new page."""
    loaded = stylesheet().encode() + b"".join((PLAYER / name).read_bytes() for name in (*GROUND, *SCRIPTS))
    # Scripts that are made from the data change with it.
    return hashlib.sha256(loaded + material().encode()).hexdigest()[:8]


def material() -> str:
    """Return a hash of all that notebooks and made pages draw on: the package and everything in `scenarios/`."""
    files = sorted(
        [*HERE.rglob("*.py"), *SCENARIOS.rglob("*.yaml"), *(SCENARIOS.parent / "notebooks").glob("*.ipynb")]
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def fill(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put what `casework.reference` makes where a page says ```` ```{from-data} sources ```` (and a closing fence).

    `belief` takes the id of a misconception as a second word. This is done to the page's text, before it is read,
    so that headings in what is made are headings of the page.
    """
    source[0] = FROM_DATA.sub(lambda found: _made(docname, *found[1].split()), source[0])


def _made(docname: str, name: str, *rest: str) -> str:
    if name not in MADE:
        raise ExtensionError(f'{docname}: nothing called "{name}" is made from the data. {did_you_mean(name, MADE)}')
    try:
        return MADE[name](Library(), *rest)
    except CaseworkError as error:
        raise ExtensionError(f"{docname}: {error}") from None


def contents(env: BuildEnvironment, current: str) -> list[dict[str, Any]]:
    """Return the parts of the book in the order of `_toc.yml`, each with its caption and its pages."""
    root = env.external_site_map.root
    home = {"caption": "", "pages": [_entry(env, root.docname, current) | {"title": "Welcome"}]}
    parts = [
        {"caption": tree.caption or "", "pages": [_entry(env, name, current) for name in tree.files()]}
        for tree in root.subtrees
    ]
    return [home, *parts]


def _entry(env: BuildEnvironment, name: str, current: str) -> dict[str, Any]:
    """Return one line of the contents; `_toc.yml` may write a page with or without its ending."""
    docname = name if name in env.titles else name.rpartition(".")[0]
    found = LESSON.match(docname)
    lesson = found[1] if found else ""
    title = (f"{lesson}. " if lesson else "") + env.titles[docname].astext()
    return {"docname": docname, "title": title, "lesson": lesson, "current": docname == current}


def headings(env: BuildEnvironment, docname: str) -> list[dict[str, str]]:
    """Return anchor and text of the second-level headings of a page."""
    page = next(iter(env.tocs[docname].findall(nodes.list_item)), None)
    below = page.children[1:] if page else []
    entries = [item.next_node(nodes.reference) for group in below for item in group.children]
    return [{"anchor": entry["anchorname"], "text": entry.astext()} for entry in entries if entry]


def scrollable(body: str) -> str:
    """Return *body* with each table in a named region, so that a wide one scrolls inside itself."""
    count = 0

    def wrap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        caption = CAPTION.search(match[0])
        name = re.sub(r"<[^>]+>", "", caption[0]).strip() if caption else "on this page"
        label = html.escape(html.unescape(f"Table {count}: {name}" if caption else f"Table {count} {name}"))
        # pandas leaves the corner above its index an empty heading, which a screen reader would announce.
        table = match[0].replace("<th></th>", "<td></td>")
        return f'<div class="table" role="region" tabindex="0" aria-label="{label}">{table}</div>'

    return TABLE.sub(wrap, body)


def prepare(app: Sphinx, config: Any) -> None:
    """Give every page the service's details and the day of the law."""
    service = Library(Path(app.srcdir) / "scenarios").service
    day = service.law_as_at
    config.html_context = {
        **config.html_context,
        "service": service,
        "law_date": f"{day.day} {day:%B %Y}",
        "version_of_files": version(),
    }


def write_beliefs(app: Sphinx, config: Any) -> None:
    """Write a page for each misconception, so that each has an address of its own; Git does not keep them."""
    folder = Path(app.srcdir) / BELIEFS
    folder.mkdir(parents=True, exist_ok=True)
    misconceptions = Library(Path(app.srcdir) / "scenarios").misconceptions
    for page in folder.glob("*.md"):
        if page.stem not in misconceptions:
            page.unlink()
    for id, one in misconceptions.items():
        page, text = folder / f"{id}.md", f"# {one.name}\n\n```{{from-data}} belief {id}\n```\n"
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")


def outdated(app: Sphinx, env: BuildEnvironment, added: Any, changed: Any, removed: Any) -> list[str]:
    """Have lessons run again, and made pages made again, when anything that they draw on has changed."""
    now = material()
    before, env.needs_first_material = getattr(env, "needs_first_material", None), now
    return [] if now == before else sorted(env.found_docs)


def packs_came(app: Sphinx, env: BuildEnvironment, added: Any, changed: Any, removed: Any) -> list[str]:
    """Have the page of printed packs made again when packs were made, or are gone."""
    now = reference.made_packs(Library(Path(app.srcdir) / "scenarios"))
    before, env.needs_first_packs = getattr(env, "needs_first_packs", None), now
    return [PACKS] if now != before and PACKS in env.found_docs else []


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have every page written again when a title or the order changed, because each page lists them all."""
    now = contents(env, "")
    before, env.needs_first_contents = getattr(env, "needs_first_contents", None), now
    return [] if now == before else sorted(env.found_docs)


def dress(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Tell the template of one page what stands on it, and where it is in the book."""
    body = context.get("body", "")
    context["body"] = scrollable(body)
    playing = [name for name, call in SCRIPTS.items() if call in body]
    context["plays"] = bool(playing)
    made = [name for name, (call, _) in MADE_SCRIPTS.items() if call in body]
    context["scripts"] = [*GROUND, *made, *playing]
    context["parts"] = contents(app.env, pagename)
    context["headings"] = headings(app.env, pagename) if doctree is not None else []


def publish(app: Sphinx, exception: Exception | None) -> None:
    """Write the files that every page loads, and a front door that needs no script."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    (static / "needs-first.css").write_text(stylesheet(), encoding="utf-8")
    for name in (*GROUND, *SCRIPTS):
        (static / name).write_bytes((PLAYER / name).read_bytes())
    library = Library(Path(app.srcdir) / "scenarios")
    for name, (_, write) in MADE_SCRIPTS.items():
        (static / name).write_text(write(library), encoding="utf-8")
    (static / CASES).mkdir(exist_ok=True)
    for name, text in case_scripts(library).items():
        (static / CASES / name).write_text(text, encoding="utf-8")
    door = (THEME / "door.html").read_text(encoding="utf-8")
    target = f"{app.config.root_doc}.html"
    (Path(app.outdir) / "index.html").write_text(door.replace("TARGET", target), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the theme `needs_first` and the steps above with Sphinx."""
    app.add_html_theme("needs_first", str(THEME))
    for name in STRAY_SETTINGS:
        app.add_config_value(name, None, "")
    app.connect("config-inited", prepare)
    # Before the table of contents is read: it lists these pages by a glob.
    app.connect("config-inited", write_beliefs, priority=100)
    app.connect("source-read", fill)
    app.connect("env-get-outdated", outdated)
    app.connect("env-get-outdated", packs_came)
    app.connect("env-updated", renew)
    app.connect("doctree-resolved", link_terms)
    app.connect("html-page-context", dress)
    app.connect("build-finished", publish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
