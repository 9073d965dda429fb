/** Where it is chosen how images are laid out. */

import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import { useMessages } from "../messages/context.ts";
import { columnNames } from "./image-columns.tsx";
import { COLUMNS, type ImagePreferences, PAGE_SIZES, type SetImagePreferences } from "./image-preferences.ts";

interface PreferencesProps {
  readonly preferences: ImagePreferences;
  readonly onPreferences: SetImagePreferences;
}

export function Preferences({ preferences, onPreferences }: PreferencesProps) {
  const messages = useMessages();
  const { onPage } = messages.why.images;
  const names = columnNames(messages);
  return (
    <CollectionPreferences
      preferences={preferences}
      onConfirm={({ detail }) => onPreferences(detail)}
      pageSizePreference={{ options: PAGE_SIZES.map((value) => ({ value, label: onPage(value) })) }}
      contentDisplayPreference={{
        options: COLUMNS.map((id) => ({ id, label: names[id], alwaysVisible: id === "image" })),
      }}
    />
  );
}
