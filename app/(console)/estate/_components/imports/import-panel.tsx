"use client";

import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import { DialogButtons, DialogContent } from "@/app/_ui/dialogs/dialog";
import { FaultNote } from "@/app/_ui/forms/fault-note";
import { useChange } from "@/app/_ui/forms/use-change";
import { counted } from "@/app/_ui/words/figures";
import {
  type CheckedList,
  checkList,
  csvBody,
  type ImportCounts,
  importPath,
  type ListKind,
  textOf,
} from "./check-list";
import { ChooseFile } from "./choose-file";
import { countsInWords, ImportSummary } from "./import-summary";
import { createsPlaces, NewPlaces } from "./new-places";
import { PreviewTable } from "./preview-table";

type ImportPanelProps = { kind: ListKind; onClose: () => void };

/** A list on its way in: chosen, checked and shown, and imported whole or not at all. */
export function ImportPanel({ kind, onClose }: ImportPanelProps) {
  const { send, busy, fault } = useChange();
  const [checking, setChecking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [list, setList] = useState<CheckedList | null>(null);
  const [move, setMove] = useState(false);
  const [agreed, setAgreed] = useState(false);
  const [done, setDone] = useState<ImportCounts | null>(null);

  const check = async (file: { name: string; text: string }, moving: boolean) => {
    setChecking(true);
    setAgreed(false);
    const checked = await checkList(kind, file, moving);
    setChecking(false);
    setRefused("refused" in checked ? checked.refused : null);
    setList("refused" in checked ? null : checked);
  };
  const choose = async (file: File) => {
    setList(null);
    const read = await textOf(file);
    if ("refused" in read) setRefused(read.refused);
    else await check({ name: file.name, text: read.text }, move);
  };
  const apply = async () => {
    if (!list) return;
    const path = importPath(kind, { move, dryRun: false });
    const answer = await send<ImportCounts>("POST", path, csvBody(list.text));
    if (answer) setDone(answer.body);
    // The estate changed meanwhile: what is wrong now stands beside its row.
    else await check(list, move);
  };
  const asks = list?.counts ? createsPlaces(list.counts) : false;
  const ready = list?.counts && !checking && (!asks || agreed);
  if (done) return <Imported kind={kind} counts={done} onClose={onClose} />;
  return (
    <DialogContent>
      <ChooseFile kind={kind} name={list?.name ?? null} busy={checking} onChoose={choose} />
      <FaultNote fault={refused === null ? null : { detail: refused, errors: {} }} />
      {list ? (
        <>
          <ImportSummary kind={kind} list={list} />
          <PreviewTable key={list.text} list={list} />
        </>
      ) : null}
      {asks && list?.counts ? (
        <NewPlaces counts={list.counts} agreed={agreed} onAgree={setAgreed} />
      ) : null}
      {kind === "devices" ? (
        <Checkbox
          label="Move devices that are in a different zone now"
          description="Otherwise they are reported as errors. Their history moves with them."
          checked={move}
          onChange={(event) => {
            setMove(event.currentTarget.checked);
            if (list) void check(list, event.currentTarget.checked);
          }}
        />
      ) : null}
      <FaultNote fault={list?.counts ? fault : null} />
      <DialogButtons>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button onClick={apply} loading={busy} disabled={!ready}>
          Import {list?.counts ? counted(list.rows.length, "row") : ""}
        </Button>
      </DialogButtons>
    </DialogContent>
  );
}

type ImportedProps = { kind: ListKind; counts: ImportCounts; onClose: () => void };

function Imported({ kind, counts, onClose }: ImportedProps) {
  return (
    <DialogContent>
      <p role="status">Imported: {countsInWords(kind, counts)}.</p>
      <DialogButtons>
        <Button onClick={onClose} autoFocus>
          Done
        </Button>
      </DialogButtons>
    </DialogContent>
  );
}
