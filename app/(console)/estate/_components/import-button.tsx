"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Dialog } from "@/app/_ui/dialog";
import type { ListKind } from "./check-list";

/** With the parser of files and the table: loaded only for an import. */
const ImportPanel = dynamic(() => import("./import-panel").then((file) => file.ImportPanel), {
  ssr: false,
  loading: () => <p role="status">Loading…</p>,
});

/** A button with the dialog that imports a list. */
export function ImportButton({ kind }: { kind: ListKind }) {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Import CSV
      </Button>
      <Dialog title={`Import ${kind}`} opened={opened} onClose={close} wide>
        <ImportPanel kind={kind} onClose={close} />
      </Dialog>
    </>
  );
}
