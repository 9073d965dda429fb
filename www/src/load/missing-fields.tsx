/** Asks for what no row of the export says, such as the region of a registry's own list, and has it read again. */

import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import type { FilterField, RowDefaults } from "scan-precheck";
import "./missing-fields.css";
import { useMessages } from "../messages/context.ts";
import type { LoadedInventory } from "../session/state.ts";

const ASKED = {
  registryTypes: "registryType",
  regionIds: "regionId",
  instanceIds: "instanceId",
  repoNamespaces: "repoNamespace",
  repoNames: "repoName",
} as const satisfies Partial<Record<FilterField, keyof RowDefaults>>;

const FIELDS = Object.keys(ASKED) as (keyof typeof ASKED)[];

const EXAMPLES: Record<keyof typeof ASKED, string> = {
  registryTypes: "acr",
  regionIds: "cn-hangzhou",
  instanceIds: "cri-…",
  repoNamespaces: "base",
  repoNames: "centos",
};

interface MissingFieldsProps {
  readonly inventory: LoadedInventory;
  readonly busy: boolean;
  readonly onDefaults: (defaults: RowDefaults) => void;
}

export function MissingFields({ inventory, busy, onDefaults }: MissingFieldsProps) {
  const { load: words, fields } = useMessages();
  const { origin, report, settings } = inventory;
  const [values, setValues] = useState(settings.defaults);
  // What was given once is no longer missing, and may have to be corrected.
  const asked = FIELDS.filter(
    (field) => report.missingFields.includes(field) || settings.defaults[ASKED[field]] !== undefined,
  );
  if (origin.kind === "kept" || asked.length === 0) return null;
  const given = Object.fromEntries(
    Object.entries(values)
      .map(([field, value]) => [field, value?.trim()])
      .filter(([, value]) => value !== ""),
  ) as RowDefaults;
  return (
    <ExpandableSection headerText={words.missing}>
      <form
        className="missing-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onDefaults(given);
        }}
      >
        <p>{words.missingHelp}</p>
        <div className="missing-fields-grid">
          {asked.map((field) => (
            <FormField key={field} label={fields[field]}>
              <Input
                value={values[ASKED[field]] ?? ""}
                placeholder={EXAMPLES[field]}
                onChange={({ detail }) => setValues({ ...values, [ASKED[field]]: detail.value })}
              />
            </FormField>
          ))}
        </div>
        <Button formAction="submit" disabled={busy} disabledReason={words.busy}>
          {words.readAgain}
        </Button>
      </form>
    </ExpandableSection>
  );
}
