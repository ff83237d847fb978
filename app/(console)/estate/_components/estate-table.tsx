"use client";

import { DialogButton } from "@/app/_ui/dialogs/dialog";
import { useFocusKept } from "@/app/_ui/dialogs/use-focus-kept";
import { ACTIONS, type Column, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { InUseMark } from "./in-use-mark";
import type { OwnLimits } from "./limits";
import { OwnLimitsText } from "./own-limits";
import { DeleteForm, type Noun, RetireForm } from "./retire-form";

type InEstate = OwnLimits & {
  id: number;
  code: string;
  retired: boolean;
  /** Whether it has no history: anything else can only be retired. */
  deletable: boolean;
};

/** The form in which one is edited. */
type Edit<Row> = (row: Row, onClose: () => void) => React.ReactNode;

type EstateTableProps<Row> = {
  noun: Noun;
  rows: Row[];
  /** Those that the others have not. */
  columns: Column<Row>[];
  /** Null for who may change nothing. */
  edit: Edit<Row> | null;
};

/** Facilities, zones or devices, with what can be done to each. */
export function EstateTable<Row extends InEstate>(props: EstateTableProps<Row>) {
  const { noun, rows, columns, edit } = props;
  useFocusKept(rows.map(({ id }) => id).join());
  return (
    <RecordTable
      rows={rows}
      keyOf={({ id }) => id}
      marksOf={({ retired }) => ({ "data-over": retired || undefined })}
      columns={[
        ...columns,
        { name: "Rule limits", cell: (row) => <OwnLimitsText limits={row} /> },
        { name: "State", cell: ({ retired }) => <InUseMark retired={retired} /> },
        edit && { ...ACTIONS, cell: (row) => <RowActions noun={noun} row={row} edit={edit} /> },
      ]}
    />
  );
}

type RowActionsProps<Row> = { noun: Noun; row: Row; edit: Edit<Row> };

function RowActions<Row extends InEstate>({ noun, row, edit }: RowActionsProps<Row>) {
  const { id, code, retired, deletable } = row;
  const subject = { noun, id, retired };
  const change = retired ? "Restore" : "Retire";
  const look = (action: string) => ({
    ...{ action, look: "row" as const, label: `${action} ${noun} ${code}` },
  });
  return (
    <div className={records.actions}>
      <DialogButton {...look("Edit")} title={`Edit ${noun} ${code}`}>
        {(close) => edit(row, close)}
      </DialogButton>
      <DialogButton {...look(change)} title={`${change} ${noun} ${code}?`}>
        {(close) => <RetireForm subject={subject} onClose={close} />}
      </DialogButton>
      {deletable ? (
        <DialogButton {...look("Delete")} title={`Delete ${noun} ${code}?`}>
          {(close) => <DeleteForm subject={subject} onClose={close} />}
        </DialogButton>
      ) : null}
    </div>
  );
}

type CodeAndNameProps = { code: string; name: string | undefined };

/** What something is called, above its code where that is another word. */
export function NameAndCode({ code, name = code }: CodeAndNameProps) {
  return (
    <>
      {name}
      {code === name ? null : <span className={records.sub}>{code}</span>}
    </>
  );
}
