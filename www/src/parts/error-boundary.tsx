/** What stands where a part of the page could not be shown: never a blank page, always a way on. */

import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { Component, type ReactNode } from "react";
import { MessagesContext } from "../messages/context.ts";

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly error: unknown }> {
  static override contextType = MessagesContext;
  declare context: React.ContextType<typeof MessagesContext>;
  override state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const broken = this.context?.broken;
    return (
      <Alert
        type="error"
        header={broken?.heading}
        action={<Button onClick={() => location.reload()}>{broken?.reload}</Button>}
      >
        <span lang="en">{error instanceof Error ? error.message : String(error)}</span>
      </Alert>
    );
  }
}
