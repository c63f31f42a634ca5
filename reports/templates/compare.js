// Any report beside any other: sentences by exact match, by lineage, by shared words; words by longest common subsequence.
(() => {
  const { make, read, write, refresh, goTo, onState, offerHiding } = window.litanyPage;
  const data = window.litany, { kindOf, kinds, isNamed } = window.litanyKinds, names = new Map(kinds);
  const series = document.querySelector(".site a").textContent;
  const form = document.getElementById("choose"), status = document.getElementById("status"), result = document.getElementById("result"), view = document.querySelector(".diff");
  const ENOUGH = 0.5; // share of words that two sentences have in common to be one
  const KIN = 0.3; // the same for two wordings of one lineage
  const CELLS = 4e6; // of a word comparison: longer sentences are compared at their ends only
  const PART = 16; // sentences that are laid out together once one of them comes in sight
  const COMMON = 40; // sentences that may share a word for it to lead to one

  // -- which sentences correspond --------------------------------------------------------------------------------------

  const align = (old, now) => {
    const from = new Array(data.numbers[now].length).fill(-1), taken = new Set();
    const link = (keys, keeps = () => true) => { // sentences with one key correspond in order
      const waiting = new Map();
      keys[old].forEach((key, i) => { if (!taken.has(i)) { const row = waiting.get(key); if (row) row.push(i); else waiting.set(key, [i]); } });
      keys[now].forEach((key, j) => {
        const row = from[j] < 0 && waiting.get(key);
        if (!row || !row.length || !keeps(row[0], j)) return;
        from[j] = row.shift();
        taken.add(from[j]);
      });
    };
    link(data.numbers);
    // in a long life a sentence can lose all its words: then the two have nothing to show side by side
    link(data.threads, (i, j) => shareOf(bag(data.texts[data.numbers[old][i]]), bag(data.texts[data.numbers[now][j]])) >= KIN);
    alike(old, now, from, taken);
    return { from, taken };
  };
  const bag = (text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) || []);
  const shareOf = (one, other) => {
    let both = 0;
    one.forEach((word) => { both += other.has(word); });
    return 2 * both / Math.max(1, one.size + other.size);
  };
  const alike = (old, now, from, taken) => {
    const bags = new Map(), holders = new Map();
    data.numbers[old].forEach((number, i) => {
      if (taken.has(i)) return;
      const words = bag(data.texts[number]);
      bags.set(i, words);
      words.forEach((word) => { const row = holders.get(word); if (row) row.push(i); else holders.set(word, [i]); });
    });
    const found = [];
    data.numbers[now].forEach((number, j) => {
      if (from[j] >= 0) return;
      const words = bag(data.texts[number]), shared = new Map();
      words.forEach((word) => {
        const row = holders.get(word);
        if (row && row.length <= COMMON) row.forEach((i) => shared.set(i, 0));
      });
      for (const i of shared.keys()) {
        const share = shareOf(words, bags.get(i));
        if (share >= ENOUGH) found.push([share, i, j]);
      }
    });
    found.sort((a, b) => b[0] - a[0] || a[2] - b[2] || a[1] - b[1]);
    for (const [, i, j] of found) if (from[j] < 0 && !taken.has(i)) { from[j] = i; taken.add(i); }
  };
  const inOrder = (from) => { // the longest chain of sentences that kept their order: all others moved
    const tails = [], before = [], kept = new Set();
    from.forEach((i, j) => {
      if (i < 0) return;
      let low = 0, high = tails.length;
      while (low < high) { const middle = (low + high) >> 1; if (from[tails[middle]] < i) low = middle + 1; else high = middle; }
      before[j] = low ? tails[low - 1] : -1;
      tails[low] = j;
    });
    for (let j = tails.length ? tails[tails.length - 1] : -1; j >= 0; j = before[j]) kept.add(j);
    return kept;
  };

  // -- words -----------------------------------------------------------------------------------------------------------

  const tokens = (text) => [...text.matchAll(/[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*|\S/gu)].map((found) => found[0]);
  const pieces = (text) => { // each word with the white space before it
    let at = 0;
    return tokens(text).map((word) => { const start = text.indexOf(word, at), piece = [text.slice(at, start), word]; at = start + word.length; return piece; });
  };
  const words = (before, after) => { // steps: what became of a word, the word, and whether white space stands before it
    const a = pieces(before), b = pieces(after);
    const steps = [];
    const kept = (i, j) => steps.push(["", b[j][1], Boolean(a[i][0]), Boolean(b[j][0])]);
    const gone = (i) => steps.push(["del", a[i][1], Boolean(a[i][0])]);
    const come = (j) => steps.push(["ins", b[j][1], Boolean(b[j][0])]);
    let head = 0, tail = 0;
    while (head < a.length && head < b.length && a[head][1] === b[head][1]) head += 1;
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail][1] === b[b.length - 1 - tail][1]) tail += 1;
    const n = a.length - head - tail, m = b.length - head - tail;
    for (let k = 0; k < head; k += 1) kept(k, k);
    if (n * m > CELLS) {
      for (let i = 0; i < n; i += 1) gone(head + i);
      for (let j = 0; j < m; j += 1) come(head + j);
    } else {
      const wide = m + 1, table = new Uint16Array((n + 1) * wide);
      for (let i = n - 1; i >= 0; i -= 1) for (let j = m - 1; j >= 0; j -= 1) {
        table[i * wide + j] = a[head + i][1] === b[head + j][1] ? table[(i + 1) * wide + j + 1] + 1
          : Math.max(table[(i + 1) * wide + j], table[i * wide + j + 1]);
      }
      let i = 0, j = 0;
      while (i < n || j < m) {
        if (i < n && j < m && a[head + i][1] === b[head + j][1]) { kept(head + i, head + j); i += 1; j += 1; }
        else if (j >= m || (i < n && table[(i + 1) * wide + j] >= table[i * wide + j + 1])) { gone(head + i); i += 1; }
        else { come(head + j); j += 1; }
      }
    }
    for (let k = tail; k > 0; k -= 1) kept(a.length - k, b.length - k);
    return steps;
  };
  const runsOf = (steps) => { // runs of one fate, what was taken out before what was put in: [fate, text, space in old, in new]
    const runs = [];
    let gone = null, come = null;
    const settle = () => { runs.push(...[gone, come].filter(Boolean)); gone = come = null; };
    for (const [op, word, space, spaceNow] of steps) {
      if (op === "del") { if (gone) gone[1] += (space ? " " : "") + word; else gone = ["del", word, space, null]; continue; }
      if (op === "ins") { if (come) come[1] += (space ? " " : "") + word; else come = ["ins", word, null, space]; continue; }
      settle();
      const last = runs[runs.length - 1];
      if (last?.[0] === "" && space === spaceNow) last[1] += (space ? " " : "") + word; else runs.push(["", word, space, spaceNow]);
    }
    settle();
    return runs;
  };
  const marked = (before, after) => { // the space before a run goes with a side that is hidden where the other has none
    const out = document.createDocumentFragment(), runs = runsOf(words(before, after)), kindsOf = judged(runs, before, after);
    runs.forEach(([op, text, inOld, inNew], k) => {
      const next = runs[k + 1]; // behind words of one side, it is the next of the other that says
      const old = inOld ?? next?.[2] ?? inNew, now = inNew ?? next?.[3] ?? inOld;
      const apart = op === "ins" && runs[k - 1]?.[0] === "del";
      const spaced = k && (inOld || inNew || apart);
      if (spaced && old && now) out.append(" ");
      else if (spaced) out.append(make("span", " ", { className: `gap${old ? " old" : ""}${now ? " new" : ""}` }));
      out.append(op ? change(op, text, kindsOf[k]) : text);
    });
    return out;
  };
  const judged = (runs, before, after) => { // the kind of change of each run, told with what stands around it
    const found = [];
    let old = 0, now = 0; // how far each sentence has been read
    runs.forEach(([op, text], k) => {
      const start = op === "del" ? before.indexOf(text, old) : after.indexOf(text, now), end = start + text.length;
      if (op === "del") old = end;
      else { now = end; if (!op) old = before.indexOf(text, old) + text.length; }
      if (!op) return;
      const gone = op === "del" ? text : "", replaced = op === "ins" && runs[k - 1]?.[0] === "del";
      if (op === "del" && runs[k + 1]?.[0] === "ins") return; // told with what was put in for it
      const whole = op === "del" ? before : after;
      found[k] = kindOf(replaced ? runs[k - 1][1] : gone, op === "ins" ? text : "", whole.slice(0, start), whole.slice(end));
      if (replaced) found[k - 1] = found[k];
    });
    return found;
  };
  const change = (op, text, kind = kindOf("", text)) => {
    const mark = make(op, text);
    mark.dataset.kind = kind;
    return mark;
  };

  // -- the page --------------------------------------------------------------------------------------------------------

  const line = (report, k, className, content, was) => { // `was` is the sentence of the old report that it was
    const isNew = report === shown[1], place = `${isNew ? "s" : "o"}${k + 1}`;
    const paragraph = make("p", "", { className, dir: "auto" }), sentence = make("span", "", { className: "sentence", id: place });
    if (was >= 0) sentence.dataset.was = was;
    sentence.append(content);
    const number = make("a", "", { className: "number", href: `#${place}`, lang: "en", dir: "ltr" });
    number.append(make("span", "Sentence ", { className: "hidden" }), String(k + 1));
    paragraph.append(number, sentence);
    return paragraph;
  };
  let shown = []; // the numbers of the reports that are, the old one and the new one
  const show = (old, now) => {
    shown = [old, now];
    result.replaceChildren();
    if (old === now) { view.hidden = true; refresh(); status.textContent = "A report beside itself: choose another."; return; }
    const { from, taken } = align(old, now), kept = inOrder(from), text = (report, k) => data.texts[data.numbers[report][k]];
    const tally = { verbatim: 0, edited: 0, new: 0, dropped: 0, moved: 0 };
    const rows = [];
    let next = 0; // old sentences up to here have been shown, if they were dropped
    const dropTo = (end) => {
      for (; next < end; next += 1) if (!taken.has(next)) { tally.dropped += 1; rows.push([true, line(old, next, "line changed gone", change("del", text(old, next)))]); }
    };
    from.forEach((i, j) => {
      if (kept.has(j)) dropTo(i);
      const same = i >= 0 && data.numbers[old][i] === data.numbers[now][j], moved = i >= 0 && !kept.has(j);
      tally[i < 0 ? "new" : same ? "verbatim" : "edited"] += 1;
      tally.moved += moved;
      const content = document.createDocumentFragment();
      if (moved) content.append(make("span", `from sentence ${i + 1}`, { className: "way", lang: "en", id: `m${j + 1}-to` }), " ");
      content.append(i < 0 ? change("ins", text(now, j)) : same ? text(now, j) : marked(text(old, i), text(now, j)));
      rows.push([i < 0 || !same || moved, line(now, j, i < 0 || !same || moved ? "line changed" : "line", content, i)]);
    });
    dropTo(data.numbers[old].length);
    fold(rows);
    list();
    for (const [side, report] of [["new", now], ["old", old]]) {
      result.dataset[side] = report;
      view.querySelector(`#view-${side} ~ bdi`).textContent = data.ids[report];
    }
    view.hidden = false;
    refresh();
    status.textContent = `${data.ids[now]} beside ${data.ids[old]}, in sentences: ${tally.verbatim} verbatim, ${tally.edited} edited, ${tally.new} new, ${tally.dropped} dropped${tally.moved ? `; ${tally.moved} moved` : ""}. `;
    document.title = `${data.ids[now]} beside ${data.ids[old]}: ${series}`;
    const page = data.differences[`${old} ${now}`];
    if (page) status.append(make("a", "This pair has a page of its own.", { href: page }));
    else status.append(make("a", "Link to this pair", { className: "copy", href: `#old=${old}&new=${now}` }));
  };
  const list = () => { // every change with a line that leads to it: words taken out and put in at one place are one
    const entries = view.querySelector(".changes ol");
    const short = (text) => { // cut behind a word, or within a very long one
      if (text.length <= 70) return text;
      const cut = text.slice(0, 70).replace(/\s?\S*$/, "");
      return `${cut.length > 35 ? cut : text.slice(0, 69)}…`;
    };
    entries.replaceChildren();
    let entry = null, before = null;
    const counts = new Map();
    const name = () => { // behind the words: what kind of change it is
      const kind = entry?.parentElement.dataset.kind;
      if (kind && isNamed(kind)) entry.append(" ", make("span", names.get(kind), { className: "kind" }));
    };
    const add = (place, kind) => {
      name();
      const item = make("li");
      if (kind) { item.dataset.kind = kind; counts.set(kind, (counts.get(kind) ?? 0) + 1); }
      entry = make("a", "", { href: `#${place}` });
      item.append(entry);
      entries.append(item);
    };
    result.querySelectorAll("ins, del, .way").forEach((mark, k) => {
      if (mark.matches(".way")) {
        add(mark.id);
        entry.append(make("span", "moved:", { className: "kind" }), ` ${short(mark.parentElement.textContent.slice(mark.textContent.length).trim())}`);
        return;
      }
      const goesOn = mark.matches("ins") && before?.matches("del") && follows(before, mark);
      if (!goesOn) { mark.id = `c${k + 1}`; add(mark.id, mark.dataset.kind); } else entry.append(" ");
      entry.append(make(mark.localName, short(mark.textContent), { dir: "auto" }));
      before = mark;
    });
    name();
    offerHiding(kinds.filter(([kind]) => counts.has(kind)).map(([kind, text]) => [kind, text, counts.get(kind)]));
    const number = entries.children.length;
    document.getElementById("changes-title").textContent = number === 1 ? "1 change" : `${number.toLocaleString("en")} changes`;
    view.querySelector(".changes").hidden = !number;
  };
  const follows = (before, mark) => { // with nothing but white space between
    let node = before.nextSibling;
    while (node && node !== mark && !node.textContent.trim()) node = node.nextSibling;
    return node === mark;
  };
  const fold = (rows) => { // unchanged sentences, but for one beside each change
    const shown = rows.map((_, k) => rows.slice(Math.max(k - 1, 0), k + 2).some(([changed]) => changed));
    for (let k = 0; k < rows.length;) {
      let end = k;
      while (end < rows.length && shown[end] === shown[k]) end += 1;
      const part = rows.slice(k, end).map(([, paragraph]) => paragraph);
      if (shown[k] || part.length < 3) {
        for (let at = 0; at < part.length; at += PART) {
          const box = make("div", "", { className: "part" });
          box.append(...part.slice(at, at + PART));
          result.append(box);
        }
      } else {
        const details = make("details", "", { className: "fold" }), summary = make("summary", `${part.length} unchanged sentences`, { lang: "en" });
        details.append(summary, ...part);
        result.append(details);
      }
      k = end;
    }
  };

  const chooser = (text, name) => {
    const select = make("select", "", { name }), label = make("label", text);
    data.ids.forEach((id, k) => select.append(new Option(id, String(k))));
    label.append(select);
    form.append(label);
    return select;
  };
  const old = chooser("Old", "old"), now = chooser("New", "new");
  const swap = make("button", "Swap", { type: "button" });
  form.append(swap);
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  const how = document.getElementById("how");
  how.textContent = "Choose two reports to see how the one became the other. Those listed at the end were compared beforehand, with more care.";
  how.classList.remove("lead");
  const chosen = () => [old, now].map((select) => Number(select.value));
  const run = () => { // a step that the browser's way back takes back
    write({ old: old.value, new: now.value }, { adds: true });
    show(...chosen());
  };
  old.addEventListener("change", run);
  now.addEventListener("change", run);
  swap.addEventListener("click", () => { [old.value, now.value] = [now.value, old.value]; run(); });
  onState((state) => {
    const given = (name, otherwise) => (state.get(name) in data.ids ? state.get(name) : String(otherwise));
    old.value = given("old", 0);
    now.value = given("new", data.ids.length - 1);
    if (String(chosen()) !== String(shown)) show(...chosen());
  });
  const place = document.getElementById(read().place);
  if (place) goTo(place);
})();
