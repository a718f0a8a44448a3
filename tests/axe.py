"""Ask axe-core what on a page keeps somebody out: WCAG 2.2, levels A and AA."""

from __future__ import annotations

from importlib.resources import files

from playwright.sync_api import Page

SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ASK = """async (levels) => {
    const settings = { runOnly: { type: "tag", values: levels }, resultTypes: ["violations"], preload: false };
    const { violations } = await axe.run(document, settings);
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`));
}"""


def violations(page: Page) -> list[str]:
    """Return one line for each element of *page* that breaks a rule: the rule, the element and the reason."""
    # What is out of view is not laid out until a reader comes near; axe would measure places that nobody ever sees.
    page.add_style_tag(content="main section section { content-visibility: visible !important; }")
    # Style sheets are not read again (preload): a page opened as a file may not fetch its neighbours.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT)
    return page.evaluate(ASK, LEVELS)
