/**
 * What the content rules find in a document, fetched once for each document.
 *
 * Resolves to `{ finding, element }`, the element as it stands in the document now; `null` where
 * the place cannot be found again. Rejects when the server does not answer with findings.
 */
export function findings(document, { url, csrfToken }) {
  document.accessibilityFindings ??= ask(document, url, csrfToken);
  return document.accessibilityFindings;
}

async function ask(document, url, csrfToken) {
  const root = document.documentElement;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRFToken": csrfToken,
      // Wagtail answers 403 to this instead of sending to its sign-in page.
      "X-Requested-With": "XMLHttpRequest",
    },
    body: JSON.stringify({ html: `<!doctype html>${root.outerHTML}`, lang: root.lang }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  const { findings: found } = await response.json();
  return found.map((finding) => ({ finding, element: document.querySelector(finding.selector) }));
}
