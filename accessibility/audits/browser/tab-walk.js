/**
 * Before the walk by Tab: note each stop. After it, `order` compares it with what is seen (2.4.3),
 * and `trap` says where it did not go on (2.1.2).
 */
() => {
  const { place, style, tabStops } = window.accessibilityAudit;
  const IN_ITSELF = "iframe, audio, video, input";
  let steps = [];
  style("");
  document.activeElement?.blur();
  scrollTo(0, 0);
  const stops = tabStops();
  window.addEventListener("keyup", ({ key }) => key === "Tab" && steps.push(document.activeElement), true);

  /** Forward the whole page once, with a few keys more for players and dates. */
  const presses = Math.min(stops.length + 3 + 12 * stops.filter((stop) => stop.matches(IN_ITSELF)).length, 400);
  window.accessibilityAudit.walk = {
    presses,
    isOver: () => steps.length > stops.length && steps.at(-1) === steps[0],
    turn: () => { const walked = steps; steps = []; return walked.length; },
    order: () => order(distinct(steps)),
    trap: () => trap(steps, stops),
  };
  return presses;

  function distinct(walked) {
    return walked.filter((element, index) => element !== walked[index - 1] && element !== document.body);
  }

  /** Jumps back: up without going to another column, or to the left within a line. */
  function order(walked) {
    const found = [];
    const once = walked.slice(0, new Set(walked).size);
    for (const [index, element] of once.entries()) {
      const before = once[index - 1];
      if (!before || isLoose(element) || isLoose(before)) continue;
      if (before.contains(element) || element.contains(before)) continue;
      const [from, to] = [before.getBoundingClientRect(), element.getBoundingClientRect()];
      if (!from.width || !to.width) continue;
      const above = to.bottom <= from.top + 1 && to.left < from.right;
      const line = Math.min(from.bottom, to.bottom) - Math.max(from.top, to.top);
      const sameLine = line > Math.min(from.height, to.height) / 2;
      const left = sameLine && to.right <= from.left + 1 && getComputedStyle(element).direction === "ltr";
      if (above || left) found.push(place(element, { before: nameOf(before) }));
    }
    return found;
  }

  /** Taken out of the flow: a bar at the edge of the window, a link to skip to the content. */
  function isLoose(element) {
    for (let step = element; step && step !== document.body; step = step.parentElement) {
      if (["fixed", "sticky", "absolute"].includes(getComputedStyle(step).position)) return true;
    }
    return false;
  }

  function trap(walked, expected) {
    const last = walked.at(-1);
    if (!last || last === document.body) return [];
    const tail = walked.slice(-3);
    const stuck = tail.length === 3 && tail.every((element) => element === last) && !last.matches(IN_ITSELF);
    const reached = new Set(walked);
    const missed = expected.some((element) => !reached.has(element) && element.isConnected);
    const circle = missed && !walked.includes(document.body) && reached.size < walked.length - 2;
    return expected.length > 1 && (stuck || circle) ? [place(last)] : [];
  }

  function nameOf(element) {
    const name = element.getAttribute("aria-label") ?? element.innerText ?? "";
    return name.replace(/\s+/g, " ").trim().slice(0, 60) || element.localName;
  }
};
