"""Two figures of a cohort: what it still believes, case by case, and first attempts beside last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from casework.cohort.choices import DRILLS
from casework.pictures.canvas import WIDTH, bar, canvas, diamond, rule, write
from casework.pictures.picture import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROWS = 12  # misconceptions in the figure; the table beneath has all
LEAST = 5  # answers in a cell; a share of fewer is not drawn
WIDE = WIDTH - 16
NARROW = 6.6  # units that one letter of a title takes, on the safe side
# From which share on, and how a cell then looks: the figure in it says the same.
STEPS = (
    (0.50, {"fill": "unsound", "edge": "unsound"}, "on-brand"),
    (0.25, {"fill": "unsound-soft", "edge": "unsound"}, "ink"),
    (0.10, {"fill": "mark-soft", "edge": "edge"}, "ink"),
    (0.00, {"fill": "card", "edge": "edge"}, "ink"),
)


def draw_misconceptions(table: pd.DataFrame) -> Picture:
    """Draw `misconceptions`: how often each was acted on where it was on offer, case by case, in per cent.

    The misconceptions acted on most often, most first. A cell of fewer than five answers is a dot.
    """
    totals = table.groupby("misconception")[["offered", "chosen"]].sum().sort_values("chosen", ascending=False)
    totals = totals[totals["chosen"] > 0].head(ROWS)
    named = table.drop_duplicates("misconception").set_index("misconception")["name"]
    drawn = table[table["misconception"].isin(totals.index)]
    columns = _columns(drawn)
    tall = 46 * max(1, len(totals)) + 24 * len(columns) + 40
    axes = canvas(tall)
    step = min(40.0, WIDE / max(1, len(columns)))
    for row, id in enumerate(totals.index):
        y = 46 * row
        write(axes, 0, y + 10, _short(named[id], WIDE))
        for column, source in enumerate(columns):
            cell = drawn[(drawn["misconception"] == id) & (drawn["source"] == source)]
            if len(cell):
                _cell(axes, column * step, y + 19, step, cell.iloc[0])
    _key(axes, 46 * len(totals) + 12, step, columns)
    said = [f"{named[id]}: {row.chosen} of {row.offered}." for id, row in totals.iterrows()]
    return Picture(
        title="What the team still believes, case by case",
        figure=axes.figure,
        values=_values(table),
        alternative=(
            f"For each misconception, how many per cent of the answers acted on it where that was on offer. "
            f"Altogether, most first. {' '.join(said)}"
            if said
            else "Nobody acted on a misconception."
        ),
        headline=_headline(named, totals),
        caption=(
            f"Per cent of answers that acted on the belief, where that was on offer. "
            f"A dot: fewer than {LEAST} answers. No cell: nobody met it there."
        ),
    )


def _columns(drawn: pd.DataFrame) -> dict[str, str]:
    """Return source to title, cases in order of their titles and the drills last."""
    titles = drawn.drop_duplicates("source").set_index("source")["title"].to_dict()
    return dict(sorted(titles.items(), key=lambda item: (item[0] == DRILLS, item[1])))


def _cell(axes: Axes, x: float, y: float, step: float, row: pd.Series) -> None:
    few = row["offered"] < LEAST
    fill, ink = next((marks, ink) for least, marks, ink in STEPS if few or row["share"] >= least)
    if few:
        fill, ink = STEPS[-1][1:]
    bar(axes, x + 1, y, step - 2, 20, **fill)
    said = "·" if few else f"{100 * row['share']:.0f}"
    write(axes, x + step / 2, y + 10, said, ink=ink, ha="center", size=14 if step > 24 else 11)


def _key(axes: Axes, y: float, step: float, columns: dict[str, str]) -> None:
    for n in range(len(columns)):
        write(axes, n * step + step / 2, y, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26], bold=True, ha="center")
    for n, title in enumerate(columns.values()):
        letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26]
        write(axes, 0, y + 24 * (n + 1), letter, bold=True)
        write(axes, 24, y + 24 * (n + 1), _short(title, WIDE - 24), ink="ink-soft")


def _headline(named: pd.Series, totals: pd.DataFrame) -> str:
    return f"Most often: {named[totals.index[0]]}" if len(totals) else "No misconception was acted on"


def _values(table: pd.DataFrame) -> pd.DataFrame:
    shown = table[["name", "title", "offered", "chosen", "learners"]].rename(
        columns={"name": "misconception", "title": "where"}
    )
    return shown.assign(per_cent=(100 * table["share"]).round(0).astype("Int64"))


def draw_first_and_last(table: pd.DataFrame) -> Picture:
    """Draw `first_and_last`, case by case: the mean score of first attempts and of last, 0 to 100."""
    means = 100 * table.groupby("what")[["first", "last"]].mean().sort_values("first")
    counts = table.groupby("what").size()
    axes = canvas(50 * max(1, len(means)) + 46)
    scale = WIDE / 100
    for row, (title, first, last) in enumerate(means.itertuples()):
        y = 50 * row
        write(axes, 0, y + 10, _short(f"{title} ({counts[title]})", WIDE - 96))
        write(axes, WIDE, y + 10, f"{first:.0f} → {last:.0f}", bold=True, ha="right")
        rule(axes, (0, WIDE), (y + 30, y + 30))
        rule(axes, (first * scale, last * scale), (y + 30, y + 30), ink="brand", linewidth=4, zorder=2)
        bar(axes, first * scale - 5, y + 25, 10, 10, "card", edge="ink", zorder=3)
        diamond(axes, last * scale, y + 30, "mark")
    y = 50 * len(means) + 14
    bar(axes, 0, y - 5, 10, 10, "card", edge="ink")
    write(axes, 18, y, "first attempt")
    diamond(axes, 150, y, "mark")
    write(axes, 163, y, "last attempt")
    said = [f"{title}: {first:.0f}, then {last:.0f}." for title, first, last in means.itertuples()]
    change = 100 * table["change"].mean() if len(table) else 0.0
    return Picture(
        title="First attempt and last",
        figure=axes.figure,
        values=_first_values(means, counts),
        alternative=f"Mean scores of those who played a case twice or more. {' '.join(said) or 'Nobody did.'}",
        headline=f"{change:+.0f} points on average".replace("-", "−") if len(table) else "Nobody played a case twice",
        caption="Mean score out of 100. In brackets, how many played the case to its end twice or more.",
    )


def _first_values(means: pd.DataFrame, counts: pd.Series) -> pd.DataFrame:
    rounded = means.round(0).astype("Int64")
    return pd.DataFrame(
        {
            "case": means.index,
            "learners": counts.loc[means.index].to_list(),
            "first": rounded["first"].to_list(),
            "last": rounded["last"].to_list(),
        }
    )


def _short(words: str, wide: float) -> str:
    most = int(wide / NARROW)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
