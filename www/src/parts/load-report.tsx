/** What was read and what was left out, so that nobody has to trust the numbers blindly. */

import ExpandableSection from "@cloudscape-design/components/expandable-section";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { LoadReport } from "scan-precheck";
import type { Origin } from "../engine/contract.ts";
import { useMessages } from "../messages/context.ts";
import { sourceName } from "./origin-name.ts";

interface LoadReportProps {
  readonly report: LoadReport;
  readonly origin: Origin;
}

export function LoadReportView({ report, origin }: LoadReportProps) {
  const { inventory, number, shapes, fields } = useMessages();
  const {
    rows,
    images,
    duplicates,
    leftOut,
    announced,
    missingPages,
    repositories,
    missingFields,
    complete,
  } = report;
  const recognised = [...new Set(report.sources.map(({ shape }) => shapes[shape]))];
  return (
    <>
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: inventory.images,
            value: (
              <div className="with-status">
                <span>{number(images)}</span>
                <StatusIndicator type={complete ? "success" : "warning"}>
                  {complete ? inventory.complete : inventory.incomplete}
                </StatusIndicator>
              </div>
            ),
          },
          { label: inventory.rows, value: number(rows) },
          { label: inventory.duplicates, value: number(duplicates) },
          { label: inventory.leftOut, value: number(leftOut.total) },
          ...(announced === null ? [] : [{ label: inventory.announced, value: number(announced) }]),
          { label: inventory.source, value: recognised.join(", ") },
        ]}
      />
      {announced !== null && announced > images + duplicates + leftOut.total && (
        <p>{inventory.fewer(images + duplicates + leftOut.total, announced)}</p>
      )}
      {missingPages > 0 && <p>{inventory.missingPages(missingPages)}</p>}
      {repositories !== null && repositories.unknown > 0 && (
        <p>{inventory.unknownRepositories(repositories.unknown)}</p>
      )}
      {repositories !== null && repositories.fromOnlyListed > 0 && (
        <p className="quiet">{inventory.onlyRepository(repositories.fromOnlyListed)}</p>
      )}
      {missingFields.length > 0 && (
        <p className="quiet">
          {inventory.missingFields(missingFields.map((field) => fields[field]).join(", "))}
        </p>
      )}
      {leftOut.total > 0 && <LeftOut report={report} origin={origin} />}
      {report.unusedNames.length > 0 && (
        <ExpandableSection headerText={inventory.unusedNames}>
          <ul className="value-list">
            {report.unusedNames.map((name) => (
              <li key={name}>
                <code>{name}</code>
              </li>
            ))}
          </ul>
        </ExpandableSection>
      )}
    </>
  );
}

function LeftOut({ report, origin }: LoadReportProps) {
  const messages = useMessages();
  const { inventory, leftOutReasons, number } = messages;
  const { leftOut } = report;
  return (
    <ExpandableSection headerText={inventory.places(leftOut.places.length, leftOut.total)}>
      <ul className="plain-list">
        {leftOut.byReason.map(({ reason, rows }) => (
          <li key={reason}>
            {leftOutReasons[reason]}: {number(rows)}
          </li>
        ))}
      </ul>
      <ul className="plain-list left-out-places">
        {leftOut.places.map(({ source, line, column, message }) => (
          <li key={`${source} ${line} ${column}`}>
            <strong>
              {report.sources.length > 1 && `${sourceName(origin, source, messages)}, `}
              {inventory.place(line, column)}
            </strong>
            {": "}
            <span lang="en">{message}</span>
          </li>
        ))}
      </ul>
    </ExpandableSection>
  );
}
