"use client";

import { useFocusKept } from "@/app/_ui/dialogs/use-focus-kept";
import { AcknowledgingFrame, useAcknowledging } from "../acknowledging/acknowledging";
import { SelectionFrame, useNewSelection } from "../acknowledging/selection";
import { SelectionBar } from "../acknowledging/selection-bar";
import type { Concern } from "./concerns";
import { LiveNote } from "./live-note";

type AlertBoardProps = {
  mayAcknowledge: boolean;
  /** Open alerts on the page in view. */
  pageIds: number[];
  /** How many open alerts match on all pages. */
  openCount: number;
  /** The filters, as the API takes them. */
  matching: Record<string, string>;
  concern: Concern;
  firstPage: boolean;
  /** When the list was read, ISO 8601. */
  readAt: string;
  children: React.ReactNode;
};

/** A list of alerts that can be selected and acknowledged, and that stays fresh by itself. */
export function AlertBoard(props: AlertBoardProps) {
  const { mayAcknowledge, pageIds, openCount } = props;
  const selection = useNewSelection(pageIds, openCount);
  useFocusKept(props.readAt);
  return (
    <SelectionFrame value={mayAcknowledge ? selection : null}>
      <AcknowledgingFrame allowed={mayAcknowledge} onDone={selection.clear}>
        <Board {...props} selection={selection} />
      </AcknowledgingFrame>
    </SelectionFrame>
  );
}

type BoardProps = AlertBoardProps & { selection: ReturnType<typeof useNewSelection> };

function Board({ selection, pageIds, openCount, matching, readAt, ...props }: BoardProps) {
  const acknowledging = useAcknowledging();
  const { selected, count } = selection;
  const acknowledge = () =>
    acknowledging?.ask(
      selected.kind === "some"
        ? { ids: [...selected.ids] }
        : { matching: { ...matching, state: "open" }, as_of: readAt, count: openCount },
    );
  return (
    <>
      <LiveNote
        concern={props.concern}
        firstPage={props.firstPage}
        held={count > 0 || acknowledging?.asking === true}
        readAt={readAt}
      />
      <SelectionBar pageIds={pageIds} matching={openCount} onAcknowledge={acknowledge} />
      <div data-alerts>{props.children}</div>
    </>
  );
}
