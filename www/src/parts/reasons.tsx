/** Why the numbers are what they are: how images become quota, and what the reader ought to know. */

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { Estimate, Warning } from "scan-precheck";
import { useMessages } from "../messages/context.ts";
import { Breakdown } from "./breakdown.tsx";
import { Unmatched } from "./unmatched.tsx";

interface ReasonsProps {
  readonly estimate: Estimate;
  readonly onSetCycleStart: () => void;
}

/** Values that match nothing are listed by name, so the warning that there are some adds nothing. */
const shownAsWarning = (code: Warning["code"]): boolean => code !== "unmatched-value";

export function Reasons({ estimate, onSetCycleStart }: ReasonsProps) {
  const { reasons, warnings, setCycleStart } = useMessages();
  const codes = [...new Set(estimate.warnings.map(({ code }) => code))].filter(shownAsWarning);
  return (
    <Container header={<Header variant="h2">{reasons.heading}</Header>}>
      <div className="stack">
        <Breakdown estimate={estimate} />
        {estimate.unknownDigest > 0 && (
          <p className="quiet">{reasons.unknownDigest(estimate.unknownDigest)}</p>
        )}
        {estimate.notScannable > 0 && <p className="quiet">{reasons.notScannable(estimate.notScannable)}</p>}
        {estimate.unmatchedCount > 0 && <Unmatched estimate={estimate} />}
        {codes.map((code) => (
          <Alert
            key={code}
            type={code === "no-cycle-start" ? "info" : "warning"}
            action={code === "no-cycle-start" && <Button onClick={onSetCycleStart}>{setCycleStart}</Button>}
          >
            {warnings[code]}
          </Alert>
        ))}
      </div>
    </Container>
  );
}
