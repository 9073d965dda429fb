/** The filter: which images the scan covers. It answers while the user types; there is nothing to submit. */

import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import PropertyFilter, { type PropertyFilterProps } from "@cloudscape-design/components/property-filter";
import { useMemo, useState } from "react";
import type { Estimate, FilterField } from "scan-precheck";
import { FIELDS, type FieldValues, isTicked } from "../filter/fields.ts";
import { fromQuery, toQuery } from "../filter/query.ts";
import { useSuggestions } from "../filter/use-suggestions.ts";
import { CopyLink } from "../link/copy-link.tsx";
import { useMessages } from "../messages/context.ts";
import type { Messages } from "../messages/en.ts";
import type { Session } from "../session/session.ts";
import type { LoadedInventory } from "../session/state.ts";

interface FilterBarProps {
  readonly filter: FieldValues;
  readonly estimate: Estimate | undefined;
  readonly inventory: LoadedInventory;
  readonly session: Session;
}

/** A token shows so many values by name and the rest as a number. */
const VALUES_IN_TOKEN = 3;
const DIGEST = /^(?:sha256:)?[0-9a-f]{64}$/i;

const shorten = (value: string): string =>
  DIGEST.test(value) ? `${value.replace(/^sha256:/i, "").slice(0, 12)}…` : value;

function formatValues(values: unknown): string {
  if (!Array.isArray(values)) return String(values);
  const shown = values.slice(0, VALUES_IN_TOKEN).map((value) => shorten(String(value)));
  const more = values.length - shown.length;
  return more > 0 ? `${shown.join(", ")}, +${more}` : shown.join(", ");
}

const properties = (
  { fields, filter }: Messages,
  values: FieldValues,
): PropertyFilterProps.FilteringProperty[] =>
  FIELDS.map((field) => ({
    key: field,
    propertyLabel: fields[field],
    groupValuesLabel: filter.values(fields[field]),
    operators: [
      { operator: "=", tokenType: isTicked(values[field]) ? "enum" : "value", format: formatValues },
    ],
  }));

export function FilterBar({ filter, estimate, inventory, session }: FilterBarProps) {
  const messages = useMessages();
  const { filter: words, fields } = messages;
  const [fieldless, setFieldless] = useState<string>();
  const suggestions = useSuggestions(session, filter, inventory, messages);
  const filteringProperties = useMemo(() => properties(messages, filter), [messages, filter]);

  const namesField = (text: string) => FIELDS.some((field: FilterField) => text.startsWith(fields[field]));
  return (
    <Container
      header={
        <Header variant="h2" description={words.description} actions={<CopyLink session={session} />}>
          {words.heading}
        </Header>
      }
    >
      <div className="stack">
        <PropertyFilter
          query={toQuery(filter)}
          onChange={({ detail }) => {
            const { filter: changed, fieldless: texts } = fromQuery(detail);
            setFieldless(texts.length > 0 ? texts.join(", ") : undefined);
            // A text without a field changes nothing: the numbers stand.
            if (texts.length === 0) session.setFilter(changed);
          }}
          {...suggestions}
          filteringProperties={filteringProperties}
          freeTextFiltering={{ operators: ["="], defaultOperator: "=" }}
          readOnlyOperations
          expandToViewport
          filteringAriaLabel={words.label}
          filteringPlaceholder={words.placeholder}
          filteringConstraintText={words.rule}
          filteringEmpty={words.none}
          filteringLoadingText={words.loading}
          filteringErrorText={words.failed}
          filteringRecoveryText={words.retry}
          countText={estimate ? words.matched(estimate.images) : ""}
          i18nStrings={{
            clearFiltersText: words.clear,
            enteredTextLabel: (text) => (namesField(text) ? words.use(text) : words.chooseField(text)),
          }}
        />
        {fieldless !== undefined && (
          <Alert
            type="info"
            dismissible
            dismissAriaLabel={messages.load.dismiss}
            onDismiss={() => setFieldless(undefined)}
          >
            {words.fieldless(fieldless, `${fields.tags} = ${fieldless}`)}
          </Alert>
        )}
      </div>
    </Container>
  );
}
