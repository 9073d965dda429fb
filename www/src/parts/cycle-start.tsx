/** The day on which the billing cycle began: what was scanned since then is charged already. */

import DateInput, { type DateInputProps } from "@cloudscape-design/components/date-input";
import FormField from "@cloudscape-design/components/form-field";
import { type Ref, useState } from "react";
import { useMessages } from "../messages/context.ts";

interface CycleStartProps {
  readonly ref: Ref<DateInputProps.Ref>;
  readonly value: number | null;
  readonly onChange: (cycleStart: number | null) => void;
}

/** Midnight of a `YYYY-MM-DD` in the user's time zone; `undefined` where there is no such day. */
export function dayStart(text: string): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0] = parts;
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day && year >= 1970 ? date.getTime() : undefined;
}

function toText(time: number | null): string {
  if (time === null) return "";
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

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
