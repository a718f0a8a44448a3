"""What the Sphinx extension does to pages, without building a book."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from casework import book
from casework.library import Library
from casework.terms import link_terms

APP = SimpleNamespace(builder=SimpleNamespace(format="html", get_relative_uri=lambda here, there: f"../{there}.html"))


def _page(*parts: nodes.Node) -> nodes.document:
    page = nodes.document(None, None)
    page += parts
    return page


def _terms(page: nodes.document) -> list[str]:
    return [link.astext() for link in page.findall(nodes.reference)]


def test_the_first_use_of_a_term_links_to_its_meaning():
    """A term is linked once on a lesson's page, where it is met first, to its own entry of the glossary."""
    page = _page(
        nodes.paragraph("", "The SENCO rang. Another SENCO came to the academy."), nodes.paragraph("", "SENCO.")
    )

    link_terms(APP, page, "notebooks/01_x")

    assert _terms(page) == ["SENCO", "academy"]
    assert next(iter(page.findall(nodes.reference)))["refuri"] == "../book/glossary.html#term-senco"
    assert page.astext() == "The SENCO rang. Another SENCO came to the academy.\n\nSENCO."


def test_headings_and_links_are_left_alone():
    """No term is linked inside a heading or another link."""
    page = _page(
        nodes.title("", "The SENCO"), nodes.paragraph("", "", nodes.reference("", "the academy", refuri="x"))
    )

    link_terms(APP, page, "notebooks/01_x")

    assert _terms(page) == ["the academy"]


def test_pages_that_are_no_lessons_have_no_terms_linked():
    """The glossary does not link to itself."""
    page = _page(nodes.paragraph("", "The SENCO"))

    link_terms(APP, page, "book/glossary")

    assert _terms(page) == []


def test_an_unknown_made_page_is_told():
    """A misspelt name after from-data stops the build and names the one that was meant."""
    with pytest.raises(ExtensionError, match=r'nothing called "sorces" is made .* Did you mean "sources"'):
        book.fill(None, "book/x", ["# X\n\n```{from-data} sorces\n```\n"])


def test_what_is_made_stands_in_the_place_of_its_fence(library: Library):
    """The made Markdown replaces the fence and nothing else."""
    source = ["before\n\n```{from-data} beliefs\n```\n\nafter"]

    book.fill(None, "book/x", source)

    assert source[0].startswith("before\n\n- [") and source[0].endswith("\n\nafter")
    assert source[0].count("- [") == len(library.misconceptions)


def test_each_misconception_has_a_page_and_no_page_outlives_its_own(tmp_path: Path, library: Library):
    """Pages are written for all misconceptions, and the page of one that is gone is taken away."""
    (tmp_path / "scenarios").symlink_to(library.root)
    folder = tmp_path / book.BELIEFS
    folder.mkdir(parents=True)
    (folder / "once-upon-a-time.md").write_text("x", encoding="utf-8")

    book.write_beliefs(SimpleNamespace(srcdir=tmp_path), None)

    assert {page.stem for page in folder.glob("*.md")} == set(library.misconceptions)


def test_lessons_run_again_only_when_what_they_draw_on_changed(monkeypatch: pytest.MonkeyPatch):
    """A change in the package or the scenarios makes every page old; no change makes none."""
    env = SimpleNamespace(found_docs={"a", "b"})
    first = book.outdated(None, env, None, None, None)
    again = book.outdated(None, env, None, None, None)
    monkeypatch.setattr(book, "material", lambda: "changed")

    assert (first, again) == (["a", "b"], [])
    assert book.outdated(None, env, None, None, None) == ["a", "b"]


def test_a_table_scrolls_inside_a_named_region():
    """Each table stands in a region that can be focused, named by its caption."""
    body = book.scrollable("<table><caption>Rates</caption></table>")

    assert body == (
        '<div class="table" role="region" tabindex="0" aria-label="Table 1: Rates">'
        "<table><caption>Rates</caption></table></div>"
    )
