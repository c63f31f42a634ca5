// What search.html and lineages.html know of sentences: how they are looked for, what became of each, and its strip.
window.litanyLives = (() => {
  const { make } = window.litanyPage;
  const data = window.litany;

  // -- looking for words, whatever their case, accents and quotes --------------------------------------------------------

  const ACCENTS = /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\ufeff]/g;
  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ", "ə": "e", "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "–": "-", "—": "-" };
  const OWN = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
  const PLAIN = /^[\x20-\x5f\x61-\x7e]*$/; // needs no more than small letters
  const fold = (text) => PLAIN.test(text) ? text.toLowerCase()
    : text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(ACCENTS, "").replace(OWN, (letter) => LETTERS[letter]);
  // the folded text, and for each of its letters where in the text it came from
  const folding = (text) => {
    let out = "";
    const from = [];
    for (let at = 0; at < text.length;) {
      const letter = String.fromCodePoint(text.codePointAt(at)), low = fold(letter);
      for (let k = 0; k < low.length; k += 1) from.push(at);
      out += low;
      at += letter.length;
    }
    from.push(text.length);
    return [out, from];
  };

  // -- lives -------------------------------------------------------------------------------------------------------------

  const STATES = { n: "f", v: "k", e: "e" };
  const CELLS = { f: [0, 12], k: [6, 12], e: [0, 12], m: [10, 12], a: [6, 11] };
  const WORDS = { f: "first", k: "word for word", e: "reworded", m: "merged into another sentence", a: "absent" };
  const runsOf = (thread, places) => {
    const letters = new Map((data.within[thread] || []).map((report) => [report, "m"]));
    for (const [report, k] of places) {
      if ("mk".includes(letters.get(report) ?? "m")) letters.set(report, STATES[data.kinds[report][k].toLowerCase()]);
    }
    const last = Math.max(...letters.keys()), runs = [];
    for (let report = places[0][0]; report <= last; report += 1) {
      const letter = letters.get(report) ?? "a", run = runs[runs.length - 1];
      if (run && run[0] === letter) run[2] = report; else runs.push([letter, report, report]);
    }
    return runs;
  };
  let threads = null;
  const placesOf = (thread) => { // of all lineages, gathered once
    if (!threads) {
      threads = [];
      data.threads.forEach((row, report) => row.forEach((number, k) => (threads[number] ??= []).push([report, k])));
    }
    return threads[thread] || [];
  };
  const count = () => { placesOf(0); return threads.length; };
  const numberAt = ([report, k]) => data.numbers[report][k];
  const known = new Map();
  const lifeOf = (thread) => {
    if (!known.has(thread)) {
      const places = placesOf(thread), runs = runsOf(thread, places);
      const wordings = new Set(places.map(numberAt)), reports = new Set(places.map(([report]) => report));
      known.set(thread, {
        thread, places, runs, wordings: [...wordings], reports: reports.size, first: places[0][0], last: places[places.length - 1][0],
        absent: runs.reduce((sum, [letter, first, last]) => sum + (letter === "a" ? last + 1 - first : 0), 0),
        text: data.texts[numberAt(places[0])],
      });
    }
    return known.get(thread);
  };
  const card = (thread) => { // those that stand in one place have none
    if (placesOf(thread).length < 2) return null;
    let page = null;
    for (const [first, name] of data.cards) { if (first > thread) break; page = name; }
    return page && `${page}#l${thread + 1}`;
  };

  // -- strips, as html/strips.py draws them ----------------------------------------------------------------------------------

  const SVG = "http://www.w3.org/2000/svg";
  const shape = (name, more) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(more)) node.setAttribute(key, value);
    return node;
  };
  const inWords = (runs) => {
    const parts = runs.slice(0, 12).map(([letter, first, last]) => `${data.ids[first]}${last > first ? `–${data.ids[last]}` : ""} ${WORDS[letter]}`);
    if (runs.length > 12) parts.push(`and on to ${data.ids[runs[runs.length - 1][2]]}`);
    return parts.join(", ");
  };
  const strip = (runs, found = []) => { // `found` are reports to be marked
    const total = data.ids.length, paths = {};
    for (const [letter, first, last] of runs) {
      const [top, bottom] = CELLS[letter];
      paths[letter] ??= "";
      if (total > 40) paths[letter] += `M${first} ${top}h${last + 1 - first}v${bottom - top}h-${last + 1 - first}z`;
      else for (let k = first; k <= last; k += 1) paths[letter] += `M${k} ${top}h.8v${bottom - top}h-.8z`;
    }
    const svg = shape("svg", { class: "strip", role: "img", viewBox: `0 0 ${total} ${found.length ? 16 : 12}`, width: Math.min(10 * total, 200), preserveAspectRatio: "none" });
    const title = shape("title", {});
    title.textContent = inWords(runs) + (found.length ? `; found in ${found.map((report) => data.ids[report]).join(", ")}` : "");
    svg.append(title, shape("path", { class: "b", d: `M0 11.9h${total}` }));
    for (const letter of Object.keys(paths).sort()) svg.append(shape("path", { class: letter, d: paths[letter] }));
    if (found.length) svg.append(shape("path", { class: "s", d: found.map((report) => `M${report} 14h${total > 40 ? 1 : 0.8}v2h-${total > 40 ? 1 : 0.8}z`).join("") }));
    return svg;
  };
  const id = (report) => make("bdi", data.ids[report], data.ids[report].length <= 16 ? { className: "id" } : {});
  return { fold, folding, placesOf, count, lifeOf, card, strip, id };
})();
