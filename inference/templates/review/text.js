// What differs between two texts, word by word, and texts with their marks. Ranges are [start, stop] in UTF-16 units.

const segmenter = new Intl.Segmenter("ru", { granularity: "word" });
const wordsOf = (text) => Array.from(segmenter.segment(text), ({ segment }) => segment);
const LARGEST_TABLE = 4_000_000;
const SHORT = 3;

/** The changed ranges of both texts: { removed, added }. */
function differences(before, after) {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const changes = joined(runs(old, fresh), before);
  return { removed: changes.map(([a, b]) => [a, b]), added: changes.map(([, , c, d]) => [c, d]) };
}

/** Changes [from, to, from, to] in characters: a range of the old text and what stands in its place in the new one. */
function runs(old, fresh) {
  const changes = [];
  let [from, to, i, j] = [0, 0, 0, 0];
  for (const [a, b] of [...common(old, fresh), [old.length, fresh.length]]) {
    const removed = lengthOf(old, i, a);
    const added = lengthOf(fresh, j, b);
    if (removed || added) changes.push([from, from + removed, to, to + added]);
    const kept = a < old.length ? old[a].length : 0;
    [from, to, i, j] = [from + removed + kept, to + added + kept, a + 1, b + 1];
  }
  return changes;
}

const lengthOf = (words, start, stop) => words.slice(start, stop).reduce((sum, word) => sum + word.length, 0);

/** Changes with nothing but a few characters between them read better as one. */
function joined(changes, before) {
  const result = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (last && before.slice(last[1], change[0]).trim().length <= SHORT) [last[1], last[3]] = [change[1], change[3]];
    else result.push(change);
  }
  return result;
}

/** Pairs of places [i, j] of a longest common subsequence. */
function common(old, fresh) {
  let start = 0;
  let [m, n] = [old.length, fresh.length];
  while (start < m && start < n && old[start] === fresh[start]) start += 1;
  while (m > start && n > start && old[m - 1] === fresh[n - 1]) [m, n] = [m - 1, n - 1];
  const head = Array.from({ length: start }, (_, place) => [place, place]);
  const tail = Array.from({ length: old.length - m }, (_, place) => [m + place, n + place]);
  return [...head, ...middle(old.slice(start, m), fresh.slice(start, n), start), ...tail];
}

function middle(old, fresh, offset) {
  const width = fresh.length + 1;
  if (old.length * width > LARGEST_TABLE) return [];
  const longest = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        old[i] === fresh[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
  const pairs = [];
  for (let i = 0, j = 0; i < old.length && j < fresh.length; ) {
    if (old[i] === fresh[j]) pairs.push([offset + i++, offset + j++]);
    else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return pairs;
}

/** The pieces of [start, stop) cut at the ends of the ranges. */
function pieces(start, stop, ranges) {
  const ends = new Set([start, stop, ...ranges.flat().filter((end) => start < end && end < stop)]);
  const cuts = [...ends].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => [cuts[index], end]);
}

const covers = ([from, to], start) => from <= start && start < to;

/** Nodes of [start, stop) of a text, the changed ranges inside elements named `tag`. */
function withChanges(text, changed, tag, start = 0, stop = text.length) {
  return pieces(start, stop, changed).map(([from, to]) => {
    const piece = text.slice(from, to);
    return changed.some((range) => covers(range, from)) ? element(tag, {}, piece) : piece;
  });
}

/** Nodes of the text: problem spans marked, changed ranges inside elements named `del`. */
function withProblems(text, problems, changed) {
  const spans = problems.flatMap((problem) => problem.spans);
  return pieces(0, text.length, spans).flatMap(([start, stop]) => {
    const found = problems.filter((problem) => problem.spans.some((span) => covers(span, start)));
    const nodes = withChanges(text, changed, "del", start, stop);
    return found.length ? explained("mark", found, ...nodes) : nodes;
  });
}
