/** What stands where on a page: languages, landmarks, levels, items, cells. */

/** Roles a reader jumps to by landmark (WAI-ARIA 1.2, section 5.3.4). */
export const LANDMARKS = [
  "banner",
  "complementary",
  "contentinfo",
  "form",
  "main",
  "navigation",
  "region",
  "search",
];

export function elementOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
}

export function languageOf(element) {
  return element.closest("[lang]")?.getAttribute("lang") ?? "";
}

export function tidy(text) {
  return text.replace(/\s+/g, " ").trim();
}

export function blockOf(element) {
  for (let block = element; block.parentElement; block = block.parentElement) {
    if (!/^(inline|contents|ruby)/.test(getComputedStyle(block).display)) return block;
  }
  return element.ownerDocument.body;
}

export function levelOf(heading) {
  const level = heading.getAttribute("aria-level") ?? heading.tagName.match(/^H([1-6])$/)?.[1];
  return level ? Number(level) : null;
}

export function itemsOf(list) {
  return [...list.children].filter((item) => item.matches("li, [role=listitem]"));
}

export function rowsOf(table) {
  return [...table.querySelectorAll("tr, [role=row]")].filter(
    (row) => row.closest("table, [role=table], [role=grid]") === table,
  );
}

/** The cells of a row, one that spans columns standing in each of them. */
export function cellsOf(row) {
  return [...row.children].flatMap((cell) => Array(cell.colSpan || 1).fill(cell));
}

/** Row and column of a cell from 1, and the words of the header over it. */
export function positionOf(cell) {
  const row = cell.closest("tr, [role=row]");
  const rows = rowsOf(cell.closest("table, [role=table], [role=grid]") ?? row.parentElement);
  const column = cellsOf(row).indexOf(cell);
  const above = rows
    .slice(0, rows.indexOf(row))
    .map((other) => cellsOf(other)[column])
    .findLast((other) => other?.matches("th:not([scope=row]), [role=columnheader]"));
  return {
    row: rows.indexOf(row) + 1,
    column: column + 1,
    header: tidy(above?.textContent ?? ""),
  };
}
