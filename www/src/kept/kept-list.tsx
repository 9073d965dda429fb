/** The inventories that are kept: each is opened at once, or forgotten. */

import "./kept.css";
import Button from "@cloudscape-design/components/button";
import { useRef, useState } from "react";
import { useStore } from "../details/store.ts";
import type { Origin } from "../engine/contract.ts";
import { useMessages } from "../messages/context.ts";
import type { KeptInventory } from "./contract.ts";
import { KeptFailure } from "./keep-status.tsx";
import { forget, forgetAll, kept } from "./kept.ts";

interface KeptListProps {
  readonly busy: boolean;
  readonly onOpen: (origin: Origin) => void;
}

export function KeptList({ busy, onOpen }: KeptListProps) {
  const { kept: words } = useMessages();
  const { list } = useStore(kept);
  const heading = useRef<HTMLHeadingElement>(null);
  // What was forgotten takes its button with it: the focus goes to the heading, which stays.
  const [forgot, setForgot] = useState(false);
  if (list.length === 0 && !forgot) return null;
  const forgetting = (task: Promise<void>) => {
    setForgot(true);
    heading.current?.focus();
    void task;
  };
  return (
    <section className="kept" aria-labelledby="kept-heading">
      <div className="kept-head">
        <h3 id="kept-heading" tabIndex={-1} ref={heading}>
          {words.heading}
        </h3>
        {list.length > 1 && (
          <Button variant="inline-link" onClick={() => forgetting(forgetAll())}>
            {words.forgetAll}
          </Button>
        )}
      </div>
      <KeptFailure />
      {list.length === 0 && <p className="quiet">{words.none}</p>}
      <ul className="kept-list">
        {list.map((one) => (
          <li key={one.id}>
            <div className="kept-what">
              <Button variant="inline-link" disabled={busy} onClick={() => onOpen(originOf(one))}>
                {one.name}
              </Button>
              <span className="quiet">{words.facts(one.images, one.date, one.size)}</span>
              {one.cycleStart !== null && <span className="quiet">{words.cycle(one.cycleStart)}</span>}
            </div>
            <Button
              iconName="remove"
              variant="icon"
              ariaLabel={words.forget(one.name)}
              onClick={() => forgetting(forget(one.id))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

const originOf = ({ id, name, cycleStart }: KeptInventory): Origin => ({
  kind: "kept",
  id,
  name,
  cycleStart,
});
