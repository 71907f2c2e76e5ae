/** Runs inside a preview: hands the transcript of this realm to the panel that loaded it. */
import { transcript } from "./transcript.js";

window.dispatchEvent(new CustomEvent("accessibility:transcript", { detail: { transcript } }));
