"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { createContext, useContext, useState } from "react";
import {
  type Acknowledged,
  acknowledgedInWords,
  type Choice,
  takeBack,
  takenBackInWords,
} from "../alert/alert-messages";
import { showFailure, showOutcome, showUndo } from "./undo-toast";

const AcknowledgeDialog = dynamic(
  () => import("./acknowledge-dialog").then((file) => file.AcknowledgeDialog),
  { ssr: false },
);
type Acknowledging = {
  /** Asks for a comment, then acknowledges. */
  ask(choice: Choice): void;
  /** Opens alerts again that this user acknowledged. */
  undo(ids: number[]): void;
  /** Whether a dialog is open. */
  asking: boolean;
};

const AcknowledgingContext = createContext<Acknowledging | null>(null);

/** Null for who may not acknowledge. */
export const useAcknowledging = () => useContext(AcknowledgingContext);

type AcknowledgingFrameProps = {
  allowed: boolean;
  onDone?: () => void;
  children: React.ReactNode;
};

/** Lets the buttons within acknowledge alerts and take that back. */
export function AcknowledgingFrame({ allowed, onDone, children }: AcknowledgingFrameProps) {
  const router = useRouter();
  const [choice, setChoice] = useState<Choice | null>(null);
  const undo = async (ids: number[]) => {
    const result = await takeBack(ids);
    router.refresh();
    if (result.ok) showOutcome(takenBackInWords(result.body));
    else showFailure(`Could not undo. ${result.detail}`, () => void undo(ids));
  };
  const done = (answer: Acknowledged, byKeyboard: boolean) => {
    setChoice(null);
    onDone?.();
    const ids = answer.acknowledged.map(({ id }) => id);
    const text = acknowledgedInWords(answer);
    if (ids.length === 0) showOutcome(text);
    else showUndo({ text, byKeyboard, onUndo: () => void undo(ids) });
  };
  if (!allowed) return children;
  return (
    <AcknowledgingContext
      value={{ ask: setChoice, undo: (ids) => void undo(ids), asking: choice !== null }}
    >
      {children}
      <AcknowledgeDialog choice={choice} onClose={() => setChoice(null)} onDone={done} />
    </AcknowledgingContext>
  );
}
