/** What happens to an inventory while it is loaded: progress, failure, and the engine brought back. */

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import { useEffect, useRef } from "react";
import { isFatal } from "../engine/failure.ts";
import { useMessages } from "../messages/context.ts";
import type { Session } from "../session/session.ts";
import type { LoadFailure, Loading, State } from "../session/state.ts";
import { useNoticeable } from "./delayed.ts";
import { originName, sourceName } from "./origin-name.ts";

interface LoadStatusProps {
  readonly state: State;
  readonly session: Session;
}

export function LoadStatus({ state, session }: LoadStatusProps) {
  const { load } = useMessages();
  const showProgress = useNoticeable(state.loading !== undefined);
  const { loading, loadFailure, restarted } = state;
  if (!loading && !loadFailure && !restarted) return null;
  return (
    <div className="stack">
      {loading && showProgress && <Progress loading={loading} onCancel={session.cancelLoad} />}
      {loadFailure && <FailureAlert loadFailure={loadFailure} session={session} />}
      {restarted && (
        <Alert type="info" dismissible dismissAriaLabel={load.dismiss} onDismiss={session.dismissRestarted}>
          {load.restarted}
        </Alert>
      )}
    </div>
  );
}

function Progress({ loading, onCancel }: { readonly loading: Loading; readonly onCancel: () => void }) {
  const messages = useMessages();
  const { load } = messages;
  const { progress, origin, again, since } = loading;
  const name = originName(origin, messages);
  const total = progress?.totalBytes;
  return (
    <div className="load-progress">
      <ProgressBar
        label={again ? load.again(name) : load.reading(name)}
        value={progress && total ? (100 * progress.bytes) / total : 0}
        additionalInfo={
          progress ? `${load.progress(progress.rows)} · ${load.rate(rate(progress.rows, since))}` : undefined
        }
      />
      <Button onClick={onCancel}>{load.cancel}</Button>
    </div>
  );
}

/** Rows a second from the beginning on, to three digits: more would flicker. */
const rate = (rows: number, since: number): number =>
  Number(((1000 * rows) / Math.max(performance.now() - since, 1)).toPrecision(3));

/** The engine closes a message with its place; the page has said it already, in the user's language. */
const withoutPlace = (message: string): string => message.replace(/ \(line \d+, column \d+\)/, "");

function FailureAlert({
  loadFailure,
  session,
}: {
  readonly loadFailure: LoadFailure;
  readonly session: Session;
}) {
  const messages = useMessages();
  const { load, errors } = messages;
  const { failure, origin, kept } = loadFailure;
  const { position } = failure;
  const name = position ? sourceName(origin, position.source, messages) : originName(origin, messages);
  const box = useRef<HTMLDivElement>(null);
  // It stands above the answer, and the file may have been dropped far below.
  useEffect(() => {
    // In braces: what it returns, in some browsers a promise, must not be taken for a clean-up.
    void box.current?.scrollIntoView({ block: "start" });
  }, [loadFailure]);
  const canRetry = isFatal(failure) || failure.code === "sample-unavailable";
  return (
    <div ref={box}>
      <Alert
        type="error"
        header={load.failed(name)}
        dismissible
        dismissAriaLabel={load.dismiss}
        onDismiss={session.dismissLoadFailure}
        action={canRetry && <Button onClick={() => session.open(origin)}>{load.retry}</Button>}
      >
        <p>{errors[failure.code]}</p>
        <p>
          {position && <strong>{`${load.where(position.line, position.column)}: `}</strong>}
          {/* The engine speaks English, whatever the language of the page. */}
          <span lang="en">{position ? withoutPlace(failure.message) : failure.message}</span>
        </p>
        {kept && <p>{load.kept}</p>}
        <p className="quiet">
          {load.code}: <code>{failure.code}</code>
        </p>
      </Alert>
    </div>
  );
}
