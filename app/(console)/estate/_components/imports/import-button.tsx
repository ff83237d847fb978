"use client";

import dynamic from "next/dynamic";
import { DialogButton } from "@/app/_ui/dialogs/dialog";
import type { ListKind } from "./check-list";

/** With the parser of files and the table: loaded only for an import. */
const ImportPanel = dynamic(() => import("./import-panel").then((file) => file.ImportPanel), {
  ssr: false,
  loading: () => <p role="status">Loading…</p>,
});

/** A button with the dialog that imports a list. */
export function ImportButton({ kind }: { kind: ListKind }) {
  return (
    <DialogButton action="Import CSV" title={`Import ${kind}`} wide>
      {(close) => <ImportPanel kind={kind} onClose={close} />}
    </DialogButton>
  );
}
