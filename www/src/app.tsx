/** The page as a whole: preferences around it, the invitation or the estimate inside. */

import { I18nProvider } from "@cloudscape-design/components/i18n";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { LinkNotice } from "./link/link-notice.tsx";
import { usePaste } from "./load/paste.ts";
import { MessagesContext } from "./messages/context.ts";
import { type Language, loadTexts, type Texts } from "./messages/languages.ts";
import { NewVersion } from "./offline/new-version.tsx";
import { Announcer } from "./parts/announcer.tsx";
import { DropZone } from "./parts/drop-zone.tsx";
import { ErrorBoundary } from "./parts/error-boundary.tsx";
import { LoadStatus } from "./parts/load-status.tsx";
import { PageHeader } from "./parts/page-header.tsx";
import { Welcome } from "./parts/welcome.tsx";
import { storeLanguage } from "./preferences/language.ts";
import { type Theme, useTheme } from "./preferences/theme.ts";
import type { Session } from "./session/session.ts";

interface AppProps {
  readonly session: Session;
  readonly initialTexts: Texts;
  readonly initialTheme: Theme;
}

/** The filter is most of the code: the invitation does not wait for it, and it is there when it is needed. */
const loadEstimateView = () => import("./parts/estimate-view.tsx");
const EstimateView = lazy(async () => ({ default: (await loadEstimateView()).EstimateView }));
const PageFooter = lazy(async () => ({
  default: (await import("./offline/page-footer.tsx")).PageFooter,
}));

export function App({ session, initialTexts, initialTheme }: AppProps) {
  const state = useSyncExternalStore(session.subscribe, session.getState);
  const [texts, setTexts] = useState(initialTexts);
  const [theme, setTheme] = useTheme(initialTheme);
  const { messages, language, cloudscape } = texts;

  useEffect(() => {
    document.documentElement.lang = language;
    document.title = messages.title;
  }, [language, messages]);

  useEffect(() => {
    // Where it fails now it is asked for again when it is shown.
    loadEstimateView().catch(() => {});
  }, []);

  const chooseLanguage = async (chosen: Language) => {
    storeLanguage(chosen);
    setTexts(await loadTexts(chosen));
  };
  const openFiles = (files: readonly File[]) => session.open({ kind: "files", files });

  usePaste(session.open);

  return (
    <I18nProvider locale={language} messages={[cloudscape]}>
      <MessagesContext.Provider value={messages}>
        <PageHeader language={language} onLanguage={chooseLanguage} theme={theme} onTheme={setTheme} />
        <main className="page">
          <NewVersion />
          <LinkNotice />
          <LoadStatus state={state} session={session} />
          {state.inventory === undefined ? (
            <Welcome busy={state.loading !== undefined} onOpen={session.open} />
          ) : (
            <ErrorBoundary>
              <Suspense>
                <EstimateView state={state} inventory={state.inventory} session={session} />
              </Suspense>
            </ErrorBoundary>
          )}
        </main>
        <ErrorBoundary>
          <Suspense>
            <PageFooter />
          </Suspense>
        </ErrorBoundary>
        <Announcer state={state} />
        <DropZone onFiles={openFiles} />
      </MessagesContext.Provider>
    </I18nProvider>
  );
}
