/**
 * Focus each tab stop: does anything change that is seen (WCAG 2.4.7), and is anything of it left
 * uncovered (2.4.11)? Returns the places that fail, by rule. The last key must have been Tab, so
 * that the browser shows the focus.
 */
() => {
  const { place, style, tabStops } = window.accessibilityAudit;
  const PROPERTIES = `backgroundColor backgroundImage borderTopColor borderTopWidth borderBottomColor
    borderBottomWidth borderLeftColor borderLeftWidth boxShadow color opacity filter fontWeight transform
    textDecorationLine textDecorationColor textDecorationThickness left top clip clipPath width height`.split(/\s+/);

  /** All that may show the focus: on the element, its pseudo-elements, and what is around it. */
  function look(element) {
    const around = [element, element.parentElement, element.parentElement?.parentElement];
    around.push(element.nextElementSibling, ...(element.labels ?? []));
    return around
      .filter((item) => item && item !== document.body && item !== document.documentElement)
      .flatMap((item) => ["", "::before", "::after"].map((pseudo) => lookOf(item, pseudo)))
      .join();
  }

  function lookOf(element, pseudo) {
    const style = getComputedStyle(element, pseudo || null);
    if (pseudo && style.content === "none") return "";
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const outline = outlined && !isTransparent(style.outlineColor)
      ? `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor} ${style.outlineOffset}`
      : "";
    return `${outline}|${PROPERTIES.map((name) => style[name]).join("|")}`;
  }

  function isTransparent(colour) {
    return colour === "transparent" || /, 0\)$|\/ 0\)$/.test(colour);
  }

  /** Whether all of it that is in view lies under something else; of a link, each of its lines. */
  function isCovered(element) {
    const points = [...element.getClientRects()].map(inView).flatMap(pointsOf);
    return (
      points.length > 0 &&
      points.every(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && !element.contains(top) && !top.contains(element) && !isLabel(element, top);
      })
    );
  }

  function inView(box) {
    const left = Math.max(box.left, 0);
    const top = Math.max(box.top, 0);
    return new DOMRect(left, top, Math.min(box.right, innerWidth) - left, Math.min(box.bottom, innerHeight) - top);
  }

  /** The middle and the corners; none of what is too small to be seen. */
  function pointsOf(box) {
    if (box.width < 2 || box.height < 2) return [];
    const inset = { x: Math.min(2, box.width / 4), y: Math.min(2, box.height / 4) };
    return [
      [box.left + box.width / 2, box.top + box.height / 2],
      [box.left + inset.x, box.top + inset.y],
      [box.right - inset.x, box.top + inset.y],
      [box.left + inset.x, box.bottom - inset.y],
      [box.right - inset.x, box.bottom - inset.y],
    ];
  }

  function isLabel(element, top) {
    return [...(element.labels ?? [])].some((label) => label.contains(top));
  }

  style("");
  const stops = tabStops().filter((element) => element.localName !== "iframe");
  const began = document.activeElement;
  began?.blur();
  const before = new Map(stops.map((element) => [element, look(element)]));
  const unseen = [];
  const covered = [];
  for (const element of stops) {
    element.focus();
    if (document.activeElement !== element) continue;
    if (look(element) === before.get(element)) unseen.push(place(element));
    if (isCovered(element)) covered.push(place(element));
    element.blur();
  }
  scrollTo(0, 0);
  return { "focus-visible": unseen, "focus-obscured": covered };
};
