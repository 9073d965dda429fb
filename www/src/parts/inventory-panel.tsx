/** The inventory that answers: where it came from, how it was read, and another one in its place. */

import Container from "@cloudscape-design/components/container";
import type { DateInputProps } from "@cloudscape-design/components/date-input";
import Header from "@cloudscape-design/components/header";
import type { RefObject } from "react";
import type { LoadSettings } from "../engine/contract.ts";
import { KeepButton } from "../kept/keep-button.tsx";
import { KeepStatus } from "../kept/keep-status.tsx";
import { MissingFields } from "../load/missing-fields.tsx";
import { useMessages } from "../messages/context.ts";
import type { Session } from "../session/session.ts";
import type { LoadedInventory } from "../session/state.ts";
import { CycleStart } from "./cycle-start.tsx";
import { LoadReportView } from "./load-report.tsx";
import { ChooseFile } from "./open-controls.tsx";
import { originName } from "./origin-name.ts";

interface InventoryPanelProps {
  readonly inventory: LoadedInventory;
  readonly settings: LoadSettings;
  readonly cycleStartRef: RefObject<DateInputProps.Ref | null>;
  readonly busy: boolean;
  readonly session: Session;
}

export function InventoryPanel({ inventory, settings, cycleStartRef, busy, session }: InventoryPanelProps) {
  const messages = useMessages();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={originName(inventory.origin, messages)}
          actions={
            <div className="inventory-actions">
              <KeepButton inventory={inventory} session={session} />
              {/* What is kept are no exports any more, to which others could be added. */}
              {inventory.origin.kind !== "kept" && (
                <ChooseFile label={messages.inventory.add} onOpen={session.add} />
              )}
              <ChooseFile label={messages.inventory.another} onOpen={session.open} />
            </div>
          }
        >
          {messages.inventory.heading}
        </Header>
      }
    >
      <div className="stack">
        <KeepStatus inventory={inventory} />
        <CycleStart ref={cycleStartRef} value={settings.cycleStart} onChange={session.setCycleStart} />
        <LoadReportView report={inventory.report} origin={inventory.origin} />
        <MissingFields
          key={JSON.stringify(inventory.settings.defaults)}
          inventory={inventory}
          busy={busy}
          onDefaults={session.setDefaults}
        />
      </div>
    </Container>
  );
}
