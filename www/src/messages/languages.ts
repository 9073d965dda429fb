/**
 * The languages of the page. A language comes as a chunk of its own, with Cloudscape's messages in the
 * same language, so that the first view carries one only.
 */

import type { I18nProviderProps } from "@cloudscape-design/components/i18n";
import type { Messages } from "./en.ts";

export const LANGUAGES = ["en", "zh-CN"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", "zh-CN": "简体中文" };

export interface Texts {
  readonly language: Language;
  readonly messages: Messages;
  readonly cloudscape: I18nProviderProps.Messages;
}

const load: Record<Language, () => Promise<Omit<Texts, "language">>> = {
  en: async () => {
    const [own, theirs] = await Promise.all([
      import("./en.ts"),
      import("@cloudscape-design/components/i18n/messages/all.en"),
    ]);
    return { messages: own.en, cloudscape: theirs.default };
  },
  "zh-CN": async () => {
    const [own, theirs] = await Promise.all([
      import("./zh-CN.ts"),
      import("@cloudscape-design/components/i18n/messages/all.zh-CN"),
    ]);
    return { messages: own.zhCN, cloudscape: theirs.default };
  },
};

export async function loadTexts(language: Language): Promise<Texts> {
  return { language, ...(await load[language]()) };
}
