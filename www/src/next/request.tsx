/** The filter as the request that asks the service the same, or submits the scan: ready to copy, and sent by nobody here. */

import "./next.css";
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useId, useState } from "react";
import { callOf, commandFor, OPERATIONS } from "../../../npm/request.js";
import type { TabProps } from "../details/tabs.ts";
import { useMessages } from "../messages/context.ts";
import { CopyText } from "./copy-text.tsx";
import { wireParameters } from "./wire.ts";

const OPERATION_IDS = ["precheck", "submit"] as const;
type OperationId = (typeof OPERATION_IDS)[number];

const FORMS = ["command", "parameters", "query"] as const;
type Form = (typeof FORMS)[number];

/** Longer commands are refused by the systems that run them. */
const LONGEST_COMMAND = 100_000;
/** Longer addresses are refused by servers. */
const LONGEST_QUERY = 8_000;

function textOf(form: Form, operation: string, parameters: Record<string, string>): string {
  if (form === "command") return commandFor(operation, parameters);
  return form === "query" ? callOf(operation, parameters) : JSON.stringify(parameters, null, 2);
}

export function Request({ state }: TabProps) {
  const { next } = useMessages();
  const words = next.request;
  const [operation, setOperation] = useState<OperationId>("precheck");
  const [form, setForm] = useState<Form>("command");
  const operationLabel = useId();
  const formLabel = useId();
  const parameters = wireParameters(state.filter);
  const text = textOf(form, OPERATIONS[operation], parameters);
  const tooLong =
    (form === "command" && text.length > LONGEST_COMMAND) ||
    (form === "query" && text.length > LONGEST_QUERY);
  return (
    <section className="stack" aria-label={words.tab}>
      <p>{words.lead}</p>
      <div className="next-choices">
        <div>
          <div id={operationLabel} className="next-label">
            {words.operation}
          </div>
          <SegmentedControl
            ariaLabelledby={operationLabel}
            selectedId={operation}
            options={OPERATION_IDS.map((id) => ({ id, text: words.operations[id] }))}
            onChange={({ detail }) => setOperation(detail.selectedId as OperationId)}
          />
        </div>
        <div>
          <div id={formLabel} className="next-label">
            {words.form}
          </div>
          <SegmentedControl
            ariaLabelledby={formLabel}
            selectedId={form}
            options={FORMS.map((id) => ({ id, text: words.forms[id] }))}
            onChange={({ detail }) => setForm(detail.selectedId as Form)}
          />
        </div>
      </div>
      {operation === "submit" && <Alert type="info">{words.submits}</Alert>}
      {tooLong && <Alert type="warning">{words.tooLong(words.forms.parameters)}</Alert>}
      <FormField label={OPERATIONS[operation]} description={words.about[form]} stretch>
        <CopyText label={`${words.operations[operation]}, ${words.forms[form]}`} text={text} />
      </FormField>
    </section>
  );
}
