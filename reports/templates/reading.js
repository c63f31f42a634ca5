// Every page is whole without this. It adds keys, copied links, state in the address, and a few buttons.
(() => {
  const make = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const all = (selector) => [...document.querySelectorAll(selector)];

  // -- state in the address: '#s12&view=old' is the place s12 in the view of the old text ------------------------------

  const read = () => {
    const parts = location.hash.slice(1).split("&").filter(Boolean);
    const place = parts.find((part) => !part.includes("=")) || "";
    const state = new URLSearchParams(parts.filter((part) => part.includes("=")).join("&"));
    return { place: decode(place), state };
  };
  const decode = (text) => {
    try { return decodeURIComponent(text); } catch { return text; }
  };
  const addressOf = (place, state = read().state) => { // of this page at a place, seen as it is now
    const hash = [place, state.toString()].filter(Boolean).join("&");
    return location.href.split("#")[0] + (hash ? `#${hash}` : "");
  };
  const write = (change, { adds = false } = {}) => { // instead of the address that was, or as a step behind it
    const { place, state } = read();
    for (const [key, value] of Object.entries(change)) {
      if (value) state.set(key, value); else state.delete(key);
    }
    history[adds ? "pushState" : "replaceState"](null, "", addressOf(adds ? "" : place, state));
  };
  const listeners = [];
  window.litanyPage = { make, read, write, addressOf, onState: (listener) => { listeners.push(listener); listener(read().state); } };

  const unmark = () => all(".here").forEach((other) => other.classList.remove("here"));
  const goTo = (target, isWhole = target.matches("section, details, main")) => { // with its folds open, and marked
    unmark();
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (!isWhole) target.classList.add("here");
    const shown = target.checkVisibility?.() === false ? target.closest(".sentence, p") : target; // one side may be hidden
    (shown ?? target).scrollIntoView({ block: isWhole ? "start" : "center" });
  };
  window.litanyPage.goTo = goTo;
  const reveal = () => {
    const { place, state } = read();
    listeners.forEach((listener) => listener(state));
    const target = place && document.getElementById(place);
    if (target) goTo(target); else unmark();
  };
  addEventListener("hashchange", reveal);

  // -- what was done, said to everyone ---------------------------------------------------------------------------------

  const status = make("p", "", { className: "said", role: "status" });
  document.body.append(status);
  let fading;
  const say = (text) => {
    status.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(() => { status.textContent = ""; }, 1800);
  };
  const copy = async (url) => {
    try {
      await navigator.clipboard.writeText(url);
      say("Link copied");
    } catch {
      say(url);
    }
  };
  window.litanyPage.copy = copy;
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const pair = event.target.closest("a.copy"), link = event.target.closest("a[href^='#']");
    const name = link?.getAttribute("href").slice(1), place = name && !name.includes("=") ? decode(name) : "";
    if (pair) {
      event.preventDefault();
      const { state } = read();
      new URLSearchParams(pair.hash.slice(1)).forEach((value, key) => state.set(key, value)); // the pair where the address is bare
      copy(addressOf("", state));
    }
    if (!place) return;
    if (link.matches("a.number, .card h2 a")) copy(addressOf(name));
    const target = document.getElementById(place);
    if (!read().state.toString() || target?.closest("[hidden]")) return;
    event.preventDefault(); // the browser would take the view, the reports chosen and all else out of the address
    if (location.href === addressOf(name)) reveal(); else location.href = addressOf(name);
    if (!target) return;
    if (!target.matches("a, button, input, [tabindex]")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  });

  // -- folds -----------------------------------------------------------------------------------------------------------

  const tools = document.querySelector(".tools");
  if (tools?.closest(".diff")) { // where they stay at the top, what is gone to must not come to stand under them
    const clear = () => {
      const stays = getComputedStyle(tools).position === "sticky";
      document.documentElement.style.scrollPaddingBlockStart = stays ? `${tools.offsetHeight + 8}px` : "";
    };
    new ResizeObserver(clear).observe(tools);
    addEventListener("resize", clear);
  }
  const folds = () => all("details.fold");
  const unfold = make("button", "", { type: "button" });
  const label = () => {
    unfold.hidden = !folds().length;
    unfold.textContent = folds().every((fold) => fold.open) ? "Fold" : "Unfold all";
  };
  unfold.addEventListener("click", () => {
    const open = !folds().every((fold) => fold.open);
    folds().forEach((fold) => { fold.open = open; });
    label();
  });
  document.addEventListener("toggle", (event) => { if (event.target.matches("details.fold")) label(); }, true);
  if (tools) {
    label();
    const legend = tools.querySelector(".legend");
    if (legend) legend.after(unfold); else tools.append(unfold);
  }

  // -- views of a difference: both, one side, or side by side ----------------------------------------------------------

  const views = document.querySelector(".views");
  const prose = document.querySelector(".diff .prose[lang]");
  const OLD = "del[id]:not(.within), .way[id$='-from'], .sentence[id^='o']";
  let rows = null;
  const pull = () => { // back into one column
    if (!rows) return;
    rows.forEach(([row, paragraph, lent, passed]) => {
      lent.forEach(([node, id]) => { node.id = id; node.hidden = false; });
      passed.forEach(([node, heir]) => { node.id = heir.id; heir.removeAttribute("id"); });
      paragraph.classList.remove("right");
      row.replaceWith(paragraph);
    });
    rows = null;
  };
  const split = () => {
    if (rows) return;
    rows = [...prose.querySelectorAll("p")].map((paragraph) => {
      const row = make("div", "", { className: "beside" });
      const left = paragraph.cloneNode(true);
      left.querySelectorAll(".way:not([id$='-from'])").forEach((way) => way.remove());
      left.querySelectorAll(`[id]:not(${OLD})`).forEach((node) => {
        if (node.matches(".sentence")) node.dataset.of = node.id;
        node.removeAttribute("id");
      });
      const lent = [...paragraph.querySelectorAll(OLD)].map((node) => [node, node.id]); // the left side shows these
      lent.forEach(([node]) => { node.removeAttribute("id"); node.hidden = true; });
      const passed = [...paragraph.querySelectorAll("del.within[id]")].flatMap((node) => { // neither side shows these
        const heir = [node.nextElementSibling, node.nextElementSibling?.nextElementSibling].find((other) => other?.matches("ins.within:not([id])"));
        if (!heir) return [];
        heir.id = node.id;
        node.removeAttribute("id");
        return [[node, heir]];
      });
      left.classList.add("left");
      paragraph.replaceWith(row);
      paragraph.classList.add("right");
      row.append(left, paragraph);
      return [row, paragraph, lent, passed];
    });
  };
  if (views && prose) {
    const choice = make("label");
    choice.append(make("input", "", { type: "radio", name: "view", value: "beside", id: "view-beside" }), " side by side");
    views.append(choice);
    const show = (view) => {
      if (view === "beside") split(); else pull();
      document.body.classList.toggle("wide", view === "beside");
    };
    views.addEventListener("change", (event) => {
      show(event.target.value);
      write({ view: event.target.value === "both" ? "" : event.target.value });
      recount();
    });
    listeners.push((state) => {
      const wanted = document.getElementById(`view-${state.get("view") || "both"}`);
      if (wanted && !wanted.checked) { wanted.checked = true; show(wanted.value); recount(); }
    });
    window.litanyPage.refresh = () => { // another text stands in the page
      rows = null;
      show(views.querySelector("input:checked").value);
      label();
      recount();
    };
  }

  // -- a report, sentence by sentence: which sentences, and the year of each word ---------------------------------------

  const lines = document.querySelector(".lines");
  const words = document.getElementById("words");
  if (words) {
    words.addEventListener("change", () => write({ words: words.checked ? "1" : "" }));
    listeners.push((state) => { words.checked = state.has("words"); });
  }
  if (lines && tools) {
    const kinds = make("select");
    const choice = make("label", "Show ");
    for (const kind of ["all", "new", "edited", "verbatim", "moved"]) kinds.append(new Option(kind, kind));
    choice.append(kinds);
    const shown = make("output");
    choice.append(shown);
    tools.append(choice);
    const total = lines.querySelectorAll(".s").length;
    const show = (kind) => {
      lines.classList.remove(...[...kinds.options].map((option) => `only-${option.value}`));
      if (kind !== "all") lines.classList.add(`only-${kind}`);
      const number = kind === "all" ? total : lines.querySelectorAll(`.s.${kind}`).length;
      shown.textContent = kind === "all" ? "" : `${number ? number.toLocaleString("en") : "none"} of ${total.toLocaleString("en")} ${total === 1 ? "sentence" : "sentences"}`;
      recount();
    };
    kinds.addEventListener("change", () => { show(kinds.value); write({ kind: kinds.value === "all" ? "" : kinds.value }); });
    listeners.push((state) => {
      const kind = state.get("kind") || "all";
      if ([...kinds.options].some((option) => option.value === kind)) { kinds.value = kind; show(kind); }
    });
  }

  // -- a heatmap of many reports: what is pointed at is said, a click leads to the pair --------------------------------

  const pointed = make("p", "", { className: "pointed" });
  pointed.setAttribute("aria-hidden", "true");
  const known = document.querySelector("[data-values]");
  const values = known ? known.dataset.values.split(" ") : [];
  const size = (part) => part.getBoundingClientRect().width;
  all("[data-order]").forEach((chart) => {
    const order = chart.dataset.order.split(" ").map(Number), names = JSON.parse(known.dataset.ids);
    const area = chart.querySelector("g.cells") || [...chart.querySelectorAll("image")].sort((a, b) => size(b) - size(a))[0];
    const pair = (event) => { // the reports of a cell, the earlier first; none on the diagonal and outside
      const box = area.getBoundingClientRect();
      const row = Math.floor((event.clientY - box.top) / box.height * order.length);
      const column = Math.floor((event.clientX - box.left) / box.width * order.length);
      const inside = row !== column && order[row] !== undefined && order[column] !== undefined;
      return inside ? [order[row], order[column]].sort((a, b) => a - b) : null;
    };
    chart.querySelectorAll("a > title").forEach((title) => { // it would be said twice
      title.parentNode.setAttribute("aria-label", title.textContent);
      title.remove();
    });
    document.body.append(pointed);
    chart.addEventListener("pointermove", (event) => {
      const found = pair(event);
      const value = found && values[found[1] * (found[1] - 1) / 2 + found[0]];
      pointed.textContent = found ? `${names[found[1]]} and ${names[found[0]]}${value ? `: ${value.length > 1 ? "." : ""}${value}` : ""}` : "";
      chart.style.cursor = found ? "pointer" : "";
      pointed.style.left = `${Math.min(event.clientX + 14, innerWidth - pointed.offsetWidth - 8)}px`;
      pointed.style.top = `${event.clientY + 16}px`;
    });
    chart.addEventListener("pointerleave", () => { pointed.textContent = ""; });
    chart.addEventListener("click", (event) => {
      const found = !event.target.closest("a") && pair(event);
      if (found) location.href = `compare.html#old=${found[0]}&new=${found[1]}`;
    });
  });

  // -- keys ------------------------------------------------------------------------------------------------------------

  const STOPS = ".diff .prose :is(ins, del)[id]:not(.unmarked), .diff .prose .way[id$='-to'], .s.new, .s.edited, .card, .hit, .events .name";
  let last = null; // the stop that was shown last: a press of a button takes the focus from it
  const onScreen = (stop) => { const box = stop.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };
  const UNSEEN = { new: "del", old: "ins, .within, .way", beside: ".right del" }; // by view; the browser would have to lay out all to say so
  const stopsNow = () => {
    const unseen = UNSEEN[views?.querySelector("input:checked").value], only = lines?.className.match(/only-(\w+)/)?.[1];
    return all(STOPS).filter((stop) => !(unseen && stop.matches(unseen)) && !(only && !stop.matches(`.${only}`)));
  };
  const step = (by, keepsFocus = false) => {
    const stops = stopsNow();
    if (!stops.length) return;
    const from = stops.includes(document.activeElement) ? document.activeElement : last && onScreen(last) ? last : null;
    const at = stops.indexOf(from);
    const next = at < 0 ? nearest(stops, by) : stops[(at + by + stops.length) % stops.length];
    goTo(next, false);
    if (!keepsFocus) {
      if (!next.hasAttribute("tabindex") && !next.matches("a")) next.tabIndex = -1;
      next.focus({ preventScroll: true });
    }
    last = next;
    if (counter) counter.textContent = `${stops.indexOf(next) + 1} of ${stops.length}`;
  };
  let counter = null;
  const recount = () => { // the same by buttons, for a mouse or a finger
    const number = document.querySelector(".diff .changes, .lines") ? stopsNow().length : 0;
    if (!counter && number) counter = stepper();
    if (!counter) return;
    counter.textContent = number === 1 ? "1 change" : `${number} changes`;
    counter.parentElement.hidden = !number;
    last = null;
  };
  const stepper = () => {
    const group = make("nav", "", { className: "stepper" }), said = make("span");
    group.setAttribute("aria-label", "From change to change");
    said.setAttribute("role", "status");
    const button = (sign, what, by) => {
      const made = make("button", sign, { type: "button", title: what });
      made.setAttribute("aria-label", what);
      made.addEventListener("click", () => step(by, true));
      return made;
    };
    group.append(button("↑", "change before (p)", -1), said, button("↓", "next change (n)", 1));
    document.body.append(group);
    return said;
  };
  const nearest = (stops, by) => { // the first below the middle of the screen, or the last above it: they stand in order
    const middle = scrollY ? innerHeight / 2 : 0;
    let low = 0, high = stops.length;
    while (low < high) {
      const at = (low + high) >> 1;
      if (stops[at].getBoundingClientRect().top > middle) high = at; else low = at + 1;
    }
    return by > 0 ? stops[low % stops.length] : stops[(low || stops.length) - 1];
  };
  const follow = (selector) => { const link = document.querySelector(selector); if (link) location.href = link.href; };
  const KEYS = {
    n: ["next change", () => step(1)],
    p: ["change before", () => step(-1)],
    "]": ["next report", () => follow("a[rel=next]")],
    "[": ["report before", () => follow("a[rel=prev]")],
    u: ["show or fold unchanged text", () => unfold.isConnected && !unfold.hidden && unfold.click()],
    v: ["next view: both, new, old, side by side", () => cycle()],
    w: ["the year of each word", () => words && words.click()],
    c: ["copy a link to the sentence", () => copyHere()],
    i: ["about the sentence: its life, its wordings", () => window.litanyPage.aboutHere?.()],
    "/": ["search", () => find()],
    "?": ["these keys", () => help()],
  };
  const cycle = () => {
    const choices = all(".views input");
    if (choices.length) choices[(choices.findIndex((choice) => choice.checked) + 1) % choices.length].click();
  };
  const copyHere = () => {
    const place = document.activeElement.closest("[id]") || document.querySelector(".here");
    copy(place && place !== document.body ? addressOf(place.id) : location.href);
  };
  const find = () => {
    const field = document.querySelector("input[type=search]");
    if (field) field.focus(); else follow("nav.site a[href$='search.html']");
  };

  let dialog;
  const stored = (value) => { // kept where the browser allows it
    try {
      if (value !== undefined) localStorage.setItem("litany-keys", value);
      return localStorage.getItem("litany-keys");
    } catch { return value ?? null; }
  };
  let off = stored() === "off";
  const help = () => {
    if (!dialog) {
      dialog = make("dialog");
      dialog.setAttribute("aria-label", "Keys");
      const list = make("dl");
      for (const [key, [what]] of Object.entries(KEYS)) {
        const term = make("dt");
        term.append(make("kbd", key));
        list.append(term, make("dd", what));
      }
      const toggle = make("input", "", { type: "checkbox", checked: !off });
      toggle.addEventListener("change", () => { off = !toggle.checked; stored(off ? "off" : "on"); });
      const choice = make("label");
      choice.append(toggle, " use these keys (? always works)");
      const close = make("button", "Close", { type: "button" });
      close.addEventListener("click", () => dialog.close());
      const bottom = make("p");
      bottom.append(close);
      dialog.append(make("strong", "Keys"), list, choice, bottom);
      document.body.append(dialog);
    }
    if (!dialog.open) dialog.showModal();
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input:not([type=radio]):not([type=checkbox]), select, textarea, dialog")) return;
    const action = KEYS[event.key];
    if (!action || (off && event.key !== "?")) return;
    event.preventDefault();
    action[1]();
  });
  const hint = make("button", "Keys: ?", { type: "button", className: "more" });
  hint.addEventListener("click", help);
  document.querySelector("footer").append(hint);

  window.litanyPage.recount = recount;
  recount();
  reveal();
})();
