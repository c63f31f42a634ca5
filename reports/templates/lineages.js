// The list of all lives, sorted and filtered. As it comes it is whole; what is asked for is made from the data.
(() => {
  const { make, write, onState } = window.litanyPage;
  const { fold, count, placesOf, lifeOf, card, strip, id } = window.litanyLives;
  const data = window.litany;
  const table = document.getElementById("lives");
  if (!table) return;
  const body = table.tBodies[0], caption = table.caption, said = caption.textContent, whole = [...body.rows];
  const form = document.getElementById("ask"), status = document.getElementById("status"), more = document.getElementById("more");
  const leaves = [...document.querySelectorAll(".leaves")];
  const MOST = 100; // rows shown at once
  const WHICH = {
    all: ["all sentences", () => true],
    same: ["never reworded", (life) => life.wordings.length === 1],
    reworded: ["reworded", (life) => life.wordings.length > 1],
    back: ["dropped and taken up again", (life) => life.absent > 0],
    now: ["still there", (life) => life.last === data.ids.length - 1],
    gone: ["dropped for good", (life) => life.last < data.ids.length - 1],
  };
  const SORTS = {
    text: (life) => life.text, first: (life) => life.first, last: (life) => life.last,
    reports: (life) => life.reports, wordings: (life) => life.wordings.length, absent: (life) => life.absent,
  };
  const USUAL = "-reports"; // most first

  // -- the form and the heads ---------------------------------------------------------------------------------------------

  const labelled = (text, field) => { const label = make("label", text); label.append(field); form.append(label); return field; };
  const query = labelled("Words in any wording", make("input", "", { type: "search", autocomplete: "off", spellcheck: false }));
  const which = labelled("Which", make("select"));
  Object.entries(WHICH).forEach(([key, [text]]) => which.append(new Option(text, key)));
  const begun = labelled("Began in", make("select"));
  begun.append(new Option("any", ""));
  [...new Set(data.threads.flatMap((row) => row.filter((thread) => placesOf(thread).length > 1)).map((thread) => placesOf(thread)[0][0]))]
    .sort((a, b) => a - b).forEach((report) => begun.append(new Option(data.ids[report], String(report))));
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  let sort = USUAL;
  const heads = [...table.tHead.querySelectorAll("[data-sort]")].map((head) => {
    const button = make("button", head.textContent, { type: "button", className: "sort" });
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const key = head.dataset.sort, usual = ["text", "first"].includes(key) ? key : `-${key}`;
      sort = sort === usual ? (usual.startsWith("-") ? key : `-${key}`) : usual;
      changed();
    });
    return head;
  });

  // -- rows ---------------------------------------------------------------------------------------------------------------

  const shortened = (text, most) => {
    const letters = [...text];
    if (letters.length <= most) return text;
    const line = letters.slice(0, most).join(""), cut = line.slice(0, Math.max(line.lastIndexOf(" "), 0));
    return `${[...cut].length > Math.floor(most / 2) ? cut : letters.slice(0, most - 1).join("")}…`;
  };
  const cell = (tag, ...held) => { const node = make(tag); node.append(...held); return node; };
  const row = (life) => {
    const line = make("tr"), link = make("a", shortened(life.text, 90), { href: card(life.thread), lang: "", dir: "auto" });
    const head = cell("th", link), drawn = cell("td", strip(life.runs));
    head.scope = "row";
    drawn.className = "drawn";
    const figures = [life.reports, life.wordings.length, life.absent].map((n) => cell("td", n.toLocaleString("en")));
    line.append(head, drawn, cell("td", id(life.first)), cell("td", id(life.last)), ...figures);
    return line;
  };
  let lives = null, folded = new Map(), limit = MOST;
  const wording = (number) => {
    if (!folded.has(number)) folded.set(number, fold(data.texts[number]));
    return folded.get(number);
  };
  const chosen = () => {
    lives ??= Array.from({ length: count() }, (_, thread) => thread).filter((thread) => placesOf(thread).length > 1).map(lifeOf);
    const terms = fold(query.value).split(/\s+/).filter(Boolean), [, test] = WHICH[which.value];
    const key = sort.replace("-", ""), sign = sort.startsWith("-") ? -1 : 1, value = SORTS[key];
    return lives
      .filter((life) => test(life) && (begun.value === "" || life.first === Number(begun.value))
        && (!terms.length || life.wordings.some((number) => terms.every((term) => wording(number).includes(term)))))
      .map((life) => [value(life), life])
      .sort(([a, one], [b, other]) => sign * (a < b ? -1 : a > b ? 1 : 0) || one.thread - other.thread)
      .map(([, life]) => life);
  };
  const run = () => {
    heads.forEach((head) => {
      const on = head.dataset.sort === sort.replace("-", "");
      if (on) head.setAttribute("aria-sort", sort.startsWith("-") ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
    });
    const asked = query.value.trim() || which.value !== "all" || begun.value !== "" || sort !== USUAL;
    more.replaceChildren();
    leaves.forEach((nav) => { nav.hidden = Boolean(asked); });
    caption.textContent = asked ? "Each sentence leads to all its wordings." : said;
    status.textContent = "";
    if (!asked) { body.replaceChildren(...whole); return; }
    const found = chosen();
    body.replaceChildren(...found.slice(0, limit).map(row));
    status.textContent = `${found.length.toLocaleString("en")} of ${lives.length.toLocaleString("en")} sentences${found.length > limit ? `, the first ${limit.toLocaleString("en")} shown` : ""}.`;
    if (found.length > limit) {
      const button = make("button", "Show more", { type: "button", className: "more" });
      button.addEventListener("click", () => { limit += 5 * MOST; run(); });
      more.append(button);
    }
  };
  let waiting;
  const changed = () => {
    limit = MOST;
    write({ find: query.value.trim(), which: which.value === "all" ? "" : which.value, begun: begun.value, sort: sort === USUAL ? "" : sort });
    run();
  };
  query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(changed, 120); });
  which.addEventListener("change", changed);
  begun.addEventListener("change", changed);
  onState((state) => {
    const given = (key, known, usual) => (known.includes(state.get(key)) ? state.get(key) : usual);
    query.value = state.get("find") || "";
    which.value = given("which", Object.keys(WHICH), "all");
    begun.value = given("begun", [...begun.options].map((option) => option.value), "");
    sort = given("sort", Object.keys(SORTS).flatMap((key) => [key, `-${key}`]), USUAL);
    limit = MOST;
    run();
  });
})();
