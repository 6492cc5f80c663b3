"""Small groups in a table of counts with totals: which cells must not be shown, so that no small one can be reckoned from the others.

Primary: every count from 1 to `least` - 1, totals included.  Complementary: further cells, until each primary one could be as large as
`least` for all that the shown cells, the totals and the knowledge "what is not shown is at least 1" say.  That is tested, not assumed: with
the shown cells fixed, the cell is raised step by step and the others are balanced along rows and columns, which is a flow in the graph of
lines and hidden cells.  Source: the audit of cell suppression as in Willenborg, de Waal: Elements of Statistical Disclosure Control, ch. 6.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

Cell = tuple[int, int]


def with_totals(table: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return a table with a last column of the totals of its rows and a last row of the totals of its columns."""
    rows = [[*row, sum(row)] for row in table]
    width = len(table[0]) + 1 if table else 1
    return [*rows, [sum(row[j] for row in rows) for j in range(width)]]


def hidden(table: Sequence[Sequence[int]], least: int) -> set[Cell]:
    """Return the cells of `with_totals(table)` that must not be shown, as (row, column). A count of 0 is always shown."""
    whole = with_totals(table)
    small = {(i, j) for i, row in enumerate(whole) for j, count in enumerate(row) if 0 < count < least}
    out = set(small)
    while weak := next((cell for cell in sorted(small) if not _can_be(cell, least, whole, out)), None):
        further = _next(weak, whole, out)
        if further is None:
            break  # nothing that counts anything is shown any more
        out.add(further)
    return out


def _next(weak: Cell, whole: list[list[int]], out: set[Cell]) -> Cell | None:
    """Return the cell to hide next: the smallest that is shown, first in the line of the weak one; totals only when nothing else is left."""
    shown = [(i, j) for i, row in enumerate(whole) for j, count in enumerate(row) if count and (i, j) not in out]
    last_row, last_column = len(whole) - 1, len(whole[0]) - 1

    def cost(cell: Cell) -> tuple[int, bool, int, Cell]:
        i, j = cell
        return ((i == last_row) + (j == last_column), not (i == weak[0] or j == weak[1]), whole[i][j], cell)

    # One that shares no line with the weak cell helps only after others: those in its lines go first, inner ones before totals.
    in_line = [c for c in shown if c[0] == weak[0] or c[1] == weak[1]]
    return min(in_line or shown, key=cost, default=None)


def _can_be(target: Cell, wanted: int, whole: list[list[int]], out: set[Cell]) -> bool:
    """Say whether a hidden cell could count `wanted`, the shown ones being what they are and every hidden one at least 1."""
    counts = {cell: whole[cell[0]][cell[1]] for cell in out}
    sign = {(i, j): -1 if (i == len(whole) - 1) != (j == len(whole[0]) - 1) else 1 for i, j in out}
    while counts[target] < wanted:
        path = _path(target, counts, sign)
        if path is None:
            return False
        counts[target] += 1
        for cell, change in path:
            counts[cell] += change
    return True


def _path(target: Cell, counts: dict[Cell, int], sign: dict[Cell, int]) -> list[tuple[Cell, int]] | None:
    """Return changes by one of other hidden cells that balance raising the target by one; None where there are none.

    In `sign * count` all lines add up to 0.  A cell whose signed count rises leads from its row to its column, one whose signed count falls
    from its column to its row; raising the target is such a step, and the rest of the circle is looked for.
    """
    row, column = ("row", target[0]), ("column", target[1])
    start, goal = (column, row) if sign[target] > 0 else (row, column)
    steps: dict[tuple[str, int], list[tuple[tuple[str, int], Cell, int]]] = {}
    for cell, count in counts.items():
        if cell == target:
            continue
        r, c = ("row", cell[0]), ("column", cell[1])
        rises, falls = (1, -1) if sign[cell] > 0 else (-1, 1)
        if rises > 0 or count > 1:
            steps.setdefault(r, []).append((c, cell, rises))
        if falls > 0 or count > 1:
            steps.setdefault(c, []).append((r, cell, falls))
    came: dict[tuple[str, int], tuple[tuple[str, int], Cell, int] | None] = {start: None}
    waiting = deque([start])
    while waiting and goal not in came:
        here = waiting.popleft()
        for there, cell, change in steps.get(here, ()):
            if there not in came:
                came[there] = (here, cell, change)
                waiting.append(there)
    if goal not in came:
        return None
    out: list[tuple[Cell, int]] = []
    at = goal
    while (step := came[at]) is not None:
        out.append((step[1], step[2]))
        at = step[0]
    return out
