/**
 * Puts the findings of the content rules before Wagtail's checker, in the user bar's page.
 *
 * Marks each element with the rules that complain about it; the axe rules of `ContentRulesItem`
 * report what is marked. Wagtail starts axe when the page has loaded, so it is asked to wait for
 * the marks: one run, whose result the editor's checks panel shows as well.
 */
import { findings } from "./findings.js";

const userbar = window.wagtail?.userbar;
const data = userbar?.shadowRoot?.getElementById("accessibility-content-rules");
if (data) start(JSON.parse(data.textContent));

function start(configuration) {
  const { check, attribute, unchecked } = configuration;
  userbar.registerCheck(check, () => false);
  const marked = findings(document, configuration).then(
    (found) => found.forEach(({ finding, element }) => mark(element, finding.rule)),
    (error) => {
      console.error(error);
      mark(document.body, unchecked);
    },
  );
  const initializeAxe = userbar.initializeAxe;
  userbar.initializeAxe = async function () {
    await marked;
    return initializeAxe.call(this);
  };

  function mark(element, rule) {
    // Wagtail has axe look into the body only.
    const place = document.body.contains(element) ? element : document.body;
    const rules = new Set(place.getAttribute(attribute)?.split(" "));
    place.setAttribute(attribute, [...rules.add(rule)].join(" "));
  }
}
