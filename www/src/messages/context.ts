/** The messages of the chosen language, for every component below the provider. */

import { createContext, useContext } from "react";
import type { Messages } from "./en.ts";

export const MessagesContext = createContext<Messages | undefined>(undefined);

export function useMessages(): Messages {
  const messages = useContext(MessagesContext);
  if (messages === undefined) throw new Error("no language is loaded");
  return messages;
}
