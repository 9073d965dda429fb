/** The line at the top: what this page is, and the preferences. */

import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useMessages } from "../messages/context.ts";
import { LANGUAGE_NAMES, LANGUAGES, type Language } from "../messages/languages.ts";
import { THEMES, type Theme } from "../preferences/theme.ts";

interface PageHeaderProps {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

export function PageHeader({ language, onLanguage, theme, onTheme }: PageHeaderProps) {
  const messages = useMessages();
  const { preferences } = messages;
  return (
    <header className="page-header">
      <div className="page-header-inner">
        <div>
          <h1>{messages.title}</h1>
          <p>{messages.tagline}</p>
        </div>
        <div className="page-header-preferences">
          <ButtonDropdown
            variant="normal"
            ariaLabel={`${preferences.language}: ${LANGUAGE_NAMES[language]}`}
            items={LANGUAGES.map((id) => ({
              id,
              text: LANGUAGE_NAMES[id],
              lang: id,
              itemType: "checkbox",
              checked: id === language,
            }))}
            onItemClick={({ detail }) => onLanguage(detail.id as Language)}
          >
            {LANGUAGE_NAMES[language]}
          </ButtonDropdown>
          <ButtonDropdown
            variant="normal"
            ariaLabel={preferences.themeIs(preferences[theme])}
            items={THEMES.map((id) => ({
              id,
              text: preferences[id],
              itemType: "checkbox",
              checked: id === theme,
            }))}
            onItemClick={({ detail }) => onTheme(detail.id as Theme)}
          >
            {preferences.themeIs(preferences[theme])}
          </ButtonDropdown>
        </div>
      </div>
    </header>
  );
}
