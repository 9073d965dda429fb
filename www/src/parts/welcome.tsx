/** The page without an inventory: an invitation, what it does with a file, and which files it understands. */

import Box from "@cloudscape-design/components/box";
import type { Origin } from "../engine/contract.ts";
import { KeptList } from "../kept/kept-list.tsx";
import { useMessages } from "../messages/context.ts";
import { ChooseFile, TrySample } from "./open-controls.tsx";

interface WelcomeProps {
  readonly busy: boolean;
  readonly onOpen: (origin: Origin) => void;
}

export function Welcome({ busy, onOpen }: WelcomeProps) {
  const { welcome, assumptions } = useMessages();
  return (
    <section className="welcome">
      <div className="welcome-invitation">
        <h2>{welcome.heading}</h2>
        <p className="welcome-lead">{welcome.lead}</p>
        <div className="welcome-actions">
          <TrySample disabled={busy} onOpen={onOpen} />
          <ChooseFile label={welcome.choose} onOpen={onOpen} />
          <span className="quiet">{welcome.orDrop}</span>
        </div>
        <p className="welcome-stays">{welcome.stays}</p>
      </div>
      <KeptList busy={busy} onOpen={onOpen} />
      <div className="welcome-details">
        <div>
          <h3>{welcome.understoodHeading}</h3>
          <List items={welcome.understood} />
        </div>
        <div>
          <h3>{assumptions.heading}</h3>
          <List items={assumptions.items.slice(0, 3)} />
        </div>
      </div>
    </section>
  );
}

function List({ items }: { readonly items: readonly string[] }) {
  return (
    <Box color="text-body-secondary">
      <ul className="plain-list">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </Box>
  );
}
