// What kind of change it is when one stretch of words becomes another: the rules of analysis/changes.py, step by step,
// with what has to be known of words from data/words.js. A test holds the two against each other.
window.litanyKinds = (() => {
  const known = window.litanyWords;
  const { near: NEAR, far: FAR, largest: LARGEST, dated: DATED, parts: MOST_PARTS, numbers, spans } = known;
  const set = (name) => new Set(known[name]);
  const months = set("months"), weekdays = set("weekdays"), functions = set("functions"), names = set("names");
  const links = set("links"), endings = set("endings"), and = set("and"), negations = set("negations");
  const weights = new Map([...known.kinds.map(([kind]) => kind), "space", "same"].reverse().map((kind, weight) => [kind, weight]));
  const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

  // -- words -----------------------------------------------------------------------------------------------------------

  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"; // as Python has it
  const WORD = "\\p{L}\\p{N}_", LETTER = "\\p{L}\\p{Nl}\\p{No}", DIGIT = "\\p{Nd}";
  const TOKEN = new RegExp(
    `(?:(?<![^${SPACE}(\\[])[-−+])?${DIGIT}+(?:[.,:/'’]${DIGIT}+)*(?:-${DIGIT}+/${DIGIT}+)?(?:[${LETTER}]{1,3}(?![\\p{L}\\p{N}]))?`
    + `|[${LETTER}]+(?:['’\`´ʼ\\-‐‑][${LETTER}]+)*|[${WORD}]+|[^${WORD}${SPACE}]`, "gu");
  const MARK = new RegExp(`^[^${WORD}${SPACE}%‰$€£¥§°+=<>~^]$`, "u");
  const FRACTION = /^(?:\p{Nd}+[/⁄]\p{Nd}+|[¼½¾⅓⅔⅛⅜⅝⅞])$/u;
  const CAPITAL = /^\p{Uppercase}/u;
  const SHORTENED = new RegExp(`(?<=[${WORD}]{3}m)me$|(?<=[${WORD}]{2}og)ue$`, "u");
  const NO_LETTERS = /(?:[^\p{L}\p{N}'])+/gu;
  const WHITE = new RegExp(`[${SPACE}]+`, "gu");
  const QUOTES = new RegExp(`[${Object.keys(known.quotes).join("").replace(/[\]\\^-]/g, "\\$&")}]`, "gu");
  const PLAIN = /^[0-9]{1,15}$/, YEAR = /^(?:1[5-9]|20)[0-9]{2}$/;
  const [IN_DIGITS, SPOKEN, MAY_JOIN, IS_YEAR, HAN] = [1, 2, 4, 8, 16];

  const tokens = (text) => text.match(TOKEN) || [];
  // the browser has no folding of case: by way of capitals it comes to the same, but for the i without a dot
  const casefold = (text) => (/^[\x00-\x7f]*$/.test(text) ? text.toLowerCase()
    : [...text].map((letter) => (letter === "ı" ? letter : letter.toUpperCase().toLowerCase())).join(""));
  const fold = (text) => casefold(text).replace(QUOTES, (quote) => known.quotes[quote]);
  const bare = (text) => fold(text).replace(NO_LETTERS, "");
  const plainLetters = (text) => fold(text).normalize("NFKD").replace(NO_LETTERS, "");
  const number = (word) => { // [its value, that in any language, marks]; nothing for other words
    if (PLAIN.test(word)) return [Number(word), Number(word), IN_DIGITS | (YEAR.test(word) ? IS_YEAR : 0)];
    const found = own(numbers, word), signed = !found && /^[-+−]./.test(word) && number(word.slice(1));
    return signed && signed[2] & IN_DIGITS ? [null, null, IN_DIGITS] : found; // a change may begin at the sign
  };
  const marks = (word) => number(word)?.[2] ?? 0;
  const valueOf = (text) => number(text)?.[0] ?? own(spans, text) ?? null;
  const isSpoken = (text) => Boolean(marks(text) & SPOKEN) || (own(spans, text) !== undefined && !(marks(text[0]) & HAN));

  // -- units: a word, number, date or name of one side -----------------------------------------------------------------

  const unitOf = (text, nearMonth) => {
    if (MARK.test(text)) return { kind: "punctuation", text, key: fold(text) };
    if (months.has(text) || weekdays.has(text)) return { kind: "date", text, key: "\0date" };
    const first = text.split(" ", 1)[0];
    if (marks(first) & IN_DIGITS) return dated(text, nearMonth);
    if (functions.has(text) && !negations.has(fold(text))) return { kind: "function", text, key: fold(text) };
    return valueOf(text) === null ? { kind: null, text, key: fold(text) } : dated(text, nearMonth);
  };
  const dated = (text, nearMonth) => {
    const value = number(text)?.[1] ?? own(spans, text) ?? null;
    const isDate = marks(text) & IS_YEAR || (nearMonth && value !== null && value >= 1 && value <= 31);
    return isDate ? { kind: "date", text, key: "\0date" } : { kind: "number", text, key: "\0number" };
  };
  const numberRuns = (words) => { // where numbers of several words begin, and behind the last word of each
    const runs = new Map(), isPart = words.map((word) => Boolean(marks(word) & MAY_JOIN));
    for (let at = 0; at < words.length;) {
      let end = at + 1;
      while (marks(words[at]) & HAN && end < words.length && marks(words[end]) & HAN) end += 1;
      if (end - at > 1 && own(spans, words.slice(at, end).join(" ")) !== undefined) { runs.set(at, end); at = end; continue; }
      end = at + 1;
      if (end < words.length && /^\p{Nd}+$/u.test(words[at]) && FRACTION.test(words[end])) { runs.set(at, end + 1); at = end + 1; continue; }
      while (isPart[at] && end < words.length && end - at < MOST_PARTS) {
        if (isPart[end]) end += 1;
        else if (and.has(casefold(words[end])) && isPart[end + 1]) end += 2;
        else break;
      }
      while (end - at > 1 && own(spans, words.slice(at, end).join(" ")) === undefined) end -= 1;
      if (end - at > 1) runs.set(at, end);
      at = end;
    }
    return runs;
  };
  const isLight = (word) => functions.has(word) || months.has(word) || weekdays.has(word);
  const nameEndsOf = (words) => { // for each word, behind the name that begins there, with titles and first names before it
    const ends = words.map((_, at) => at);
    for (let at = words.length - 1, end = 0; at >= 0; at -= 1) {
      if (!CAPITAL.test(words[at]) || isLight(words[at])) { end = 0; continue; }
      end ||= names.has(words[at]) ? at + 1 : 0;
      ends[at] = end || at;
    }
    return ends;
  };
  const unitsOf = (text, before, after) => {
    const inside = tokens(text), runs = numberRuns(inside), nameEnds = nameEndsOf(inside), units = [];
    const ahead = tokens(before).slice(-DATED), around = [...ahead, ...inside, ...tokens(after).slice(0, DATED)];
    for (let at = 0; at < inside.length;) {
      const end = runs.get(at) ?? at + 1, behind = end === at + 1 ? nameEnds[at] : at;
      if (behind > at) {
        units.push({ kind: "name", text: inside.slice(at, behind).join(" "), key: "\0name" });
        at = behind;
        continue;
      }
      const words = inside.slice(at, end).join(" "), unit = unitOf(words, false);
      const isNearMonth = () => around.slice(Math.max(ahead.length + at - DATED, 0), ahead.length + at + DATED + 1).some((word) => months.has(word));
      units.push(unit.kind === "number" && isNearMonth() ? unitOf(words, true) : unit);
      at = end;
    }
    return units;
  };

  // -- comparing -------------------------------------------------------------------------------------------------------

  const isOneDate = (units) => units.some((unit) => unit.kind === "date") && units.every((unit) =>
    unit.kind === "date" || unit.kind === "punctuation" || (unit.kind === "function" && links.has(unit.key)));
  const blocksOf = (a, b) => { // the longest common subsequence, of several the one that rapidfuzz finds
    let head = 0, tail = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
    const n = a.length - head - tail, m = b.length - head - tail, wide = n + 1, table = new Uint16Array((m + 1) * wide);
    for (let row = 1; row <= m; row += 1) for (let column = 1; column <= n; column += 1) {
      table[row * wide + column] = a[head + column - 1] === b[head + row - 1] ? table[(row - 1) * wide + column - 1] + 1
        : Math.max(table[(row - 1) * wide + column], table[row * wide + column - 1]);
    }
    const grows = (row, column) => table[row * wide + column] > table[row * wide + column - 1];
    const pairs = [];
    for (let k = tail; k > 0; k -= 1) pairs.push([a.length - k, b.length - k]);
    const middle = [];
    for (let row = m, column = n; row && column;) {
      if (!grows(row, column)) { column -= 1; continue; }
      row -= 1;
      if (row && grows(row, column)) continue;
      column -= 1;
      middle.push([head + column, head + row]);
    }
    return [...Array.from({ length: head }, (_, k) => [k, k]), ...middle.reverse(), ...pairs];
  };
  function* kinds(first, second) {
    if (isOneDate(first) && isOneDate(second)) { yield "date"; return; }
    const [a, b] = [first, second].map((side) => side.filter((unit) => unit.kind !== "punctuation"));
    const marksOf = (side) => side.filter((unit) => unit.kind === "punctuation").map((unit) => unit.text).join("\0");
    if (marksOf(first) !== marksOf(second)) yield "punctuation";
    if (a.length * b.length > LARGEST) {
      yield a.map((unit) => unit.text).join("\0") === b.map((unit) => unit.text).join("\0") ? "same" : "wording";
      return;
    }
    let i = 0, j = 0;
    for (const [x, y] of blocksOf(a.map((unit) => unit.key), b.map((unit) => unit.key))) {
      yield* gap(a.slice(i, x), b.slice(j, y));
      yield kept(a[x], b[y]);
      i = x + 1;
      j = y + 1;
    }
    yield* gap(a.slice(i), b.slice(j));
  }
  const kept = (x, y) => {
    if (x.text === y.text) return "same";
    if (casefold(x.text) === casefold(y.text)) return "case";
    if (fold(x.text) === fold(y.text)) return "punctuation";
    if (x.kind === "name") return isRespelled(x.text, y.text) ? "spelling" : "name";
    const value = valueOf(x.text), isSame = value !== null && value === valueOf(y.text);
    return isSame && isSpoken(x.text) !== isSpoken(y.text) ? "spelling" : x.kind ?? "same";
  };
  function* gap(a, b) {
    if (!a.length && !b.length) return;
    const [one, other] = [a, b].map((side) => side.map((unit) => unit.text).join(" "));
    const letters = plainLetters(one);
    if (letters && letters === plainLetters(other)) { yield bare(one) === bare(other) ? "punctuation" : "spelling"; return; }
    const [x, y] = [a, b].map((side) => side.filter((unit) => unit.kind !== "function"));
    if (x.length + y.length < a.length + b.length) yield "function";
    if (!x.length && !y.length) return;
    const found = new Set([...x, ...y].map((unit) => unit.kind)), isLevel = x.length === y.length;
    const only = (...allowed) => [...found].every((kind) => allowed.includes(kind));
    if (only("number", "date") && x.length && y.length && (isLevel || !found.has("number"))) yield found.has("date") ? "date" : "number";
    else if (only("name") && isLevel) for (let k = 0; k < x.length; k += 1) yield kept(x[k], y[k]);
    else if (only(null) && isLevel && x.every((unit, k) => isRespelled(unit.text, y[k].text))) yield "spelling";
    else yield "wording";
  }

  // -- spelling --------------------------------------------------------------------------------------------------------

  const isRespelled = (old, now) => {
    const [a, b] = [old, now].map((text) => text.split(WHITE).filter(Boolean));
    if (a.length !== b.length) return plainLetters(old) === plainLetters(now);
    return a.every((word, k) => {
      const x = plainLetters(word), y = plainLetters(b[k]), short = x.replace(SHORTENED, "");
      return (x === y && x !== "") || (short !== "" && short === y.replace(SHORTENED, "")) || isNear([...x], [...y]);
    });
  };
  const isNear = (a, b) => {
    const longer = Math.max(a.length, b.length), limit = longer >= FAR ? 2 : longer >= NEAR ? 1 : 0;
    if (!limit || a[0] !== b[0] || Math.abs(a.length - b.length) > limit || distance(a, b) > limit) return false;
    let same = 0;
    while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
    return !(endings.has(a.slice(same).join("")) && endings.has(b.slice(same).join("")));
  };
  const distance = (a, b) => { // optimal string alignment: letters changed, left out, put in, swapped
    let before = [], last = b.reduce((row, _, k) => [...row, k + 1], [0]);
    for (let i = 1; i <= a.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= b.length; j += 1) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[b.length];
  };

  // -- the kind --------------------------------------------------------------------------------------------------------

  const precedes = (one, other) => { // in order of code points, as Python sorts
    const a = [...one], b = [...other], at = a.findIndex((letter, k) => letter !== b[k]);
    return at < 0 || (at < b.length && a[at].codePointAt(0) < b[at].codePointAt(0));
  };
  const hasContent = (text) => tokens(text).some((word) => !["function", "punctuation"].includes(unitOf(word, false).kind));
  const kindOf = (old, now, before = "", after = "") => { // an empty side: words that came, or went
    if (old === now) return "same";
    const a = old.replace(WHITE, ""), b = now.replace(WHITE, "");
    if (a === b) return "space";
    if (casefold(a) === casefold(b)) return "case";
    const [first, second] = precedes(old, now) ? [old, now] : [now, old];
    if (!first && hasContent(second)) return "wording";
    const around = [[...before].slice(-40).join(""), [...after].slice(0, 40).join("")];
    let found = "same";
    for (const kind of kinds(unitsOf(first, ...around), unitsOf(second, ...around))) {
      if (weights.get(kind) > weights.get(found)) found = kind;
      if (found === "wording") break;
    }
    return found === "same" ? "punctuation" : found;
  };
  return { kindOf, kinds: known.kinds, isNamed: (kind) => !known.unnamed.includes(kind) };
})();
