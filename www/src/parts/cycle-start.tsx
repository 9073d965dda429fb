/** The day on which the billing cycle began: what was scanned since then is charged already. */

import DateInput, { type DateInputProps } from "@cloudscape-design/components/date-input";
import FormField from "@cloudscape-design/components/form-field";
import { type Ref, useState } from "react";
import { dayStart, dayText } from "../link/day.ts";
import { useMessages } from "../messages/context.ts";

interface CycleStartProps {
  readonly ref: Ref<DateInputProps.Ref>;
  readonly value: number | null;
  readonly onChange: (cycleStart: number | null) => void;
}

const toText = (time: number | null): string => (time === null ? "" : dayText(time));

export function CycleStart({ ref, value, onChange }: CycleStartProps) {
  const { cycle } = useMessages();
  const [text, setText] = useState(() => toText(value));
  const [left, setLeft] = useState(false);
  const invalid = left && text !== "" && dayStart(text) === undefined;
  return (
    <FormField label={cycle.label} description={cycle.help} errorText={invalid ? cycle.invalid : undefined}>
      <div className="date-input">
        <DateInput
          ref={ref}
          value={text}
          placeholder="YYYY/MM/DD"
          onFocus={() => setLeft(false)}
          onBlur={() => setLeft(true)}
          onChange={({ detail }) => {
            setText(detail.value);
            const start = detail.value === "" ? null : dayStart(detail.value);
            if (start !== undefined) onChange(start);
          }}
        />
      </div>
    </FormField>
  );
}
