// Search: the sentences of the series by their words, a life each, with the wordings that fit and where they stand.
(() => {
  const { make, write, onState } = window.litanyPage;
  const { fold, folding, placesOf, lifeOf, card, strip, id } = window.litanyLives;
  const data = window.litany;
  const form = document.getElementById("ask"), status = document.getElementById("status"), list = document.getElementById("hits");
  const spread = document.getElementById("spread");
  const MOST = 50, WORDINGS = 3, YEARS = 12; // lives shown at once, wordings of each, and reports of each wording

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
  const ORDERS = { first: "the oldest first", reports: "the longest lived first", last: "the latest first" };
  const isKind = (kind, report, k) => {
    const letter = data.kinds[report][k];
    if (kind === "moved") return letter !== letter.toLowerCase();
    return kind === "all" || letter.toLowerCase() === kind[0];
  };
  // the places of a sentence that the filters let through
  const through = (number, kind, year) => places[number].filter(([report, k]) => {
    if (kind === "dropped") {
      const gone = report + 1 < data.ids.length && !sets[report + 1].has(data.threads[report][k]);
      return gone && (year < 0 || year === report + 1);
    }
    return (year < 0 || year === report) && isKind(kind, report, k);
  });

  // -- what is asked for -------------------------------------------------------------------------------------------------

  const LETTER = /[\p{L}\p{N}]/u;
  // words of these are written without spaces, or with others joined to them in front: they are found anywhere
  const JOINED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u;
  const bound = (letter) => letter !== undefined && LETTER.test(letter) && !JOINED.test(letter);
  const terms = (text) => [...text.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)].map(([, minus, phrase, word]) => {
    const anywhere = word !== undefined && word.startsWith("*") && word.length > 1;
    const words = (phrase ?? (anywhere ? word.slice(1) : word)).split(/\s+/).filter(Boolean).join(" ");
    const letters = [...words];
    return {
      words,
      without: Boolean(minus),
      begins: !anywhere && bound(letters[0]), // only where a word begins
      ends: phrase !== undefined && bound(letters[letters.length - 1]), // and, of a phrase, where one ends
    };
  }).filter((term) => term.words);
  const before = (text, at) => (at > 1 && /[\udc00-\udfff]/.test(text[at - 1]) ? text.slice(at - 2, at) : text[at - 1]);
  const findIn = (text, term, start = 0) => {
    for (let at = text.indexOf(term.words, start); at >= 0; at = text.indexOf(term.words, at + 1)) {
      const end = at + term.words.length;
      const after = end < text.length ? String.fromCodePoint(text.codePointAt(end)) : undefined;
      const opens = !term.begins || at === 0 || !LETTER.test(before(text, at));
      if (opens && (!term.ends || after === undefined || !LETTER.test(after))) return at;
    }
    return -1;
  };
  const fits = (text, wanted) => wanted.every((term) => (findIn(text, term) >= 0) !== term.without);
  const marked = (text, wanted) => { // the sentence with what was looked for marked
    const span = make("span"), shown = wanted.filter((term) => !term.without);
    const [low, from] = shown.length ? folding(text) : [text, []];
    let at = 0, done = 0;
    while (at < low.length) {
      const next = shown.map((term) => [findIn(low, term, at), term.words.length]).filter(([found]) => found >= 0)
        .sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
      if (!next) break;
      at = next[0] + next[1];
      let end = from[at];
      if (at < low.length && end === from[at - 1]) end = from[low.length]; // within one letter, as 'ae' in 'æ'
      for (let k = at; k < from.length; k += 1) if (from[k] > from[at - 1]) { end = from[k]; break; }
      span.append(text.slice(done, from[next[0]]), make("mark", text.slice(from[next[0]], end)));
      done = end;
    }
    span.append(text.slice(done));
    return span;
  };

  // -- the form --------------------------------------------------------------------------------------------------------

  const labelled = (text, field) => { const label = make("label", text); label.append(field); form.append(label); return field; };
  const query = labelled("Words", make("input", "", { type: "search", autocomplete: "off", spellcheck: false }));
  query.setAttribute("aria-describedby", "hint");
  const year = labelled("Report", make("select"));
  year.append(new Option("any", ""));
  data.ids.forEach((name, k) => year.append(new Option(name, String(k))));
  const kind = labelled("Which", make("select"));
  Object.entries(KINDS).forEach(([key, text]) => kind.append(new Option(text, key)));
  const order = labelled("Order", make("select"));
  Object.entries(ORDERS).forEach(([key, text]) => order.append(new Option(text, key)));
  form.hidden = false;
  document.getElementById("hint").hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());

  // -- results ---------------------------------------------------------------------------------------------------------

  const wording = (number, chosen, wanted) => { // a wording and the reports that have it
    const where = make("p", "", { className: "quiet" });
    const shown = [...new Map(chosen.map((place) => [place[0], place])).values()];
    shown.slice(0, YEARS).forEach(([report, k], n) => {
      const link = make("a", "", { href: `${data.reports[report]}#s${k + 1}` });
      link.append(id(report));
      where.append(n ? ", " : "", link);
    });
    if (shown.length > YEARS) where.append(` and ${shown.length - YEARS} more`);
    const text = make("p", "", { dir: "auto", lang: "" });
    text.append(marked(data.texts[number], wanted));
    return [text, where];
  };
  const hit = (group, wanted) => {
    const life = lifeOf(group.thread), item = make("li", "", { className: "hit" });
    const drawn = make("p", "", { className: "life" });
    const found = [...new Set(group.wordings.flatMap(([, chosen]) => chosen.map(([report]) => report)))].sort((a, b) => a - b);
    drawn.append(id(0), " ", strip(life.runs, found), " ", id(data.ids.length - 1));
    const href = card(group.thread);
    if (href) drawn.append(" · ", make("a", "its life", { href }));
    const all = group.wordings.map(([number, chosen]) => wording(number, chosen, wanted));
    item.append(...all.slice(0, WORDINGS).flat());
    if (all.length > WORDINGS) {
      const more = make("details"), rest = all.length - WORDINGS;
      more.append(make("summary", `${rest} more ${rest === 1 ? "wording" : "wordings"}`), ...all.slice(WORDINGS).flat());
      item.append(more);
    }
    item.append(drawn);
    return item;
  };
  const number = (count, one) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
  const spreadOf = (groups) => { // in which reports the hits stand: a bar each, and the figures in words
    const counts = data.ids.map(() => 0);
    groups.forEach((group) => group.wordings.forEach(([, chosen]) => chosen.forEach(([report]) => { counts[report] += 1; })));
    const most = Math.max(...counts), named = counts.map((count, report) => [report, count]).filter(([, count]) => count);
    if (named.length < 2) return;
    const svg = strip([]);
    svg.setAttribute("aria-hidden", "true");
    svg.removeAttribute("role");
    svg.querySelector("title").remove();
    const path = named.map(([report, count]) => { const height = Math.max(Math.round(120 * count / most) / 10, 1); return `M${report} ${12 - height}h${data.ids.length > 40 ? 1 : 0.8}v${height}h-${data.ids.length > 40 ? 1 : 0.8}z`; }).join("");
    const bars = svg.lastChild.cloneNode();
    bars.setAttribute("class", "s");
    bars.setAttribute("d", path);
    svg.append(bars);
    const line = make("p", "", { className: "life" });
    line.append(id(0), " ", svg, " ", id(data.ids.length - 1), ` · in ${named.length} of ${number(data.ids.length, "report")}: `);
    named.slice(0, 2 * YEARS).forEach(([report, count], n) => {
      const link = make("a", "", { href: `#${new URLSearchParams({ q: query.value, year: String(report), ...(kind.value === "all" ? {} : { kind: kind.value }) })}` });
      link.append(id(report));
      line.append(n ? ", " : "", link, ` ${count.toLocaleString("en")}`);
    });
    if (named.length > 2 * YEARS) line.append(` and ${named.length - 2 * YEARS} more`);
    spread.append(line);
  };
  const grouped = (wanted, chosenKind, chosenYear) => { // the lives that have a wording that fits
    folded ??= data.texts.map(fold);
    const groups = new Map();
    for (let text = 0; text < folded.length; text += 1) {
      if (!fits(folded[text], wanted)) continue;
      const by = new Map();
      for (const place of through(text, chosenKind, chosenYear)) {
        const thread = data.threads[place[0]][place[1]];
        if (by.has(thread)) by.get(thread).push(place); else by.set(thread, [place]);
      }
      for (const [thread, chosen] of by) {
        if (!groups.has(thread)) groups.set(thread, { thread, wordings: [] });
        groups.get(thread).wordings.push([text, chosen]);
      }
    }
    return [...groups.values()];
  };
  const value = { first: (group) => group.thread, reports: (group) => -new Set(placesOf(group.thread).map(([report]) => report)).size, last: (group) => -Math.max(...group.wordings.flatMap(([, chosen]) => chosen.map(([report]) => report))) };
  let groups = [], wanted = [], shown = 0;
  const more = make("button", "Show more", { type: "button", className: "more" });
  const last = make("li");
  last.append(more);
  const append = (count) => {
    last.remove();
    list.append(...groups.slice(shown, shown + count).map((group) => hit(group, wanted)));
    shown = Math.min(shown + count, groups.length);
    if (shown < groups.length) list.append(last);
  };
  more.addEventListener("click", () => {
    const at = shown;
    append(4 * MOST);
    focusOn(list.children[at]);
  });
  const run = () => {
    const chosenYear = year.value === "" ? -1 : Number(year.value);
    wanted = terms(fold(query.value));
    list.replaceChildren();
    spread.replaceChildren();
    groups = [];
    shown = 0;
    if (!wanted.some((term) => !term.without) && chosenYear < 0 && kind.value === "all") {
      status.textContent = `${number(data.texts.length, "different sentence")} in ${number(data.ids.length, "report")}.`;
      return;
    }
    const key = value[order.value];
    groups = grouped(wanted, kind.value, chosenYear).map((group) => [key(group), group]).sort(([a, one], [b, other]) => a - b || one.thread - other.thread).map(([, group]) => group);
    append(MOST);
    const wordings = groups.reduce((sum, group) => sum + group.wordings.length, 0);
    status.textContent = `${number(groups.length, "sentence")}${wordings > groups.length ? ` in ${number(wordings, "wording")}` : ""}.${groups.length > shown ? ` The first ${shown} are shown.` : ""}`;
    if (groups.length) spreadOf(groups);
  };

  // -- keys: down from the field to the hits and back, Enter follows, Esc returns ------------------------------------------

  const focusOn = (item) => {
    if (!item) return;
    if (item.matches(".hit")) item.tabIndex = -1;
    const target = item.matches(".hit") ? item : item.querySelector("button");
    target.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const item = document.activeElement.closest("#hits > li");
    if (event.key === "ArrowDown" && document.activeElement === query) focusOn(list.firstElementChild);
    else if (event.key === "ArrowDown" && item) focusOn(item.nextElementSibling);
    else if (event.key === "ArrowUp" && item) { if (item.previousElementSibling) focusOn(item.previousElementSibling); else query.focus(); }
    else if (event.key === "Enter" && item === document.activeElement) item.querySelector("a").click();
    else if (event.key === "/" && document.activeElement === query && !query.value) { /* it is where it leads */ }
    else if (event.key === "Escape" && item) query.focus();
    else if (event.key === "Escape" && document.activeElement === query && query.value) { query.value = ""; changed(); }
    else return;
    event.preventDefault();
  });

  // -- state ---------------------------------------------------------------------------------------------------------------

  let waiting;
  const changed = () => {
    clearTimeout(waiting);
    write({ q: query.value, year: year.value, kind: kind.value === "all" ? "" : kind.value, order: order.value === "first" ? "" : order.value });
    run();
  };
  query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(changed, 120); });
  [year, kind, order].forEach((field) => field.addEventListener("change", changed));
  onState((state) => {
    query.value = state.get("q") || "";
    year.value = state.get("year") in data.ids ? state.get("year") : "";
    kind.value = Object.hasOwn(KINDS, state.get("kind")) ? state.get("kind") : "all";
    order.value = Object.hasOwn(ORDERS, state.get("order")) ? state.get("order") : "first";
    run();
  });
  if (!location.hash) query.focus({ preventScroll: true });
})();
