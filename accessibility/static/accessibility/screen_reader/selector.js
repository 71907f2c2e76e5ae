/**
 * Selectors that find elements again by `querySelector`, in this document or a copy of it.
 *
 * Returns a function for elements of one document, which remembers what it counted: use it while
 * the document stays as it is.
 */
export function selectors(document) {
  const ids = new Map();
  for (const { id } of document.querySelectorAll("[id]")) ids.set(id, (ids.get(id) ?? 0) + 1);
  const steps = new Map();

  function numberSiblings(parent) {
    const alike = Map.groupBy(parent.children, (child) => child.localName);
    for (const [name, siblings] of alike) {
      siblings.forEach((sibling, index) => {
        const place = siblings.length > 1 ? `:nth-of-type(${index + 1})` : "";
        steps.set(sibling, `${CSS.escape(name)}${place}`);
      });
    }
  }

  return function selectorOf(element) {
    if (ids.get(element.id) === 1) return `#${CSS.escape(element.id)}`;
    const parent = element.parentElement;
    if (!parent) return element.localName;
    if (!steps.has(element)) numberSiblings(parent);
    return `${selectorOf(parent)} > ${steps.get(element)}`;
  };
}
