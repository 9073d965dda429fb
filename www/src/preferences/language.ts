/** The language: what the user chose, or else the first one of the browser's that the page speaks. */

import { LANGUAGES, type Language } from "../messages/languages.ts";
import { read, write } from "./stored.ts";

const speaks = (language: string | undefined): language is Language =>
  LANGUAGES.includes(language as Language);

export function initialLanguage(): Language {
  const stored = read("language");
  if (speaks(stored)) return stored;
  for (const wanted of navigator.languages) {
    if (wanted.toLowerCase().startsWith("zh")) return "zh-CN";
    if (wanted.toLowerCase().startsWith("en")) return "en";
  }
  return "en";
}

export const storeLanguage = (language: Language): void => write("language", language);
