"use strict";
// The pages: search, a client's timeline, a record's text at the cited place. Words from documents go into the page as text only.
// The address after # says what is shown:  #/search?q=…   #/client/ID   #/record/ID?start=…&end=…   #/
(() => {
  const main = document.getElementById("main"), status = document.getElementById("status"), form = document.getElementById("question");
  let turn = 0; // answers that come after the reader has gone on are dropped

  function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (name === "class") element.className = value;
      else if (name === "click") element.addEventListener("click", value);
      else element.setAttribute(name, value);
    }
    for (const child of children.flat()) if (child !== null && child !== undefined) element.append(child);
    return element;
  }

  function tell(words, trouble) {
    status.textContent = words;
    status.className = trouble ? "trouble" : "";
  }

  async function ask(path, parameters) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters || {})) for (const one of [value].flat()) if (one) query.append(name, one);
    const answer = await fetch(path + (query.size ? "?" + query : ""), { headers: { Accept: "application/json, text/plain" } });
    if (!answer.ok) {
      let problem = {};
      try { problem = await answer.json(); } catch { /* no problem document: the status line has to do */ }
      throw new Error(problem.detail || answer.status + " " + answer.statusText);
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

  async function showSearch(parameters) {
    const asked = { q: parameters.get("q"), client: parameters.get("client"), from: parameters.get("from"), to: parameters.get("to"),
                    sort: parameters.get("sort") || "score", kind: parameters.getAll("kind") };
    for (const name of ["q", "client", "from", "to", "sort"]) form.elements[name].value = asked[name] || (name === "sort" ? "score" : "");
    const list = make("div");
    const answer = await ask("/v1/search", asked);
    return () => {
      tell(answer.total + (answer.total === 1 ? " record" : " records") + " in " + answer.took_ms + " ms");
      main.replaceChildren(make("div", { class: "columns" }, facets(answer.facets, asked), list));
      more(list, answer, asked);
    };
  }

  function facets(counts, asked) {
    const side = make("nav", { class: "facets", "aria-label": "Narrow down" });
    for (const [field, parameter] of [["kind", "kind"], ["clients", "client"]]) {
      const values = Object.entries(counts?.[field] || {});
      if (!values.length) continue;
      side.append(make("h2", {}, spoken(field)), make("ul", {}, values.map(([value, count]) => {
        const chosen = [asked[parameter]].flat().includes(value);
        const next = parameter === "kind" ? (chosen ? asked.kind.filter((k) => k !== value) : [...asked.kind, value]) : (chosen ? "" : value);
        return make("li", {}, make("button", { type: "button", "aria-pressed": chosen, click: () => { location.hash = address("search", "", { ...asked, [parameter]: next }); } },
          spoken(value) + " " + count));
      })));
    }
    return side;
  }

  function more(list, answer, asked) {
    for (const hit of answer.hits) {
      const first = hit.highlights[0];
      list.append(make("article", {},
        make("h2", {}, make("a", { href: address("record", hit.record_id, first && first.field === "text" ? { start: first.start, end: first.end } : {}) }, hit.subject || hit.inner || hit.source_paths[0])),
        make("p", { class: "dim" }, [hit.date || "no date", spoken(hit.kind), ...hit.clients].join(" · ")),
        make("p", { class: "dim" }, hit.source_paths[0] + (hit.inner ? "  >  " + hit.inner : "")),
        hit.highlights.map((h) => make("p", { class: "fragment" }, h.field === "text"
          ? make("a", { href: address("record", hit.record_id, { start: h.start, end: h.end }) }, h.fragment) : h.fragment))));
    }
    if (!answer.next) return;
    const button = make("button", { type: "button", click: async () => {
      button.disabled = true;
      try {
        const following = await ask("/v1/search", { ...asked, cursor: answer.next });
        button.remove();
        more(list, following, asked);
      } catch (error) { button.disabled = false; tell(error.message, true); }
    } }, "More");
    list.append(button);
  }

  // ---------------------------------------------------------------- a client

  async function showClient(id) {
    const history = await ask("/v1/clients/" + encodeURIComponent(id) + "/history");
    return () => {
      form.elements.client.value = id;
      tell(history.timeline.length + " entries");
      main.replaceChildren(
        make("h1", {}, history.client.legal_name + " (" + history.client.id + ")"),
        make("p", { class: "dim" }, (history.client.aliases || []).join(", ")),
        make("h2", {}, "How it ended"), ...endings(history), make("h2", {}, "Timeline"),
        ...history.timeline.map((entry) => make("div", { class: "entry" }, make("time", {}, entry.date || "no date"),
          make("div", {}, make("span", { class: "tag" }, spoken(entry.record_type)), make("span", { class: "tag" }, spoken(entry.kind)), entry.title || "", quotes(entry.cites)))));
    };
  }

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

  const quotes = (cites) => (cites || []).slice(0, 3).map((c) => make("blockquote", {},
    make("a", { href: address("record", c.record_id, { start: c.start, end: c.end }), title: c.source_path + (c.page ? ", page " + c.page : "") }, c.quote.length > 300 ? c.quote.slice(0, 300) + "…" : c.quote)));

  // ---------------------------------------------------------------- a record

  // Offsets count code points, strings of this language count UTF-16 units.
  function unitOf(text, codePoint) {
    let unit = 0;
    for (let seen = 0; seen < codePoint && unit < text.length; seen++) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
    return unit;
  }

  async function showRecord(id, parameters) {
    const path = "/v1/records/" + encodeURIComponent(id);
    const [record, text] = await Promise.all([ask(path), ask(path + "/text")]);
    const start = unitOf(text, Number(parameters.get("start")) || 0), end = unitOf(text, Number(parameters.get("end")) || 0);
    return () => {
      tell("");
      const marked = end > start ? make("mark", {}, text.slice(start, end)) : null;
      const rows = [["Date", record.date], ["Kind", spoken(record.kind)], ["Clients", record.clients.join(", ")], ["From", record.from], ["To", record.to.join(", ")],
                    ["Place", record.source_paths.join("\n") + (record.inner ? "  >  " + record.inner : "")], ["SHA-256", record.sha256],
                    ["Read", record.outcome.status + (record.outcome.reason ? ": " + record.outcome.reason : "")]];
      main.replaceChildren(
        make("h1", {}, record.subject || record.name),
        make("p", {}, record.clients.map((c) => make("a", { class: "tag", href: address("client", c) }, c)), record.privileged ? make("span", { class: "tag" }, "privileged") : null,
          make("a", { href: path + "/original" }, "Original as it came (" + record.size + " bytes)")),
        make("table", {}, rows.filter(([, value]) => value).map(([name, value]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, value)))),
        make("h2", {}, "Text"),
        make("div", { class: "text" }, marked ? [text.slice(0, start), marked, text.slice(end)] : text || "(no text)"));
      if (marked) marked.scrollIntoView({ block: "center" });
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
      const paint = kind === "search" && parameters.get("q") ? await showSearch(parameters) : kind === "client" && id ? await showClient(id)
        : kind === "record" && id ? await showRecord(id, parameters) : await showStart();
      if (mine === turn) paint();
    } catch (error) {
      if (mine === turn) { main.replaceChildren(); tell(error.message, true); }
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
