"use strict";
// The pages: search, a client's timeline, a record's text at the cited place. Words from documents go into the page as text only.
// The address after # says what is shown:  #/search?q=…   #/client/ID   #/record/ID?q=…&start=…&end=…   #/thread/ID   #/review?client=ID   #/saved   #/deadlines?client=…&when=…   #/churn   #/help   #/
(() => {
  const main = document.getElementById("main"), status = document.getElementById("status"), form = document.getElementById("question");
  let turn = 0; // answers that come after the reader has gone on are dropped

  function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name === "class") element.className = value;
      else if (name === "click" || name === "submit") element.addEventListener(name, value);
      else element.setAttribute(name, value);
    }
    for (const child of children.flat()) if (child !== null && child !== undefined) element.append(child);
    return element;
  }

  function tell(words, trouble) {
    status.textContent = words;
    status.className = trouble ? "trouble" : "";
  }

  async function ask(path, parameters, method, body) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters || {})) for (const one of [value].flat()) if (one) query.append(name, one);
    const answer = await fetch(location.origin + path + (query.size ? "?" + query : ""), {    // not relative: an address opened with a key in it cannot be asked
      method: method || "GET", body: body === undefined ? undefined : JSON.stringify(body),
      headers: { Accept: "application/json, text/plain", ...(body === undefined ? {} : { "Content-Type": "application/json" }) } });
    if (!answer.ok) {
      let problem = {};
      try { problem = await answer.json(); } catch { /* no problem document: the status line has to do */ }
      throw Object.assign(new Error(problem.detail || answer.status + " " + answer.statusText), { position: problem.position, status: answer.status });
    }
    return (answer.headers.get("Content-Type") || "").startsWith("text/plain") ? answer.text() : answer.json();
  }

  const address = (kind, id, parameters) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters || {})) for (const one of [value].flat()) if (one !== undefined && one !== null && one !== "") query.append(name, one);
    return "#/" + kind + (id ? "/" + encodeURIComponent(id) : "") + (query.size ? "?" + query : "");
  };
  const spoken = (word) => String(word ?? "").replaceAll("_", " ");

  // ---------------------------------------------------------------- search

  // What can be narrowed by a parameter, and what by a field of the query (only where the query is a set: a ranked question would become another one).
  const FACETS = [["kind", "kind"], ["clients", "client"], ["year", "year"], ["record_types", "type"], ["custodian", "custodian"], ["sender", "from"],
    ["language", "language"], ["sentiment", "sentiment"], ["privileged", ""], ["tags", "tag"]];
  const FACET_VALUES = 12;

  async function showSearch(parameters) {
    const asked = { q: parameters.get("q"), client: parameters.get("client"), from: parameters.get("from"), to: parameters.get("to"),
                    sort: parameters.get("sort") || "score", collapse: parameters.get("collapse"), exact: parameters.get("exact"), kind: parameters.getAll("kind") };
    for (const name of ["q", "client", "from", "to", "sort", "collapse"]) form.elements[name].value = asked[name] || (name === "sort" ? "score" : "");
    form.elements.exact.checked = Boolean(asked.exact);
    const list = make("div", { id: "hits" });
    const answer = await ask("/v1/search", { ...asked, facet: FACETS.map(([name]) => name) });
    return () => {
      tell(answer.total + (answer.total === 1 ? " record" : " records") + (answer.collapse ? " in " + answer.groups + " groups" : "") + " in " + answer.took_ms + " ms · " + answer.understood);
      main.replaceChildren(make("div", { class: "columns" }, facets(answer, asked), make("div", {}, tools(answer, asked), list)));
      more(list, answer, asked);
    };
  }

  function tools(answer, asked) {
    const search = { query: asked.q, client: asked.client, kinds: asked.kind, from: asked.from, to: asked.to, exact: Boolean(asked.exact) };
    const saved = make("button", { type: "button", click: () => act(async () => {
      const name = window.prompt("Name of the saved search");
      if (name) { const kept = await ask("/v1/saved", {}, "POST", { name, search }); tell("Saved as " + kept.name); }
    }) }, "Save this search");
    const tagged = make("button", { type: "button", click: () => act(async () => {
      const value = window.prompt("Tag for all " + answer.total + " records");
      if (value) { const done = await ask("/v1/tags", {}, "POST", { value, search }); tell(done.records + " records got the tag " + done.tag); }
    }) }, "Tag all");
    const lists = ["csv", "xlsx", "jsonl"].map((format) => make("button", { type: "button", click: () => act(() => download(search, format)) }, format.toUpperCase()));
    return make("p", { class: "tools" }, saved, tagged, make("span", { class: "dim" }, "List of all hits:"), lists);
  }

  async function act(work) {
    try { await work(); } catch (error) { tell(error.message, true); }
  }

  async function download(search, format) {
    const answer = await fetch(location.origin + "/v1/exports", { method: "POST", body: JSON.stringify({ ...search, format }), headers: { "Content-Type": "application/json" } });
    if (!answer.ok) throw new Error((await answer.json()).detail);
    const link = make("a", { href: URL.createObjectURL(await answer.blob()), download: "records." + format });
    link.click();
    URL.revokeObjectURL(link.href);
    tell(answer.headers.get("X-Total") + " records");
  }

  function facets(answer, asked) {
    const side = make("nav", { class: "facets", "aria-label": "Narrow down" });
    for (const [field, name] of FACETS) {
      const values = Object.entries(answer.facets?.[field] || {});
      if (!values.length) continue;
      const rest = values.length - FACET_VALUES;
      side.append(make("h2", {}, spoken(field)), make("ul", {}, values.slice(field === "year" ? -FACET_VALUES : 0, field === "year" ? undefined : FACET_VALUES)
        .map(([value, count]) => make("li", {}, facet(answer, asked, field, name, value, count))), rest > 0 ? make("li", { class: "dim" }, "and " + rest + " more") : null));
    }
    return side;
  }

  function facet(answer, asked, field, name, value, count) {
    const words = spoken(value) + " " + count;
    let next = null, chosen = false;
    if (field === "kind") {
      chosen = asked.kind.includes(value);
      next = { kind: chosen ? asked.kind.filter((k) => k !== value) : [...asked.kind, value] };
    } else if (field === "clients") {
      chosen = asked.client === value;
      next = { client: chosen ? "" : value };
    } else if (field === "year") {
      chosen = asked.from === value + "-01-01" && asked.to === value + "-12-31";
      next = chosen ? { from: "", to: "" } : { from: value + "-01-01", to: value + "-12-31" };
    } else if (answer.mode === "exact") {
      const part = field === "privileged" ? (value === "true" ? "" : "-") + "is:privileged" : name + ':"' + value.replaceAll('"', " ") + '"';
      next = { q: "(" + asked.q + ") " + part };
    }
    return next ? make("button", { type: "button", "aria-pressed": chosen, click: () => { location.hash = address("search", "", { ...asked, ...next }); } }, words)
      : make("span", {}, words);
  }

  function place(hit) { return hit.source_paths[0] + (hit.inner ? "  >  " + hit.inner : ""); }

  // A fragment with its matches marked. Offsets count code points from the beginning of the text.
  function fragment(h) {
    const points = Array.from(h.fragment), parts = [];
    let at = 0;
    for (const [start, end] of h.marks || []) {
      parts.push(points.slice(at, start - h.start).join(""), make("mark", {}, points.slice(start - h.start, end - h.start).join("")));
      at = end - h.start;
    }
    return [...parts, points.slice(at).join("")];
  }

  function more(list, answer, asked) {
    for (const hit of answer.hits) {
      const others = (hit.group?.hits || 1) - 1;
      list.append(make("article", {},
        make("h2", {}, make("a", { href: address("record", hit.record_id, { q: asked.q }) }, hit.subject || hit.inner || hit.source_paths[0])),
        make("p", { class: "dim" }, [hit.date || "no date", spoken(hit.kind), hit.from || "", ...hit.clients].filter(Boolean).join(" · "),
          hit.thread_id ? [" · ", make("a", { href: address("thread", hit.thread_id) }, "conversation")] : null,
          hit.privileged ? make("span", { class: "tag" }, "privileged") : null, others ? " · and " + others + " more " + { thread: "of the conversation", family: "of the family", duplicates: "copies" }[answer.collapse] : null),
        make("p", { class: "dim" }, place(hit)),
        (hit.holders || []).slice(1).map((h) => make("p", { class: "dim" }, "also held: " + place(h) + (h.custodian ? " (" + h.custodian + ")" : ""))),
        hit.highlights.map((h) => make("p", { class: "fragment" }, h.field === "text"
          ? make("a", { href: address("record", hit.record_id, { q: asked.q, start: h.start, end: h.end }) }, fragment(h)) : fragment(h)))));
    }
    if (!answer.next) return;
    const button = make("button", { type: "button", class: "more", click: async () => {
      button.disabled = true;
      try {
        const following = await ask("/v1/search", { ...asked, facet: ["kind"], cursor: answer.next });
        button.remove();
        more(list, { ...following, collapse: answer.collapse }, asked);
      } catch (error) { button.disabled = false; tell(error.message, true); }
    } }, "More");
    list.append(button);
  }

  // The query once more, with the place marked where it stopped making sense.
  function pointed(query, position) {
    const points = Array.from(query);
    return make("pre", { class: "pointed" }, points.slice(0, position).join(""), make("mark", {}, points.slice(position).join("") || " "));
  }

  // ---------------------------------------------------------------- a client

  // Two days that are easily taken for one another: the date of the papers, and what the archive held.
  const days = (id, history) => make("details", {}, make("summary", {}, "On another day"), make("form", { class: "word", submit: (event) => {
    event.preventDefault();
    location.hash = address("client", id, Object.fromEntries(new FormData(event.target)));
  } }, [["as_of", "What is dated up to"], ["held_on", "What had been taken in up to"]].map(([name, label]) => make("p", {}, make("label", { for: name }, label), " ",
    make("input", { id: name, name, type: "date", value: history[name] || "" }))), make("button", {}, "Show")));

  async function showClient(id, parameters) {
    const history = await ask("/v1/clients/" + encodeURIComponent(id) + "/history", { as_of: parameters.get("as_of"), held_on: parameters.get("held_on") });
    const day = [history.as_of && "What is dated up to " + history.as_of + (history.taken_in_later ? "; " + history.taken_in_later + " of these records were taken in only later" : ""),
      history.held_on && "What had been taken in up to " + history.held_on].filter(Boolean).join(". ");
    return () => {
      form.elements.client.value = id;
      tell(history.timeline.length + " entries");
      main.replaceChildren(
        make("h1", {}, history.client.legal_name + " (" + history.client.id + ")"),
        make("p", { class: "dim" }, (history.client.aliases || []).join(", ")), papers(id),
        make("p", {}, make("a", { href: address("review", "", { client: id }) }, "What a person has yet to settle")),
        days(id, history), ...(day ? [make("p", {}, make("strong", {}, day + "."))] : []),
        make("h2", {}, "How it ended"), ...endings(history), make("h2", {}, "Timeline"),
        ...history.timeline.map((entry) => make("div", { class: "entry" }, make("time", {}, entry.date || "no date"),
          make("div", {}, make("span", { class: "tag" }, spoken(entry.record_type)), make("span", { class: "tag" }, spoken(entry.kind)), entry.title || "", quotes(entry.cites)))));
    };
  }

  // What can be handed out about a client: pages of their own, made by the server.
  const papers = (id) => make("p", { class: "tools" }, [["report?format=html", "Report"], ["report?format=pdf", "Report as PDF"], ["status.html", "Status page for the client"]]
    .map(([path, words]) => make("a", { href: "/v1/clients/" + encodeURIComponent(id) + "/" + path, target: "_blank", rel: "noopener" }, words)),
    make("a", { href: address("deadlines", "", { client: id }) }, "Deadlines"));

  function endings(history) {
    const shown = [];
    for (const t of history.terminations || []) {
      const rows = [["Status", spoken(t.status)], ["Contract", t.contract_number], ["Notice by", t.notice?.given_by], ["Notice dated", t.notice?.date_on_document],
                    ["Received", t.notice?.date_received], ["Ground", spoken(t.notice?.ground)], ["Earliest day", t.earliest_compliant_date], ["Ended on", t.effective_date]];
      shown.push(make("div", { class: "entry" }, make("span", {}, "Termination"), make("div", {},
        make("table", {}, rows.map(([name, value]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, value || "not decided")))), quotes(t.notice?.cites))));
    }
    for (const d of history.disputes || []) shown.push(make("div", { class: "entry" }, make("span", {}, "Dispute"), make("div", {}, d.title + ": " + spoken(d.status), quotes(d.cites))));
    return shown.length ? shown : [make("p", {}, "The records show no termination and no dispute.")];
  }

  const quotes = (cites, most) => (cites || []).slice(0, most || 3).map((c) => make("blockquote", {},
    make("a", { href: address("record", c.record_id, { start: c.start, end: c.end }), title: c.source_path + (c.page ? ", page " + c.page : "") }, c.quote.length > 300 ? c.quote.slice(0, 300) + "…" : c.quote)));

  // ---------------------------------------------------------------- a record

  // Offsets count code points, strings of this language count UTF-16 units.
  function unitOf(text, codePoint) {
    let unit = 0;
    for (let seen = 0; seen < codePoint && unit < text.length; seen++) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    return unit;
  }

  async function showRecord(id, parameters) {
    const path = "/v1/records/" + encodeURIComponent(id), q = parameters.get("q");
    const [record, text, labels, { facts }, { corrections }, marks] = await Promise.all([ask(path), ask(path + "/text"), ask(path + "/labels"), ask(path + "/facts"),
      ask(path + "/corrections"), q ? ask(path + "/marks", { q }).catch(() => null) : null]);
    return () => {
      const cited = parameters.get("end") ? [[Number(parameters.get("start")) || 0, Number(parameters.get("end"))]] : [];
      const places = marks ? marks.text.map(([start, end]) => [start, end]) : cited;
      const { parts, found } = marked(text, places);
      tell(q && marks ? found.length + (found.length === 1 ? " place" : " places") + " in the text" : "");
      const rows = [["Date", record.date], ["Kind", spoken(record.kind)], ["Clients", record.clients.join(", ")], ["From", record.from], ["To", record.to.join(", ")],
                    ["Custodian", record.custodian], ["Place", record.source_paths.join("\n") + (record.inner ? "  >  " + record.inner : "")], ["SHA-256", record.sha256],
                    ["Read", record.outcome.status + (record.outcome.reason ? ": " + record.outcome.reason : "")]];
      const similar = make("div");
      main.replaceChildren(
        make("h1", {}, record.subject || record.name),
        make("p", {}, record.clients.map((c) => make("a", { class: "tag", href: address("client", c) }, c)), record.privileged ? make("span", { class: "tag" }, "privileged") : null,
          make("a", { href: path + "/original" }, "Original as it came (" + record.size + " bytes)"),
          record.thread_id ? [" · ", make("a", { href: address("thread", record.thread_id) }, "Conversation")] : null, " · ",
          make("button", { type: "button", click: () => act(() => showSimilar(similar, path)) }, "Similar records")),
        make("table", {}, rows.filter(([, value]) => value).map(([name, value]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, value)))),
        similar, ...[followed(record.record_id), labelled(record.record_id, labels), settling(record), factList(record.record_id, facts),
          settled(corrections), make("h2", {}, "Text"), found.length > 1 ? jumps(found) : null].filter(Boolean),
        make("div", { class: "text" }, parts.length ? parts : "(no text)"));
      const nearest = cited.length && found.length ? found.reduce((best, one) => Math.abs(one.at - cited[0][0]) < Math.abs(best.at - cited[0][0]) ? one : best) : found[0];
      if (nearest) nearest.element.scrollIntoView({ block: "center" });
    };
  }

  // The text with these stretches (code points, in order, apart) marked.
  function marked(text, places) {
    const parts = [], found = [];
    let at = 0, point = 0;
    for (const [start, end] of places) {
      const from = at + unitOf(text.slice(at), start - point), to = from + unitOf(text.slice(from), end - start);
      if (to <= from) continue;
      const element = make("mark", {}, text.slice(from, to));
      parts.push(text.slice(at, from), element);
      found.push({ at: start, element });
      [at, point] = [to, end];
    }
    parts.push(text.slice(at));
    return { parts: parts.filter((part) => part !== ""), found };
  }

  function jumps(found) {
    let now = -1;
    const go = (step) => () => {
      now = (now + step + found.length) % found.length;
      for (const one of found) one.element.classList.remove("here");
      found[now].element.classList.add("here");
      found[now].element.scrollIntoView({ block: "center" });
      tell("place " + (now + 1) + " of " + found.length);
    };
    return make("p", { class: "tools" }, make("button", { type: "button", click: go(-1) }, "previous place"), make("button", { type: "button", click: go(1) }, "next place"));
  }

  async function showSimilar(into, path) {
    const answer = await ask(path + "/similar");
    into.replaceChildren(make("h2", {}, "Similar records"), answer.records.length ? make("ul", {}, answer.records.map((r) => make("li", {},
      make("a", { href: address("record", r.record_id) }, r.subject || r.name), " " + [r.date, spoken(r.kind), r.shared + " of " + r.of + " words"].filter(Boolean).join(" · "))))
      : make("p", {}, "No other record shares its particular words."));
  }

  function labelled(id, labels) {
    const again = () => show();
    const send = (path, body) => act(async () => { await ask(path, {}, "POST", body); again(); });
    return make("div", { class: "labels" },
      make("p", {}, labels.tags.map((t) => make("span", { class: "tag", title: t.by + ", " + t.at }, t.value, " ",
        make("button", { type: "button", "aria-label": "Remove the tag " + t.value, click: () => send("/v1/tags/remove", { value: t.value, record_id: id }) }, "×"))),
        make("button", { type: "button", click: () => { const value = window.prompt("Tag"); if (value) send("/v1/tags", { value, record_id: id }); } }, "Add a tag"),
        make("button", { type: "button", click: () => { const value = window.prompt("Note"); if (value) send("/v1/notes", { value, record_id: id }); } }, "Write a note")),
      labels.notes.map((n) => make("p", { class: "fragment" }, n.value, make("span", { class: "dim" }, "  " + n.by + ", " + n.at.slice(0, 16)), " ",
        make("button", { type: "button", "aria-label": "Remove the note", click: () => act(async () => { await ask("/v1/records/" + encodeURIComponent(id) + "/notes/" + n.label_id, {}, "DELETE"); again(); }) }, "×"))));
  }

  // ---------------------------------------------------------------- a person's word on what was read

  let outcome = null; // what the last correction changed, shown once with the record that it was about

  async function settle(id, body) {
    outcome = { id, told: await ask("/v1/records/" + encodeURIComponent(id) + "/corrections", {}, "POST", body) };
    show();
  }

  function withdraw(correction, why) {
    return act(async () => {
      outcome = { id: correction.record_id, told: await ask("/v1/corrections/" + encodeURIComponent(correction.correction_id) + "/withdraw", {}, "POST", { why }) };
      show();
    });
  }

  // The conclusions that are others now, before and after.
  function followed(id) {
    if (!outcome || outcome.id !== id) return null;
    const { correction, conclusions, holds } = outcome.told;
    outcome = null;
    const changed = conclusions.flatMap((c) => c.changes.map((change) => [c.client, change])), short = (value) => value === null ? "none" : typeof value === "object" ? "there" : String(value);
    tell((correction.withdrawn_at ? "Withdrawn" : spoken(correction.verdict)) + ". " + (changed.length === 1 ? "1 conclusion is" : changed.length + " conclusions are") + " another now");
    return make("section", { class: "fragment", "aria-label": "Conclusions that changed" }, holds ? make("p", {}, holds) : null,
      changed.length ? make("table", {}, make("caption", {}, "Conclusions that changed"), make("thead", {}, make("tr", {}, ["Client", "Conclusion", "Before", "Now"].map((h) => make("th", { scope: "col" }, h)))),
        make("tbody", {}, changed.map(([client, c]) => make("tr", {}, make("td", {}, client), make("td", {}, c.where), make("td", {}, short(c.before)), make("td", {}, short(c.after)))))) : make("p", {}, "The conclusions are the same."));
  }

  // A form for one thing: fields as [name, label, attributes], and what is sent with them. Every field has its label, and the reason is always asked.
  let fields = 0;
  function word(heading, given, send, button) {
    const inputs = [...given, ["why", "Why", { required: "", maxlength: "2000" }]].map(([name, label, attributes]) => {
      const id = "field" + fields++, { choices, ...others } = attributes || {};
      const input = choices ? make("select", { id, name, ...others }, choices.map((c) => make("option", { value: c }, spoken(c)))) : make("input", { id, name, ...others });
      return make("p", {}, make("label", { for: id }, label), " ", input);
    });
    return make("details", {}, make("summary", {}, heading), make("form", { class: "word", submit: (event) => {
      event.preventDefault();
      act(() => send(Object.fromEntries(new FormData(event.target))));
    } }, inputs, make("button", {}, button || heading)));
  }

  const KINDS = ["email", "chat", "call_transcript", "call_note", "meeting_note", "contract", "amendment", "sow", "legal_letter", "notice", "claim", "counterclaim", "settlement", "invoice",
    "credit_note", "ledger", "payment_advice", "survey", "sla_report", "review", "other"];

  function settling(record) {
    const id = record.record_id, several = (words) => words.split(/[,;]/).map((w) => w.trim()).filter(Boolean);
    const one = (about, value, why) => settle(id, { about, value, why });
    const right = (about) => word("The " + spoken(about) + " is right", [], ({ why }) => settle(id, { about, verdict: "confirmed", why }), "Confirm");
    return make("details", {}, make("summary", {}, "Correct what it is and whom it concerns"), make("div", { class: "words" },
      word("Kind", [["value", "Kind", { choices: [record.kind, ...KINDS.filter((k) => k !== record.kind)] }]], ({ value, why }) => one("kind", value, why), "Correct the kind"),
      word("Clients", [["value", "Ids of its clients, empty for none", { value: record.clients.join(", ") }]], ({ value, why }) => one("clients", several(value), why), "Correct the clients"),
      word("Record types", [["value", "Of contractual, interaction, dispute, billing, feedback", { value: record.record_types.join(", "), required: "" }]],
        ({ value, why }) => one("record_types", several(value), why), "Correct the types"),
      word("Date", [["value", "Day that it bears, empty for none", { type: "date", value: record.date || "" }]], ({ value, why }) => one("date", value || null, why), "Correct the date"),
      word("Privilege", [["value", "Legal advice", { choices: record.privileged ? ["yes", "no"] : ["no", "yes"] }]], ({ value, why }) => one("privileged", value === "yes", why), "Correct the privilege"),
      ["kind", "clients", "date"].map(right)));
  }

  function factList(id, facts) {
    return make("details", {}, make("summary", {}, facts.length + (facts.length === 1 ? " fact was" : " facts were") + " read"), facts.map((f) => make("div", { class: "entry" },
      make("span", {}, spoken(f.name)), make("div", {}, String(f.value) + (f.unit ? " " + spoken(f.unit) : "") + " ", make("span", { class: "tag" }, f.status),
        f.settled ? make("span", { class: "dim" }, [f.settled.by, f.settled.at.slice(0, 16).replace("T", " "), f.settled.why].filter(Boolean).join(", "))
          : make("span", { class: "dim" }, f.basis + ", " + f.confidence.toFixed(2)),
        quotes(f.cites),
        word("Confirm", [], ({ why }) => settle(id, { about: "fact", fact_id: f.fact_id, verdict: "confirmed", why })),
        word("Correct", [["value", "Value", { value: String(f.value), required: "" }], ["unit", "Unit", { value: f.unit || "" }]],
          ({ value, unit, why }) => settle(id, { about: "fact", fact_id: f.fact_id, value, unit, why })),
        word("Reject", [], ({ why }) => settle(id, { about: "fact", fact_id: f.fact_id, verdict: "rejected", why }))))),
      word("Add a fact", [["name", "Name, as notice_period", { required: "", pattern: "[a-z][a-z0-9_]*" }], ["value", "Value", { required: "" }], ["unit", "Unit", {}],
        ["quote", "The words of this text that it stands on", { required: "" }]], (given) => settle(id, { about: "fact", ...given })));
  }

  function settled(corrections) {
    if (!corrections.length) return null;
    const what = (c) => c.about === "fact" ? spoken((c.fact || c.was_fact).name) : spoken(c.about);
    const shown = (c, is) => { const v = c.about === "fact" ? (is ? c.fact : c.was_fact)?.value : is ? c.value : c.was; return v === null || v === undefined ? "none" : String(v); };
    return make("section", {}, make("h2", {}, "Confirmed and corrected"), corrections.map((c) => make("div", { class: "entry" }, make("time", {}, c.at.slice(0, 10)), make("div", {},
      what(c) + ": " + shown(c, true) + " (was " + shown(c, false) + ") ", make("span", { class: "tag" }, c.verdict), make("span", { class: "dim" }, [c.by, c.why].filter(Boolean).join(", ")),
      word("Withdraw", [], ({ why }) => withdraw(c, why))))));
  }

  // ---------------------------------------------------------------- what is left to settle

  async function showReview(parameters) {
    const client = parameters.get("client"), [told, { clients }] = await Promise.all([ask("/v1/review", { client, limit: 100 }), ask("/v1/clients")]);
    return () => {
      const place = (e) => make("a", { href: address("record", e.record_id, { start: e.start, end: e.end }) }, e.title);
      const part = (heading, name, row) => told[name] ? [make("h2", {}, heading + ": " + told[name].total),
        told[name].entries.length ? make("ul", {}, told[name].entries.map((e) => make("li", {}, row(e)))) : make("p", { class: "dim" }, "Nothing.")] : [];
      const left = ["clients", "facts", "proposals", "undecided", "conflicts", "misplaced"].reduce((sum, name) => sum + (told[name]?.total || 0), 0);
      if (client) form.elements.client.value = client;
      tell(left + " to settle");
      main.replaceChildren(make("h1", {}, "To be settled by a person" + (client ? " (" + client + ")" : "")),
        client ? make("p", {}, make("a", { href: address("client", client) }, "The client")) : make("p", {}, "One client, also with what cannot be decided about it: ",
          clients.flatMap((c) => [make("a", { href: address("review", "", { client: c.id }) }, c.legal_name), " "])),
        ...part("Whom it concerns", "clients", (e) => [place(e), ": " + e.in_doubt + ". ", make("span", { class: "dim" }, e.signs.slice(0, 3).map((s) => s.client + " by " + s.identifier).join("; "))]),
        ...part("Unsure facts", "facts", (e) => [spoken(e.name) + " = " + e.value + " in ", place(e), e.quote ? make("blockquote", {}, e.quote.slice(0, 300)) : null]),
        ...(told.proposals.total ? part("Proposed by a language model", "proposals", (e) => [spoken(e.name) + " = " + e.value + (e.unit ? " " + spoken(e.unit) : "") + " in ", place(e),
          e.quote ? make("blockquote", {}, e.quote.slice(0, 300)) : null]) : []),
        ...part("Cannot be decided", "undecided", (e) => [e.about + ": " + e.in_doubt, e.would_decide.length ? make("p", { class: "dim" }, "Would be decided by: " + e.would_decide.join("; ")) : null]),
        ...part("Contradictions", "conflicts", (e) => [e.in_doubt, quotes(e.cites)]),
        ...part("Words that do not stand where they are cited", "misplaced", (e) => [spoken(e.name) + " = " + e.value + " in ", make("a", { href: address("record", e.record_id) }, e.record_id)]));
    };
  }

  // ---------------------------------------------------------------- a conversation

  async function showThread(id) {
    const thread = await ask("/v1/threads/" + encodeURIComponent(id));
    const subject = Object.fromEntries(thread.timeline.map((e) => [e.record_id, e.subject || e.name]));
    return () => {
      tell("Read these " + thread.read.length + " of " + thread.mails);
      main.replaceChildren(make("h1", {}, thread.subject || "(no subject)"), make("p", { class: "dim" }, thread.participants.join(", ")),
        ...thread.timeline.map((e) => make("div", { class: "entry" + (e.read ? " toread" : "") }, make("time", {}, (e.sent_at || e.date || "no date").slice(0, 16).replace("T", " ")),
          make("div", {}, e.read ? make("span", { class: "tag" }, "read") : null, make("a", { href: address("record", e.record_id) }, e.subject || e.name), " ", e.from || "",
            make("p", { class: "fragment" }, e.new),
            e.contained_in ? make("p", { class: "dim" }, "contained in ", make("a", { href: address("record", e.contained_in.record_id,
              { start: e.contained_in.proof[0].kept_start, end: e.contained_in.proof[0].kept_end }) }, subject[e.contained_in.record_id] || e.contained_in.record_id)) : null,
            e.holders.slice(1).map((h) => make("p", { class: "dim" }, "also held: " + place(h) + (h.custodian ? " (" + h.custodian + ")" : "")))))));
    };
  }

  // ---------------------------------------------------------------- saved searches, help

  const searchAddress = (s) => address("search", "", { q: s.query || "*", client: s.client, from: s.from, to: s.to, kind: s.kinds, exact: s.exact ? "true" : "" });

  async function showSaved() {
    const [{ checked }, { searches }] = await Promise.all([ask("/v1/saved/check", {}, "POST", { keep: false }), ask("/v1/searches", { limit: 20 })]);
    return () => {
      tell("");
      main.replaceChildren(make("h1", {}, "Saved searches"),
        ...(checked.length ? checked.map((s) => make("div", { class: "entry" }, make("span", {}, s.trouble ? "cannot be asked" : s.new.length + " new of " + s.total), make("div", {},
          make("a", { href: searchAddress(s.search) }, s.name), " ", make("span", { class: "dim" }, s.search.query), s.trouble ? make("p", {}, s.trouble) : null,
          s.new.slice(0, 10).map((r) => make("p", { class: "fragment" }, make("a", { href: address("record", r.record_id, { q: s.search.query }) }, r.subject || r.name), " ", r.date || "")),
          make("p", {}, make("button", { type: "button", click: () => act(async () => { await ask("/v1/saved/check", {}, "POST", { names: [s.saved_id], keep: true }); show(); }) }, "Seen"),
            make("button", { type: "button", click: () => act(async () => { await ask("/v1/saved/" + encodeURIComponent(s.saved_id), {}, "DELETE"); show(); }) }, "Remove"))))) : [make("p", {}, "None yet: search, then save it.")]),
        make("h2", {}, "Your latest searches"), make("ul", {}, searches.map((a) => make("li", {}, make("a", { href: searchAddress(a.search) }, a.search.query), " " + a.total + " · " + a.at.slice(0, 16).replace("T", " ")))),
        searches.length ? make("button", { type: "button", click: () => act(async () => { await ask("/v1/searches", {}, "DELETE"); show(); }) }, "Forget them") : null);
    };
  }

  const HELP = [["notice termination", "a question: records with any of the words, the best first"], ["notice AND termination", "the set of records with both"], ["fee OR penalty, NOT draft, -draft", "either; without"],
    ['"early termination fee"', "these words in this order"], ["notice W/5 terminate", "near one another, in any order; PRE/5 in this order"], ["terminat*, wom?n", "patterns in one word"], ["=notice", "this form of the word only"],
    ["subject:notice, from:alder.example", "in one field"], ["kind:notice date:2025-06", "by kind, by day, month or year; before: after:"], ["client:Alder, custodian:smith", "by names"], ["tag:hot, has:attachment, is:duplicate", "by tags and properties"]];

  async function showHelp() {
    return () => {
      tell("");
      main.replaceChildren(make("h1", {}, "How to ask"), make("table", {}, HELP.map(([write, finds]) => make("tr", {}, make("td", {}, make("code", {}, write)), make("td", {}, finds)))));
    };
  }

  // ---------------------------------------------------------------- deadlines

  async function showDeadlines(parameters) {
    const client = parameters.get("client") || "", when = parameters.get("when") || "";
    const { today, next, deadlines } = await ask("/v1/deadlines", { client, when });
    const choices = [["", "all"], ["open", "open"], ["past", "past"], ["next", "the next of each client"]];
    const sum = (d) => d.amount === null ? "" : (d.currency || "") + " " + d.amount.toLocaleString("en", { minimumFractionDigits: 2 });
    return () => {
      tell(deadlines.length + (deadlines.length === 1 ? " deadline" : " deadlines") + (next ? " · next: " + next.date + ", " + next.title : "") + " · today is " + today);
      main.replaceChildren(make("h1", {}, "Deadlines"), make("p", { class: "tools" },
        choices.map(([value, words]) => make("a", { href: address("deadlines", "", { client, when: value }), ...(value === when ? { "aria-current": "page" } : {}) }, words)),
        make("a", { href: "/v1/deadlines.ics" + (client ? "?client=" + encodeURIComponent(client) : ""), download: "deadlines.ics" }, "Calendar file"),
        make("span", { class: "dim" }, "To subscribe: casetrail keys feed")),
        ...deadlines.map((d) => make("div", { class: "entry" }, make("time", {}, d.date), make("div", {}, make("span", { class: "tag" }, d.state),
          make("a", { href: address("client", d.client) }, d.client_name), " ", d.title, d.by ? ", by the " + d.by : "", sum(d) ? ", " + sum(d) : "", quotes(d.cites)))),
        ...(deadlines.length ? [] : [make("p", {}, "No record sets such a deadline.")]));
    };
  }

  // ---------------------------------------------------------------- why clients leave

  async function showChurn() {
    const told = await ask("/v1/churn");
    const figure = (n) => n === null ? make("abbr", { title: "not shown: a small group could be told from it" }, "*") : String(n);
    const documents = (list) => list.length ? make("details", {}, make("summary", {}, list.length + (list.length === 1 ? " document" : " documents")), quotes(list, list.length)) : null;
    const row = (name, cells, tag) => make("tr", {}, make("th", { scope: "row" }, spoken(name)), cells.map((c) => make(tag || "td", {}, figure(c))));
    return () => {
      tell(told.clients + " clients looked at");
      main.replaceChildren(make("h1", {}, "Why clients leave"), make("p", { class: "tools" }, make("a", { href: "/v1/churn.csv", download: "churn.csv" }, "CSV")),
        make("p", { class: "dim" }, "Each client that leaves counts once, under its main reason, in the year of its notice. *: not shown, so that no group of fewer than " + told.small_group + " clients can be told."),
        make("table", { class: "figures" }, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Main reason"), [...told.years, "all"].map((y) => make("th", { scope: "col" }, y)))),
          make("tbody", {}, told.by_reason.map((r) => row(r.reason, [...r.by_year.map((c) => c.clients), r.clients])), row("all", [...told.by_year.map((c) => c.clients), told.total]))),
        ...told.by_reason.flatMap((r) => r.by_year.filter((c) => c.documents.length).map((c) => make("div", { class: "entry" }, make("span", {}, c.year), make("div", {}, spoken(r.reason) + ": " + c.clients, documents(c.documents))))),
        make("h2", {}, "Named at all"), make("table", { class: "figures" }, make("tbody", {}, told.named.map((n) => row(n.reason, [n.clients])))));
    };
  }

  // ---------------------------------------------------------------- start

  async function showStart() {
    const { clients } = await ask("/v1/clients");
    return () => {
      tell("");
      main.replaceChildren(make("h1", {}, "Clients"), clients.length
        ? make("ul", {}, clients.map((c) => make("li", {}, make("a", { href: address("client", c.id) }, c.legal_name), " " + c.id)))
        : make("p", {}, "The directory is empty: casetrail clients import FILE.csv fills it."));
    };
  }

  async function show() {
    const mine = ++turn;
    const [path, query] = location.hash.slice(2).split("?"), [kind, id] = path.split("/").map(decodeURIComponent), parameters = new URLSearchParams(query || "");
    tell("…");
    try {
      const paint = kind === "search" && parameters.get("q") ? await showSearch(parameters) : kind === "client" && id ? await showClient(id, parameters)
        : kind === "record" && id ? await showRecord(id, parameters) : kind === "thread" && id ? await showThread(id)
        : kind === "deadlines" ? await showDeadlines(parameters) : kind === "churn" ? await showChurn() : kind === "review" ? await showReview(parameters) : kind === "saved" ? await showSaved() : kind === "help" ? await showHelp() : await showStart();
      if (mine === turn) paint();
    } catch (error) {
      if (mine !== turn) return;
      const query = parameters.get("q");
      main.replaceChildren(...(kind === "search" && query && Number.isInteger(error.position) ? [pointed(query, error.position), make("p", {}, make("a", { href: "#/help" }, "How to ask"))] : []));
      tell(error.message, true);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form);
    if (!given.get("q").trim()) { location.hash = given.get("client") ? address("client", given.get("client")) : "#/"; return; }
    const next = address("search", "", Object.fromEntries(given));
    if (next === location.hash) show(); else location.hash = next;
  });
  window.addEventListener("hashchange", show);
  ask("/v1/clients").then(({ clients }) => {
    const chosen = form.elements.client.value;
    form.elements.client.append(...clients.map((c) => make("option", { value: c.id }, c.legal_name)));
    form.elements.client.value = chosen || new URLSearchParams(location.hash.split("?")[1] || "").get("client") || "";
  }).catch(() => { /* the page itself tells what is wrong */ });
  show();
})();
