/** Why the numbers are what they are: how images become quota, and what the reader ought to know. */

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import type { Estimate, FilterField, Warning } from "scan-precheck";
import { showField, showImages } from "../details/active.ts";
import { FIELDS, type FieldValues } from "../filter/fields.ts";
import { useMessages } from "../messages/context.ts";
import type { LoadedInventory } from "../session/state.ts";
import { Breakdown } from "./breakdown.tsx";
import { Unmatched } from "./unmatched.tsx";

interface ReasonsProps {
  readonly estimate: Estimate;
  readonly filter: FieldValues;
  readonly inventory: LoadedInventory;
  readonly onSetCycleStart: () => void;
}

/** Values that match nothing are listed by name, so the warning that there are some adds nothing. */
const shownAsWarning = (code: Warning["code"]): boolean => code !== "unmatched-value";

export function Reasons({ estimate, filter, inventory, onSetCycleStart }: ReasonsProps) {
  const { reasons, warnings, setCycleStart, why } = useMessages();
  const { unknownDigest, notScannable } = estimate;
  const leftOut = inventory.report.images - estimate.images - notScannable;
  const firstField = FIELDS.find((field: FilterField) => filter[field] !== undefined);
  const codes = [...new Set(estimate.warnings.map(({ code }) => code))].filter(shownAsWarning);
  return (
    <Container header={<Header variant="h2">{reasons.heading}</Header>}>
      <div className="stack">
        <Breakdown estimate={estimate} />
        {unknownDigest > 0 && (
          <p className="quiet">
            {reasons.unknownDigest(unknownDigest)}{" "}
            <Link onFollow={() => showImages("unknownDigest")}>{why.show}</Link>
          </p>
        )}
        {notScannable > 0 && (
          <p className="quiet">
            {reasons.notScannable(notScannable)}{" "}
            <Link onFollow={() => showImages("notScannable")}>{why.show}</Link>
          </p>
        )}
        {leftOut > 0 && firstField !== undefined && (
          <p className="quiet">
            {why.leftOutByFilter(leftOut)}{" "}
            <Link onFollow={() => showField(firstField)}>{why.showLeftOut}</Link>
          </p>
        )}
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
