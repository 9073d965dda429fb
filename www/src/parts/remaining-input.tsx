/** The remaining quota, typed by the user: the one number that no inventory holds. */

import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import Popover from "@cloudscape-design/components/popover";
import { useState } from "react";
import { type AuthCount, authCountIn, remainingOf } from "../answer/auth-count.ts";
import { useMessages } from "../messages/context.ts";

/** Digits, also grouped as numbers are often copied; `undefined` where it is no whole number. */
export function parseCount(text: string): number | undefined {
  const digits = text.normalize("NFKC").replace(/[\s,_]/g, "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

interface RemainingInputProps {
  readonly initial: number | undefined;
  readonly onRemaining: (remaining: number | undefined) => void;
}

export function RemainingInput({ initial, onRemaining }: RemainingInputProps) {
  const { answer } = useMessages();
  const [text, setText] = useState(initial === undefined ? "" : String(initial));
  const [pasted, setPasted] = useState<AuthCount>();
  const invalid = text.trim() !== "" && parseCount(text) === undefined;
  return (
    <FormField
      label={answer.remaining}
      info={
        <Popover triggerType="custom" size="medium" content={answer.remainingHelp}>
          <Link variant="info" ariaLabel={answer.remainingHelpLabel}>
            ?
          </Link>
        </Popover>
      }
      errorText={invalid ? answer.remainingInvalid : undefined}
      constraintText={pasted && answer.remainingPasted(pasted.capacity, pasted.scanned)}
    >
      <Input
        value={text}
        inputMode="numeric"
        autoComplete={false}
        spellcheck={false}
        onChange={({ detail }) => {
          const reply = authCountIn(detail.value);
          setPasted(reply);
          const typed = reply ? String(remainingOf(reply)) : detail.value;
          setText(typed);
          onRemaining(parseCount(typed));
        }}
      />
    </FormField>
  );
}
