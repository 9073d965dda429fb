/** How the numbers differ from those under the filter before, or under one that the user pinned. */

import Button from "@cloudscape-design/components/button";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Estimate } from "scan-precheck";
import { FIELDS, type FieldValues } from "../filter/fields.ts";
import { useMessages } from "../messages/context.ts";
import type { Messages } from "../messages/en.ts";
import type { LoadedInventory } from "../session/state.ts";

interface Numbers {
  readonly filter: FieldValues;
  readonly images: number;
  readonly quota: number;
}

/** So many values of a field are named. */
const VALUES_SHOWN = 3;
const LONGEST_VALUE = 40;

const shorten = (value: string): string =>
  value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;

function describe(filter: FieldValues, { fields, change }: Messages): string {
  const parts = FIELDS.flatMap((field) => {
    const values = filter[field];
    if (values === undefined || values.length === 0) return [];
    const more = values.length - VALUES_SHOWN;
    const shown = values.slice(0, VALUES_SHOWN).map(shorten).join(", ");
    return [`${fields[field]} = ${shown}${more > 0 ? ` ${change.andMore(more)}` : ""}`];
  });
  return parts.length > 0 ? parts.join("; ") : change.everything;
}

/** The numbers under the filter before the present one, of the same inventory. */
function usePrevious(
  numbers: Numbers | undefined,
  inventory: LoadedInventory | undefined,
): Numbers | undefined {
  const last = useRef<Numbers>(undefined);
  const [previous, setPrevious] = useState<Numbers>();
  useEffect(() => {
    // Other numbers of the same filter belong to another inventory or another cycle.
    last.current = undefined;
    setPrevious(undefined);
  }, [inventory]);
  useEffect(() => {
    if (numbers === undefined) return;
    if (last.current !== undefined && last.current.filter !== numbers.filter) setPrevious(last.current);
    last.current = numbers;
  }, [numbers]);
  return previous;
}

interface ChangeProps {
  readonly estimate: Estimate | undefined;
  /** The filter that the estimate is of. */
  readonly filter: FieldValues;
  readonly inventory: LoadedInventory | undefined;
}

export function Change({ estimate, filter, inventory }: ChangeProps) {
  const messages = useMessages();
  const { change } = messages;
  const numbers = useMemo(
    () => estimate && { filter, images: estimate.images, quota: estimate.quota },
    [estimate, filter],
  );
  const [pinned, setPinned] = useState<Numbers>();
  const previous = usePrevious(numbers, inventory);
  const base = pinned ?? previous;
  return (
    <div className="answer-change">
      <p className="quiet">
        {base && numbers ? (
          <>
            <strong>{differences(base, numbers, messages)}</strong>{" "}
            {pinned ? `${change.againstPinned} ${describe(pinned.filter, messages)}` : change.againstPrevious}
          </>
        ) : (
          change.none
        )}
      </p>
      <Button
        variant="inline-link"
        ariaLabel={pinned ? change.unpin : change.pinHelp}
        disabled={numbers === undefined}
        onClick={() => setPinned(pinned ? undefined : numbers)}
      >
        {pinned ? change.unpin : change.pin}
      </Button>
    </div>
  );
}

function differences(base: Numbers, numbers: Numbers, { change }: Messages): string {
  const [images, quota] = [numbers.images - base.images, numbers.quota - base.quota];
  return images === 0 && quota === 0 ? change.same : change.counts(images, quota);
}
