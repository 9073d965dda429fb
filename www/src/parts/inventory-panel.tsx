/** The inventory that answers: where it came from, how it was read, and another one in its place. */

import Container from "@cloudscape-design/components/container";
import type { DateInputProps } from "@cloudscape-design/components/date-input";
import Header from "@cloudscape-design/components/header";
import type { RefObject } from "react";
import type { LoadSettings, Origin } from "../engine/contract.ts";
import { useMessages } from "../messages/context.ts";
import type { LoadedInventory } from "../session/state.ts";
import { CycleStart } from "./cycle-start.tsx";
import { LoadReportView } from "./load-report.tsx";
import { ChooseFile } from "./open-controls.tsx";
import { originName } from "./origin-name.ts";

interface InventoryPanelProps {
  readonly inventory: LoadedInventory;
  readonly settings: LoadSettings;
  readonly cycleStartRef: RefObject<DateInputProps.Ref | null>;
  readonly onOpen: (origin: Origin) => void;
  readonly onCycleStart: (cycleStart: number | null) => void;
}

export function InventoryPanel({
  inventory,
  settings,
  cycleStartRef,
  onOpen,
  onCycleStart,
}: InventoryPanelProps) {
  const messages = useMessages();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={originName(inventory.origin, messages)}
          actions={<ChooseFile label={messages.inventory.another} onOpen={onOpen} />}
        >
          {messages.inventory.heading}
        </Header>
      }
    >
      <div className="stack">
        <CycleStart ref={cycleStartRef} value={settings.cycleStart} onChange={onCycleStart} />
        <LoadReportView report={inventory.report} origin={inventory.origin} />
      </div>
    </Container>
  );
}
