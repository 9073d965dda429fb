/** Starts the page: theme and language first, so that the first view is already the right one. */

import "@cloudscape-design/global-styles/index.css";
import "./styles.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startWorker } from "./engine/worker-url.ts";
import { lookUpKept } from "./kept/kept.ts";
import { followLink } from "./link/sync.ts";
import { loadTexts } from "./messages/languages.ts";
import { prepareOffline } from "./offline/offline.ts";
import { initialLanguage } from "./preferences/language.ts";
import { applyStoredTheme } from "./preferences/theme.ts";
import { Session } from "./session/session.ts";

/** What is kept belongs to the first view, which does not wait long for it. */
const KEPT_WITHIN_MS = 100;

const soon = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root element");

const theme = applyStoredTheme();
const session = new Session(startWorker);
followLink(session);
prepareOffline();
const [texts] = await Promise.all([
  loadTexts(initialLanguage()),
  Promise.race([lookUpKept(), soon(KEPT_WITHIN_MS)]),
]);
createRoot(root).render(<App session={session} initialTexts={texts} initialTheme={theme} />);
