// A card a sentence: when it was first seen and last changed, all its wordings, and links. The sentences of the whole
// series are loaded when the first card is asked for.
(() => {
  const prose = document.querySelector(".prose[data-new]");
  if (!prose) return;
  const { make, copy, addressOf } = window.litanyPage;
  const root = document.currentScript.src.replace(/[^/]*$/, "");
  const LEAST = 0.35; // of the window's height: a card is not made shorter, however long its sentence
  const MOST = 5; // wordings on a card, those around the sentence; the page of its life has them all
  const card = make("div", "", { className: "life-card", popover: "auto" });
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-labelledby", "life-card-title");
  document.body.append(card);

  const load = (name) => new Promise((done, fail) => {
    const script = make("script", "", { src: root + name });
    script.addEventListener("load", done);
    script.addEventListener("error", () => fail(new Error(`no ${name} beside the pages`)));
    document.head.append(script);
  });
  let loading = null;
  const series = () => {
    loading ??= (window.litany ? Promise.resolve() : load("data/sentences.js")).then(() => load("lives.js")).then(() => window.litany);
    return loading;
  };

  // -- what is known of a sentence -------------------------------------------------------------------------------------

  const earlier = (data, report, thread) => { // the one sentence of the old side; none where it may be several
    const k = data.threads[report].indexOf(thread);
    return k >= 0 && k === data.threads[report].lastIndexOf(thread) && [report, k];
  };
  const wordingsOf = (data, places) => { // one after another, each with the first and the last report that has it
    const runs = [];
    for (const [r, s] of places) {
      const number = data.numbers[r][s], last = runs[runs.length - 1];
      if (last && last.number === number) last.to = r; else runs.push({ number, from: r, to: r, at: s });
    }
    return runs;
  };
  const facts = (data, places) => {
    const ids = data.ids, reports = [...new Set(places.map(([r]) => r))], letter = ([r, s]) => data.kinds[r][s].toLowerCase();
    const changed = places.filter((place) => letter(place) === "e"), last = reports[reports.length - 1];
    const said = [`First seen in ${ids[reports[0]]}`, changed.length ? `last changed in ${ids[changed[changed.length - 1][0]]}` : "never reworded"];
    said.push(`in ${reports.length} ${reports.length === 1 ? "report" : "reports"}`);
    said.push(last === ids.length - 1 ? "still there" : `dropped after ${ids[last]}`);
    return `${said.join("; ")}.`;
  };

  // -- the card --------------------------------------------------------------------------------------------------------

  const fill = (data, report, k, place, line) => {
    const { placesOf, card: cardOf } = window.litanyLives, thread = data.threads[report][k];
    const places = placesOf(thread), runs = wordingsOf(data, places), page = cardOf(thread);
    const here = runs.findIndex((run) => run.from <= report && report <= run.to && run.number === data.numbers[report][k]);
    const start = Math.max(0, Math.min(here - (MOST >> 1), runs.length - MOST));
    const title = make("h2", `Sentence ${k + 1} of ${data.ids[report]}`, { id: "life-card-title" });
    const rows = make("ol");
    for (const run of runs.slice(start, start + MOST)) {
      const row = make("li", "", { className: run === runs[here] ? "this" : "" }), years = run.from === run.to ? data.ids[run.from] : `${data.ids[run.from]}–${data.ids[run.to]}`;
      row.append(make("a", years, { href: `${root}${data.reports[run.from]}#s${run.at + 1}` }), " ", make("span", data.texts[run.number], { dir: "auto", lang: "" }));
      rows.append(row);
    }
    const links = make("p", "", { className: "links" });
    const link = make("button", "Copy a link", { type: "button" });
    link.addEventListener("click", () => { copy(addressOf(place)); card.hidePopover(); });
    links.append(link);
    if (page) links.append(make("a", runs.length > 1 ? `Its life, ${runs.length} wordings` : "Its life", { href: root + page }));
    links.append(make("a", `In ${data.ids[report]}`, { href: `${root}${data.reports[report]}#s${k + 1}` }));
    card.replaceChildren(title, make("p", `${facts(data, places)}${line ? ` Here: ${line}.` : ""}`), links, rows);
  };
  const put = (sentence) => { // beside the text where the window is wide enough, else where it does not hide the sentence
    const width = Math.min(innerWidth - 16, 30 * 16), column = prose.getBoundingClientRect().right + 12;
    const clamped = (at, size, limit) => Math.max(8, Math.min(at, limit - size - 8));
    card.style.width = `${width}px`;
    card.style.maxHeight = "";
    const isBeside = column + width + 8 <= innerWidth, height = card.offsetHeight;
    let box = sentence.getBoundingClientRect();
    const room = () => [innerHeight - box.bottom - 14, box.top - 14]; // below it and above it
    const isCut = box.top < 0 || box.bottom > innerHeight;
    if (!isBeside && (isCut || Math.max(...room()) < height)) { // the page moves, and a long card is the shorter
      scrollBy(0, box.top - 12);
      box = sentence.getBoundingClientRect();
      card.style.maxHeight = `${Math.max(LEAST * innerHeight, Math.min(height, Math.max(...room())))}px`;
    }
    const [below, above] = room(), size = card.offsetHeight;
    const top = isBeside ? box.top - 8 : below >= size || below >= above ? box.bottom + 6 : box.top - size - 6;
    card.style.left = `${isBeside ? column : clamped(box.left, width, innerWidth)}px`;
    card.style.top = `${clamped(top, size, innerHeight)}px`;
  };
  const show = async (sentence) => {
    const id = sentence.dataset.of ?? sentence.id, [, side, number] = id.match(/^([so])(\d+)$/) || [];
    const report = side === "o" ? prose.dataset.old : prose.dataset.new;
    if (!side || report === undefined) return;
    const line = side === "s" && sentence.parentElement.querySelector(`a.number[href="#${id}"]`)?.title;
    try {
      const data = await series(), k = Number(number) - 1;
      const old = Number(prose.dataset.old), was = sentence.dataset.was;
      const before = sentence.dataset.of && (was === undefined ? earlier(data, old, data.threads[report][k]) : [old, Number(was)]);
      if (before) fill(data, ...before, id); else fill(data, Number(report), k, id, line);
    } catch (error) {
      card.replaceChildren(make("p", error.message, { id: "life-card-title" }));
    }
    if (!sentence.contains(document.activeElement)) { // to which Esc gives the focus back
      if (!sentence.hasAttribute("tabindex")) sentence.tabIndex = -1;
      sentence.focus({ preventScroll: true });
    }
    card.showPopover();
    put(sentence);
    card.querySelector("button")?.focus({ preventScroll: true });
  };

  // -- how it is asked for ---------------------------------------------------------------------------------------------

  const SENTENCE = ".sentence:is([id], [data-of]), .s[id]";
  prose.addEventListener("click", (event) => {
    if (event.target.closest("a, button, summary") || !getSelection().isCollapsed) return;
    const sentence = event.target.closest(SENTENCE);
    if (sentence) show(sentence);
  });
  window.litanyPage.aboutHere = () => {
    const here = document.activeElement.closest(SENTENCE) || document.querySelector(".here")?.closest(SENTENCE);
    if (here) show(here);
  };
  prose.classList.add("asks");
})();
