/** What has changed between two transcripts: phrases first, then the words inside a changed one. */

/** The languages in which a phrase is read: "th", or "th en" where it has parts. */
export function languagesOf({ lang, parts }) {
  const languages = parts.length ? parts.map((part) => part.lang) : [lang];
  return [...new Set(languages.filter(Boolean))].join(" ");
}

/**
 * What is said differently: other words, or the same in another language.
 *
 * @param {{text: string, lang: string, parts: {lang: string}[]}[]} before
 * @param {{text: string, lang: string, parts: {lang: string}[]}[]} after
 * @returns {{removed?: object, added?: object}[]} both where one phrase took the place of another
 */
export function changes(before, after) {
  const found = [];
  const said = (phrase) => `${phrase.text}\n${languagesOf(phrase)}`;
  for (const [removed, added] of differences(before, after, said)) {
    const pairs = Math.max(removed.length, added.length);
    for (let index = 0; index < pairs; index += 1) {
      found.push({ removed: removed[index], added: added[index] });
    }
  }
  return found;
}

/** The words of a changed text: `{ text, kind }`, kind "same", "removed" or "added". */
export function changedWords(before, after, language) {
  const segmenter = new Intl.Segmenter(language || undefined, { granularity: "word" });
  const words = (text) => [...segmenter.segment(text)].map(({ segment }) => segment);
  const [old, now] = [words(before), words(after)];
  const parts = [];
  let place = 0;
  for (const [removed, added, from] of differences(old, now, (word) => word)) {
    parts.push({ kind: "same", text: now.slice(place, from).join("") });
    parts.push({ kind: "removed", text: removed.join("") });
    parts.push({ kind: "added", text: added.join("") });
    place = from + added.length;
  }
  parts.push({ kind: "same", text: now.slice(place).join("") });
  return parts.filter(({ text }) => text);
}

/** Runs that differ: `[removed, added, index in after]`, by the longest common subsequence. */
function differences(before, after, key) {
  const [old, now] = [before.map(key), after.map(key)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let [endOld, endNow] = [old.length, now.length];
  while (endOld > start && endNow > start && old[endOld - 1] === now[endNow - 1]) {
    endOld -= 1;
    endNow -= 1;
  }
  const width = endNow - start + 1;
  const lengths = new Uint32Array((endOld - start + 1) * width);
  const at = (i, j) => (i - start) * width + (j - start);
  for (let i = endOld - 1; i >= start; i -= 1) {
    for (let j = endNow - 1; j >= start; j -= 1) {
      lengths[at(i, j)] =
        old[i] === now[j]
          ? lengths[at(i + 1, j + 1)] + 1
          : Math.max(lengths[at(i + 1, j)], lengths[at(i, j + 1)]);
    }
  }
  const runs = [];
  let [i, j] = [start, start];
  while (i < endOld || j < endNow) {
    const [fromOld, fromNow] = [i, j];
    while ((i < endOld || j < endNow) && !(i < endOld && j < endNow && old[i] === now[j])) {
      const drop = j >= endNow || (i < endOld && lengths[at(i + 1, j)] >= lengths[at(i, j + 1)]);
      if (drop) i += 1;
      else j += 1;
    }
    if (i > fromOld || j > fromNow) {
      runs.push([before.slice(fromOld, i), after.slice(fromNow, j), fromNow]);
    }
    while (i < endOld && j < endNow && old[i] === now[j]) {
      i += 1;
      j += 1;
    }
  }
  return runs;
}
