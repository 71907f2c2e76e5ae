// Counts a view when the page is really seen, and brings the counts on it up to date.
// Nobody needs it: the page shows the counts of the moment it was made.

const { page, url } = document.getElementById("audience-beacon").dataset;

async function countView() {
  const body = new URLSearchParams({ page });
  const response = await fetch(url, { method: "POST", body, keepalive: true });
  if (!response.ok) return;
  const texts = await response.json();
  for (const element of document.querySelectorAll("[data-audience]")) {
    const { audience, audiencePage = page } = element.dataset;
    if (audiencePage === page && texts[audience]) element.textContent = texts[audience];
  }
}

function countWhenSeen() {
  // A tab in the background, or a page made ahead of time, has no reader yet.
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", countWhenSeen);
  countView().catch(() => {});
}

document.addEventListener("visibilitychange", countWhenSeen);
countWhenSeen();
