/** How far an export has come, and the link to its file. */

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import { useEffect, useRef } from "react";
import { useStore } from "../details/store.ts";
import { useMessages } from "../messages/context.ts";
import { dismissExport, exporting } from "./export-job.ts";

export function ExportStatus({ onDismissed }: { readonly onDismissed: () => void }) {
  const { why, errors, load } = useMessages();
  const words = why.exports;
  const { job } = useStore(exporting);
  const box = useRef<HTMLElement>(null);
  const { kind } = job;
  useEffect(() => {
    // The button that had the focus has made way for others.
    if (kind === "done" && document.activeElement === document.body) box.current?.focus();
  }, [kind]);
  const dismiss = () => {
    dismissExport();
    onDismissed();
  };
  if (job.kind === "none") return null;
  if (job.kind === "failed") {
    return (
      <Alert
        type="error"
        header={words.failed}
        dismissible
        dismissAriaLabel={load.dismiss}
        onDismiss={dismiss}
      >
        {errors[job.failure.code]} <span lang="en">{job.failure.message}</span>
      </Alert>
    );
  }
  return (
    <section className="why why-export" ref={box} tabIndex={-1} aria-label={words.label}>
      {job.kind === "running" ? (
        <>
          <ProgressBar
            label={words.writing}
            value={job.total > 0 ? Math.floor((100 * job.done) / job.total) : 100}
            additionalInfo={words.progress(job.done, job.total)}
          />
          <Button onClick={dismiss}>{load.cancel}</Button>
        </>
      ) : (
        <>
          <ProgressBar label={words.label} status="success" resultText={words.done(job.images)} />
          <Button href={job.url} download={job.name} iconName="download">
            {words.save(job.name)}
          </Button>
          <Button onClick={dismiss}>{load.dismiss}</Button>
        </>
      )}
    </section>
  );
}
