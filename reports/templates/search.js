// Search: the distinct sentences of the series, with the reports they stand in.
(() => {
  const { make, read, write } = window.litanyPage;
  const data = window.litany;
  const form = document.getElementById("ask"), status = document.getElementById("status"), list = document.getElementById("hits");
  const MOST = 100; // sentences shown at once
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’‘`´]/g, "'").replace(/[“”„«»]/g, '"');

  // -- where each distinct sentence stands -----------------------------------------------------------------------------

  const places = data.texts.map(() => []);
  data.numbers.forEach((row, report) => row.forEach((number, k) => places[number].push([report, k])));
  const sets = data.threads.map((row) => new Set(row));
  let folded = null; // the texts as they are searched, made when they are first needed
  const KINDS = {
    all: "all sentences",
    new: "new that year",
    edited: "edited that year",
    verbatim: "verbatim that year",
    moved: "moved that year",
    dropped: "dropped that year",
  };
  const isKind = (kind, report, k) => {
    const letter = data.kinds[report][k];
    if (kind === "moved") return letter !== letter.toLowerCase();
    return kind === "all" || letter.toLowerCase() === kind[0];
  };
  // the places of a sentence that the filters let through
  const through = (number, kind, year) => {
    const chosen = [];
    for (const [report, k] of places[number]) {
      if (kind === "dropped") {
        const gone = report + 1 < data.ids.length && !sets[report + 1].has(data.threads[report][k]);
        if (gone && (year < 0 || year === report + 1)) chosen.push([report, k]);
      } else if ((year < 0 || year === report) && isKind(kind, report, k)) chosen.push([report, k]);
    }
    return chosen;
  };

  // -- the form --------------------------------------------------------------------------------------------------------

  const labelled = (text, field) => { const label = make("label", text); label.append(field); form.append(label); return field; };
  const query = labelled("Words, or \"a phrase\"", make("input", "", { type: "search", autocomplete: "off", spellcheck: false }));
  const year = labelled("Report", make("select"));
  year.append(new Option("any", ""));
  data.ids.forEach((id, k) => year.append(new Option(id, String(k))));
  const kind = labelled("Which", make("select"));
  Object.entries(KINDS).forEach(([key, text]) => kind.append(new Option(text, key)));
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());

  // -- results ---------------------------------------------------------------------------------------------------------

  const terms = (text) => [...text.matchAll(/"([^"]+)"|(\S+)/g)].map((found) => (found[1] ?? found[2]).trim()).filter(Boolean);
  const marked = (text, wanted) => { // the sentence with what was looked for marked, where letters correspond one to one
    const span = make("span"), low = plain(text);
    if (low.length !== text.length || !wanted.length) { span.textContent = text; return span; }
    let at = 0;
    while (at < text.length) {
      const next = wanted.map((term) => [low.indexOf(term, at), term.length]).filter(([found]) => found >= 0)
        .sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
      if (!next) break;
      span.append(text.slice(at, next[0]), make("mark", text.slice(next[0], next[0] + next[1])));
      at = next[0] + next[1];
    }
    span.append(text.slice(at));
    return span;
  };
  const card = (thread) => {
    let page = null;
    for (const [first, name] of data.cards) { if (first > thread) break; page = name; }
    return page && `${page}#l${thread + 1}`;
  };
  const counts = new Map(); // places of each lineage: those of one place have no card
  data.threads.forEach((row) => row.forEach((thread) => counts.set(thread, (counts.get(thread) || 0) + 1)));
  const hit = (number, chosen, wanted) => {
    const item = make("li", "", { className: "hit" });
    const text = make("p", "", { dir: "auto", lang: "" });
    text.append(marked(data.texts[number], wanted));
    const where = make("p", "", { className: "quiet" });
    const shown = [...new Map(chosen.map((place) => [place[0], place])).values()];
    shown.slice(0, 12).forEach(([report, k], n) => {
      where.append(n ? ", " : "", make("a", data.ids[report], { href: `${data.reports[report]}#s${k + 1}` }));
    });
    if (shown.length > 12) where.append(` and ${shown.length - 12} more`);
    const thread = data.threads[chosen[0][0]][chosen[0][1]];
    if (counts.get(thread) > 1) where.append(" · ", make("a", "its life", { href: card(thread) }));
    item.append(text, where);
    return item;
  };
  let limit = MOST;
  const run = () => {
    const wanted = terms(plain(query.value)), chosenYear = year.value === "" ? -1 : Number(year.value);
    list.replaceChildren();
    if (!wanted.length && chosenYear < 0 && kind.value === "all") { status.textContent = `${data.texts.length.toLocaleString("en")} different sentences in ${data.ids.length} reports.`; return; }
    folded ??= data.texts.map(plain);
    let found = 0;
    const items = document.createDocumentFragment();
    for (let number = 0; number < folded.length; number += 1) {
      if (!wanted.every((term) => folded[number].includes(term))) continue;
      const chosen = through(number, kind.value, chosenYear);
      if (!chosen.length) continue;
      found += 1;
      if (found <= limit) items.append(hit(number, chosen, wanted));
    }
    list.append(items);
    status.textContent = found === 1 ? "1 sentence." : `${found.toLocaleString("en")} sentences${found > limit ? `, the first ${limit} shown` : ""}.`;
    if (found > limit) {
      const more = make("button", "Show more", { type: "button", className: "more" });
      more.addEventListener("click", () => { limit += 5 * MOST; run(); });
      const last = make("li"); last.append(more); list.append(last);
    }
  };
  let waiting;
  const changed = () => {
    limit = MOST;
    write({ q: query.value, year: year.value, kind: kind.value === "all" ? "" : kind.value });
    run();
  };
  query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(changed, 120); });
  year.addEventListener("change", changed);
  kind.addEventListener("change", changed);
  const restore = () => {
    const { state } = read();
    query.value = state.get("q") || "";
    year.value = state.get("year") in data.ids ? state.get("year") : "";
    kind.value = state.get("kind") in KINDS ? state.get("kind") : "all";
    run();
  };
  addEventListener("hashchange", restore);
  restore();
})();
