"use client";

import { UnstyledButton } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useOptimistic, useState, useTransition } from "react";
import { useFocusBack } from "@/app/_ui/dialogs/use-focus-back";
import { type ApiResult, callApi } from "@/app/_ui/forms/api-call";
import { figure, percent } from "@/app/_ui/words/figures";
import { efficiencyPct } from "@/lib/domain/occupancy/efficiency";
import { expectedByNow } from "@/lib/domain/occupancy/expected-by-now";
import { TargetEditor } from "./target-editor";
import classes from "./targets.module.css";

export type TargetInView = {
  id: number;
  name: string;
  owner: { zone_id: number } | { device_id: number };
  actual: number;
  value: number;
  /** The share of it that is expected by now, 0 to 1; null where the date is over or to come. */
  due: number | null;
};

type TargetBarProps = { target: TargetInView; date: string; mayWrite: boolean };

/** What was expected and what happened, in words and as a bar; the target can be changed in place. */
export function TargetBar({ target, date, mayWrite }: TargetBarProps) {
  const { id, name, owner, actual, due } = target;
  const [value, setValue] = useOptimistic(target.value);
  const [typed, setTyped] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { saving, send } = useTargetCall();
  const opener = useFocusBack(typed === null);
  const close = () => {
    setTyped(null);
    setFault(null);
  };
  const save = (wanted: number) => {
    close();
    // The new value is shown at once; a refusal brings back the old one, and what was typed.
    send(
      () => setValue(wanted),
      () => callApi("POST", "/api/targets", { ...owner, date, target_value: wanted }),
      (why) => {
        setTyped(String(wanted));
        setFault(why);
      },
    );
  };
  const remove = () => {
    send(
      () => {},
      () => callApi("DELETE", `/api/targets/${id}`),
      setFault,
    );
  };
  return (
    <li className={classes.row} aria-busy={saving}>
      <div className={classes.words}>
        <span className={classes.name}>{name}</span>
        <span>
          <strong>{figure(actual)}</strong> of{" "}
          {mayWrite ? (
            <UnstyledButton
              ref={opener}
              className={classes.value}
              aria-label={`Target of ${name}: ${figure(value)}. Change it`}
              aria-expanded={typed !== null}
              onClick={() => setTyped(String(value))}
            >
              {figure(value)}
            </UnstyledButton>
          ) : (
            figure(value)
          )}{" "}
          events
          {due === null ? null : `, ${figure(expectedByNow(value, due))} expected by now`} ·{" "}
          {percent(efficiencyPct(actual, value))}
          {saving ? <span role="status"> · saving…</span> : null}
        </span>
      </div>
      {typed === null ? null : (
        <TargetEditor
          name={name}
          initial={typed}
          fault={fault}
          busy={saving}
          onSave={save}
          onCancel={close}
          onRemove={remove}
        />
      )}
      <Bar actual={actual} target={value} due={due} />
    </li>
  );
}

function Bar({ actual, target, due }: { actual: number; target: number; due: number | null }) {
  const widest = Math.max(actual, target, 1);
  const width = (value: number) => `${(value / widest) * 100}%`;
  return (
    <div className={classes.track} aria-hidden="true">
      <span className={classes.actual} style={{ width: width(actual) }} />
      {due === null ? null : <span className={classes.due} style={{ left: width(target * due) }} />}
      <span className={classes.goal} style={{ left: width(target) }} />
    </div>
  );
}

/** Calls the API, shows what is hoped for meanwhile, and has the page reload what it shows. */
function useTargetCall() {
  const router = useRouter();
  const [saving, start] = useTransition();
  const send = (
    hope: () => void,
    call: () => Promise<ApiResult<unknown>>,
    refused: (why: string) => void,
  ) =>
    start(async () => {
      hope();
      const result = await call();
      if (!result.ok) {
        const errors = Object.values(result.errors).flat();
        refused(errors.length > 0 ? errors.join(" ") : result.detail);
      }
      if (result.ok) start(() => router.refresh());
    });
  return { saving, send };
}
