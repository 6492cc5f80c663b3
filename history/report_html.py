"""The readable report as one HTML file: no script, nothing from elsewhere, to be read on a screen, by a screen reader and on paper.

Conforms to HTML (WHATWG).  The structure is that of a document: one `main`, headings in order, lists and `details` for derivations; every
colour has a contrast of at least 7:1, and no meaning is told by colour alone (WCAG 2.2, 1.4.1, 1.4.6).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

from history.assembly import History
from history.outline import ON_SOURCES, QUOTED, Outline, Section, Statement, Step, outline

STYLE = """
:root { color-scheme: light dark; --ink: #1a222b; --dim: #46525f; --line: #c3ccd6; --paper: #fff;
  --met: #14532d; --not: #8a1c13; --open: #5b4300; --link: #123f6b; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --dim: #b9c4cf; --line: #3c4856; --paper: #12181f;
  --met: #9be3b4; --not: #ffb4ab; --open: #f2d98a; --link: #a9d1f7; } }
body { margin: 0 auto; max-width: 60rem; padding: 1rem 1.2rem 3rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.25rem; margin-top: 2rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.08rem; } h4 { font-size: 1rem; }
a { color: var(--link); } a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); }
dl { display: grid; grid-template-columns: minmax(8rem, 13rem) 1fr; gap: .2rem 1rem; margin: .4rem 0; } dt { font-weight: 600; } dd { margin: 0; }
dl.facts { border-left: 4px solid var(--line); padding-left: .8rem; }
.state { font-weight: 700; } .met { color: var(--met); } .not { color: var(--not); } .open { color: var(--open); }
.quote { margin: .1rem 0 .1rem; padding-left: .7rem; border-left: 3px solid var(--line); } .place, .dim { color: var(--dim); font-size: .88rem; }
details { margin: .15rem 0 .3rem; } summary { cursor: pointer; color: var(--dim); font-size: .88rem; }
details ul { margin: .2rem 0; padding-left: 1.2rem; font-size: .9rem; }
ol.sources { padding-left: 0; list-style: none; } ol.sources > li { display: grid; grid-template-columns: 3rem 1fr; margin-bottom: .5rem; }
nav ul { columns: 2; padding-left: 1.2rem; } .skip { position: absolute; left: -100vw; } .skip:focus { left: 0; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } nav ul { columns: 1; } }
@page { size: A4; margin: 18mm 16mm; }
@media print { :root { --ink: #000; --dim: #333; --paper: #fff; --line: #999;
  --met: #000; --not: #000; --open: #000; --link: #000; } html { font-size: 9.5pt; } body { font-size: 1rem; max-width: none; padding: 0; }
  dl { grid-template-columns: 9rem 1fr; }
  nav, .skip, summary { display: none; } details::details-content { content-visibility: visible; display: block; height: auto; }
a { text-decoration: none; }
  h2, h3, h4 { break-after: avoid; } dt { break-after: avoid; } ol.sources > li { break-inside: avoid; } }
"""

POLICY = f"default-src 'none'; style-src 'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'; base-uri 'none'; form-action 'none'"
"""What the file may load: its own style, known by its hash, and nothing else (Content Security Policy level 3)."""

_CLASS = {"met": "met", "not met": "not", "cannot be decided": "open"}


def report_html(history: History, marking: str = "") -> str:
    """Return the report as an HTML document, to be written in UTF-8. The same history gives the same text."""
    return page_of(outline(history, marking))


def page_of(told: Outline) -> str:
    """Return an outline as an HTML document."""
    names = {section.title: f"part-{n}" for n, section in enumerate(told.sections, 1)}
    body = [
        '<a class="skip" href="#main">To the report</a>',
        f"<header><h1>{escape(told.title)}</h1>",
        f'<dl class="facts">{"".join(f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in told.facts)}</dl></header>',
        '<nav aria-label="Contents"><h2>Contents</h2><ul>',
        *(_link(names[s.title], s.title) for s in told.sections),
        _link("sources", "Sources") + "</ul></nav>",
        '<main id="main">',
        *(piece for s in told.sections for piece in _section(s, 2, told, names[s.title])),
        '<section aria-labelledby="sources"><h2 id="sources">Sources</h2>',
        f'<p class="dim">{escape(ON_SOURCES)}</p>',
        '<ol class="sources">',
        *(
            f'<li id="s{s.number}"><span>[{s.number}]</span><div><div class="quote"><q>{escape(s.quote)}</q></div>'
            f'<div class="place">{escape(s.place)}; {escape(s.where)}</div></div></li>'
            for s in told.sources
        ),
        "</ol></section></main>",
    ]
    return whole_page(told.title, body)


def whole_page(title: str, body: Iterable[str]) -> str:
    """Return a document of its own with our style and policy; `title` is plain text, `body` is HTML."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}"><meta name="referrer" content="no-referrer">',
            f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>",
            *body,
            "</body></html>\n",
        ]
    )


def _link(name: str, title: str) -> str:
    return f'<li><a href="#{name}">{escape(title)}</a></li>'


def _section(section: Section, level: int, told: Outline, name: str = "") -> Iterator[str]:
    labelled = f' aria-labelledby="{name}"' if name else ""
    anchor = f' id="{name}"' if name else ""
    yield f"<section{labelled}><h{level}{anchor}>{escape(section.title)}</h{level}>"
    if section.note:
        yield f"<p>{escape(section.note)}</p>"
    if section.statements:
        yield "<dl>"
        for statement in section.statements:
            yield f"<dt>{escape(statement.label)}</dt><dd>{_said(statement, told)}</dd>"
        yield "</dl>"
    for below in section.sections:
        yield from _section(below, min(level + 1, 6), told)
    yield "</section>"


def _said(statement: Statement, told: Outline) -> str:
    parts = []
    if statement.state:
        parts.append(f'<span class="state {_CLASS[statement.state]}">{escape(statement.state)}</span>')
    if statement.words and statement.words != statement.state:
        parts.append(escape(statement.words))
    lines = [f"<div>{': '.join(parts)}</div>"] if parts else []
    if statement.wanted:
        lines.append(f'<div>Would be decided by: {escape("; ".join(statement.wanted))}</div>')
    for number in statement.sources[:QUOTED]:
        source = told.sources[number - 1]
        page = f", page {source.page}" if source.page else ""
        lines.append(f'<div class="quote"><q>{escape(source.quote)}</q> <span class="place">{escape(source.place)}{page} {_numbers((number,))}</span></div>')
    if rest := statement.sources[QUOTED:]:
        lines.append(f'<div class="place">also {_numbers(rest)}</div>')
    if statement.how:
        lines.append(f"<details><summary>How this was concluded</summary><ul>{_step(statement.how)}</ul></details>")
    return "".join(lines)


def _step(step: Step) -> str:
    below = f"<ul>{''.join(_step(s) for s in step.steps)}</ul>" if step.steps else ""
    return f"<li>{escape(step.words)} {_numbers(step.sources)}{below}</li>"


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(f'<a href="#s{n}">[{n}]</a>' for n in numbers)
